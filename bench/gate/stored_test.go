package gate

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"srhmbench/bench/checkout/repotest"
)

// baseline is the directory of a gate that compared the repository with itself.
func baseline(t *testing.T, root string) string {
	t.Helper()
	p := planFor(t, root)
	p.Force = true
	if r, err := Run(t.Context(), p); err != nil || r.Verdict != Pass {
		t.Fatalf("%s: %s, %v", r.Verdict, r.Reason, err)
	}
	return p.Dir
}

func TestStored(t *testing.T) {
	root := newRepository(t)
	stored := baseline(t, root)
	for _, c := range []struct {
		name, speed string
		verdict     Verdict
		reason      string
	}{
		{"nothing", "1000", Pass, "none of 2 benchmarks is slower by more than 10.0 %"},
		{"8 %, which can be the day", "1080", Pass, "none of 2"},
		{"20 %", "1200", Regression, "1 of 2 benchmarks are slower, in both looks"},
		{"faster", "900", Pass, "none of 2"},
		{"no Go", "", Void, "head: go test: "},
	} {
		repotest.Write(t, root, "speed/speed.go", "package speed\n\nconst GEMM = "+c.speed+"\n")
		p := planFor(t, root)
		p.Base, p.Baseline = "", stored
		p.Settings = Stored()
		p.Settings.MaxSteal = 1
		r, err := Run(t.Context(), p)
		if err != nil || r.Verdict != c.verdict || !strings.HasPrefix(r.Reason, c.reason) {
			t.Errorf("%s: %s: %s, %v", c.name, r.Verdict, r.Reason, err)
		}
		if c.verdict == Regression && (r.Confirm == nil || len(r.Confirm.Rows) != 1) {
			t.Errorf("%s: second look %+v", c.name, r.Confirm)
		}
	}
}

// A baseline that does not exist or is from another machine is no measurement.
func TestStoredThatCannot(t *testing.T) {
	root := newRepository(t)
	p := planFor(t, root)
	p.Baseline = t.TempDir()
	if _, err := Run(t.Context(), p); err == nil || err.Error() != "base and baseline: want one or the other" {
		t.Errorf("%v", err)
	}
	p.Base = ""
	if r, err := Run(t.Context(), p); err != nil || r.Verdict != Void || !strings.Contains(r.Reason, "want the directory that --out named") {
		t.Errorf("%s: %s, %v", r.Verdict, r.Reason, err)
	}
	p.Baseline = baseline(t, root)
	for _, name := range []string{"first-base.txt", "first-aa.txt"} {
		file := filepath.Join(p.Baseline, name)
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		repotest.Write(t, p.Baseline, name, strings.ReplaceAll(string(text), "machine: invented", "machine: other"))
	}
	if r, err := Run(t.Context(), p); err != nil || r.Verdict != Void || !strings.Contains(r.Reason, `machine is "other" and "invented"`) {
		t.Errorf("%s: %s, %v", r.Verdict, r.Reason, err)
	}
}

func TestSameLength(t *testing.T) {
	rounds := func(steal ...float64) Arm {
		var a Arm
		for _, s := range steal {
			a.Rounds = append(a.Rounds, Round{Steal: s})
		}
		return a
	}
	arms, err := sameLength(0.01, rounds(0, 0, 0.5, 0), rounds(0, 0.5, 0), rounds(0, 0, 0))
	if err != nil {
		t.Fatal(err)
	}
	for i, a := range arms {
		if len(a.Rounds) != 2 || a.Rounds[0].Steal != 0 || a.Rounds[1].Steal != 0 {
			t.Errorf("arm %d: %v", i, a.Rounds)
		}
	}
	if _, err := sameLength(0.01, rounds(0), rounds(0.5), rounds(0)); err == nil {
		t.Error("an arm without rounds is accepted")
	}
}
