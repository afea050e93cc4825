package net

import (
	"srhmbench/internal/portable"
	"srhmbench/kernels"
	"srhmbench/srhm"
	"srhmbench/srhm/spec"
)

// crowd is how many nodes and rows the layers of a batch have at most.
type crowd struct {
	level
	nodes, rows, units float64 // units with padding
}

// crowds bounds the nodes of a batch: a datum has so many of them, and a patch so many different contents.
func crowds(t srhm.Task, spc spec.Network, data int) []crowd {
	var out []crowd
	live := float64(t.Leaves())
	for l, s := range geometry(t, spc) {
		c := crowd{level: s, units: float64(kernels.Padded(s.units))}
		live = max(1, live/float64(s.fan))
		c.nodes = float64(data) * live
		if s.blocks() > 0 {
			height := l + 1
			if spc.Kind == spec.FCN {
				height = t.L
			}
			c.nodes = min(c.nodes, float64(s.positions)*contents(t, height))
		}
		c.rows = c.nodes + float64(s.positions) + 8*float64(s.blocks()+1)
		out = append(out, c)
	}
	return out
}

// contents is how many different data a symbol of a level, or the class at L, stands for.
func contents(t srhm.Task, level int) float64 {
	below := (portable.Pow(float64(t.S), float64(level)) - 1) / float64(t.S-1)
	return float64(max(t.V, t.NC)) * portable.Pow(float64(t.M)*float64(t.Placements()), below)
}

// BatchBytes predicts the memory of a batch of so many data.
func BatchBytes(t srhm.Task, spc spec.Network, data int) float64 {
	total := 2 * float64(data)
	for _, c := range crowds(t, spc, data) {
		fan := float64(c.fan)
		total += 4*c.nodes*(5+4*fan) + 8*float64(c.positions) + 16*float64(c.blocks())
	}
	return total
}

// PassBytes predicts the memory of an evaluation of so many data, and of a step on them what that takes
// besides.
func PassBytes(t srhm.Task, spc spec.Network, data int) (evaluate, step float64) {
	layers := crowds(t, spc, data)
	widest := 0.0
	for l, c := range layers {
		here := c.rows * c.units
		evaluate += 2 * here                          // z, a
		step += 3*here + float64(c.positions)*c.units // dz, and a for the steps that are due
		widest = max(widest, here)
		if l+1 < len(layers) {
			up := c.rows * layers[l+1].units
			evaluate += up
			step += 2 * up // dy, likewise
			widest = max(widest, up)
		}
	}
	used := min(layers[0].nodes*float64(layers[0].fan), float64(sharingOf(t, spc, 1, t.Cells()).blocks()*t.V))
	return 4 * evaluate, 4 * (step + 2*widest + used*layers[0].units)
}
