package machine

import (
	"regexp"
	"strings"
	"testing"
)

func TestKey(t *testing.T) {
	m := Machine{Arch: "amd64", Vendor: "AuthenticAMD", Brand: "AMD EPYC (TM) 7B13", Model: "25-1-1", Caches: "32K/512K/32768K", Cores: 2, Virt: "kvm", Emulator: "none"}
	key := m.Key()
	if !regexp.MustCompile(`^amd-epyc-tm-7b13-[0-9a-f]{8}$`).MatchString(key) {
		t.Errorf("key %s", key)
	}
	for name, change := range map[string]func(*Machine){
		"vendor":   func(m *Machine) { m.Vendor = "x" },
		"model":    func(m *Machine) { m.Model = "25-1-2" },
		"caches":   func(m *Machine) { m.Caches = "32K/512K/16384K" },
		"cores":    func(m *Machine) { m.Cores = 4 },
		"virt":     func(m *Machine) { m.Virt = "none" },
		"emulator": func(m *Machine) { m.Emulator = "bochs" },
	} {
		other := m
		change(&other)
		if other.Key() == key {
			t.Errorf("another %s has the same key", name)
		}
	}
	if key := (Machine{Arch: "arm64"}).Key(); !strings.HasPrefix(key, "arm64-") {
		t.Errorf("key %s of a machine without brand", key)
	}
}

// Configuration lines are readable by benchstat, and mention an emulator if there is one.
func TestConfig(t *testing.T) {
	t.Setenv("SRHM_EMULATOR", "Bochs 2.7")
	for _, line := range Here().Config() {
		if !regexp.MustCompile(`^[a-z][a-z-]*$`).MatchString(line[0]) || line[1] == "" || strings.ContainsAny(line[1], "\n ") {
			t.Errorf("%s: %q", line[0], line[1])
		}
		if line[0] == "emulator" && line[1] != "bochs-2-7" {
			t.Errorf("emulator: %s", line[1])
		}
	}
	if first, again := Here(), Here(); first != again {
		t.Errorf("the machine changes from %+v to %+v", first, again)
	}
}

func TestTicks(t *testing.T) {
	const stat = "cpu  10 20 30 40 50 60 70 80 9 9\ncpu0 1 2 3 4 5 6 7 8 0 0\ncpu1 1 1 1 1 1 1 1 x 0 0\ncpu2 1 2\nintr 5\n"
	for cpu, want := range map[int][2]uint64{AllCPUs: {360, 80}, 0: {36, 8}, 1: {}, 2: {}, 7: {}} {
		if total, steal := ticks(stat, cpu); total != want[0] || steal != want[1] {
			t.Errorf("cpu %d: %d, %d, want %v", cpu, total, steal, want)
		}
	}
}

func TestSince(t *testing.T) {
	a, b := Snapshot{total: 1000, steal: 10, switches: 3}, Snapshot{total: 1200, steal: 14, switches: 8, load: 1.5}
	if n := b.Since(a); n.Steal != 0.02 || n.Switches != 5 || n.Load != 1.5 {
		t.Errorf("%+v", n)
	}
	if n := a.Since(a); n.Steal != 0 || n.Seconds != 0 {
		t.Errorf("nothing happened: %+v", n)
	}
	if n := Now(AllCPUs).Since(Now(0)); n.Steal < 0 || n.Steal > 1 {
		t.Errorf("%+v", n)
	}
}

func FuzzTicks(f *testing.F) {
	f.Add("cpu  10 20 30 40 50 60 70 80 9 9\n", -1)
	f.Fuzz(func(t *testing.T, stat string, cpu int) { ticks(stat, cpu) })
}
