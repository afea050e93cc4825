package figures

import (
	"fmt"
	"math"
	"strings"

	"srhmbench/figures/series"
	"srhmbench/figures/stat"
	"srhmbench/internal/portable"
	"srhmbench/results/paper"
	"srhmbench/srhm/sweep"
)

// Bounds of SPEC section 4, Figure 6.
const (
	nearMedian = 0.15 // of |log10 P*/P*_S|
	nearFactor = 3.0  // within which 90 % of the tasks lie
	minMatches = 3
)

// claims judges whether error and sensitivity fall together, at the paper's thresholds and at none.
func (f thresholdScatter) claims(tasks []comparison) []Claim {
	ours, theirs := compared(tasks), f.published()
	seen := pick(tasks, func(m comparison) (x, y series.Crossing) { return m.at, m.fresh })
	note := fmt.Sprintf("Of the same trainings. P*/%s %s.", f.size(), fromTo(ours))
	if len(seen) > 0 {
		note += fmt.Sprintf(" With the authors' error, of fresh draws, the median is %s.", stat.Short(stat.MedianDistance(stat.Pairs(seen))))
	}
	out := []Claim{
		check{
			figure: f.name, sentence: fmt.Sprintf("%s equals P*%s: median |log10 of their ratio|", f.size(), f.where()), lo: 0, hi: nearMedian, bound: "at most 0.15",
			paper: stat.Bootstrap(theirs, stat.MedianDistance, true), ours: stat.Bootstrap(ours, stat.MedianDistance, true), of: counted(ours), few: f.tooFew(ours),
			note: join(note, limits(tasks)),
		}.claim(),
		f.shareClaim(ours),
		f.halfClaim(tasks),
		f.returnClaim(tasks),
	}
	if f.quantity(2) != series.Second(f.of) && f.of == "S" {
		out = append(out, f.secondClaim(tasks))
	}
	return out
}

// labelled is the threshold that the labels of Figure 16 give S_2.
const labelled = 0.3

// secondClaim takes the labels of Figure 16 at their word.
func (f thresholdScatter) secondClaim(tasks []comparison) Claim {
	n, total := 0, 0
	least := math.Inf(1)
	for _, m := range tasks {
		if at := m.Crossing(series.Second(f.of), labelled); m.Complete() && at.Place() > 0 {
			total++
			if at.Status == sweep.Found {
				n++
			}
		}
		for _, s := range m.Readings(series.Second(f.of)) {
			least = min(least, s.Value.Value)
		}
	}
	note := ""
	if total > 0 {
		note = fmt.Sprintf("The smallest is %s. The other claims are of the output.", stat.Short(least))
	}
	return share(f.name, fmt.Sprintf("S_2, of the second layer, falls to %.0f %% as the label says", 100*labelled), n, total, 0.9, note)
}

// size names what is compared with P*.
func (f thresholdScatter) size() string { return "P*_" + f.of }

func (f thresholdScatter) where() string {
	return fmt.Sprintf(", %s at s=%d", strings.ToUpper(f.kind), f.s)
}

func (f thresholdScatter) tooFew(samples []stat.Sample) string {
	if len(samples) >= minMatches {
		return ""
	}
	return fmt.Sprintf("Tasks with both: %d; %d are wanted.", len(samples), minMatches)
}

// compared returns P*_S and P* of the tasks, as x and y of a sample. Where one of the two is not found, it counts by
// its limit if that alone is too far from the other.
func compared(tasks []comparison) []stat.Sample {
	var out []stat.Sample
	for _, m := range tasks {
		if m.found() || m.apart() {
			out = append(out, stat.Sample{Task: m.Task, X: m.at.Place(), Unit: 1, Values: map[string]float64{paper.Grammar: m.pstar.Place()}})
		}
	}
	return out
}

// apart reports whether one of the two lies beyond a limit that is more than nearFactor away from the other.
func (m comparison) apart() bool {
	x, y := m.at, m.pstar
	beyond := func(a, b series.Crossing) bool { // b is found, a is not
		return b.Status == sweep.Found && (a.Status == sweep.NotReached && a.Low > nearFactor*b.P || a.Status == sweep.BelowSmallest && nearFactor*a.High < b.P)
	}
	return beyond(x, y) || beyond(y, x)
}

// pick returns the tasks that have both of two sizes.
func pick(tasks []comparison, of func(comparison) (x, y series.Crossing)) []stat.Sample {
	var out []stat.Sample
	for _, m := range tasks {
		if x, y := of(m); x.Status == sweep.Found && y.Status == sweep.Found {
			out = append(out, stat.Sample{Task: m.Task, X: x.P, Unit: 1, Values: map[string]float64{paper.Grammar: y.P}})
		}
	}
	return out
}

