package gate

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"srhmbench/bench/benchfile"
)

func judge(arms [3]Arm) Report { return Judge(arms[0], arms[1], arms[2], Default()) }

func TestSameProgramPasses(t *testing.T) {
	for _, n := range []noise{quiet, shared} {
		r := judge(invent(1, n, 20, 20, 1))
		if r.Verdict != Pass || r.Verdict.Exit() != 0 || len(r.Rows) != 20 || r.Rounds != 20 || r.Floor < 0.02 {
			t.Errorf("%+v: %s: %s", n, r.Verdict, r.Reason)
		}
	}
}

func TestSlowdownFails(t *testing.T) {
	for _, n := range []noise{quiet, shared} {
		r := judge(invent(1, n, 20, 20, 1.10))
		if r.Verdict != Regression || r.Verdict.Exit() != 1 {
			t.Fatalf("%+v: %s: %s", n, r.Verdict, r.Reason)
		}
		if got := r.Candidates(); len(got) != 1 || got[0] != benchmark(0) || r.Rows[0].Name != benchmark(0) || math.Abs(r.Rows[0].Delta-0.1) > 0.03 {
			t.Errorf("%+v: %v, first row %+v", n, got, r.Rows[0])
		}
	}
}

// Neither a speed-up nor a slowdown too small to matter is a regression, however certain it is.
func TestWhatIsNoRegression(t *testing.T) {
	for _, slow := range []float64{0.5, 1.04} {
		r := judge(invent(1, quiet, 20, 20, slow))
		if r.Verdict != Pass || r.Rows[0].Slower {
			t.Errorf("factor %v: %s: %s", slow, r.Verdict, r.Reason)
		}
	}
}

func TestAllocations(t *testing.T) {
	arms := invent(1, quiet, 5, 20, 1)
	set := func(arm, from int, allocs float64) {
		for _, r := range arms[arm].Rounds[from:] {
			s := r.Rows[benchmark(3)]
			s.Allocs = allocs
			r.Rows[benchmark(3)] = s
		}
	}
	set(1, 1, 1) // in all rounds but one: something else allocated
	if r := judge(arms); r.Verdict != Pass {
		t.Errorf("%s: %s", r.Verdict, r.Reason)
	}
	set(1, 0, 1)
	r := judge(arms)
	if more, _ := r.Count(); r.Verdict != Regression || more != 1 {
		t.Errorf("%s: %s", r.Verdict, r.Reason)
	}
	if r = r.Confirmed(Report{Verdict: Void}); r.Verdict != Regression {
		t.Error("a second look at times took it back")
	}
	set(0, 0, -1) // base does not report any, head has some
	if r := judge(arms); r.Verdict != Regression {
		t.Errorf("%s: %s", r.Verdict, r.Reason)
	}
	set(1, 0, -1)
	if r := judge(arms); r.Verdict != Pass {
		t.Errorf("%s: %s", r.Verdict, r.Reason)
	}
}

