package figures

import (
	"srhmbench/figures/pstar"
	"srhmbench/figures/stat"
	"srhmbench/internal/portable"
	"srhmbench/results/paper"
	"srhmbench/srhm/sweep"
)

// samplesOf returns the tasks that have a P*.
func samplesOf(tasks []pstar.Measured) []stat.Sample {
	var out []stat.Sample
	for _, m := range tasks {
		if !m.Found() {
			continue
		}
		s := stat.Sample{Task: m.Task, X: m.X, Unit: m.Unit, Values: map[string]float64{}}
		for _, t := range m.Trials {
			if t.Unseen.Status == sweep.Found {
				s.Values[t.Search.Task.Grammar] = t.Unseen.Value
			}
		}
		out = append(out, s)
	}
	return out
}

// publishedSamples returns the paper's own points, whose errors nobody knows.
func publishedSamples(points []paper.Point) []stat.Sample {
	out := make([]stat.Sample, len(points))
	for i, p := range points {
		out[i] = stat.Sample{
			Task: p.Task(), X: p.X, Unit: float64(p.NC) * portable.Pow(float64(p.M), float64(p.L)),
			Values: map[string]float64{paper.Grammar: p.Y},
		}
	}
	return out
}
