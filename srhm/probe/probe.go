package probe

import (
	"context"

	"srhmbench/srhm"
	"srhmbench/srhm/net"
	"srhmbench/srhm/spec"
)

// MaxBatch is how many data go through the network at a time, or one input with all its transforms if
// those are more.
const MaxBatch = 4096

// Measure returns the sensitivities of a network to the transformations of its grammar, over at least two
// inputs drawn by the seed. Call the network's Sync before; it is not changed. The only error is that of
// the context.
func Measure(ctx context.Context, n *net.Net, g *srhm.Grammar, seed uint64, inputs int) (spec.Sensitivities, error) {
	layers, levels := n.Layers(), g.Task().L
	s := spec.Sensitivities{Inputs: inputs, Synonyms: newResponses(layers, levels)}
	if g.Task().S0 > 0 {
		s.Displacements = newResponses(layers, levels)
	}
	m := measurement{net: n, inputs: srhm.Draw(g, seed, "probe", inputs)}
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

// measurement is one under way.
type measurement struct {
	net        *net.Net
	inputs     *srhm.Set
	transforms []*transform
	means      [][]float64 // ⟨f_k⟩ by layer
	apart      [][]float64 // b_i by layer
}

// pass shows so many inputs at a time, with their transforms, to f: the transforms t = 0, 1, … of input
// i of a part are datum i + (t+1)·size. lo is the first of the part.
func (m *measurement) pass(ctx context.Context, transforms []*transform, f func(v *net.View, lo, size int)) error {
	part := max(MaxBatch/(1+len(transforms)), 1)
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
		f(m.net.View(m.net.NewBatch(set)), lo, hi-lo)
	}
	return nil
}

// findMeans averages the representations of the inputs.
func (m *measurement) findMeans(ctx context.Context) error {
	err := m.pass(ctx, nil, func(v *net.View, _, size int) {
		m.makeMeans(v)
		for k, mean := range m.means {
			f := make([]float32, len(mean))
			for i := range size {
				v.Representation(f, k+1, i)
				for c, x := range f {
					mean[c] += float64(x)
				}
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

func (m *measurement) makeMeans(v *net.View) {
	for k := len(m.means); k < m.net.Layers(); k++ {
		m.means = append(m.means, make([]float64, v.Size(k+1)))
	}
}

// findDistances fills in the a_i of every transform, and the b_i.
func (m *measurement) findDistances(ctx context.Context) error {
	m.apart = m.table()
	for _, t := range m.transforms {
		t.moved = m.table()
	}
	n := float64(m.inputs.Len())
	return m.pass(ctx, m.transforms, func(v *net.View, lo, size int) {
		for k, mean := range m.means {
			f := make([]float32, len(mean))
			for i := range size {
				v.Representation(f, k+1, i)
				m.apart[k][lo+i] = 2 * n / (n - 1) * squaredDistance(f, mean)
				for j, t := range m.transforms {
					t.moved[k][lo+i] = v.Distance(k+1, i, i+(j+1)*size)
				}
			}
		}
	})
}

// table has a number for every input, by layer.
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
