package figures

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"srhmbench/srhm/sweep"
)

// Bounds of SPEC section 4, Figure 6.
const (
	nearMedian = 0.15 // of |log10 P*/P*_S|
	nearFactor = 3.0  // that 90 % of the tasks keep
	minMatches = 3
)

// claims judges whether error and sensitivity fall together, by the thresholds of the paper and by none.
func (f coincidence) claims(cells []match) []Claim {
	ours, theirs := compared(cells), f.published()
	seen := pick(cells, func(m match) (x, y fall) { return m.at, m.fresh })
	note := fmt.Sprintf("Of the same trainings. P*/%s %s.", f.size(), fromTo(ours))
	if len(seen) > 0 {
		note += fmt.Sprintf(" With the authors' error, of fresh draws, the median is %s.", short(medianDistance(pairs(seen))))
	}
	out := []Claim{
		check{
			figure: f.name, sentence: fmt.Sprintf("%s equals P*%s: median |log10 of their ratio|", f.size(), f.where()), lo: 0, hi: nearMedian, bound: "at most 0.15",
			paper: bootstrap(theirs, medianDistance, true), ours: bootstrap(ours, medianDistance, true), of: counted(ours), few: f.tooFew(ours),
			note: join(note, limits(cells)),
		}.claim(),
		f.shareClaim(ours),
		f.halfClaim(cells),
		f.returnClaim(cells),
	}
	if f.quantity(2) != second(f.of) && f.of == "S" {
		out = append(out, f.secondClaim(cells))
	}
	return out
}

// labelled is the threshold on S_2 in the labels of Figure 16.
const labelled = 0.3

// secondClaim takes the labels of Figure 16 at their word.
func (f coincidence) secondClaim(cells []match) Claim {
	n, total := 0, 0
	least := math.Inf(1)
	for _, m := range cells {
		if at := m.falls(second(f.of), labelled); m.whole() && at.place() > 0 {
			total++
			n += b2i(at.status == sweep.Found)
		}
		for _, s := range m.spots(second(f.of)) {
			least = min(least, s.value.Value)
		}
	}
	note := ""
	if total > 0 {
		note = fmt.Sprintf("The smallest is %s. The other claims are of the output.", short(least))
	}
	return share(f.name, fmt.Sprintf("S_2, of the second layer, falls to %.0f %% as the label says", 100*labelled), n, total, 0.9, note)
}

// size is what is compared with P*.
func (f coincidence) size() string { return "P*_" + f.of }

func (f coincidence) where() string {
	return fmt.Sprintf(", %s at s=%d", strings.ToUpper(f.kind), f.s)
}

func (f coincidence) tooFew(samples []sample) string {
	if len(samples) >= minMatches {
		return ""
	}
	return fmt.Sprintf("Tasks with both: %d; %d are wanted.", len(samples), minMatches)
}

// compared returns the tasks with P* and P*_S, y and x of a sample; and those where one is not reached and its limit
// alone is too far from the other: they are at least so far apart.
func compared(cells []match) []sample {
	var out []sample
	for _, m := range cells {
		if m.found() || m.apart() {
			out = append(out, sample{cell: m.cell, x: m.at.place(), unit: 1, values: map[string]float64{authorsGrammar: m.pstar.place()}})
		}
	}
	return out
}

// apart says whether one of the two is beyond its limit by more than the factor allowed from the other.
func (m match) apart() bool {
	x, y := m.at, m.pstar
	beyond := func(a, b fall) bool { // b is found, a is not
		return b.status == sweep.Found && (a.status == sweep.NotReached && a.low > nearFactor*b.p || a.status == sweep.BelowSmallest && nearFactor*a.high < b.p)
	}
	return beyond(x, y) || beyond(y, x)
}

// pick returns the tasks where both of two sizes are found.
func pick(cells []match, of func(match) (x, y fall)) []sample {
	var out []sample
	for _, m := range cells {
		if x, y := of(m); x.status == sweep.Found && y.status == sweep.Found {
			out = append(out, sample{cell: m.cell, x: x.p, unit: 1, values: map[string]float64{authorsGrammar: y.p}})
		}
	}
	return out
}

func (f coincidence) published() []sample {
	var out []sample
	for _, p := range f.probedPoints(f.of) {
		out = append(out, sample{cell: cellOf(p), x: p.X, unit: 1, values: map[string]float64{authorsGrammar: p.Y}})
	}
	return out
}

