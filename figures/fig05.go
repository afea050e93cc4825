package figures

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"gonum.org/v1/plot/vg"

	"srhmbench/figures/stat"
	"srhmbench/internal/plot"
	"srhmbench/results/paper"
	"srhmbench/srhm"
)

// The task of Figure 5: v = 10, s = 5, so m = v^(s-1) = 10^4.
const (
	figure5S = 5
	figure5M = 1e4
)

// figure5Bands is the number of colours in the published figure.
const figure5Bands = 50

// fieldColumn holds the nodes of one F, by increasing d.
type fieldColumn []plot.Node

// columns5 evaluates Eq. 5 on the grid of the figure. Nodes with F d < s have less than one level, and are left out:
// the white corner.
func columns5() []fieldColumn {
	var out []fieldColumn
	for f := 1; f <= 10; f++ {
		var c fieldColumn
		for d := 20; d <= 124; d += 8 {
			if f*d >= 10*figure5S { // F d >= s in whole numbers
				c = append(c, node5(float64(f)/10, float64(d)))
			}
		}
		out = append(out, c)
	}
	return out
}

// node5 returns Eq. 5: the natural logarithm of P*/n_c.
func node5(f, d float64) plot.Node {
	return plot.Node{X: f, Y: d, Z: srhm.LogPStarPerClass(f, d, figure5M, figure5S)}
}

// triangles joins neighbouring columns. This is the triangulation of the nodes, whose hull is the coloured region of
// the published figure.
func triangles(columns []fieldColumn) [][3]plot.Node {
	var out [][3]plot.Node
	for i := range len(columns) - 1 {
		out = append(out, joinColumns(columns[i], columns[i+1])...)
	}
	return out
}

// joinColumns joins two columns by triangles, always advancing on the side that lags.
func joinColumns(left, right fieldColumn) [][3]plot.Node {
	var out [][3]plot.Node
	for i, j := 0, 0; i+1 < len(left) || j+1 < len(right); {
		if j+1 == len(right) || i+1 < len(left) && left[i+1].Y <= right[j+1].Y {
			out = append(out, [3]plot.Node{left[i], right[j], left[i+1]})
			i++
		} else {
			out = append(out, [3]plot.Node{left[i], right[j], right[j+1]})
			j++
		}
	}
	return out
}

// figure5 is computed, not measured.
var figure5 = Figure{Name: "5", Title: "P* against relevant fraction and dimension", Plan: planNothing, Draw: draw5}

func draw5(Source, Scale) (Drawing, error) {
	columns := columns5()
	t := Table{Columns: []string{"F", "d", "ln_pstar_per_class"}}
	nodes := slices.Concat(columns...)
	for _, n := range nodes {
		t.Add(n.X, n.Y, n.Z)
	}
	samples, err := colours5()
	if err != nil {
		return Drawing{}, err
	}
	return Drawing{Page: page5(columns), Data: t, Claims: claims5(columns, samples)}, nil
}

func page5(columns []fieldColumn) plot.Page {
	lo, hi := range5(columns)
	field := plot.Field{Triangles: triangles(columns), Levels: plot.Bands(lo, hi, figure5Bands), Color: plot.Viridis}
	return plot.Page{
		Width: 5.2 * vg.Inch, Height: 4.5 * vg.Inch,
		Title:       "Figure 5: predicted P* of an LCN against relevant fraction and dimension",
		Description: "Natural logarithm of P*/n_c by Eq. 5 for v = 10, s = 5, m = v^(s-1), linear between the nodes of the published figure. White: F d < s, less than one level. Computed, not measured.",
		Panels: []plot.Panel{{
			Title:  "$m=v^{s-1}$,  $v=10$,  $s=5$  (Eq. 5)",
			X:      plot.Axis{Label: "relevant fraction $F$", Min: 0.1, Max: 1, Ticks: []float64{0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1}},
			Y:      plot.Axis{Label: "dimension $d$", Min: 20, Max: 124, Ticks: []float64{20, 28, 36, 44, 52, 60, 68, 76, 84, 92, 100, 108, 116, 124}},
			Layers: []plot.Layer{field},
			Bar:    &plot.ColorBar{Field: field, Label: "ln ($P^*/n_c$)", Ticks: []float64{14, 16, 18, 20, 22, 24, 26, 28, 30}},
		}},
		Notes: []string{"Computed from Eq. 5. The published colour bar says $P^*/n_c$; its numbers are natural logarithms."},
	}
}

