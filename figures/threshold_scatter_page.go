package figures

import (
	"fmt"
	"image/color"
	"maps"
	"slices"
	"strings"

	"gonum.org/v1/plot/vg"

	"srhmbench/figures/series"
	"srhmbench/figures/style"
	"srhmbench/internal/plot"
	"srhmbench/results/paper"
	"srhmbench/srhm/spec"
	"srhmbench/srhm/sweep"
)

// thresholdPanelHeight is the height of a panel.
const thresholdPanelHeight = 4.6 * vg.Inch

// page puts the panels side by side, two in a row.
func (f thresholdFigure) page(panels [][]comparison, scale Scale) plot.Page {
	page := plot.Page{
		Width:       10.4 * vg.Inch,
		Title:       fmt.Sprintf("Figure %s: P* against the sizes where sensitivities fall, %s", f.name, strings.ToUpper(f.parts[0].kind)),
		Description: fmt.Sprintf("Training-set size P* at a test error of 10 %% against the size where the sensitivity S_2 to synonyms or D_2 to displacements falls below a threshold, sparsity A. Grey, hollow: Tomasini and Wyart (2024), Figure %s, read off the picture (CC BY 4.0). Scale %s.", f.name, scale),
	}
	for i, part := range f.parts {
		page.Panels = append(page.Panels, part.panel(panels[i]))
	}
	all := slices.Concat(panels...)
	page.Notes = append(probedNotes(seriesOf(all), scale), unmatched(all)...)
	page.Notes = append(page.Notes, f.notes...)
	return page.Stacked(slices.Repeat([]vg.Length{thresholdPanelHeight}, len(f.parts)/2)...)
}

// seriesOf returns the series of several panels, each once.
func seriesOf(tasks []comparison) []series.Measured {
	var out []series.Measured
	for _, m := range tasks {
		if !slices.ContainsFunc(out, func(o series.Measured) bool { return o.Network.Kind == m.Network.Kind && taskOf(o.Task) == m.Task }) {
			out = append(out, m.Measured)
		}
	}
	return out
}

func (f thresholdScatter) panel(tasks []comparison) plot.Panel {
	var xs, ys []float64
	for _, p := range f.probedPoints(f.of) {
		xs, ys = append(xs, p.X), append(ys, p.Y)
	}
	for _, m := range tasks {
		if m.at.Place() > 0 && m.pstar.Place() > 0 {
			xs, ys = append(xs, room(m.at)...), append(ys, room(m.pstar)...)
		}
	}
	x := plot.Axis{Label: f.label(), Log: true}
	y := plot.Axis{Label: "$P^*$ at test error 10 %", Log: true}
	x.Min, x.Max = plot.Range(xs, 1.5)
	y.Min, y.Max = plot.Range(ys, 1.5)
	return plot.Panel{
		Title: fmt.Sprintf("%s,  $s=%d$", strings.ToUpper(f.kind), f.s), X: x, Y: y,
		Layers:  f.layers(tasks, x),
		Legends: f.legends(tasks),
	}
}

func (f thresholdScatter) legends(tasks []comparison) []plot.Legend {
	if len(tasks) == 0 {
		return []plot.Legend{f.shapeLegend(tasks)}
	}
	return []plot.Legend{f.shapeLegend(tasks), style.ColourLegend(tasksOf(tasks), f.vocabularies(tasks), style.NoMore)}
}

// room returns what an axis must show of a crossing: its ends, or an arrow.
func room(x series.Crossing) []float64 {
	switch x.Status {
	case sweep.NotReached:
		return []float64{x.Low, 2 * x.Low}
	case sweep.BelowSmallest:
		return []float64{x.High, x.High / 2}
	}
	return []float64{x.Low, x.High}
}

// vocabularies lists our v, the paper's and those of other panels.
func (f thresholdScatter) vocabularies(tasks []comparison) []int {
	vs := slices.Clone(f.others)
	for _, m := range tasks {
		vs = append(vs, m.V)
	}
	for _, p := range f.probedPoints(f.of) {
		vs = append(vs, p.V)
	}
	slices.Sort(vs)
	return slices.Compact(vs)
}

func tasksOf(tasks []comparison) []paper.Task {
	var out []paper.Task
	for _, m := range tasks {
		out = append(out, m.Task)
	}
	return out
}

// layers draws the guide, the published points, and ours on top.
func (f thresholdScatter) layers(tasks []comparison, x plot.Axis) []plot.Layer {
	theirs, ours := plot.Marks{Radius: 5.2}, plot.Marks{}
	for _, p := range f.probedPoints(f.of) {
		theirs.List = append(theirs.List, plot.Mark{X: p.X, Y: p.Y, Shape: style.ByS0.Shape(p.Task()), Color: plot.Published, Hollow: true})
	}
	vs := f.vocabularies(tasks)
	for _, m := range tasks {
		if m.at.Place() > 0 && m.pstar.Place() > 0 {
			ours.List = append(ours.List, m.marks(style.Hue(m.V, m.L, vs))...)
		}
	}
	layers := []plot.Layer{plot.Guide(1, x.Min, x.Max)}
	if f.guide != 1 {
		layers = append(layers, f.publishedGuide(x.Min, x.Max))
	}
	return append(layers, theirs, ours)
}

