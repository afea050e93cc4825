package figures

import (
	"fmt"
	"image/color"
	"strings"

	"gonum.org/v1/plot/vg"

	"srhmbench/figures/series"
	"srhmbench/figures/style"
	"srhmbench/internal/plot"
)

// page has a row for each layer, with S on the left and D on the right: narrow enough for one column of a paper.
func (f layerCurves) page(ours []series.Measured, scale Scale) plot.Page {
	page := plot.Page{
		Width:       6.6 * vg.Inch,
		Title:       fmt.Sprintf("Figure %s: sensitivities of the layers of a network to synonyms and displacements, %s", f.name, strings.ToUpper(f.kind)),
		Description: fmt.Sprintf("Sensitivities S_{k,l} and D_{k,l} and the test error against the size of the training set divided by (s0+1)^%s. Grey, hollow: Tomasini and Wyart (2024), Figure %s, read off the picture (CC BY 4.0). Scale %s.", f.exponent, f.name, scale),
		Notes:       append(probedNotes(ours, scale), fmt.Sprintf("Bars: 95 %% over inputs, mostly smaller than the marks. Levels 1 to $l$ are redrawn together, as in the authors' program. Published: $v=%d$.", layersV)),
	}
	page.Notes = append(page.Notes, f.notes...)
	for layer := 1; layer <= output; layer++ {
		for _, of := range []string{"S", "D"} {
			page.Panels = append(page.Panels, f.panel(ours, of, layer))
		}
	}
	return page.Stacked(2.6*vg.Inch, 2.9*vg.Inch, 3.3*vg.Inch) // with legends from layer 2 on
}

func (f layerCurves) panel(ours []series.Measured, of string, layer int) plot.Panel {
	p := plot.Panel{
		Title: fmt.Sprintf("layer $k=%d$", layer),
		X:     plot.Axis{Label: fmt.Sprintf("$P/(s_0+1)^%s$", f.exponent), Log: true},
		Y:     plot.Axis{Label: fmt.Sprintf("$%s_{k,l}$", of), Min: -0.04, Max: 1.08},
	}
	if layer == output {
		p.Title = "output"
		p.Y.Label = fmt.Sprintf("$%s_{out,l}$", of)
	}
	p.Title = fmt.Sprintf("%s, $v=%d$: %s", strings.ToUpper(f.kind), f.v(ours), p.Title)
	var xs []float64
	shown := []series.Quantity{series.Error, series.Sensitivity(of, layer, 2), series.Sensitivity(of, layer, 1)}
	for _, c := range f.published() {
		for _, q := range shown {
			if q == series.Error && !f.errorPanel(of, layer) {
				continue
			}
			hollow := plot.Marks{Radius: 2.4}
			for _, at := range c.readings[q] {
				x := at.P / f.unit(c.Task)
				xs = append(xs, x)
				hollow.List = append(hollow.List, plot.Mark{X: x, Y: at.Value.Value, Shape: style.ByS0.Shape(c.Task), Color: publishedHue(q), Hollow: true})
			}
			p.Layers = append(p.Layers, hollow)
		}
	}
	for _, m := range ours {
		for _, q := range shown {
			line, dots := f.curve(m, q)
			p.Layers = append(p.Layers, line)
			if q != series.Error || f.errorPanel(of, layer) {
				p.Layers = append(p.Layers, dots)
			}
			for _, at := range m.Readings(q) {
				xs = append(xs, at.P/f.unit(taskOf(m.Task)))
			}
		}
	}
	p.X.Min, p.X.Max = plot.Range(xs, 1.3)
	if p.Legends = f.legends(ours, of, layer); len(p.Legends) > 0 {
		p.Y.Max = 1.5 // room for them
	}
	return p
}

// v returns the vocabulary of our curves.
func (f layerCurves) v(ours []series.Measured) int {
	return ours[0].Task.V
}

// errorPanel reports whether a panel shows the test error in full. The others have our curves only, as a thin line.
func (f layerCurves) errorPanel(of string, layer int) bool { return of == "S" && layer == 1 }

// curve returns one of our curves.
func (f layerCurves) curve(m series.Measured, q series.Quantity) (plot.Line, plot.Marks) {
	t := taskOf(m.Task)
	col := levelHue(q)
	line := plot.Line{Color: col, Width: 1.2}
	if q == series.Error {
		line.Width = 0.6
	}
	dots := plot.Marks{Radius: 3}
	for _, at := range m.Readings(q) {
		k := plot.Mark{X: at.P / f.unit(t), Y: at.Value.Value, Shape: style.ByS0.Shape(t), Color: col}
		k.Low, k.High = k.Y-float64(1.96*at.Value.Error), k.Y+float64(1.96*at.Value.Error)
		line.X, line.Y = append(line.X, k.X), append(line.Y, k.Y)
		dots.List = append(dots.List, k)
	}
	return line, dots
}

// levelHue returns blue for level 1 and orange for level 2, as in the paper, and black for the test error.
func levelHue(q series.Quantity) color.Color {
	switch {
	case q == series.Error:
		return color.Gray{Y: 0x22}
	case q.Level == 1:
		return plot.Blues.At(0.4)
	}
	return plot.Reds.At(0)
}

// publishedHue is a paler colour, so that a published curve shows what it is of.
func publishedHue(q series.Quantity) color.Color {
	if q == series.Error {
		return plot.Published
	}
	return plot.Pale(levelHue(q))
}

// legends go where there is room: colours into the last panel of S and the middle one of D, marks into the last of D.
func (f layerCurves) legends(ours []series.Measured, of string, layer int) []plot.Legend {
	var colours plot.Legend
	for _, q := range []series.Quantity{series.Sensitivity(of, layer, 1), series.Sensitivity(of, layer, 2), series.Error} {
		text := "test error"
		if q != series.Error {
			text = fmt.Sprintf("$l=%d$", q.Level)
		}
		colours = append(colours, plot.Entry{Sample: plot.LineSample{Line: plot.Line{Color: levelHue(q), Width: 1.6}}, Text: text})
	}
	seen := map[int]bool{}
	for _, m := range ours {
		seen[m.Task.S0] = true
	}
	for _, c := range f.published() {
		seen[c.S0] = true
	}
	switch {
	case of == "S" && layer == output, of == "D" && layer == 2:
		return []plot.Legend{colours}
	case of == "D" && layer == output:
		published := plot.MarksSample{
			{Color: publishedHue(series.Sensitivity(of, layer, 1)), Hollow: true}, {Color: publishedHue(series.Sensitivity(of, layer, 2)), Hollow: true},
			{Color: publishedHue(series.Error), Hollow: true},
		}
		return []plot.Legend{append(style.S0Legend(seen), plot.Entry{Sample: published, Text: "published"})}
	}
	return nil
}
