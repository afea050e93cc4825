package store

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	_ "srhmbench/internal/testseed"
	"srhmbench/srhm"
	"srhmbench/srhm/spec"
)

// The tests start this test binary again as a second process: childJob says what
// it does, childDir with which store.
const (
	childJob = "SRHM_RESULTS_TEST_JOB"
	childDir = "SRHM_RESULTS_TEST_DIR"
)

func TestMain(m *testing.M) {
	dir := os.Getenv(childDir)
	switch os.Getenv(childJob) {
	case "":
		os.Exit(m.Run())
	case "append": // for ever
		s := mustOpen(dir)
		for p := len(s.Records()) + 1; ; p++ {
			if err := s.Append(sample(p)); err != nil {
				panic(err)
			}
		}
	case "append own": // the same with sizes that no other process has
		s := mustOpen(dir)
		for p := len(s.Records()) + 1; ; p++ {
			if err := s.Append(sample(1000*os.Getpid() + p)); err != nil {
				panic(err)
			}
		}
	case "hold": // until it is killed
		s := mustOpen(dir)
		fmt.Println(s.Path())
		select {}
	case "compact": // for ever
		for {
			if _, err := Compact(dir); err != nil && !strings.Contains(err.Error(), "another process") {
				panic(err)
			}
		}
	case "full":
		fillUp(mustOpen(dir))
	}
}

func mustOpen(dir string) *Store {
	s, err := Open(dir)
	if err != nil {
		panic(err)
	}
	return s
}

// child returns this test binary as a process that does a job on a store.
func child(t *testing.T, job, dir string) *exec.Cmd {
	t.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), childJob+"="+job, childDir+"="+dir)
	return c
}

// sampleRun is a run that differs in P.
func sampleRun(p int) spec.Run {
	protocol, err := spec.Preset("authors")
	if err != nil {
		panic(err)
	}
	return spec.Run{
		Task:    srhm.Task{V: 4, S0: 1}.WithDefaults(),
		Network: spec.Network{Kind: spec.CNN, Width: 64, Bias: true}, Protocol: protocol, P: p, Seed: 1<<64 - 1,
	}
}

// sample is a finished run, with numbers that do not end in decimals.
func sample(p int) Record {
	third := float64(p) / 3
	return NewRecord(sampleRun(p), spec.Result{
		Outcome: spec.Fitted, TrainingSize: p, Epochs: 30, Steps: 30 * p, Loss: third, Error: 1 / (third + 1),
		Checks: []spec.Check{{Epoch: 10, Loss: third}, {Epoch: 20, Error: third}}, WeightsHash: fmt.Sprintf("%x", p),
	}, Provenance{Commit: "c", Tier: "generic", Threads: 1})
}

func line(r Record) []byte {
	b, err := r.encode()
	if err != nil {
		panic(err)
	}
	return b
}

func lines(records ...Record) []byte {
	var b bytes.Buffer
	for _, r := range records {
		b.Write(line(r))
	}
	return b.Bytes()
}

// merge adds the records of files and directories to a store.
func merge(dir string, paths ...string) (int, error) {
	from, err := OpenReadOnly(paths...)
	if err != nil {
		return 0, err
	}
	into, err := Open(dir)
	if err != nil {
		return 0, err
	}
	defer into.Close()
	return into.Merge(from)
}
