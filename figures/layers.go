package figures

import (
	"math"
	"slices"
	"strconv"

	"srhmbench/results/paper"
	"srhmbench/srhm/spec"
	"srhmbench/srhm/sweep"
)

// layers is a figure of the sensitivities of every layer to every level against P, with the test error: Figures 12
// and 15.
type layers struct {
	name     string // "12"
	family          // of tasks
	power    func(l int) int
	exponent string     // the power in words
	divided  float64    // by this the printed axis is smaller than P/(s0+1)^power
	plateaus []quantity // the sensitivities whose value at large P is compared
	notes    []string   // what to know of the published figure
}

// layersV is v of the published curves, at L = 2.
const layersV = 8

// output is the layer behind the two hidden ones.
const output = 3

// ladders are those of one vocabulary: the paper's, at smoke scale a smaller one.
func (f layers) ladders(scale Scale) []ladder {
	v := layersV
	if scale == Smoke {
		v = 4
	}
	return slices.DeleteFunc(f.family.ladders(scale), func(l ladder) bool { return l.v != v || l.l != 2 })
}

func (f layers) plan(scale Scale) sweep.Plan { return planOf(f.ladders(scale)) }

func (f layers) draw(src Source, scale Scale) (Drawing, error) {
	ours := climbed(src, f.ladders(scale))
	return Drawing{Page: f.page(ours, scale), Data: f.table(ours), Claims: f.claims(ours)}, nil
}

// unit is what P is divided by.
func (f layers) unit(c cell) float64 {
	return math.Pow(float64(c.s0+1), float64(f.power(c.l)))
}

// quantities lists what is drawn: the test error, and S and D of each layer and level.
func quantities() []quantity {
	out := []quantity{testError}
	for _, of := range []string{"S", "D"} {
		for layer := 1; layer <= output; layer++ {
			for level := 1; level <= 2; level++ {
				out = append(out, quantity{of, layer, level})
			}
		}
	}
	return out
}

// responses are what the networks of one task answer, by P.
type responses struct {
	cell
	spots map[quantity][]spot
}

// published returns the curves of the paper by P, in its order.
func (f layers) published() []responses {
	var out []responses
	for _, p := range paper.Points(f.name, "") {
		c := cellOf(p)
		q, known := quantityOf(p)
		if !known {
			continue
		}
		i := slices.IndexFunc(out, func(o responses) bool { return o.cell == c })
		if i < 0 {
			i = len(out)
			out = append(out, responses{cell: c, spots: map[quantity][]spot{}})
		}
		out[i].spots[q] = append(out[i].spots[q], spot{p: p.X * f.divided * f.unit(c), value: spec.Estimate{Value: p.Y}})
	}
	return out
}

// quantityOf is what a published point is one of. The test error is drawn in all panels and read in the first.
func quantityOf(p paper.Point) (quantity, bool) {
	if p.Quantity == "test_error" {
		return testError, p.Panel == "row1col1"
	}
	layer, err := strconv.Atoi(p.Depth)
	if err != nil {
		layer = output
	}
	level, err := strconv.Atoi(p.Level)
	return quantity{p.Quantity, layer, level}, err == nil
}

// layersEnd is the largest published P of a task in Figure 12 or 15, with room for the error of reading; 0 if they do
// not have it.
func layersEnd(f family, c cell) (end float64) {
	for _, figure := range []layers{figure12, figure15} {
		if figure.family != f {
			continue
		}
		for _, curves := range figure.published() {
			if s := curves.spots[testError]; curves.cell == c {
				end = 1.05 * s[len(s)-1].p
			}
		}
	}
	return end
}

func (f layers) table(ours []climb) Table {
	t := Table{Columns: []string{"series", "network", "s", "s0", "L", "v", "quantity", "layer", "level", "P", "rescaled", "value", "standard_error", "run"}}
	where := func(q quantity) []any {
		switch {
		case q == testError:
			return []any{q.of, "", ""}
		case q.layer == output:
			return []any{q.of, "output", q.level}
		}
		return []any{q.of, q.layer, q.level}
	}
	row := func(series string, c cell, q quantity, at spot, standardError any) {
		values := append([]any{series, f.kind, c.s, c.s0, c.l, c.v}, where(q)...)
		t.add(append(values, at.p, at.p/f.unit(c), at.value.Value, standardError, at.run)...)
	}
	for _, c := range f.published() {
		for _, q := range quantities() {
			for _, at := range c.spots[q] {
				row("paper", c.cell, q, at, "")
			}
		}
	}
	for _, c := range ours {
		for _, q := range quantities() {
			for _, at := range c.spots(q) {
				row("ours", c.cell, q, at, at.value.Error)
			}
		}
	}
	return t
}