// publishedGuide is the paper's line, where that is not y = x.
func (f thresholdScatter) publishedGuide(from, to float64) plot.Line {
	guide := plot.Guide(f.guide, from, to)
	guide.Color = plot.Published
	return guide
}

// marks returns one mark, or two in one place for two arrows. It is hollow where a threshold is not crossed.
func (m comparison) marks(col color.Color) []plot.Mark {
	k := plot.Mark{X: m.at.Place(), Y: m.pstar.Place(), Shape: style.ByS0.Shape(m.Task), Color: col, Hollow: !m.found(), Bracket: true}
	if m.at.Status == sweep.Found {
		k.Left, k.Right = m.at.Low, m.at.High
	}
	if m.pstar.Status == sweep.Found {
		k.Low, k.High = m.pstar.Low, m.pstar.High
	}
	var out []plot.Mark
	for _, arrow := range []plot.Bound{
		map[sweep.Status]plot.Bound{sweep.NotReached: plot.Beyond, sweep.BelowSmallest: plot.Before}[m.at.Status],
		map[sweep.Status]plot.Bound{sweep.NotReached: plot.Above, sweep.BelowSmallest: plot.Below}[m.pstar.Status],
	} {
		if arrow != plot.Value {
			limit := k
			limit.Bound = arrow
			out = append(out, limit)
		}
	}
	if len(out) == 0 {
		out = append(out, k)
	}
	return out
}

// shapeLegend explains the marks and the guide.
func (f thresholdScatter) shapeLegend(tasks []comparison) plot.Legend {
	ink := color.Gray{Y: 0x33}
	seen := map[int]bool{}
	for _, p := range f.probedPoints(f.of) {
		seen[p.S0] = true
	}
	arrows := map[plot.Bound]bool{}
	for _, m := range tasks {
		seen[m.S0] = true
		if m.at.Place() > 0 && m.pstar.Place() > 0 {
			for _, k := range m.marks(ink) {
				arrows[k.Bound] = true
			}
		}
	}
	l := style.S0Legend(seen)
	points := f.probedPoints(f.of)
	l = append(l, style.PublishedEntry(fmt.Sprintf("published (%d)", len(points)), style.ByS0.ShapesOf(points)...))
	for _, limit := range []struct {
		bound plot.Bound
		text  string
	}{
		{plot.Above, "$P^*$ not reached"}, {plot.Below, "$P^*$ below smallest"},
		{plot.Beyond, "threshold not reached"}, {plot.Before, "below smallest"},
	} {
		if arrows[limit.bound] {
			l = append(l, plot.Entry{Sample: plot.MarkSample{Mark: plot.Mark{Shape: plot.Circle, Color: ink, Hollow: true, Bound: limit.bound}}, Text: limit.text})
		}
	}
	if len(tasks) > 0 {
		l = append(l, style.BarEntries("", "bracket")...)
	}
	l = append(l, plot.Entry{Sample: plot.LineSample{Line: plot.Guide(1, 1, 2)}, Text: "$y=x$"})
	if f.guide != 1 {
		l = append(l, plot.Entry{Sample: plot.LineSample{Line: f.publishedGuide(1, 2)}, Text: fmt.Sprintf("$y=%gx$, published", f.guide)})
	}
	return l
}

// probedNotes says how the networks were trained and what is missing.
func probedNotes(ours []series.Measured, scale Scale) []string {
	total, done, broken := 0, 0, 0
	widths, losses := map[int]bool{}, map[float64]bool{}
	for _, m := range ours {
		widths[m.Network.Width], losses[m.Protocol.StopLoss] = true, true
		trained := m.Trained()
		total += len(m.Points)
		done += len(trained)
		broken += len(trained) - len(series.CurveOf(trained).P)
	}
	notes := []string{fmt.Sprintf("Scale %s: width %s, stop at cross-entropy %s, never at an error. The probe sees the network with the best test error, with %d inputs.",
		scale, commaList(slices.Sorted(maps.Keys(widths))), commaList(slices.Sorted(maps.Keys(losses))), spec.ProbeInputs)}
	if done < total {
		notes = append(notes, fmt.Sprintf("unfinished: %d of %d runs", total-done, total))
	}
	if broken > 0 {
		notes = append(notes, fmt.Sprintf("collapsed or diverged, not counted: %d of %d runs", broken, total))
	}
	return notes
}

// unmatched says what the bars are, and names the tasks that are not drawn.
func unmatched(tasks []comparison) []string {
	notes := []string{"Bars: from the training-set size before to the one behind. Both axes are of the same trainings."}
	var names []string
	for _, m := range tasks {
		if name := fmt.Sprintf("$s$ %d $v$ %d $s_0$ %d $L$ %d", m.S, m.V, m.S0, m.L); (m.at.Place() == 0 || m.pstar.Place() == 0) && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if n := len(names); n > 0 {
		if n > 4 {
			names = append(names[:3:3], fmt.Sprintf("and %d more", n-3))
		}
		notes = append(notes, fmt.Sprintf("not drawn, unfinished or broken down (%d): %s", n, strings.Join(names, "; ")))
	}
	return notes
}