// Whatever makes a comparison worthless makes the run void, never a pass.
func TestVoid(t *testing.T) {
	for want, damage := range map[string]func(arms *[3]Arm){
		`machine is "invented" and "other"`: func(a *[3]Arm) { a[1].Config["machine"] = "other" },
		`go is "go1.26" and "go1.27"`:       func(a *[3]Arm) { a[2].Config["go"] = "go1.27" },
		`goamd64 is "" and "v3"`:            func(a *[3]Arm) { a[1].Config["goamd64"] = "v3" },
		`20 and 19 rounds`:                  func(a *[3]Arm) { a[2].Rounds = a[2].Rounds[1:] },
		`9 rounds without steal`: func(a *[3]Arm) {
			for i := range 11 {
				a[i%3].Rounds[i].Steal = 0.02
			}
		},
		`GEMM/m=1/tier=avx2 is in 19 of 20 rounds of base`: func(a *[3]Arm) { delete(a[0].Rounds[7].Rows, benchmark(1)) },
		`GEMM/m=1/tier=avx2 is in 0 of 20 rounds of head`:  func(a *[3]Arm) { remove(a[1], benchmark(1)) },
		`GEMM/m=1/tier=avx2 is in 0 of 20 rounds of aa`:    func(a *[3]Arm) { remove(a[2], benchmark(1)) },
		`no benchmark PeakFMA/`: func(a *[3]Arm) {
			for i := range a {
				remove(a[i], "PeakFMA/tier=avx2")
			}
		},
		`no benchmark but the canary`: func(a *[3]Arm) {
			for i := range a {
				for k := range 20 {
					remove(a[i], benchmark(k))
				}
			}
		},
		`the CPU ran 2.`: func(a *[3]Arm) { multiply(a[1], "PeakFMA/tier=avx2", 1.025) },
		`two runs of one program differ by`: func(a *[3]Arm) {
			for k := range 20 {
				multiply(a[2], benchmark(k), 1.15)
			}
		},
	} {
		arms := invent(1, quiet, 20, 20, 1.5)
		damage(&arms)
		if r := judge(arms); r.Verdict != Void || r.Verdict.Exit() != 2 || !strings.Contains(r.Reason, want) {
			t.Errorf("%s: %s, want %s", r.Verdict, r.Reason, want)
		}
	}
	none := Judge(Arm{}, Arm{}, Arm{}, Default())
	if none.Verdict != Void || !strings.Contains(none.Reason, "0 rounds") {
		t.Errorf("nothing: %s: %s", none.Verdict, none.Reason)
	}
	s := Default()
	s.MinRounds = 4
	arms := invent(1, quiet, 20, 5, 1.5)
	if r := Judge(arms[0], arms[1], arms[2], s); r.Verdict != Void || !strings.Contains(r.Reason, "5 rounds cannot show") {
		t.Errorf("too few to show anything: %s: %s", r.Verdict, r.Reason)
	}
}

// Benchmarks that the arms define differently are named and not compared; those of files older than definitions are
// matched by name. If none is left, nothing was measured.
func TestDefinedOtherwise(t *testing.T) {
	slow, other := benchmark(0), benchmark(1)
	define := func(a *Arm, version string) {
		a.Definitions = map[string]benchfile.Definition{}
		for k := range 20 {
			a.Definitions[benchmark(k)] = benchfile.Definition{Version: "1", Operations: 1000, Bytes: math.NaN()}
		}
		a.Definitions[slow] = benchfile.Definition{Version: version, Operations: 1000, Bytes: math.NaN()}
	}
	arms := invent(1, quiet, 20, 20, 1.5)
	for i := range arms {
		arms[i].Config["bench-version"] = fmt.Sprint(i)
	}
	if r := judge(arms); r.Verdict != Regression || r.Rows[0].Name != slow {
		t.Errorf("by name: %s: %s", r.Verdict, r.Reason)
	}
	define(&arms[0], "1")
	define(&arms[2], "1")
	if r := judge(arms); r.Verdict != Regression || len(r.Otherwise) != 0 {
		t.Errorf("head is older than definitions: %s: %s", r.Verdict, r.Reason)
	}
	define(&arms[1], "2")
	r := judge(arms)
	if r.Verdict != Pass || len(r.Rows) != 19 || len(r.Otherwise) != 1 || r.Otherwise[0] != slow+": defined otherwise (version 2, not 1)" {
		t.Errorf("%s: %s, %q", r.Verdict, r.Reason, r.Otherwise)
	}
	var b strings.Builder
	if err := r.Write(&b, "text"); err != nil || !strings.Contains(b.String(), "defined otherwise, not compared: "+slow+": ") {
		t.Errorf("%v\n%s", err, &b)
	}
	arms[2].Definitions[other] = benchfile.Definition{Operations: 2000, Bytes: math.NaN()}
	if r := judge(arms); len(r.Rows) != 18 || len(r.Otherwise) != 2 || !strings.Contains(r.Otherwise[1], "other operations (2000, not 1000)") {
		t.Errorf("%s: %s, %q", r.Verdict, r.Reason, r.Otherwise)
	}
	for k := range 20 {
		arms[1].Definitions[benchmark(k)] = benchfile.Definition{Version: "3"}
	}
	if r := judge(arms); r.Verdict != Void || !strings.Contains(r.Reason, "no benchmark but the canary") || len(r.Otherwise) != 20 {
		t.Errorf("%s: %s, %q", r.Verdict, r.Reason, r.Otherwise)
	}
}

