package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestSummary(t *testing.T) {
	file := filepath.Join(t.TempDir(), "peers.txt")
	text := `machine: m
BenchmarkForward/shapes=a/m=1/lib=srhmbench.avx2 1 10 ns/op
BenchmarkForward/shapes=a/m=1/lib=blis 1 20 ns/op
BenchmarkForward/shapes=a/m=1/lib=blis 1 90 ns/op
BenchmarkForward/shapes=a/m=2/lib=srhmbench.avx2 1 10 ns/op
BenchmarkForward/shapes=a/m=2/lib=blis 1 800 ns/op 80 cpu-ns/op
BenchmarkForward/shapes=a/m=2/lib=gonum 1 5 ns/op
BenchmarkPeakFMA/lib=srhmbench.avx2 1 5 ns/op
BenchmarkTrainingStep/net=a/lib=srhmbench.avx2 1 2000000 ns/op 1000000 least-ns/op
BenchmarkTrainingStep/net=a/lib=srhmbench.avx2 1 1900000 ns/op 1100000 least-ns/op
BenchmarkTrainingStep/net=a/lib=torch.loop 1 19000000 ns/op
BenchmarkTrainingStep/net=a/lib=torch.bmm 1 9500000 ns/op
`
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := summarise(&b, file); err != nil || !strings.Contains(b.String(), "Forward/shapes=a        blis 4.00 (2)  gonum 0.50 (1)\n") || strings.Contains(b.String(), "PeakFMA") {
		t.Errorf("%v\n%s", err, &b)
	}
	if want := "| net=a | 1.9 | 9.5 | 5.0 | 9.5 | 53 % |\n"; !strings.Contains(b.String(), want) {
		t.Errorf("%s\nwant %s", &b, want)
	}
	if err := os.WriteFile(file, []byte(strings.ReplaceAll(text, "srhmbench.", "x.")), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := summarise(&b, file); err == nil {
		t.Error("a file without ours is accepted")
	}
}
