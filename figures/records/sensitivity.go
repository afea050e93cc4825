package records

import (
	"fmt"
	"image/color"
	"maps"
	"slices"
	"strings"

	"gonum.org/v1/plot/vg"

	"srhmbench/figures"
	"srhmbench/figures/stat"
	"srhmbench/internal/plot"
	"srhmbench/srhm/spec"
	"srhmbench/srhm/store"
)

// drawSensitivity draws S and D of every layer, at level 1, against P.
func drawSensitivity(all []group) (figures.Drawing, error) {
	for i := range all {
		all[i] = all[i].probed()
	}
	all = slices.DeleteFunc(all, func(b group) bool { return len(b.members) == 0 })
	if len(all) == 0 {
		return figures.Drawing{}, fmt.Errorf("no record has sensitivities: want trainings with a probe")
	}
	by := layerStyles{newStyles(all), all}
	left := by.panel("sensitivity to synonyms  $S_{k,1}$", func(s *spec.Sensitivities) *spec.Responses { return s.Synonyms })
	right := by.panel("sensitivity to displacements  $D_{k,1}$", func(s *spec.Sensitivities) *spec.Responses { return s.Displacements })
	page := plot.Page{
		Width: 10.4 * vg.Inch, Height: 4.6 * vg.Inch, Title: "Sensitivities against training-set size",
		Description: "How much layers change when symbols of level 1 are exchanged for synonyms (S, Eq. 6) or displaced (D, Eq. 7), against the size of the training set.",
		Panels:      []plot.Panel{left, right},
		Notes: []string{
			"Marks: mean over grammars and seeds; bars: smallest and largest. All levels are in the CSV.",
			"In common: " + by.fixed() + ".",
		},
	}
	return figures.Drawing{Page: explained(page, by.legends(), 0), Data: sensitivityTable(all)}, nil
}

// probed returns the trainings that have sensitivities.
func (b group) probed() group {
	out := group{run: b.run}
	for _, m := range b.members {
		m.records = slices.DeleteFunc(slices.Clone(m.records), func(r store.Record) bool { return r.Result.Sensitivities == nil })
		if len(m.records) > 0 {
			out.members = append(out.members, m)
		}
	}
	return out
}

// layerStyles gives colours to layers, and shapes to groups.
type layerStyles struct {
	styles
	all []group
}

// depth returns the largest number of layers, the output included.
func (l layerStyles) depth() int {
	n := 0
	for _, b := range l.all {
		n = max(n, layersOf(b))
	}
	return n
}

func layersOf(b group) int { return len(b.members[0].records[0].Result.Sensitivities.Synonyms.UpTo) }

// hue returns blue for the output, and light to dark red below it.
func (l layerStyles) hue(layer, layers int) color.Color {
	if layer == layers {
		return plot.Blues.At(0.5)
	}
	return plot.Reds.At(float64(layer-1) / float64(max(1, l.depth()-2)))
}

// shape returns the mark of a group. The sixth group has that of the first.
func (l layerStyles) shape(i int) plot.Shape { return marks[i%len(marks)] }

func (l layerStyles) panel(title string, of func(*spec.Sensitivities) *spec.Responses) plot.Panel {
	var layers []plot.Layer
	var xs []float64
	top := 1.0
	for i, b := range l.all {
		for layer := 1; layer <= layersOf(b); layer++ {
			dots := b.sensitivityMarks(layer, of)
			line := plot.Line{Color: l.hue(layer, layersOf(b)), Width: 1.4}
			for j := range dots.List {
				k := &dots.List[j]
				k.Shape, k.Color = l.shape(i), line.Color
				line.X, line.Y = append(line.X, k.X), append(line.Y, k.Y)
				top = max(top, k.Y, k.High)
			}
			if len(dots.List) > 0 {
				layers = append(layers, line, dots)
			}
			xs = append(xs, line.X...)
		}
	}
	x := plot.Axis{Label: "training-set size  $P$", Log: true}
	x.Min, x.Max = plot.Range(xs, 1.4)
	return plot.Panel{Title: title, X: x, Y: plot.Axis{Min: -0.04, Max: 1.05 * top}, Layers: layers}
}

// sensitivityMarks returns the sensitivity of a layer at every P.
func (b group) sensitivityMarks(layer int, of func(*spec.Sensitivities) *spec.Responses) plot.Marks {
	byP := map[int][]float64{}
	for _, m := range b.members {
		for _, r := range m.records {
			if t := of(r.Result.Sensitivities); t != nil && layer <= len(t.UpTo) && t.UpTo[layer-1][0] != nil {
				byP[r.Result.TrainingSize] = append(byP[r.Result.TrainingSize], t.UpTo[layer-1][0].Value)
			}
		}
	}
	var marks plot.Marks
	for _, p := range slices.Sorted(maps.Keys(byP)) {
		k := plot.Mark{X: float64(p), Y: stat.Mean(byP[p])}
		if len(byP[p]) > 1 {
			k.Low, k.High = slices.Min(byP[p]), slices.Max(byP[p])
		}
		marks.List = append(marks.List, k)
	}
	return marks
}

// legends explains layers and groups.
func (l layerStyles) legends() []plot.Legend {
	var hues, shapes plot.Legend
	for layer := 1; layer < l.depth(); layer++ {
		hues = append(hues, plot.Entry{Sample: plot.LineSample{Line: plot.Line{Color: l.hue(layer, l.depth()), Width: 2.4}}, Text: fmt.Sprintf("$k=%d$", layer)})
	}
	hues = append(hues, plot.Entry{Sample: plot.LineSample{Line: plot.Line{Color: l.hue(1, 1), Width: 2.4}}, Text: "output"})
	for i, b := range l.all {
		text := l.hueText(b.run)
		if l.styles.shape != nil {
			text = strings.TrimPrefix(text+", "+settingText(*l.styles.shape, b.run), ", ")
		}
		if text != "" && i < maxEntries {
			shapes = append(shapes, plot.Entry{Sample: plot.MarkSample{Mark: plot.Mark{Shape: l.shape(i), Color: color.Gray{Y: 0x33}}}, Text: text})
		}
	}
	if len(shapes) == 0 {
		return []plot.Legend{hues}
	}
	return []plot.Legend{hues, shapes}
}

func sensitivityTable(all []group) figures.Table {
	t := tableWith("grammar", "seed", "P", "error", "transformation", "levels", "layer", "level", "value", "standard_error", "run")
	for _, b := range all {
		for _, m := range b.members {
			for _, r := range m.records {
				for _, s := range store.Responses(r.Result.Sensitivities.Synonyms, r.Result.Sensitivities.Displacements) {
					t.Add(append(b.settings(), m.grammar, m.seed, r.Result.TrainingSize, r.Result.Error, s.Transformation, s.Levels, s.Layer, s.Level, s.Value, s.StandardError, r.ID)...)
				}
			}
		}
	}
	return t
}
