package command

import (
	"bytes"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/klauspost/cpuid/v2"

	"srhmbench/internal/subprocess"
	"srhmbench/kernels"
	"srhmbench/srhm/spec"
	"srhmbench/srhm/store"
)

// build compiles main.go for a GOAMD64 level; "" is the default.
func build(t *testing.T, level string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "srhmbench")
	c := subprocess.Command(t.Context(), "", "go", "build", "-o", path, "srhmbench")
	if level != "" {
		c.Env = append(c.Env, "GOAMD64="+level)
	}
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return path
}

// conditions is where and how a run is trained: nothing that could change its result.
type conditions struct {
	binary, level, tier, threads string
}

// same lists conditions, all that this machine has.
func same(t *testing.T) []conditions {
	levels := []string{"v1", "v3"}
	if cpuid.CPU.X64Level() < 3 {
		levels = levels[:1]
		t.Run("v3", func(t *testing.T) { t.Skip("this CPU does not run GOAMD64=v3: not compared") })
	}
	var list []conditions
	for _, level := range levels {
		binary := build(t, level)
		for _, tier := range kernels.Available() {
			for _, threads := range []string{"1", "2"} {
				list = append(list, conditions{binary, level, tier.String(), threads})
			}
		}
	}
	return list
}

// A run gives the same record, but for its provenance, wherever it is trained.
func TestSameRecordEverywhere(t *testing.T) {
	if runtime.GOARCH != "amd64" {
		t.Skip("GOAMD64 is for amd64 only")
	}
	everywhere := same(t)
	for _, net := range []string{spec.LCN, spec.CNN} {
		t.Run(net, func(t *testing.T) {
			var want store.Record
			for i, c := range everywhere {
				t.Run(strings.Join([]string{c.level, c.tier, c.threads}, "-"), func(t *testing.T) {
					got := trainUnder(t, c, net)
					if got.Provenance.Tier != c.tier || got.Provenance.GOAMD64 != c.level {
						t.Fatalf("trained with %+v", got.Provenance)
					}
					got.Provenance = store.Provenance{}
					if i == 0 {
						want = got
					}
					if !reflect.DeepEqual(got, want) {
						t.Errorf("this record\n%+v\ndiffers from the first\n%+v", got, want)
					}
				})
			}
			if want.Result.Epochs == 0 || want.Result.WeightsHash == "" {
				t.Errorf("nothing was trained: %+v", want.Result)
			}
		})
	}
	for _, tier := range kernels.Tiers() {
		t.Run(tier.String(), func(t *testing.T) {
			if !kernels.DetectFeatures().Runs(tier) {
				t.Skip("this machine or build does not run it: not compared")
			}
		})
	}
}

// trainUnder trains a small run in a process of its own and returns its record.
func trainUnder(t *testing.T, c conditions, net string) store.Record {
	t.Helper()
	p := exec.Command(c.binary, "train", "--net", net, "--v", "4", "--s0", "1", "--P", "300", "--width", "32",
		"--max-epochs", "30", "--test-size", "1000", "--threads", c.threads, "--out", t.TempDir(), "--json")
	p.Env = append(os.Environ(), "SRHM_TIER="+c.tier)
	var problems bytes.Buffer
	p.Stderr = &problems
	out, err := p.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, &problems)
	}
	list, err := parseRecords(out)
	if err != nil || len(list) != 1 {
		t.Fatalf("%v, stdout is %q", err, out)
	}
	return list[0]
}

// sequence is many small trainings, one after the other.
func sequence(binary, dir string) *exec.Cmd {
	return exec.Command(binary, "train", "--v", "4", "--P", "48", "--width", "16", "--max-epochs", "30",
		"--test-size", "100", "--seeds", "60", "--threads", "1", "--out", dir, "--json")
}

// untimed are the records of a text without what may differ between two trainings of a run.
func untimed(t *testing.T, text []byte) []store.Record {
	t.Helper()
	list, err := parseRecords(text)
	if err != nil {
		t.Fatal(err)
	}
	for i := range list {
		list[i].Provenance = store.Provenance{}
	}
	return list
}

// A process that is killed, again and again, loses no record and leaves no half one, and the last one ends
// with what an undisturbed one gives.
func TestKilledAndResumed(t *testing.T) {
	binary := build(t, "")
	whole, err := sequence(binary, t.TempDir()).Output()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, lines := range []int{7, 19, 40} {
		stopAt(t, sequence(binary, dir), dir, lines, syscall.SIGKILL)
		if got := len(stored(t, dir)); got < lines || got == 60 {
			t.Fatalf("%d records after the process was killed at %d", got, lines)
		}
	}
	last := sequence(binary, dir)
	var log bytes.Buffer
	last.Stderr = &log
	resumed, err := last.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, &log)
	}
	if n := strings.Count(log.String(), "not trained again"); n < 40 {
		t.Errorf("only %d trainings were not repeated", n)
	}
	want := untimed(t, whole)
	if got := untimed(t, resumed); len(want) != 60 || !reflect.DeepEqual(got, want) {
		t.Errorf("%d records after resuming differ from %d undisturbed ones", len(got), len(want))
	}
	text, _ := os.ReadFile(filepath.Join(dir, store.FileName))
	if got := untimed(t, text); !reflect.DeepEqual(got, want) {
		t.Errorf("the store has %d other records", len(got))
	}
}

