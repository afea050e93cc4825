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

// Ridge is where the kernels of a machine stand under the roofs measured with them, on all of its tiers.
type Ridge struct {
	Machine string
	Tiers   []level   // narrowest first
	Reads   []reading // bandwidth by working set on the widest tier, smallest first
}

// level is a tier: its peak, GFLOP/s of multiply-adds in registers, and its kernels.
type level struct {
	tier  string
	peak  float64
	spots []spot
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
		at := slices.Index(bytes.Columns, c)
		if at < 0 {
			continue
		}
		l, reads := newLevel(c.Tier, column(flops, i), column(bytes, at))
		if l.peak == 0 || len(reads) == 0 || len(l.spots) == 0 {
			continue
		}
		if n := len(out); n == 0 || out[n-1].Machine != c.Machine {
			out = append(out, Ridge{Machine: c.Machine})
		}
		r := &out[len(out)-1]
		r.Tiers, r.Reads = append(r.Tiers, l), reads // of the widest, which comes last
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

func newLevel(tier string, flops, bytes map[string]float64) (level, []reading) {
	l := level{tier: tier, peak: flops["PeakFMA"]}
	var reads []reading
	for name, rate := range bytes {
		var kib float64
		if _, err := fmt.Sscanf(name, "StreamRead/kib=%g", &kib); err == nil {
			reads = append(reads, reading{kib, rate})
			continue
		}
		if f := flops[name]; f > 0 {
			l.spots = append(l.spots, spot{kindOf(name), f / rate, f})
		}
	}
	slices.SortFunc(reads, func(a, b reading) int { return int(a.kib - b.kib) })
	slices.SortFunc(l.spots, func(a, b spot) int {
		return cmp.Or(strings.Compare(a.kind, b.kind), cmp.Compare(a.intensity, b.intensity), cmp.Compare(a.rate, b.rate))
	})
	return l, reads
}

// inks are the colours of tiers.
var inks = map[string]color.Color{
	"generic": plot.Published, "neon": plot.Reds.At(0), "avx2": plot.Blues.At(0.3), "avx512": plot.Reds.At(0.6),
}

// kinds are the marks of operations, by how their names begin.
var kinds = []struct {
	name  string
	begin []string
	shape plot.Shape
}{
	{"products", []string{"GEMM", "MatMul", "BatchMatMul", "MomentumGEMM", "RelaxedMatMul"}, plot.Circle},
	{"with vectors, rank k", []string{"GEMV", "GER", "RankK"}, plot.Diamond},
	{"convolutions", []string{"Conv", "Depthwise"}, plot.Square},
	{"training steps", []string{"TrainingStep", "CostOf"}, plot.Triangle},
	{"others", nil, plot.Cross},
}

func kindOf(name string) string {
	for _, k := range kinds {
		if slices.ContainsFunc(k.begin, func(b string) bool { return strings.HasPrefix(name, b) }) {
			return k.name
		}
	}
	return kinds[len(kinds)-1].name
}

// page is the drawing of a ridge: a colour for each tier, a mark for each kind of operation.
func (r Ridge) page() plot.Page {
	var xs, ys []float64
	var marks []plot.Mark
	var legend plot.Legend
	drawn := map[string]bool{}
	for _, l := range r.Tiers {
		for _, k := range kinds {
			for _, s := range l.spots {
				if s.kind == k.name {
					marks = append(marks, plot.Mark{X: s.intensity, Y: s.rate, Shape: k.shape, Color: inks[l.tier], Hollow: true})
					xs, ys = append(xs, s.intensity), append(ys, s.rate)
					drawn[k.name] = true
				}
			}
		}
		ys = append(ys, l.peak)
	}
	p := plot.Panel{
		Title: r.Machine,
		X:     plot.Axis{Label: "operations per byte", Log: true},
		Y:     plot.Axis{Label: "GFLOP/s", Log: true},
	}
	p.X.Min, p.X.Max = plot.Range(xs, 1.5)
	p.Y.Min, p.Y.Max = plot.Range(ys, 1.6)
	p.X.Max *= 20 // room for the legend
	for _, l := range slices.Backward(r.Tiers) {
		line := plot.Line{X: []float64{p.X.Min, p.X.Max}, Y: []float64{l.peak, l.peak}, Color: inks[l.tier], Width: 1.3, Guide: true}
		p.Layers = append(p.Layers, line)
		legend = append(legend, plot.Entry{Sample: plot.LineSample{Line: line}, Text: fmt.Sprintf("%s, %s GFLOP/s", l.tier, human.Number(l.peak, 3))})
	}
	top := r.Tiers[len(r.Tiers)-1].peak
	for i, read := range []reading{r.Reads[0], r.Reads[len(r.Reads)-1]} {
		line := plot.Line{X: []float64{p.X.Min, top / read.rate}, Y: []float64{p.X.Min * read.rate, top}, Color: plot.Accent, Dashed: i == 1, Guide: true}
		p.Layers = append(p.Layers, line)
		legend = append(legend, plot.Entry{Sample: plot.LineSample{Line: line}, Text: fmt.Sprintf("%.0f GB/s from %s", read.rate, human.Bytes(1024*read.kib))})
	}
	for _, k := range kinds {
		if drawn[k.name] {
			legend = append(legend, plot.Entry{Sample: plot.MarkSample{Mark: plot.Mark{Shape: k.shape, Color: plot.Published, Hollow: true}}, Text: k.name})
		}
	}
	p.Layers = append(p.Layers, plot.Marks{List: marks, Radius: 2})
	p.Legends = []plot.Legend{legend}
	return plot.Page{
		Width: 7.5 * vg.Inch, Height: 4.8 * vg.Inch, Title: "roofline of " + r.Machine,
		Description: fmt.Sprintf("%d benchmarks on %d kernel tiers under %.0f GFLOP/s", len(marks), len(r.Tiers), top), Panels: []plot.Panel{p},
	}
}