// medianDistance is the median of |log10 y/x|.
func medianDistance(data []pair) float64 {
	if len(data) == 0 {
		return math.NaN()
	}
	var d []float64
	for _, p := range data {
		d = append(d, math.Abs(math.Log10(p.y/p.x)))
	}
	slices.Sort(d)
	n := len(d)
	return (d[(n-1)/2] + d[n/2]) / 2
}

// fromTo gives the range of y/x.
func fromTo(samples []sample) string {
	if len(samples) == 0 {
		return "is not known"
	}
	lo, hi := math.Inf(1), 0.0
	for _, p := range pairs(samples) {
		lo, hi = min(lo, p.y/p.x), max(hi, p.y/p.x)
	}
	return fmt.Sprintf("from %s to %s", short(lo), short(hi))
}

// limits says how many thresholds were not crossed.
func limits(cells []match) string {
	open, far := 0, 0
	for _, m := range cells {
		if !m.found() && !m.apart() && m.pstar.place() > 0 && m.at.place() > 0 {
			open++
		}
		far += b2i(m.apart())
	}
	if open+far == 0 {
		return ""
	}
	return fmt.Sprintf("A threshold is not crossed in %d of %d: %d count by the limit, which is more than a factor of 3 away, the others do not.", open+far, len(cells), far)
}

func (f coincidence) shareClaim(ours []sample) Claim {
	within := func(samples []sample) (n int) {
		for _, p := range pairs(samples) {
			if math.Abs(math.Log(p.y/p.x)) <= math.Log(nearFactor) {
				n++
			}
		}
		return n
	}
	theirs := f.published()
	c := share(f.name, fmt.Sprintf("%s and P* are within a factor of 3%s", f.size(), f.where()), within(ours), len(ours), 0.9, "")
	c.Paper = short(float64(within(theirs)) / float64(len(theirs)))
	if few := f.tooFew(ours); few != "" {
		c.Verdict, c.Note = Undecided, few
	}
	return c
}

// halfClaim does without thresholds.
func (f coincidence) halfClaim(cells []match) Claim {
	ours := pick(cells, func(m match) (x, y fall) { return m.halfAt, m.halfError })
	theirs := f.publishedHalves()
	k := check{
		figure: f.name, sentence: fmt.Sprintf("%s and error are half-way at one P%s: median |log10 of the ratio|", f.symbol(), f.where()), lo: 0, hi: nearMedian, bound: "at most 0.15",
		paper: nothing, ours: bootstrap(ours, medianDistance, true), of: counted(ours), few: f.tooFew(ours),
		note: fmt.Sprintf("Without thresholds: half-way from the value at the smallest size to that at the largest. P of the error over that of %s %s.", f.symbol(), fromTo(ours)),
	}
	if len(theirs) > 0 {
		k.paper = bootstrap(theirs, medianDistance, true)
		k.note = join(k.note, fmt.Sprintf("The paper's from its curves at v=8, L=2: %s.", fromTo(theirs)))
	}
	return k.claim()
}

// publishedHalves are those of the curves of Figure 12 or 15.
func (f coincidence) publishedHalves() []sample {
	var out []sample
	for _, figure := range []layers{figure12, figure15} {
		if figure.family != f.family {
			continue
		}
		for _, c := range figure.published() {
			if x, y := halfway(c.spots[second(f.of)]), halfway(c.spots[testError]); x.status == sweep.Found && y.status == sweep.Found {
				out = append(out, sample{cell: c.cell, x: x.p, unit: 1, values: map[string]float64{authorsGrammar: y.p}})
			}
		}
	}
	return out
}

// returnClaim compares the size itself with the published one.
func (f coincidence) returnClaim(cells []match) Claim {
	var ours []sample
	for _, m := range cells {
		for _, p := range f.probedPoints(f.of) {
			if cellOf(p) == m.cell && m.at.status == sweep.Found {
				ours = append(ours, sample{cell: m.cell, x: 1, unit: 1, values: map[string]float64{authorsGrammar: m.at.p / p.X}})
			}
		}
	}
	note := "The published one is the size with the sensitivity nearest to the threshold, ours is interpolated."
	if len(ours) > 0 {
		note = join(note, "Task by task "+strings.TrimPrefix(fromTo(ours), "from ")+".")
	}
	return comeBack(f.step, check{
		figure: f.name, sentence: fmt.Sprintf("the published %s come back%s", f.size(), f.where()),
		ours: bootstrap(ours, meanRatio, true), of: counted(ours), few: f.tooFew(ours), note: note,
	})
}
