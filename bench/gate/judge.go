package gate

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
)

// Settings holds the limits of a judgement. Default has those in the package comment.
type Settings struct {
	Alpha     float64  `json:"alpha"`      // probability of a false alarm, over all benchmarks
	MinDelta  float64  `json:"min_delta"`  // smaller slowdowns are no regressions
	MinFloor  float64  `json:"min_floor"`  // the noise floor is at least this
	MaxFloor  float64  `json:"max_floor"`  // more noise makes the run void
	Canary    float64  `json:"canary"`     // a larger difference between the arms' canaries makes the run void
	MaxSteal  float64  `json:"max_steal"`  // a round with more steal is dropped
	MinRounds int      `json:"min_rounds"` // fewer make the run void
	Removed   []string `json:"removed"`    // benchmarks that head may lack
}

// Default returns the settings that the tests have calibrated.
func Default() Settings {
	return Settings{Alpha: 0.01, MinDelta: 0.05, MinFloor: 0.02, MaxFloor: 0.10, Canary: 0.02, MaxSteal: 0.01, MinRounds: 10}
}

// canaryName is how the names of benchmarks begin that no change to a kernel affects.
const canaryName = "PeakFMA/"

// Verdict is the outcome of a gate.
type Verdict string

// The verdicts.
const (
	Pass       Verdict = "pass"
	Regression Verdict = "regression"
	Void       Verdict = "could not measure"
)

// Exit returns the exit status of a verdict: 0, 1 or 2.
func (v Verdict) Exit() int {
	switch v {
	case Pass:
		return 0
	case Regression:
		return 1
	}
	return 2
}

// Report is a judgement and its evidence.
type Report struct {
	Verdict   Verdict  `json:"verdict"`
	Reason    string   `json:"reason"`
	Rounds    int      `json:"rounds"`  // that count
	Dropped   int      `json:"dropped"` // for steal
	Floor     float64  `json:"floor"`
	Threshold float64  `json:"threshold"` // the smallest slowdown that would show
	Canary    float64  `json:"canary"`    // largest difference between the arms
	Rows      []Row    `json:"rows"`      // the worst first
	New       []string `json:"new,omitempty"`
	Otherwise []string `json:"defined_otherwise,omitempty"` // not compared, and why
	Confirm   *Report  `json:"confirm,omitempty"`           // the second look at what was slower in the first
	Settings  Settings `json:"settings"`

	Machine map[string]string `json:"machine,omitempty"`
}

// Row is the comparison of one benchmark.
type Row struct {
	Name   string     `json:"name"`
	Base   float64    `json:"base_seconds"` // lower quartiles over the rounds
	Head   float64    `json:"head_seconds"`
	Delta  float64    `json:"delta"` // head/base - 1
	AA     float64    `json:"aa"`    // aa/base - 1
	P      float64    `json:"p"`
	Holm   float64    `json:"p_holm"`
	Allocs [2]float64 `json:"allocs"` // base's most, head's fewest; -1 if not reported
	Slower bool       `json:"slower"`
	More   bool       `json:"more_allocations"`
}

// Judge compares base with head, given the noise between base and aa. Unless the report is void, its verdict is
// Regression if anything is slower; taking a second look is up to the caller.
func Judge(base, head, aa Arm, s Settings) Report {
	r := Report{Verdict: Void, Settings: s, Machine: base.Config}
	arms := []Arm{base, head, aa}
	for _, other := range arms[1:] {
		if err := comparable(base, other); err != nil {
			return r.void("%v", err)
		}
	}
	keep, err := undisturbed(arms, s.MaxSteal)
	if err != nil {
		return r.void("%v", err)
	}
	r.Rounds, r.Dropped = len(keep), len(base.Rounds)-len(keep)
	if len(keep) < s.MinRounds {
		return r.void("%d rounds without steal above %.1f %%: want %d or more", len(keep), 100*s.MaxSteal, s.MinRounds)
	}
	names, err := r.names(arms, keep)
	if err != nil {
		return r.void("%v", err)
	}
	if err := r.compare(arms, keep, names); err != nil {
		return r.void("%v", err)
	}
	return r.conclude()
}

