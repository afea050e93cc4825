package costs

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const machine = "machine: zen-1\ncommit: a\nbench-version: 1\nemulator: none\n"

// invented holds results in which a step takes 10 ms and 5 more for each blank, and twice the traffic for each.
func invented(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	b.WriteString(machine)
	for _, net := range []string{"lcn", "cnn"} {
		for _, width := range []int{128, 512} {
			for i, s0 := range []int{0, 1, 2, 4, 6} {
				ms := 10 + 5*s0
				fmt.Fprintf(&b, "BenchmarkCostOfBlanks/net=%s/v=10/l=2/width=%d/encoding=zero/batch=4/s0=%d/tier=avx2 1 %d000000 ns/op %g GB/s\n",
					net, width, s0, ms, float64(int(1)<<i)/float64(ms))
			}
			for _, use := range []string{"trainings=1/threads=1/tier=avx2 1 1000 ns/op 100", "trainings=1/threads=2/tier=avx2 1 1000 ns/op 150", "trainings=2/threads=1/tier=avx2 1 1000 ns/op 190"} {
				fmt.Fprintf(&b, "BenchmarkCostOfCores/net=%s/v=10/s0=2/l=2/width=%d/batch=40/%s steps/s\n", net, width, use)
			}
		}
	}
	return file(t, b.String())
}

func file(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "bench.txt")
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestRead(t *testing.T) {
	s, err := Read([]string{invented(t)})
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Blanks) != 4 || len(s.Cores) != 4 || s.Machine != "zen-1" || s.Tier != "avx2" || s.Commit != "a" {
		t.Fatalf("%+v", s)
	}
	for _, b := range s.Blanks {
		if time, traffic := b.Growth(); time != 4 || math.Abs(traffic-16) > 1e-9 || b.Points[0].Seconds != 0.01 || math.Abs(b.Points[0].Bytes-1e6) > 1 {
			t.Errorf("%v: %v times as long, %v times as much, %+v", b, time, traffic, b.Points[0])
		}
	}
	for _, c := range s.Cores {
		if c.Gain(Use{1, 2}) != 1.5 || c.Gain(Use{2, 1}) != 1.9 {
			t.Errorf("%+v", c)
		}
	}
	var text strings.Builder
	if err := s.Write(&text); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"| LCN, width 512, zero, 4 data | 10 | ×1.50 | ×2.00 | ×3.00 | ×4.00 | ×16.00 |\n",
		"| CNN, width 128 | 100 | ×1.50 | ×1.90 |\n", "| LCN, L = 3, v = 8 |",
	} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("%s\nwant %s", &text, want)
		}
	}
	if n := s.Page().Covered(); n > 0 {
		t.Errorf("legends cover %d spots", n)
	}
}

func TestRefusals(t *testing.T) {
	for want, text := range map[string]string{
		"want files of make bench": machine + "BenchmarkX/tier=avx2 1 10 ns/op 1 GB/s 1 steps/s\n",
		"no costs of steps":        machine + "BenchmarkX/tier=avx2 1 10 ns/op\n",
	} {
		if _, err := Read([]string{file(t, text)}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
	if _, err := Read([]string{invented(t), file(t, strings.Replace(machine, "zen", "lake", 1)+"BenchmarkX/tier=avx2 1 10 ns/op\n")}); err == nil || !strings.Contains(err.Error(), "2 machines") {
		t.Error(err)
	}
}

// The committed pictures show the committed results.
func TestCommitted(t *testing.T) {
	pictures, err := filepath.Glob(filepath.Join("..", "..", "results", "bench", "*", "costs.svg"))
	if err != nil || len(pictures) == 0 {
		t.Fatalf("%v, %v", pictures, err)
	}
	for _, picture := range pictures {
		results, err := filepath.Glob(filepath.Join(filepath.Dir(picture), "*.txt"))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(picture); err != nil || !slices.ContainsFunc(results, func(path string) bool { return draws(path, got) }) {
			t.Errorf("%s is not what bench costs draws from any of %v: %v", picture, results, err)
		}
	}
}

// draws reports whether a picture shows the results in a file.
func draws(path string, picture []byte) bool {
	s, err := Read([]string{path})
	if err != nil { // other benchmarks
		return false
	}
	svg, err := s.Page().SVG()
	return err == nil && bytes.Equal(svg, picture)
}
