//go:build race

package kernels_test

import (
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"srhmbench/kernels"
)

// The race detector reports two goroutines when both write the same elements in assembly or one reads what the other
// writes, and does not when each writes its own columns.
func TestRacesAreSeen(t *testing.T) {
	for name, raced := range map[string]bool{"write": true, "read": true, "product": true, "step": true, "columns": false} {
		cmd := exec.Command(os.Args[0], "-test.run=^TestRacing$")
		cmd.Env = append(os.Environ(), "SRHM_RACING="+name)
		out, err := cmd.CombinedOutput()
		if seen := strings.Contains(string(out), "DATA RACE"); seen != raced || (err != nil) != raced {
			t.Errorf("%s: race reported: %v, want %v\n%s", name, seen, raced, out)
		}
	}
}

func TestRacing(t *testing.T) {
	x, y, w := floats(64), floats(64), floats(256)
	var both [2]func()
	switch os.Getenv("SRHM_RACING") {
	case "write":
		both = [2]func(){func() { kernels.ReLU(y, x) }, func() { kernels.ReLU(y, x) }}
	case "read":
		both = [2]func(){func() { kernels.ReLU(y, x) }, func() { kernels.GEMM(floats(16), 16, y, 16, w, 1, 16, 16, false) }}
	case "product":
		both = [2]func(){func() { kernels.MatMul(kernels.NN, y, 8, x, 8, w, 8, 8, 8, 8, false) }, func() { kernels.ReLU(w, w) }}
	case "step":
		both = [2]func(){func() { kernels.Momentum(x, y, w[:64], 1, 1, 1) }, func() { kernels.ReLU(y, y) }}
	case "columns":
		both = [2]func(){func() { kernels.GEMM(y, 32, x, 16, w, 2, 16, 16, false) }, func() { kernels.GEMM(y[16:], 32, x, 16, w, 2, 16, 16, false) }}
	default:
		t.Skip("a part of TestRacesAreSeen")
	}
	var group sync.WaitGroup
	for _, f := range both {
		group.Go(f)
	}
	group.Wait()
}
