package gate

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"srhmbench/bench"
	"srhmbench/bench/checkout/repotest"
)

// repository is a module whose benchmarks take no time: they print what package speed holds, varied a little from run
// to run.
var repository = map[string]string{
	"go.mod":         "module invented\n\ngo 1.26\n",
	"speed/speed.go": "package speed\n\nconst GEMM = 1000\n",
	"bench/doc.go":   "package bench\n",
	"bench/main_test.go": `package bench

import (
	"fmt"
	"os"
	"testing"
	"time"

	"invented/speed"
)

func TestMain(*testing.M) {
	jitter := 1 + float64(time.Now().UnixNano()/1000%1000)/1e5
	fmt.Println("machine: invented\ncommit:", speed.GEMM)
	fmt.Println("BenchmarkPeakFMA/tier=avx2 100 20000 ns/op")
	fmt.Println("BenchmarkGEMM/m=1/tier=avx2 100", speed.GEMM*jitter, "ns/op 0 B/op 0 allocs/op")
	fmt.Println("BenchmarkReLU/n=1/tier=avx2 100", 50*jitter, "ns/op 0 B/op 0 allocs/op")
	os.Exit(0)
}
`,
}

func newRepository(t *testing.T) string {
	t.Helper()
	return repotest.New(t, repository)
}

func planFor(t *testing.T, root string) Plan {
	s := Default()
	s.MaxSteal = 1 // these times are invented
	return Plan{Root: root, Base: "HEAD", Bench: ".", Benchtime: time.Second, Rounds: 10, Seed: 1, Dir: t.TempDir(), Log: io.Discard, Settings: s}
}

func TestRun(t *testing.T) {
	root := newRepository(t)
	for _, c := range []struct {
		name, file, text string
		verdict          Verdict
		reason           string
	}{
		{"a comment elsewhere", "README", "changed", Pass, "identical binaries"},
		{"slower", "speed/speed.go", "package speed\n\nconst GEMM = 1100\n", Regression, "1 of 2 benchmarks are slower, in both looks"},
		{"faster", "speed/speed.go", "package speed\n\nconst GEMM = 900\n", Pass, "none of 2"},
		{"other assembly", "scripts/generate-check.sh", "echo generate-check: x.s is not what is generated >&2; exit 1\n", Regression, "generate-check: x.s"},
		{"the same assembly", "scripts/generate-check.sh", "exit 0\n", Pass, "identical binaries"},
		{"no generator", "scripts/generate-check.sh", "echo no network >&2; exit 1\n", Void, "no network"},
		{"no Go", "speed/speed.go", "package speed\n\nconst GEMM = \n", Void, "head: go test: "},
		{"too new benchmarks", "bench/new.go", "package bench\n\nimport _ \"invented/new\"\n", Void, "base with the benchmarks of head: go test: "},
	} {
		text, known := repository[c.file]
		repotest.Write(t, root, c.file, c.text)
		p := planFor(t, root)
		r, err := Run(t.Context(), p)
		if err != nil || r.Verdict != c.verdict || !strings.Contains(r.Reason, c.reason) || strings.Contains(r.Reason, "\n") {
			t.Errorf("%s: %s: %s, %v", c.name, r.Verdict, r.Reason, err)
		}
		repotest.Write(t, root, c.file, text)
		if !known {
			os.Remove(filepath.Join(root, c.file))
		}
		tidy(t, root, p.Dir)
	}
	p := planFor(t, root)
	p.Force = true
	if r, err := Run(t.Context(), p); err != nil || r.Verdict != Pass || r.Rounds != 10 || len(r.Rows) != 2 {
		t.Errorf("forced: %s: %s, %v", r.Verdict, r.Reason, err)
	}
}

// tidy fails if a gate left its checkout behind.
func tidy(t *testing.T, root, dir string) {
	t.Helper()
	if list := repotest.Git(t, root, "worktree", "list"); strings.Contains(list, "\n") {
		t.Errorf("worktrees:\n%s", list)
	}
	if _, err := os.Stat(filepath.Join(dir, "base-source")); !os.IsNotExist(err) {
		t.Errorf("the checkout of base is still there: %v", err)
	}
}

