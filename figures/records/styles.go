package records

import (
	"fmt"
	"image/color"
	"slices"
	"strings"

	"gonum.org/v1/plot/vg"

	"srhmbench/figures/style"
	"srhmbench/internal/plot"
	"srhmbench/srhm/net/zoo"
	"srhmbench/srhm/spec"
	"srhmbench/srhm/store"
)

// styles tells groups apart: one setting by the shape of the marks, the others by their colour.
type styles struct {
	shape  *store.Column // nil: all alike
	shapes []any         // the values of that setting, in order
	others []store.Column
	hues   []string // the others in words, in the order of the groups
	family *store.Column
	first  any // the value that is red; the other is blue
	runs   []spec.Run
}

// marks lists marks in the order in which the paper assigns them to s0.
var marks = []plot.Shape{plot.Diamond, plot.Circle, plot.Cross, plot.Square, plot.Triangle}

// newStyles gives the shapes to s0, as the paper does, or else to the last setting with few values.
func newStyles(all []group, except ...string) styles {
	var l styles
	for _, b := range all {
		l.runs = append(l.runs, b.run)
	}
	varying := telling(l.runs, except)
	for _, c := range varying {
		few := len(l.valuesOf(c)) <= len(marks)
		if few && (c.Name == "s0" || len(varying) > 1 && (l.shape == nil || l.shape.Name != "s0")) {
			l.shape, l.shapes = &c, l.valuesOf(c)
		}
	}
	l.others = slices.DeleteFunc(slices.Clone(varying), func(c store.Column) bool { return l.shape != nil && c.Name == l.shape.Name })
	for _, r := range l.runs {
		if text := l.hueText(r); !slices.Contains(l.hues, text) {
			l.hues = append(l.hues, text)
		}
	}
	for _, c := range l.others { // L, or else a setting with two values, decides between red and blue
		if values := l.valuesOf(c); len(values) == 2 && (l.family == nil || c.Name == "L") {
			l.family, l.first = &c, values[0]
		}
	}
	return l
}

// telling returns the columns that tell runs apart, without those that follow from columns before them, as n_c follows
// from v unless it is chosen.
func telling(runs []spec.Run, except []string) (kept []store.Column) {
	different := func(columns []store.Column) int {
		seen := map[string]bool{}
		for _, r := range runs {
			var values []any
			for _, c := range columns {
				values = append(values, c.Value(r))
			}
			seen[fmt.Sprintf("%q", values)] = true
		}
		return len(seen)
	}
	for _, c := range store.Varying(runs) {
		with := append(slices.Clone(kept), c)
		if !slices.Contains(except, c.Name) && different(with) > different(kept) {
			kept = with
		}
	}
	return kept
}

// valuesOf lists the values of a column in order, each once.
func (l styles) valuesOf(c store.Column) []any {
	var values []any
	for _, r := range l.runs {
		if v := c.Value(r); !slices.Contains(values, v) {
			values = append(values, v)
		}
	}
	slices.SortFunc(values, store.CompareValues)
	return values
}

func (l styles) shapeOf(r spec.Run) plot.Shape {
	if l.shape == nil {
		return plot.Circle
	}
	v := l.shape.Value(r)
	if s0, ok := v.(int); ok && l.shape.Name == "s0" {
		if s, known := style.ByS0.Shapes[s0]; known && l.onlyPapers() {
			return s
		}
	}
	return marks[slices.Index(l.shapes, v)]
}

// onlyPapers reports whether every s0 has a shape in the paper.
func (l styles) onlyPapers() bool {
	return !slices.ContainsFunc(l.shapes, func(v any) bool {
		_, known := style.ByS0.Shapes[v.(int)]
		return !known
	})
}

// hueText says in words what a colour stands for.
func (l styles) hueText(r spec.Run) string {
	var parts []string
	for _, c := range l.others {
		parts = append(parts, settingText(c, r))
	}
	return strings.Join(parts, ", ")
}

