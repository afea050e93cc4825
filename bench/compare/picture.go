package compare

import (
	"fmt"
	"image/color"
	"slices"
	"strings"

	"gonum.org/v1/plot/vg"

	"srhmbench/internal/plot"
	"srhmbench/internal/portable"
)

// Page draws the history: for each family the times of its operations on the widest tier, commit by commit, those with a
// step in colour. There is nothing to draw of fewer than two commits.
func (h History) Page() (plot.Page, bool) {
	tier := h.widest()
	var panels []plot.Panel
	for _, family := range Families {
		if p, ok := h.panel(family, tier); ok {
			panels = append(panels, p)
		}
	}
	if len(h.Commits) < 2 || len(panels) == 0 {
		return plot.Page{}, false
	}
	var rows []vg.Length
	for len(panels)%2 != 0 {
		panels = append(panels, plot.Panel{Bare: true, X: plot.Axis{Max: 1}, Y: plot.Axis{Max: 1}})
	}
	for range len(panels) / 2 {
		rows = append(rows, 2.6*vg.Inch)
	}
	var commits []string
	for i, c := range h.Commits {
		commits = append(commits, fmt.Sprintf("%d: %.12s (%+.1f %%)", i+1, c.Hash, 100*c.Drift))
	}
	return plot.Page{
		Width: 9 * vg.Inch, Title: "trend of " + h.Machine, Panels: panels,
		Description: fmt.Sprintf("Times of operations at %d commits on %s, kernels %s.", len(h.Commits), h.Machine, tier),
		Notes: append([]string{fmt.Sprintf("%s, %s: medians over the benchmarks of an operation on warm caches, beside what all benchmarks moved by", h.Machine, tier)},
			lined(commits, 3)...),
	}.Stacked(rows...), true
}

// lined joins words to lines of a few each.
func lined(words []string, each int) []string {
	var lines []string
	for part := range slices.Chunk(words, each) {
		lines = append(lines, strings.Join(part, "   "))
	}
	return lines
}

func (h History) widest() string {
	tier := ""
	for _, s := range h.Operations {
		if tier == "" || byTier(s.Tier, tier) > 0 {
			tier = s.Tier
		}
	}
	return tier
}

func (h History) panel(family, tier string) (plot.Panel, bool) {
	p := plot.Panel{
		Title: family,
		X:     plot.Axis{Label: "commit", Min: 0.8, Max: float64(len(h.Commits)) + 0.2},
		Y:     plot.Axis{Label: "time, of that at the first", Log: true},
	}
	for i := range h.Commits {
		p.X.Ticks = append(p.X.Ticks, float64(i+1))
	}
	var quiet, loud []plot.Layer
	var legend plot.Legend
	all := []float64{1}
	for _, s := range h.Operations {
		if s.Family != family || s.Tier != tier {
			continue
		}
		line := plot.Line{Y: s.Index, Color: plot.Published, Width: 0.7, Guide: true}
		for i := range s.Index {
			line.X = append(line.X, float64(i+1))
		}
		all = append(all, s.Index...)
		steps := h.stepsOf(s)
		if steps == "" {
			quiet = append(quiet, line)
			continue
		}
		line.Color, line.Width, line.Guide = hue(len(loud)), 1.5, false
		loud = append(loud, line)
		legend = append(legend, plot.Entry{Sample: plot.LineSample{Line: line}, Text: s.Operation + steps})
	}
	if len(all) == 1 {
		return p, false
	}
	p.Y.Min, p.Y.Max = plot.Range(all, 1.25)
	if len(legend) > 0 {
		p.Y.Max *= portable.Pow(1.28, float64(len(legend)+1)) // room for the legend
		p.Legends = []plot.Legend{legend}
	}
	p.Layers = append(quiet, loud...)
	return p, true
}

// stepsOf puts the steps of an operation into words.
func (h History) stepsOf(s Series) string {
	text := ""
	for _, c := range h.Steps {
		if c.Name == s.Operation+"/tier="+s.Tier {
			at := slices.IndexFunc(h.Commits, func(x Commit) bool { return x.Hash == c.Commit })
			text += fmt.Sprintf(", %+.0f %% at %d", 100*c.Delta, at+1)
		}
	}
	return text
}

func hue(i int) color.Color {
	return []color.Color{plot.Blues.At(0.5), plot.Reds.At(0.1), plot.Reds.At(0.8), plot.Blues.At(0), plot.Viridis(0.7), plot.Blues.At(1)}[i%6]
}