// Ctrl-C ends the program with its own status and says how to go on.
func TestInterrupted(t *testing.T) {
	binary := build(t, "")
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		dir := t.TempDir()
		c := sequence(binary, dir)
		var log bytes.Buffer
		c.Stderr = &log
		stopAt(t, c, dir, 5, signal)
		if got := c.ProcessState.ExitCode(); got != interrupted {
			t.Errorf("%v: exit status %d, want %d\n%s", signal, got, interrupted, &log)
		}
		want := "srhmbench train: interrupted: finished trainings are kept in " + filepath.Join(dir, store.FileName) +
			"; the same command goes on from there\n"
		if !strings.HasSuffix(log.String(), want) {
			t.Errorf("%v: stderr ends\n%s\nwant\n%s", signal, &log, want)
		}
		if out, err := sequence(binary, dir).Output(); err != nil || len(untimed(t, out)) != 60 {
			t.Errorf("%v: resumed: %v", signal, err)
		}
	}
}

// long are one training of seconds each, by every command that trains. A checkpoint is made every 20 ms.
func long(binary, command, dir string) *exec.Cmd {
	args := map[string][]string{
		"train": {"--v", "4", "--s0", "1", "--P", "3200", "--width", "64", "--max-epochs", "60", "--stop-loss", "0",
			"--test-size", "500", "--probe", "20", "--json"},
		"search":    {"--v", "4", "--s0", "1", "--width", "64", "--max-epochs", "100", "--test-size", "500", "--ratio", "2", "--json"},
		"reproduce": {"--scale", "smoke", "--figures", "4a"},
	}[command]
	return exec.Command(binary, append([]string{command, "--out", dir, "--threads", "1", "--save-every", "20ms"}, args...)...)
}

// A training that is killed in its midst, again and again, gives the record of an undisturbed one, by all
// commands that train, and leaves no checkpoint.
func TestKilledInTraining(t *testing.T) {
	binary := build(t, "")
	for _, command := range []string{"train", "search", "reproduce"} {
		dir, undisturbed := t.TempDir(), t.TempDir()
		if out, err := long(binary, command, undisturbed).CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", command, err, out)
		}
		for range 3 {
			killInTraining(t, long(binary, command, dir), dir)
		}
		last := long(binary, command, dir)
		var log bytes.Buffer
		last.Stderr = &log
		if _, err := last.Output(); err != nil {
			t.Fatalf("%s: %v\n%s", command, err, &log)
		}
		if !strings.Contains(log.String(), "goes on from a checkpoint") {
			t.Errorf("%s: did not go on from a checkpoint\n%s", command, &log)
		}
		text, _ := os.ReadFile(filepath.Join(dir, store.FileName))
		whole, _ := os.ReadFile(filepath.Join(undisturbed, store.FileName))
		if got, want := untimed(t, text), untimed(t, whole); len(want) == 0 || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %d records after resuming differ from %d undisturbed ones", command, len(got), len(want))
		}
		if left := checkpointsIn(t, dir); len(left) > 0 {
			t.Errorf("%s: %v is left", command, left)
		}
	}
}

// killInTraining starts a process and kills it once it has replaced a checkpoint of this process or an
// earlier one.
func killInTraining(t *testing.T, c *exec.Cmd, dir string) {
	t.Helper()
	before := wholeCheckpoints(t, dir)
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(time.Minute); ; time.Sleep(time.Millisecond) {
		if now := wholeCheckpoints(t, dir); len(now) > 0 && !reflect.DeepEqual(now, before) {
			break
		}
		if time.Now().After(end) {
			c.Process.Kill()
			t.Fatal("no checkpoint after a minute")
		}
	}
	if err := c.Process.Kill(); err != nil {
		t.Fatalf("the process ended before it was killed: %v", err)
	}
	c.Wait()
}

// checkpointsIn lists the checkpoints of a store, half-written ones too, and when each was written.
func checkpointsIn(t *testing.T, dir string) map[string]time.Time {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	list := map[string]time.Time{}
	for _, e := range entries {
		if info, err := e.Info(); err == nil && strings.Contains(e.Name(), checkpointSuffix) {
			list[e.Name()] = info.ModTime()
		}
	}
	return list
}

func wholeCheckpoints(t *testing.T, dir string) map[string]time.Time {
	list := checkpointsIn(t, dir)
	maps.DeleteFunc(list, func(name string, _ time.Time) bool { return !strings.HasSuffix(name, checkpointSuffix) })
	return list
}