func remove(a Arm, name string) {
	for _, r := range a.Rounds {
		delete(r.Rows, name)
	}
}

func multiply(a Arm, name string, by float64) {
	for _, r := range a.Rounds {
		s := r.Rows[name]
		s.Seconds *= by
		r.Rows[name] = s
	}
}

func TestRemovedAndNew(t *testing.T) {
	arms := invent(1, quiet, 5, 20, 1)
	remove(arms[1], benchmark(2))
	remove(arms[0], benchmark(4))
	remove(arms[2], benchmark(4))
	s := Default()
	s.Removed = []string{benchmark(2)}
	r := Judge(arms[0], arms[1], arms[2], s)
	if r.Verdict != Pass || len(r.Rows) != 3 || len(r.New) != 1 || r.New[0] != benchmark(4) {
		t.Errorf("%s: %s, %d rows, new %v", r.Verdict, r.Reason, len(r.Rows), r.New)
	}
}

func TestStealDropsRounds(t *testing.T) {
	arms := invent(1, quiet, 5, 20, 1)
	for i := range 4 {
		arms[1].Rounds[i].Steal = 0.05
		for name := range arms[1].Rounds[i].Rows { // the stolen time shows
			s := arms[1].Rounds[i].Rows[name]
			s.Seconds *= 3
			arms[1].Rounds[i].Rows[name] = s
		}
	}
	if r := judge(arms); r.Verdict != Pass || r.Rounds != 16 || r.Dropped != 4 {
		t.Errorf("%s: %s, %d rounds, %d dropped", r.Verdict, r.Reason, r.Rounds, r.Dropped)
	}
}

func TestConfirmed(t *testing.T) {
	slow, same := judge(invent(1, quiet, 5, 20, 1.2)), judge(invent(2, quiet, 5, 20, 1))
	for want, second := range map[Verdict]Report{Regression: judge(invent(3, quiet, 1, 20, 1.2)), Pass: same, Void: {Verdict: Void}} {
		first := slow
		first.Rows = append([]Row(nil), slow.Rows...)
		r := first.Confirmed(second)
		if _, slower := r.Count(); r.Verdict != want || r.Confirm == nil || want == Pass && slower != 0 {
			t.Errorf("%s: %s, want %s", r.Verdict, r.Reason, want)
		}
	}
}

// A benchmark with two speeds that happens to hit the slower one a little more often has a quartile far off, which
// proves nothing.
func TestUncertainIsNoRegression(t *testing.T) {
	arms := invent(1, quiet, 40, 20, 1)
	for i, high := range []int{14, 16, 14} {
		for k := range high {
			s := arms[i].Rounds[k].Rows[benchmark(0)]
			s.Seconds *= 1.3
			arms[i].Rounds[k].Rows[benchmark(0)] = s
		}
	}
	if r := judge(arms); r.Verdict != Pass || r.Rows[0].Delta < 0.2 {
		t.Errorf("%s: %s, first row %+v", r.Verdict, r.Reason, r.Rows[0])
	}
}

// The second look is at least as strict, and findings of its own do not count.
func TestSecondLook(t *testing.T) {
	first := judge(invent(1, quiet, 5, 20, 1.2))
	first.Floor = 0.07
	if s := first.Stricter(); s.MinFloor != 0.07 || s.Alpha != first.Settings.Alpha {
		t.Errorf("settings %+v", s)
	}
	other := Report{Verdict: Regression, Rows: []Row{{Name: benchmark(1), Slower: true}}}
	if r := first.Confirmed(other); r.Verdict != Pass || r.Candidates() != nil {
		t.Errorf("%s: %s, %v", r.Verdict, r.Reason, r.Candidates())
	}
}
