package train

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"srhmbench/srhm"
	"srhmbench/srhm/spec"
)

// memoryEnv makes the test binary, started again, do the training it describes and print the most memory
// that the process had.
const memoryEnv = "SRHM_TRAIN_TEST_MEMORY"

func TestMain(m *testing.M) {
	text := os.Getenv(memoryEnv)
	if text == "" {
		os.Exit(m.Run())
	}
	var run spec.Run
	if err := json.Unmarshal([]byte(text), &run); err != nil {
		panic(err)
	}
	if _, err := Train(context.Background(), run, Options{}); err != nil {
		panic(err)
	}
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		panic(err)
	}
	for line := range strings.Lines(string(status)) {
		if words := strings.Fields(line); words[0] == "VmHWM:" {
			fmt.Println(words[1])
		}
	}
}

// What is predicted is enough for a process with that limit, and not much more than enough.
func TestMemory(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the most memory of a process is not known here")
	}
	for name, change := range map[string]func(*spec.Run){
		"small":   func(r *spec.Run) {},
		"wide":    func(r *spec.Run) { r.Task.V, r.Task.NC, r.Task.M, r.Task.S0, r.Network.Width = 8, 8, 8, 2, 512 },
		"deep":    func(r *spec.Run) { r.Task.L, r.Task.S0, r.Network.Width = 3, 2, 128 },
		"shallow": func(r *spec.Run) { r.Task.L, r.Network.Width, r.Network.Layers = 3, 128, 1 },
		"vocabulary": func(r *spec.Run) {
			r.Task = srhm.Task{V: 1200, NC: 4, S0: 1}.WithDefaults()
			r.Network.Width, r.Protocol.TestSize = 16, 100
		},
		"fcn":        func(r *spec.Run) { r.Network.Kind, r.Network.Width = spec.FCN, 128 },
		"many data":  func(r *spec.Run) { r.P, r.Protocol.MaxEpochs = 50000, 1 },
		"many tests": func(r *spec.Run) { r.Protocol.TestSize = 100000 },
		"probed":     func(r *spec.Run) { r.Probe, r.Network.Kind = spec.Probe{Inputs: 5000}, spec.CNN },
		"careful": func(r *spec.Run) {
			r.P, r.Protocol.Batching, r.Protocol.Checkpoint = 4000, spec.Shuffled, spec.BestValidation
		},
	} {
		run := small(func(r *spec.Run) {
			r.Protocol.TestSize, r.Protocol.MaxEpochs, r.Protocol.CheckEvery = 20000, 2, 1
			change(r)
		})
		text, err := json.Marshal(run)
		if err != nil {
			t.Fatal(err)
		}
		c := exec.Command(os.Args[0])
		want := Memory(1, run)
		c.Env = append(os.Environ(), memoryEnv+"="+string(text), fmt.Sprintf("GOMEMLIMIT=%d", int64(0.9*want)))
		out, err := c.Output()
		kib, bad := strconv.ParseFloat(strings.TrimSpace(string(out)), 64)
		if err != nil || bad != nil {
			t.Fatalf("%s: %v, %q", name, err, out)
		}
		peak := kib * 1024
		t.Logf("%-10s %6.1f MiB, predicted %6.1f MiB", name, peak/(1<<20), want/(1<<20))
		if peak > want || peak < want/3 {
			t.Errorf("%s: %.1f MiB, predicted %.1f MiB", name, peak/(1<<20), want/(1<<20))
		}
	}
}

// Of several trainings the largest count, as many as go on at a time.
func TestMemoryOfSeveral(t *testing.T) {
	a, b := small(nil), small(func(r *spec.Run) { r.Network.Width = 256 })
	one, two := Memory(1, a), Memory(1, b)
	if got := Memory(1, a, b, a); got != two {
		t.Errorf("one at a time: %v, want %v", got, two)
	}
	if got := Memory(2, a, b, a); math.Abs(got-(one+two-processBytes)) > 1 || got != Memory(2, b, a) || got >= Memory(5, a, b, a) {
		t.Errorf("two at a time: %v, want %v", got, one+two-processBytes)
	}
}