// Ctrl-C makes a checkpoint, however recent the last, and so does a terminal that goes away, with what reads the
// output.
func TestInterruptedInTraining(t *testing.T) {
	binary := build(t, "")
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		dir := t.TempDir()
		c := endless(binary, dir)
		log, err := c.StderrPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		c.Process.Signal(signal)
		if signal == syscall.SIGHUP {
			log.Close()
		}
		c.Wait()
		if list := checkpointsIn(t, dir); c.ProcessState.ExitCode() != interrupted || len(list) != 1 {
			t.Errorf("%v: %v, checkpoints %v", signal, c.ProcessState, list)
		}
	}
}

// endless is a training that is not over when it is stopped, and that makes no checkpoint before.
func endless(binary, dir string) *exec.Cmd {
	c := long(binary, "train", dir)
	c.Args = append(c.Args, "--save-every", "1h", "--P", "320000")
	return c
}

// Under nohup a terminal may go away.
func TestNohup(t *testing.T) {
	binary, dir := build(t, ""), t.TempDir()
	c := endless(binary, dir)
	c.Args = append([]string{"sh", "-c", `trap "" HUP; exec "$0" "$@"`}, c.Args...)
	c.Path = "/bin/sh"
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(500 * time.Millisecond)
	c.Process.Signal(syscall.SIGHUP)
	time.Sleep(500 * time.Millisecond)
	if list := checkpointsIn(t, dir); len(list) != 0 {
		t.Errorf("stopped: %v", list)
	}
	if err := c.Process.Signal(syscall.SIGTERM); err != nil {
		t.Errorf("ended before SIGTERM: %v", err)
	}
	c.Wait()
	if c.ProcessState.ExitCode() != interrupted {
		t.Errorf("%v", c.ProcessState)
	}
}

// A second Ctrl-C does not wait for what the first has begun to stop: here many test data, which are drawn at one go.
func TestInterruptedTwice(t *testing.T) {
	c := exec.Command(build(t, ""), "train", "--v", "8", "--L", "4", "--P", "64", "--test-size", "2000000", "--out", t.TempDir())
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(500 * time.Millisecond)
	for range 20 {
		c.Process.Signal(syscall.SIGINT)
		time.Sleep(10 * time.Millisecond)
	}
	c.Wait()
	if status, ok := c.ProcessState.Sys().(syscall.WaitStatus); !ok || status.Signal() != syscall.SIGINT {
		t.Errorf("%v, want an end by the signal", c.ProcessState)
	}
}

// A data set is interrupted while its data are drawn, and while they are written, and leaves nothing.
func TestInterruptedDataset(t *testing.T) {
	binary := build(t, "")
	for what, args := range map[string][]string{
		"drawn":   {"--P", "64", "--test-size", "16000000"},
		"written": {"--P", "200000", "--test-size", "10", "--dense"},
	} {
		dir := t.TempDir()
		c := exec.Command(binary, append([]string{"dataset", "--v", "8", "--L", "4", "--out", filepath.Join(dir, "data.csv")}, args...)...)
		var log bytes.Buffer
		c.Stderr = &log
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		for start := time.Now(); time.Since(start) < time.Minute; time.Sleep(time.Millisecond) {
			if list, _ := os.ReadDir(dir); what == "drawn" || len(list) > 0 {
				break
			}
		}
		if what == "drawn" {
			time.Sleep(300 * time.Millisecond)
		}
		c.Process.Signal(syscall.SIGINT)
		c.Wait()
		list, _ := os.ReadDir(dir)
		spent := c.ProcessState.UserTime() // not the clock's, which runs on while other programs have the CPU
		if c.ProcessState.ExitCode() != interrupted || log.String() != "srhmbench dataset: interrupted\n" || len(list) != 0 || spent > 5*time.Second {
			t.Errorf("%s: %v after %v of CPU time, %q, %v", what, c.ProcessState, spent, &log, list)
		}
	}
}

// stopAt starts a process and sends it a signal once its store has so many records.
func stopAt(t *testing.T, c *exec.Cmd, dir string, records int, signal syscall.Signal) {
	t.Helper()
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, store.FileName)
	for end := time.Now().Add(time.Minute); ; time.Sleep(time.Millisecond) {
		if b, _ := os.ReadFile(name); bytes.Count(b, []byte("\n")) >= records {
			break
		}
		if time.Now().After(end) {
			c.Process.Kill()
			t.Fatalf("fewer than %d records after a minute", records)
		}
	}
	if err := c.Process.Signal(signal); err != nil {
		t.Fatalf("the process ended before it was stopped: %v", err)
	}
	c.Wait() // an error is what is expected; callers look at the status
}

// stored are the records of a store, read as the program reads them.
func stored(t *testing.T, dir string) []store.Record {
	t.Helper()
	s, err := store.OpenReadOnly(dir)
	if err != nil {
		t.Fatal(err)
	}
	return s.Records()
}
