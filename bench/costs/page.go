package costs

import (
	"fmt"
	"image/color"
	"maps"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot/vg"

	"srhmbench/internal/plot"
	"srhmbench/srhm/spec"
	"srhmbench/srhm/train"
)

// Page draws the costs: each row has one kind of network at its widths, then the cores or the memory.
func (s Steps) Page() plot.Page {
	var panels []plot.Panel
	for _, net := range []string{spec.LCN, spec.CNN} {
		for _, width := range s.widths() {
			panels = append(panels, s.blanksPanel(net, width))
		}
		if net == spec.LCN {
			panels = append(panels, s.coresPanel())
		} else {
			panels = append(panels, memoryPanel())
		}
	}
	panels[0].Legends = []plot.Legend{s.legend()}
	row := 3.1 * vg.Inch
	return plot.Page{
		Width:  10.4 * vg.Inch,
		Title:  "What a training step costs, and a training holds",
		Panels: panels,
		Description: fmt.Sprintf("Times of a step of SGD at v = 10, L = 2, s = 2 against the blanks per child, steps per second on two cores, "+
			"and predicted memory against the length of the input. Machine %s, kernels %s, commit %.12s.", s.Machine, s.Tier, s.Commit),
		Notes: []string{fmt.Sprintf("Steps at $v=10$, $L=2$, $s=2$; medians on one core of %s (%s). Dashed: the weights and momenta that a step has to read or write.", s.Machine, s.Tier),
			fmt.Sprintf("Cores: whitened, 40 data, $s_0=2$; filled: two trainings at a time, hollow: two threads in a step. Memory: predicted, width 512, the authors' protocol, on the $P^*$ that the law gives; crosses: the largest task that is within %s, and that the program takes.", gigabytes(memoryOfNote))},
	}.Stacked(row, row)
}

func (s Steps) widths() []int {
	seen := map[int]bool{}
	for _, b := range s.Blanks {
		seen[b.Width] = true
	}
	return slices.Sorted(maps.Keys(seen))
}

// blanksPanel shows times and traffic relative to those without blanks.
func (s Steps) blanksPanel(net string, width int) plot.Panel {
	top := 1.0
	var layers []plot.Layer
	for _, b := range s.Blanks {
		if b.Net != net || b.Width != width {
			continue
		}
		first := b.Points[0]
		time, traffic := plot.Line{Color: b.hue(), Width: 1.4}, plot.Line{Color: b.hue(), Width: 0.9, Dashed: true}
		marks := plot.Marks{}
		for _, p := range b.Points {
			x, y, t := float64(p.S0), p.Seconds/first.Seconds, p.Bytes/first.Bytes
			time.X, time.Y = append(time.X, x), append(time.Y, y)
			traffic.X, traffic.Y = append(traffic.X, x), append(traffic.Y, t)
			marks.List = append(marks.List, plot.Mark{X: x, Y: y, Shape: b.shape(), Color: b.hue()})
			top = max(top, y, t)
		}
		layers = append(layers, traffic, time, marks)
	}
	return plot.Panel{
		Title:  fmt.Sprintf("%s, width %d", strings.ToUpper(net), width),
		X:      plot.Axis{Label: "blanks per child  $s_0$", Min: -0.4, Max: 6.4, Ticks: []float64{0, 1, 2, 4, 6}},
		Y:      plot.Axis{Label: "step, times that at $s_0=0$", Min: 0, Max: math.Ceil(top) + 0.5},
		Layers: layers,
	}
}

func (b Blanks) hue() color.Color {
	switch {
	case b.Encoding == "whitened":
		return plot.Reds.At(0.5)
	case b.Batch < 40:
		return plot.Blues.At(0)
	}
	return plot.Blues.At(0.8)
}

func (b Blanks) shape() plot.Shape {
	switch {
	case b.Encoding == "whitened":
		return plot.Square
	case b.Batch < 40:
		return plot.Triangle
	}
	return plot.Circle
}

