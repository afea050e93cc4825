package command

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"srhmbench/bench/checkout/repotest"
)

// inventedSource is a checkout of a module that has these files, and the working directory.
func inventedSource(t *testing.T, files map[string]string) (dir string) {
	t.Helper()
	dir = repotest.New(t, files)
	t.Chdir(dir)
	return dir
}

const inventedBenchmarks = `package bench

import (
	"fmt"
	"os"
	"testing"
)

func TestMain(*testing.M) {
	fmt.Println("machine: invented")
	fmt.Println("BenchmarkGEMM/m=1/tier=generic 1 900 ns/op")
	fmt.Println("BenchmarkGEMM/m=1/tier=avx2 1 300 ns/op")
	fmt.Println("BenchmarkGEMM/m=1/tier=avx512 1 100 ns/op")
	if f, err := os.OpenFile("rounds", os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o666); err == nil {
		fmt.Fprintln(f, os.Getenv("GOMAXPROCS"))
	}
	os.Exit(0)
}
`

func TestLadderMeasures(t *testing.T) {
	dir := inventedSource(t, map[string]string{
		"go.mod": "module invented\n\ngo 1.26\n", "bench/doc.go": "package bench\n", "bench/main_test.go": inventedBenchmarks,
	})
	status, stdout, stderr := invented(t, t.Context(), perfect, "bench", "ladder", "--rounds", "2")
	if status != done || !regexp.MustCompile(`(?m)^GEMM/m=1 +1 +3 +9$`).MatchString(stdout) || strings.Count(stderr, "round ") != 2 {
		t.Errorf("status %d, stdout %q, stderr %q", status, stdout, stderr)
	}
	if rounds, err := os.ReadFile(filepath.Join(dir, "bench", "rounds")); err != nil || string(rounds) != "1\n1\n" {
		t.Errorf("%q, %v", rounds, err)
	}
	if err := os.WriteFile(filepath.Join(dir, "bench", "main_test.go"), []byte("package bench\n\nfunc oops( {"), 0o666); err != nil {
		t.Fatal(err)
	}
	if status, stdout, stderr := invented(t, t.Context(), perfect, "bench", "ladder"); status != failed || stdout != "" || strings.Count(stderr, "\n") != 1 {
		t.Errorf("source that does not compile: status %d, stdout %q, stderr %q", status, stdout, stderr)
	}
}
