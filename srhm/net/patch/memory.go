package patch

import (
	"srhmbench/internal/portable"
	"srhmbench/kernels"
	"srhmbench/srhm"
)

// Bytes predicts the memory of weights and momenta.
func (d *design) Bytes() float64 {
	total := float64(d.units(len(d.shape)-1)) * float64(kernels.Padded(d.task.NC))
	for l, s := range d.shape[:d.depth()] {
		blocks, channels := d.below(l)
		if l > 0 {
			channels = kernels.Padded(channels)
		}
		total += (float64(blocks)*float64(channels) + float64(s.positions)) * float64(d.units(l))
	}
	return 8 * total
}

// Chunk returns a size from which larger batches share few more patches.
func (d *design) Chunk() int { return 8192 }

// crowd bounds the nodes and rows of a layer of a batch.
type crowd struct {
	level
	nodes, rows, units float64 // units with padding
}

// crowds bounds the nodes of a batch by the number of examples and by the number of different patches.
func (d *design) crowds(examples int) []crowd {
	var out []crowd
	live := float64(d.task.Leaves())
	for l, s := range d.shape {
		c := crowd{level: s, units: float64(kernels.Padded(s.units))}
		live = max(1, live/float64(s.fan))
		c.nodes = float64(examples) * live
		if s.blocks() > 0 {
			height := l + 1
			if d.filters == dense {
				height = d.task.L
			}
			c.nodes = min(c.nodes, float64(s.positions)*contents(d.task, height))
		}
		c.rows = c.nodes + float64(s.positions) + 8*float64(s.blocks()+1)
		out = append(out, c)
	}
	return out
}

// contents returns how many different patches a symbol of a level, or the class at L, can generate.
func contents(t srhm.Task, level int) float64 {
	below := (portable.Pow(float64(t.S), float64(level)) - 1) / float64(t.S-1)
	return float64(max(t.V, t.NC)) * portable.Pow(float64(t.M)*float64(t.Placements()), below)
}

// BatchBytes predicts the memory of a batch of examples.
func (d *design) BatchBytes(examples int) float64 {
	total := 2 * float64(examples)
	for _, c := range d.crowds(examples) {
		fan := float64(c.fan)
		total += 4*c.nodes*(5+4*fan) + 8*float64(c.positions) + 16*float64(c.blocks())
	}
	return total
}

// PassBytes predicts the memory of an evaluation of a batch, and what a step on it takes besides.
func (d *design) PassBytes(examples int) (evaluate, step float64) {
	layers := d.crowds(examples)
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
	used := min(layers[0].nodes*float64(layers[0].fan), float64(d.cells.blocks()*d.task.V))
	return 4 * evaluate, 4 * (step + 2*widest + used*layers[0].units)
}