func range5(columns []fieldColumn) (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, n := range slices.Concat(columns...) {
		lo, hi = min(lo, n.Z), max(hi, n.Z)
	}
	return lo, hi
}

// colours5 returns the colours of the published figure as numbers, wherever one could be read.
func colours5() ([]plot.Node, error) {
	var out []plot.Node
	for _, p := range paper.Points("5", "") {
		_, after, ok := strings.Cut(p.Note, "colour=")
		if !ok || strings.Contains(p.Note, "unsure") {
			continue
		}
		number, _, _ := strings.Cut(after, ";")
		z, err := strconv.ParseFloat(number, 64)
		if err != nil {
			return nil, fmt.Errorf("figures: colour of Figure 5 at F=%v, d=%v: %w", p.X, p.Y, err)
		}
		out = append(out, plot.Node{X: p.X, Y: p.Y, Z: z})
	}
	return out, nil
}

// claims5 compares Eq. 5 with the published picture (SPEC section 4).
func claims5(columns []fieldColumn, samples []plot.Node) []Claim {
	lo, hi := range5(columns)
	band := (hi - lo) / figure5Bands
	exact := func(sentence string, ours, published float64) Claim {
		return check{
			figure: "5", sentence: sentence, lo: published - 0.005, hi: published + 0.005, bound: fmt.Sprintf("%.2f to the second decimal", published),
			paper: stat.Exact(published), ours: stat.Exact(ours), note: "Eq. 5 with the natural logarithm and no prefactor; the label of the published colour bar leaves the logarithm out.",
		}.claim()
	}
	worst, mean := deviation(samples)
	return []Claim{
		exact("the smallest ln(P*/n_c)", lo, 12.33),
		exact("the largest ln(P*/n_c)", hi, 30.00),
		check{
			figure: "5", sentence: "the colours are Eq. 5: largest |colour - Eq. 5|", lo: 0, hi: 1.5 * band, bound: fmt.Sprintf("at most 1.5 bands of colour, %.2f", 1.5*band),
			paper: stat.Exact(0), ours: stat.Exact(worst), of: fmt.Sprintf(" (%d samples)", len(samples)),
			note: fmt.Sprintf("A colour stands for a band, half of it on either side, and may have been read as its neighbour. Mean deviation %+.2f.", mean),
		}.claim(),
		check{
			figure: "5", sentence: "at fixed d a smaller F is easier: share of steps in F", lo: 1, hi: 1, bound: "all",
			paper: stat.Unknown, ours: stat.Exact(rising(columns)),
		}.claim(),
	}
}

// deviation compares the published colours with Eq. 5 at the same places.
func deviation(samples []plot.Node) (worst, mean float64) {
	for _, s := range samples {
		d := s.Z - node5(s.X, s.Y).Z
		worst = max(worst, math.Abs(d))
		mean += d / float64(len(samples))
	}
	return worst, mean
}

// rising returns the share of neighbours in F, at equal d, between which P* rises with F.
func rising(columns []fieldColumn) float64 {
	up, all := 0, 0
	for i := range len(columns) - 1 {
		for _, a := range columns[i] {
			for _, b := range columns[i+1] {
				if a.Y == b.Y {
					all++
					if b.Z > a.Z {
						up++
					}
				}
			}
		}
	}
	return float64(up) / float64(all)
}