// settingText writes a setting for a label: as a formula if it is a letter.
func settingText(c store.Column, r spec.Run) string {
	value := c.Value(r)
	switch {
	case c.Name == "net":
		return zoo.Title(value.(string))
	case c.Name == "s0":
		return fmt.Sprintf("$s_0=%v$", value)
	case c.Name == "nc":
		return fmt.Sprintf("$n_c=%v$", value)
	case value == "", c.Name == "layers" && value == 0:
		return c.Name + " as usual"
	case len(c.Name) == 1:
		return fmt.Sprintf("$%s=%v$", c.Name, value)
	}
	return fmt.Sprintf("%s %v", strings.ReplaceAll(c.Name, "_", " "), value)
}

func (l styles) hueOf(r spec.Run) color.Color {
	mine := l.hues
	ramp := func(t float64) color.Color { return plot.Viridis(0.85 * t) }
	switch {
	case len(l.hues) == 1:
		return plot.Reds.At(0.5)
	case l.family != nil:
		ramp = plot.Reds.At
		if l.family.Value(r) != l.first {
			ramp = plot.Blues.At
		}
		mine = nil
		for _, o := range l.runs {
			if text := l.hueText(o); l.family.Value(o) == l.family.Value(r) && !slices.Contains(mine, text) {
				mine = append(mine, text)
			}
		}
	}
	if len(mine) == 1 {
		return ramp(0.5)
	}
	return ramp(float64(slices.Index(mine, l.hueText(r))) / float64(len(mine)-1))
}

// maxEntries is the number of rows that fit into a legend.
const maxEntries = 24

// legends explains shapes and colours.
func (l styles) legends() []plot.Legend {
	var shapes, hues plot.Legend
	for _, v := range l.shapes {
		r := l.runs[slices.IndexFunc(l.runs, func(r spec.Run) bool { return l.shape.Value(r) == v })]
		mark := plot.Mark{Shape: l.shapeOf(r), Color: color.Gray{Y: 0x33}}
		shapes = append(shapes, plot.Entry{Sample: plot.MarkSample{Mark: mark}, Text: settingText(*l.shape, r)})
	}
	for _, r := range l.runs {
		text := l.hueText(r)
		if text == "" || slices.ContainsFunc(hues, func(e plot.Entry) bool { return e.Text == text }) {
			continue
		}
		hues = append(hues, plot.Entry{Sample: plot.LineSample{Line: plot.Line{Color: l.hueOf(r), Width: 2.4}}, Text: text})
	}
	if n := len(hues); n > maxEntries {
		hues = append(hues[:maxEntries-1:maxEntries-1], plot.Entry{Text: fmt.Sprintf("and %d more: see the CSV", n-maxEntries+1)})
	}
	return slices.DeleteFunc([]plot.Legend{shapes, hues}, func(g plot.Legend) bool { return len(g) == 0 })
}

// explained puts legends into panels of a page, or into a panel of their own where they would cover points.
func explained(page plot.Page, legends []plot.Legend, panels ...int) plot.Page {
	inside := page
	inside.Panels = slices.Clone(page.Panels)
	for _, i := range panels {
		inside.Panels[i].Legends = slices.Concat(legends, page.Panels[i].Legends)
	}
	if inside.Covered() == 0 {
		return inside
	}
	page.Width += page.Width / vg.Length(len(page.Panels))
	page.Panels = append(page.Panels[:len(page.Panels):len(page.Panels)], plot.Panel{
		Bare: true, X: plot.Axis{Max: 1}, Y: plot.Axis{Max: 1}, Layers: []plot.Layer{plot.Key(legends)},
	})
	return page
}

// fixed names in short the settings that all groups share.
func (l styles) fixed() string {
	varying := store.Varying(l.runs)
	var parts []string
	for _, c := range settingColumns() {
		short := slices.Contains([]string{"net", "v", "nc", "m", "s", "s0", "L", "width", "sparsity", "stop_loss"}, c.Name)
		if short && !slices.ContainsFunc(varying, func(o store.Column) bool { return o.Name == c.Name }) {
			parts = append(parts, settingText(c, l.runs[0]))
		}
	}
	return strings.Join(parts, ", ")
}
