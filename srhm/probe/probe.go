package probe

import (
	"context"

	"srhmbench/srhm"
	"srhmbench/srhm/net"
	"srhmbench/srhm/spec"
)

// maxBatch is the largest number of examples in a pass; the network may want fewer.
const maxBatch = 4096

// Batch returns the largest number of examples in a pass: at least one input with all its transforms.
func Batch(d net.Design, t srhm.Task) int {
	kinds := 1
	if t.S0 > 0 {
		kinds = 2
	}
	return max(min(maxBatch, d.Chunk()), 1+kinds*(2*t.L-1))
}

// Measure returns the sensitivities of a network in a mode to the transformations of its grammar, over at least two
// inputs drawn by the seed. Call the network's Sync before; it is not changed. The only error is that of
// the context.
//
// In training mode the moments of batch norm are those of Batch examples, inputs and all their transforms together.
func Measure(ctx context.Context, n net.Viewer, mode net.Mode, g *srhm.Grammar, seed uint64, inputs int) (spec.Sensitivities, error) {
	layers, levels := len(n.Design().Layers()), g.Task().L
	s := spec.Sensitivities{Inputs: inputs, Synonyms: newResponses(layers, levels)}
	if g.Task().S0 > 0 {
		s.Displacements = newResponses(layers, levels)
	}
	m := measurement{net: n, mode: mode, batch: Batch(n.Design(), g.Task()), inputs: srhm.Draw(g, seed, "probe", inputs)}
	m.transforms = transforms(g, m.inputs, seed, &s)
	if err := m.findMeans(ctx); err != nil {
		return spec.Sensitivities{}, err
	}
	if err := m.findDistances(ctx); err != nil {
		return spec.Sensitivities{}, err
	}
	for _, t := range m.transforms {
		t.report(m.apart)
	}
	return s, nil
}

// measurement is the state of a measurement.
type measurement struct {
	net        net.Viewer
	mode       net.Mode
	batch      int // examples in a pass
	inputs     *srhm.Set
	transforms []*transform
	means      [][]float64 // ⟨f_k⟩ by layer
	apart      [][]float64 // b_i by layer
}

// pass shows some inputs at a time, with their transforms, to f, layer by layer: the transforms t = 0, 1, … of input
// i of a part are example i + (t+1)·size. lo is the first of the part.
func (m *measurement) pass(ctx context.Context, transforms []*transform, f func(k int, layer net.Layer, lo, size int)) error {
	part := max(m.batch/(1+len(transforms)), 1)
	for lo := 0; lo < m.inputs.Len(); lo += part {
		if err := ctx.Err(); err != nil {
			return err
		}
		hi := min(lo+part, m.inputs.Len())
		set := &srhm.Set{}
		set.Append(m.inputs.Slice(lo, hi))
		for _, t := range transforms {
			set.Append(t.set.Slice(lo, hi))
		}
		for k, layer := range m.net.View(m.net.NewBatch(set), m.mode) {
			f(k, layer, lo, hi-lo)
		}
	}
	return nil
}

// findMeans averages the representations of the inputs.
func (m *measurement) findMeans(ctx context.Context) error {
	m.means = make([][]float64, len(m.net.Design().Layers()))
	var along []*transform
	if m.mode == net.Training { // representations depend on what passes together
		along = m.transforms
	}
	err := m.pass(ctx, along, func(k int, layer net.Layer, _, size int) {
		if m.means[k] == nil {
			m.means[k] = make([]float64, layer.Size())
		}
		mean, f := m.means[k], make([]float32, layer.Size())
		for i := range size {
			layer.Representation(f, i)
			for c, x := range f {
				mean[c] += float64(x)
			}
		}
	})
	for _, mean := range m.means {
		for c := range mean {
			mean[c] /= float64(m.inputs.Len())
		}
	}
	return err
}

// findDistances fills in the a_i of every transform, and the b_i.
func (m *measurement) findDistances(ctx context.Context) error {
	m.apart = m.table()
	for _, t := range m.transforms {
		t.moved = m.table()
	}
	n := float64(m.inputs.Len())
	return m.pass(ctx, m.transforms, func(k int, layer net.Layer, lo, size int) {
		f := make([]float32, layer.Size())
		for i := range size {
			layer.Representation(f, i)
			m.apart[k][lo+i] = 2 * n / (n - 1) * squaredDistance(f, m.means[k])
			for j, t := range m.transforms {
				t.moved[k][lo+i] = layer.Distance(i, i+(j+1)*size)
			}
		}
	})
}

// table returns zeros for every layer and input.
func (m *measurement) table() [][]float64 {
	out := make([][]float64, len(m.means))
	for k := range out {
		out[k] = make([]float64, m.inputs.Len())
	}
	return out
}

// squaredDistance keeps products and sums apart: fused ones have other bits.
func squaredDistance(f []float32, mean []float64) float64 {
	sum := 0.0
	for c, x := range f {
		d := float64(x) - mean[c]
		sum += float64(d * d)
	}
	return sum
}