func (r Report) void(format string, args ...any) Report {
	r.Verdict, r.Reason = Void, fmt.Sprintf(format, args...)
	return r
}

// undisturbed lists the rounds in which no arm lost time to others.
func undisturbed(arms []Arm, limit float64) ([]int, error) {
	var keep []int
	for _, a := range arms[1:] {
		if len(a.Rounds) != len(arms[0].Rounds) {
			return nil, fmt.Errorf("the arms have %d and %d rounds: want as many in each", len(arms[0].Rounds), len(a.Rounds))
		}
	}
	for i := range arms[0].Rounds {
		if !slices.ContainsFunc(arms, func(a Arm) bool { return a.Rounds[i].Steal > limit }) {
			keep = append(keep, i)
		}
	}
	return keep, nil
}

// names lists the benchmarks to compare. Each must be present in every round of every arm, so that one that is
// skipped, crashed or was renamed does not go unnoticed.
func (r *Report) names(arms []Arm, keep []int) ([]string, error) {
	all := [3]map[string]int{{}, {}, {}}
	for i, a := range arms {
		for _, k := range keep {
			for name := range a.Rounds[k].Rows {
				all[i][name]++
			}
		}
	}
	var names []string
	for _, name := range slices.Sorted(maps.Keys(all[0])) {
		if all[1][name] == 0 && slices.Contains(r.Settings.Removed, name) {
			continue
		}
		if why := definedOtherwise(arms, name); why != "" {
			r.Otherwise = append(r.Otherwise, name+": "+why)
			continue
		}
		for i, arm := range []string{"base", "head", "aa"} {
			if n := all[i][name]; n != len(keep) {
				return nil, fmt.Errorf("%s is in %d of %d rounds of %s: want it in all, or listed as removed", name, n, len(keep), arm)
			}
		}
		names = append(names, name)
	}
	for _, name := range slices.Sorted(maps.Keys(all[1])) {
		if all[0][name] == 0 {
			r.New = append(r.New, name)
		}
	}
	return names, nil
}

// definedOtherwise returns why the arms measured different things under a name, if they did. Arms from files older
// than definitions are matched by name, provided that they count the same things.
func definedOtherwise(arms []Arm, name string) string {
	base, known := arms[0].Definitions[name]
	for _, a := range arms[1:] {
		d, there := a.Definitions[name]
		if why := d.Differs(base, "sec/op"); known && there && why != "" {
			return why
		}
	}
	return ""
}

// compare fills the rows. The canaries serve only to judge the machine.
func (r *Report) compare(arms []Arm, keep []int, names []string) error {
	canary := math.Inf(1)
	for _, name := range names {
		row, lo, hi := newRow(arms, keep, name)
		if !strings.HasPrefix(name, canaryName) {
			r.Rows = append(r.Rows, row)
		} else if lo < canary { // with several tiers, the fastest one's canary is the steadiest
			canary, r.Canary = lo, hi/lo-1
		}
	}
	if math.IsInf(canary, 1) {
		return fmt.Errorf("no benchmark %s…: want it in every arm, as the canary", canaryName)
	}
	if len(r.Rows) == 0 {
		return fmt.Errorf("no benchmark but the canary: want at least one")
	}
	if r.Canary > r.Settings.Canary {
		return fmt.Errorf("the CPU ran %.1f %% faster for one arm than for another (%s): want %.1f %% or less", 100*r.Canary, canaryName[:len(canaryName)-1], 100*r.Settings.Canary)
	}
	return nil
}

// newRow compares one benchmark, leaving out what depends on all of them; lo and hi are the extremes of the arms.
func newRow(arms []Arm, keep []int, name string) (row Row, lo, hi float64) {
	var seconds, allocs [3][]float64
	var typical [3]float64
	for i, a := range arms {
		for _, k := range keep {
			s := a.Rounds[k].Rows[name]
			seconds[i], allocs[i] = append(seconds[i], s.Seconds), append(allocs[i], s.Allocs)
		}
		typical[i] = percentile(seconds[i], 0.25)
	}
	row = Row{
		Name: name, Base: typical[0], Head: typical[1],
		Delta: typical[1]/typical[0] - 1, AA: typical[2]/typical[0] - 1,
		P:      different(seconds[0], seconds[1]),
		Allocs: [2]float64{slices.Max(allocs[0]), slices.Min(allocs[1])},
	}
	row.More = row.Allocs[1] > max(row.Allocs[0], 0)
	return row, slices.Min(typical[:]), slices.Max(typical[:])
}