func (s Steps) legend() plot.Legend {
	var l plot.Legend
	for _, b := range s.Blanks {
		if b.Net == s.Blanks[0].Net && b.Width == s.Blanks[0].Width {
			mark := plot.Mark{Shape: b.shape(), Color: b.hue()}
			l = append(l, plot.Entry{Sample: plot.LineSample{Line: plot.Line{Color: b.hue(), Width: 1.4}, Mark: &mark}, Text: fmt.Sprintf("%s, %d data", b.Encoding, b.Batch)})
		}
	}
	return l
}

// coresPanel shows the steps per second on two cores relative to one.
func (s Steps) coresPanel() plot.Panel {
	p := plot.Panel{
		Title: "two cores",
		X:     plot.Axis{Label: "width", Log: true, Min: 80, Max: 800, Ticks: []float64{128, 512}},
		Y:     plot.Axis{Label: "steps per second, of one core", Min: 0, Max: 2.2},
	}
	p.Layers = append(p.Layers, plot.Line{X: []float64{80, 800}, Y: []float64{2, 2}, Color: color.Black, Dashed: true, Guide: true})
	var marks plot.Marks
	for _, c := range s.Cores {
		k := plot.Mark{X: float64(c.Width) / 1.06, Color: plot.Blues.At(0.4), Shape: plot.Circle}
		if c.Net == spec.CNN {
			k.X, k.Color, k.Shape = float64(c.Width)*1.06, plot.Reds.At(0.5), plot.Diamond
		}
		for _, use := range []Use{{2, 1}, {1, 2}} {
			k.Y, k.Hollow = c.Gain(use), use.Threads > 1
			if k.Y > 0 {
				marks.List = append(marks.List, k)
			}
		}
	}
	p.Layers = append(p.Layers, marks)
	p.Legends = []plot.Legend{{
		{Sample: plot.MarkSample{Mark: plot.Mark{Shape: plot.Circle, Color: plot.Blues.At(0.4)}}, Text: "LCN"},
		{Sample: plot.MarkSample{Mark: plot.Mark{Shape: plot.Diamond, Color: plot.Reds.At(0.5)}}, Text: "CNN"},
	}}
	return p
}

func gigabytes(x float64) string { return fmt.Sprintf("%.0f GB", x/1e9) }

// memoryPanel shows the memory that trainings are predicted to take, up to more than a machine has.
func memoryPanel() plot.Panel {
	p := plot.Panel{
		Title: "memory of a training",
		X:     plot.Axis{Label: "cells of the input  $d$", Log: true, Min: 3, Max: 1e8},
		Y:     plot.Axis{Label: "bytes", Log: true, Min: 2e6, Max: 1e11},
		Layers: []plot.Layer{
			plot.Line{X: []float64{3, 1e8}, Y: []float64{memoryOfNote, memoryOfNote}, Color: color.Black, Dashed: true, Guide: true},
		},
	}
	var legend plot.Legend
	for _, task := range noted {
		for _, kind := range []string{spec.LCN, spec.CNN} {
			hue := plot.Blues.At(0.4)
			if task.l == 3 {
				hue = plot.Reds.At(0.5)
			}
			line := plot.Line{Color: hue, Width: 1.4, Dashed: kind == spec.CNN}
			end := largest(kind, task.v, task.l, memoryOfNote)
			for s0 := 0.0; s0 <= float64(end); s0 = max(s0+1, math.Floor(1.2*s0)) {
				run := training(kind, task.v, task.l, int(s0))
				line.X, line.Y = append(line.X, float64(run.Task.Cells())), append(line.Y, train.Memory(1, run))
			}
			last := training(kind, task.v, task.l, end)
			cross := plot.Mark{X: float64(last.Task.Cells()), Y: train.Memory(1, last), Shape: plot.Cross, Color: hue}
			p.Layers = append(p.Layers, line, plot.Marks{List: []plot.Mark{cross}})
			legend = append(legend, plot.Entry{Sample: plot.LineSample{Line: line}, Text: fmt.Sprintf("%s, $L=%d$, $v=%d$", strings.ToUpper(kind), task.l, task.v)})
		}
	}
	p.Legends = []plot.Legend{legend}
	return p
}
