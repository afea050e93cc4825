package page

import (
	"cmp"
	"fmt"
	"image/color"
	"slices"
	"strings"

	"gonum.org/v1/plot/vg"

	"srhmbench/bench/compare"
	"srhmbench/internal/human"
	"srhmbench/internal/plot"
)

// Ridge is where every kernel of a machine's widest tier stands under the roofs measured with it.
type Ridge struct {
	Machine, Tier string
	Peak          float64   // GFLOP/s of multiply-adds in registers
	Reads         []reading // bandwidth by working set, smallest first
	spots         []spot
}

type reading struct{ kib, rate float64 }

// spot is a kernel: operations per byte, and 1e9 operations per second.
type spot struct {
	kind            string
	intensity, rate float64
}

// ridges returns one of each machine that measured its roofs.
func ridges(set *compare.Set) []Ridge {
	flops, err := set.Table("GFLOP/s")
	if err != nil {
		return nil
	}
	bytes, err := set.Table("GB/s")
	if err != nil {
		return nil
	}
	var out []Ridge
	for i, c := range flops.Columns {
		last := i+1 == len(flops.Columns) || flops.Columns[i+1].Machine != c.Machine
		if at := slices.Index(bytes.Columns, c); last && at >= 0 {
			if r := newRidge(c, column(flops, i), column(bytes, at)); r.Peak > 0 && len(r.Reads) > 0 && len(r.spots) > 0 {
				out = append(out, r)
			}
		}
	}
	return out
}

// column is a column of a table by name of row.
func column(t compare.Table, i int) map[string]float64 {
	out := map[string]float64{}
	for _, r := range t.Rows {
		if r.Cells[i] > 0 {
			out[r.Name] = r.Cells[i]
		}
	}
	return out
}

func newRidge(c compare.Column, flops, bytes map[string]float64) Ridge {
	r := Ridge{Machine: c.Machine, Tier: c.Tier, Peak: flops["PeakFMA"]}
	for name, rate := range bytes {
		var kib float64
		if _, err := fmt.Sscanf(name, "StreamRead/kib=%g", &kib); err == nil {
			r.Reads = append(r.Reads, reading{kib, rate})
			continue
		}
		if f := flops[name]; f > 0 {
			r.spots = append(r.spots, spot{kindOf(name), f / rate, f})
		}
	}
	slices.SortFunc(r.Reads, func(a, b reading) int { return int(a.kib - b.kib) })
	slices.SortFunc(r.spots, func(a, b spot) int {
		return cmp.Or(strings.Compare(a.kind, b.kind), cmp.Compare(a.intensity, b.intensity), cmp.Compare(a.rate, b.rate))
	})
	return r
}

// kinds are the colours and marks of operations, by how their names begin.
var kinds = []struct {
	name  string
	begin []string
	shape plot.Shape
	ink   color.Color
}{
	{"products of matrices", []string{"GEMM", "MatMul", "BatchMatMul", "MomentumGEMM", "RelaxedMatMul"}, plot.Circle, plot.Blues.At(0.5)},
	{"with vectors, rank k", []string{"GEMV", "GER", "RankK"}, plot.Diamond, plot.Reds.At(0)},
	{"convolutions", []string{"Conv", "Depthwise"}, plot.Square, plot.Reds.At(0.5)},
	{"training steps", []string{"TrainingStep", "CostOf"}, plot.Triangle, color.NRGBA{0, 0, 0, 0xff}},
	{"others", nil, plot.Cross, plot.Published},
}

func kindOf(name string) string {
	for _, k := range kinds {
		if slices.ContainsFunc(k.begin, func(b string) bool { return strings.HasPrefix(name, b) }) {
			return k.name
		}
	}
	return kinds[len(kinds)-1].name
}

// page is the drawing of a ridge.
func (r Ridge) page() plot.Page {
	var xs, ys []float64
	var marks []plot.Mark
	var legend plot.Legend
	for _, k := range kinds {
		n := len(marks)
		for _, s := range r.spots {
			if s.kind == k.name {
				marks = append(marks, plot.Mark{X: s.intensity, Y: s.rate, Shape: k.shape, Color: k.ink})
				xs, ys = append(xs, s.intensity), append(ys, s.rate)
			}
		}
		if len(marks) > n {
			legend = append(legend, plot.Entry{Sample: plot.MarkSample{Mark: plot.Mark{Shape: k.shape, Color: k.ink}}, Text: k.name})
		}
	}
	p := plot.Panel{
		Title: fmt.Sprintf("%s, %s", r.Machine, r.Tier),
		X:     plot.Axis{Label: "operations per byte", Log: true},
		Y:     plot.Axis{Label: "GFLOP/s", Log: true},
	}
	p.X.Min, p.X.Max = plot.Range(xs, 1.5)
	p.Y.Min, p.Y.Max = plot.Range(append(ys, r.Peak), 1.6)
	for i, read := range []reading{r.Reads[0], r.Reads[len(r.Reads)-1]} {
		knee := r.Peak / read.rate
		line := plot.Line{X: []float64{p.X.Min, knee, p.X.Max}, Y: []float64{p.X.Min * read.rate, r.Peak, r.Peak}, Color: plot.Accent, Dashed: i == 1, Guide: true}
		p.Layers = append(p.Layers, line)
		legend = append(legend, plot.Entry{Sample: plot.LineSample{Line: line}, Text: fmt.Sprintf("%.0f GFLOP/s, %.0f GB/s from %s", r.Peak, read.rate, human.Bytes(1024*read.kib))})
	}
	p.Layers = append(p.Layers, plot.Marks{List: marks})
	p.Legends = []plot.Legend{legend}
	return plot.Page{
		Width: 6.5 * vg.Inch, Height: 4.5 * vg.Inch, Title: "roofline of " + r.Machine,
		Description: fmt.Sprintf("%d kernels under %.0f GFLOP/s", len(marks), r.Peak), Panels: []plot.Panel{p},
	}
}
