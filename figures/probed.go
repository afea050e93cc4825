package figures

import (
	"slices"

	"srhmbench/figures/series"
	"srhmbench/results/paper"
	"srhmbench/srhm/spec"
	"srhmbench/srhm/sweep"
)

// fcn2 is the fully connected network of Figure 16.
var fcn2 = family{spec.FCN, 2}

// probedPanels maps a family to the figure and the panels that show its P*_S and its P*_D.
var probedPanels = map[family][3]string{
	lcn2: {"6", "C", "D"}, lcn3: {"11", "left", "right"},
	cnn2: {"14", "top left", "bottom left"}, cnn3: {"14", "top right", "bottom right"},
	fcn2: {"16", "left", "right"},
}

// probedPoints returns the published P*_S (of "S") or P*_D (of "D"): x, against P*: y.
func (f family) probedPoints(of string) []paper.Point {
	at := probedPanels[f]
	if of == "D" {
		return paper.Points(at[0], at[2])
	}
	return paper.Points(at[0], at[1])
}

// probed returns the series that a scale trains and probes, the smallest task first. They give the test error and the
// sensitivities of the same networks: Figures 6, 11, 14 and 16 show where these fall, Figures 12 and 15 show how.
func (f family) probed(scale Scale) []series.Series {
	var tasks []paper.Task
	width := 128
	switch scale {
	case Smoke:
		tasks, width = f.smokeTasks(), 64
	case Quick:
		tasks = f.quickTasks()
	default:
		for _, p := range f.probedPoints("S") {
			tasks = append(tasks, p.Task())
		}
	}
	var out []series.Series
	for _, t := range tasks {
		h := width
		if scale == Paper {
			h = authors(f.kind, t).Width
		}
		out = append(out, series.Series{
			Task: on(paper.Grammar, t), Network: network(f.kind, h), Protocol: probedProtocol(scale, f.kind, t), Seed: seed,
			Probe: spec.Probe{Inputs: spec.ProbeInputs}, Sizes: f.sizes(scale, t, h),
		})
	}
	return out
}

func (f family) smokeTasks() []paper.Task {
	if f.s == 3 {
		return []paper.Task{{S: 3, V: 3, S0: 0, L: 2}}
	}
	return product([]int{4}, []int{0, 1}, 2)
}

// quickTasks lists what trains in a minute or two. At L = 3 narrow networks learn from fewer samples, though hardly so
// at v = 4, and each comparison is within one network.
func (f family) quickTasks() []paper.Task {
	switch f {
	case lcn2:
		return slices.Concat(product([]int{4}, []int{0, 1, 2, 4}, 2), product([]int{6}, []int{0, 1, 2}, 2), product([]int{8}, []int{0, 1, 2, 4}, 2), product([]int{4}, []int{0}, 3))
	case cnn2:
		return slices.Concat(product([]int{4}, []int{0, 1, 2, 4}, 2), product([]int{6}, []int{0, 1, 2}, 2), product([]int{8}, []int{0, 1, 2, 4}, 2), product([]int{4}, []int{0, 1}, 3))
	case lcn3:
		return []paper.Task{{S: 3, V: 3, S0: 0, L: 2}, {S: 3, V: 3, S0: 1, L: 2}, {S: 3, V: 4, S0: 0, L: 2}}
	case cnn3:
		return []paper.Task{{S: 3, V: 3, S0: 0, L: 2}, {S: 3, V: 3, S0: 1, L: 2}, {S: 3, V: 3, S0: 2, L: 2}, {S: 3, V: 4, S0: 0, L: 2}, {S: 3, V: 4, S0: 1, L: 2}}
	}
	return slices.Concat(product([]int{4}, []int{0, 1}, 2), product([]int{6}, []int{0, 1, 2}, 2), product([]int{8}, []int{0}, 2))
}

// probedProtocol returns how a scale trains what it probes: on the loss alone, however small the error. The probe sees
// the network with the best test error so far, and where a sensitivity ends is part of the figures.
func probedProtocol(scale Scale, kind string, c paper.Task) spec.Protocol {
	p := protocol(scale, kind, c)
	p.StopError = 0
	if scale == Paper {
		p.StopLoss = authors(kind, c).StopLoss
	}
	return p
}

// sizesOverExpected are the sizes of a series, in units of the P* expected, where the paper has no grid.
var sizesOverExpected = []float64{0.125, 0.25, 0.4, 0.56, 0.8, 1.1, 1.6, 4}

// sizes returns the training-set sizes of a series: around P*, and far enough to either side to show where a
// sensitivity starts and ends. At paper scale they are the authors': all of those in Figures 12 and 15, and a few
// smaller ones where theirs begin near P*.
func (f family) sizes(scale Scale, c paper.Task, width int) []int {
	expected := f.expected(c)
	var grid []int
	asPublished := false
	if scale == Paper {
		low, high := expected/8, 4*expected
		if end := layersEnd(f, c); end > 0 {
			low, high, asPublished = 0, end, true
		}
		grid = sweep.AuthorsGrid(on(paper.Grammar, c), network(f.kind, width))
		grid = slices.DeleteFunc(grid, func(p int) bool { return float64(p) < low || float64(p) > high })
	}
	late := len(grid) > 0 && float64(grid[0]) > expected/4 && !asPublished
	var out []int
	for _, x := range sizesOverExpected {
		if p := int(x * expected); len(grid) == 0 || late && p < grid[0] {
			out = append(out, p)
		}
	}
	return append(out, grid...)
}

// expected returns roughly where P* lies: where the paper has it, or at the prediction times the prefactor of the
// paper's figures.
func (f family) expected(c paper.Task) float64 {
	for _, p := range f.probedPoints("S") {
		if p.Task() == c {
			return p.Y
		}
	}
	t := on(paper.Grammar, c)
	switch {
	case f.kind == spec.FCN:
		return 10 * t.PStarCNN() // no law is published
	case f.kind == spec.CNN && f.s == 3:
		return 3.5 * t.PStarCNN()
	case f.kind == spec.CNN:
		return 2.5 * t.PStarCNN()
	case f.kind == spec.LCN && f.s == 3:
		return 2.5 * t.PStarLCN()
	case f.kind == spec.LCN:
		return 1.5 * t.PStarLCN()
	}
	panic("figures: no P* is expected for " + f.kind)
}