// conclude judges the rows together.
func (r Report) conclude() Report {
	var noise, p []float64
	for _, row := range r.Rows {
		noise, p = append(noise, math.Abs(row.AA)), append(p, row.P)
	}
	r.Floor = max(r.Settings.MinFloor, percentile(noise, 0.95))
	r.Threshold = max(r.Settings.MinDelta, 2*r.Floor)
	for i, corrected := range holm(p) {
		row := &r.Rows[i]
		row.Holm = corrected
		row.Slower = corrected < r.Settings.Alpha && row.Delta > r.Threshold
	}
	slices.SortStableFunc(r.Rows, func(a, b Row) int {
		if a.Delta != b.Delta && a.Delta > b.Delta {
			return -1
		}
		return 1
	})
	more, slower := r.Count()
	switch {
	case more > 0: // exact, whatever the noise
		r.Verdict, r.Reason = Regression, fmt.Sprintf("%d of %d benchmarks allocate more", more, len(r.Rows))
	case 2*smallestP(r.Rounds)*float64(len(r.Rows)) >= r.Settings.Alpha:
		return r.void("%d rounds cannot show anything of %d benchmarks at once: want more rounds", r.Rounds, len(r.Rows))
	case r.Floor > r.Settings.MaxFloor:
		return r.void("two runs of one program differ by %.1f %%: want a quieter machine, %.0f %% or less", 100*r.Floor, 100*r.Settings.MaxFloor)
	case slower > 0:
		r.Verdict, r.Reason = Regression, fmt.Sprintf("%d of %d benchmarks are slower by more than %.1f %%", slower, len(r.Rows), 100*r.Threshold)
	default:
		r.Verdict, r.Reason = Pass, fmt.Sprintf("none of %d benchmarks is slower by more than %.1f %%", len(r.Rows), 100*r.Threshold)
	}
	return r
}

// Count returns how many benchmarks allocate more, and how many are slower.
func (r Report) Count() (more, slower int) {
	for _, row := range r.Rows {
		if row.More {
			more++
		}
		if row.Slower {
			slower++
		}
	}
	return more, slower
}

// Candidates returns the benchmarks that a first look finds slower.
func (r Report) Candidates() []string {
	var names []string
	for _, row := range r.Rows {
		if row.Slower {
			names = append(names, row.Name)
		}
	}
	return names
}

// Confirmed combines a first look with a second, which measured the candidates alone. Only what is slower in both is a
// regression; if the second look is void, so is the verdict.
func (r Report) Confirmed(second Report) Report {
	r.Confirm = &second
	if more, _ := r.Count(); more > 0 { // needs no second look
		return r
	}
	if second.Verdict == Void {
		return r.void("the second look at %d candidates: %s", len(r.Candidates()), second.Reason)
	}
	again := second.Candidates()
	count := 0
	for i := range r.Rows {
		r.Rows[i].Slower = r.Rows[i].Slower && slices.Contains(again, r.Rows[i].Name)
		if r.Rows[i].Slower {
			count++
		}
	}
	if count > 0 {
		r.Verdict, r.Reason = Regression, fmt.Sprintf("%d of %d benchmarks are slower, in both looks", count, len(r.Rows))
	} else {
		r.Verdict, r.Reason = Pass, "what was slower at first was not when measured again"
	}
	return r
}

// Stricter returns the settings of a second look: its noise floor is at least that of the first, which saw more
// benchmarks than the candidates.
func (r Report) Stricter() Settings {
	s := r.Settings
	s.MinFloor = max(s.MinFloor, r.Floor)
	return s
}