func TestRunThatCannot(t *testing.T) {
	root := newRepository(t)
	p := planFor(t, root)
	p.Base = "nowhere"
	if r, err := Run(t.Context(), p); err != nil || r.Verdict != Void || r.Reason != `base "nowhere": want a commit of this repository` {
		t.Errorf("%s: %s, %v", r.Verdict, r.Reason, err)
	}
	p.Base = "--all"
	if r, err := Run(t.Context(), p); err != nil || r.Verdict != Void {
		t.Errorf("%s: %s, %v", r.Verdict, r.Reason, err)
	}
	repotest.Write(t, root, "speed/speed.go", "package speed\n\nvar GEMM = func() float64 { panic(\"no kernel\") }()\n")
	p = planFor(t, root)
	if r, err := Run(t.Context(), p); err != nil || r.Verdict != Void || !strings.Contains(r.Reason, "head, round 1: the benchmarks ended with exit status 2: panic: no kernel") {
		t.Errorf("%s: %s, %v", r.Verdict, r.Reason, err)
	}
	tidy(t, root, p.Dir)

	repotest.Write(t, root, "speed/speed.go", "package speed\n\nconst GEMM = 1200\n")
	ctx, cancel := context.WithCancel(t.Context())
	p = planFor(t, root)
	p.Log = writerFunc(func(b []byte) {
		if strings.Contains(string(b), "round 2,") {
			cancel()
		}
	})
	if _, err := Run(ctx, p); err != context.Canceled {
		t.Errorf("interrupted: %v", err)
	}
	tidy(t, root, p.Dir)
}

type writerFunc func([]byte)

func (f writerFunc) Write(b []byte) (int, error) {
	f(b)
	return len(b), nil
}

func TestCheck(t *testing.T) {
	for want, damage := range map[string]func(*Plan){
		"rounds 9: want 10 to 1000":            func(p *Plan) { p.Rounds = 9 },
		"rounds 1001: want":                    func(p *Plan) { p.Rounds = 1001 },
		"benchtime 0s: want 1ms to 1m":         func(p *Plan) { p.Benchtime = 0 },
		"base is missing: want a commit":       func(p *Plan) { p.Base = " " },
		`bench "(": want a regular expression`: func(p *Plan) { p.Bench = "(" },
	} {
		p := planFor(t, ".")
		damage(&p)
		if _, err := Run(t.Context(), p); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

// matches reports whether an expression selects a benchmark, level by level as package testing does.
func matches(expression, name string) bool {
	parts := strings.Split("Benchmark"+name, "/")
	outside := regexp.MustCompile(`\([^)]*\)`).ReplaceAllStringFunc(expression, func(group string) string {
		return strings.ReplaceAll(group, "|", "\x00") // only those outside of groups separate expressions
	})
	return slices.ContainsFunc(strings.Split(outside, "|"), func(one string) bool {
		for i, level := range strings.Split(strings.ReplaceAll(one, "\x00", "|"), "/") {
			if i >= len(parts) || !regexp.MustCompile(level).MatchString(parts[i]) {
				return false
			}
		}
		return true
	})
}

// A candidate's expression selects it, the canary and nothing else.
func TestOnly(t *testing.T) {
	expression := only([]string{"GEMM/shapes=odd/m=1/tier=avx2"})
	for name, want := range map[string]bool{
		"PeakFMA/tier=avx2": true, "GEMM/shapes=odd/m=1/tier=avx2": true,
		"GEMM/shapes=odd/m=17/tier=avx2": false, "GEMMT/shapes=odd/m=1/tier=avx2": false,
		"MomentumGEMM/shapes=odd/m=1/tier=avx2": false, "StreamRead/kib=16/tier=avx2": false,
	} {
		if matches(expression, name) != want {
			t.Errorf("%s: %t", name, !want)
		}
	}
}

// The default selects every shape of two files, warm, some of every operation of two more, and the others its comment
// lists.
func TestQuick(t *testing.T) {
	shapes, err := bench.Shapes()
	if err != nil {
		t.Fatal(err)
	}
	some := regexp.MustCompile(`^(n=|rows=160/|batch=32/height=1/width=36/)`)
	taken := map[string]bool{}
	for _, s := range shapes {
		for _, cache := range []string{"warm", "cold"} {
			name := s.Op + "/shapes=" + s.Set + "/cache=" + cache + "/" + s.Name() + "/tier=avx2"
			want := cache == "warm" && (s.Set == "srhm" || s.Set == "odd" || s.Set != "square" && some.MatchString(s.Name()))
			if matches(Quick, name) != want {
				t.Errorf("%s: %t", name, !want)
			}
			taken[s.Op] = taken[s.Op] || want
		}
	}
	for op, in := range taken {
		if !in {
			t.Errorf("%s: at no shape", op)
		}
	}
	for name, want := range map[string]bool{
		"PeakFMA/tier=avx2": true, "StreamRead/kib=16/tier=avx2": false,
		"TrainingStep/net=lcn/v=10/s0=2/l=2/width=128/batch=40/tier=avx2": true,
		"TrainingStep/net=cnn/v=10/s0=2/l=2/width=512/batch=40/tier=avx2": false,
	} {
		if matches(Quick, name) != want {
			t.Errorf("%s: %t", name, !want)
		}
	}
}