func (f thresholdScatter) published() []stat.Sample {
	var out []stat.Sample
	for _, p := range f.probedPoints(f.of) {
		out = append(out, stat.Sample{Task: p.Task(), X: p.X, Unit: 1, Values: map[string]float64{paper.Grammar: p.Y}})
	}
	return out
}

// fromTo writes the range of y/x.
func fromTo(samples []stat.Sample) string {
	if len(samples) == 0 {
		return "is not known"
	}
	lo, hi := math.Inf(1), 0.0
	for _, p := range stat.Pairs(samples) {
		lo, hi = min(lo, p.Y/p.X), max(hi, p.Y/p.X)
	}
	return fmt.Sprintf("from %s to %s", stat.Short(lo), stat.Short(hi))
}

// limits says how many thresholds are not crossed.
func limits(tasks []comparison) string {
	open, far := 0, 0
	for _, m := range tasks {
		switch {
		case m.apart():
			far++
		case !m.found() && m.pstar.Place() > 0 && m.at.Place() > 0:
			open++
		}
	}
	if open+far == 0 {
		return ""
	}
	return fmt.Sprintf("A threshold is not crossed in %d of %d: %d count by the limit, which is more than a factor of 3 away, the others do not.", open+far, len(tasks), far)
}

func (f thresholdScatter) shareClaim(ours []stat.Sample) Claim {
	within := func(samples []stat.Sample) (n int) {
		for _, p := range stat.Pairs(samples) {
			if math.Abs(portable.Log(p.Y/p.X)) <= portable.Log(nearFactor) {
				n++
			}
		}
		return n
	}
	theirs := f.published()
	c := share(f.name, fmt.Sprintf("%s and P* are within a factor of 3%s", f.size(), f.where()), within(ours), len(ours), 0.9, "")
	c.Paper = stat.Share(within(theirs), len(theirs)).String()
	if few := f.tooFew(ours); few != "" {
		c.Verdict, c.Note = Undecided, few
	}
	return c
}

// halfClaim does without thresholds.
func (f thresholdScatter) halfClaim(tasks []comparison) Claim {
	ours := pick(tasks, func(m comparison) (x, y series.Crossing) { return m.halfAt, m.halfError })
	theirs := f.publishedHalves()
	k := check{
		figure: f.name, sentence: fmt.Sprintf("%s and error are half-way at one P%s: median |log10 of the ratio|", f.symbol(), f.where()), lo: 0, hi: nearMedian, bound: "at most 0.15",
		paper: stat.Unknown, ours: stat.Bootstrap(ours, stat.MedianDistance, true), of: counted(ours), few: f.tooFew(ours),
		note: fmt.Sprintf("Without thresholds: half-way from the value at the smallest size to that at the largest. P of the error over that of %s %s.", f.symbol(), fromTo(ours)),
	}
	if len(theirs) > 0 {
		k.paper = stat.Bootstrap(theirs, stat.MedianDistance, true)
		k.note = join(k.note, fmt.Sprintf("The paper's from its curves at v=8, L=2: %s.", fromTo(theirs)))
	}
	return k.claim()
}

// publishedHalves returns the half-way sizes of the published curves in Figure 12 or 15.
func (f thresholdScatter) publishedHalves() []stat.Sample {
	var out []stat.Sample
	for _, figure := range []layerCurves{figure12, figure15} {
		if figure.family != f.family {
			continue
		}
		for _, c := range figure.published() {
			if x, y := series.Halfway(c.readings[series.Second(f.of)]), series.Halfway(c.readings[series.Error]); x.Status == sweep.Found && y.Status == sweep.Found {
				out = append(out, stat.Sample{Task: c.Task, X: x.P, Unit: 1, Values: map[string]float64{paper.Grammar: y.P}})
			}
		}
	}
	return out
}

// returnClaim compares the size itself with the published one.
func (f thresholdScatter) returnClaim(tasks []comparison) Claim {
	var ours []stat.Sample
	for _, m := range tasks {
		for _, p := range f.probedPoints(f.of) {
			if p.Task() == m.Task && m.at.Status == sweep.Found {
				ours = append(ours, stat.Sample{Task: m.Task, X: 1, Unit: 1, Values: map[string]float64{paper.Grammar: m.at.P / p.X}})
			}
		}
	}
	note := "The published one is the size with the sensitivity nearest to the threshold, ours is interpolated."
	if len(ours) > 0 {
		note = join(note, "Task by task "+strings.TrimPrefix(fromTo(ours), "from ")+".")
	}
	return comeBack(f.gridStep, check{
		figure: f.name, sentence: fmt.Sprintf("the published %s come back%s", f.size(), f.where()),
		ours: stat.Bootstrap(ours, stat.MeanRatio, true), of: counted(ours), few: f.tooFew(ours), note: note,
	})
}
