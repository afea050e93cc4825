package patch

import (
	"iter"

	"srhmbench/kernels"
	"srhmbench/srhm/net"
)

// seen is a layer of a view: the activations of all patches after the ReLU, blank ones included, or the logits. A row holds
// the activations of a patch, or their difference to those of a blank patch. Blank patches have no rows of their own.
type seen struct {
	values    []float32
	stride    int     // from row to row
	units     int     // of a row
	positions int     // of the layer
	blank     []int32 // of each position: the row of its blank patches; nil if they are zero or there are none
	live      int     // patches of an example that are not blank
	patches   []patch // of all examples, by position
}

type patch struct{ pos, row int32 }

// View yields the hidden layers and the logits. The modes do not differ.
func (n *Net) View(batch net.Batch, _ net.Mode) iter.Seq2[int, net.Layer] {
	return func(yield func(int, net.Layer) bool) {
		n.syncHidden()
		n.forward(batch.(*Batch))
		for k, layer := range n.seenLayers(batch.(*Batch)) {
			if !yield(k, &layer) {
				return
			}
		}
	}
}

// seenLayers returns all layers of a batch that has passed. It begins at the top, where every example is a node.
func (n *Net) seenLayers(b *Batch) []seen {
	layers := make([]seen, n.depth()+1)
	nodes := counting(b.Len()-1, 1)
	for l := len(n.shape) - 1; l >= 0; l-- {
		if !n.shape[l].average {
			layers[l] = n.seenLayer(&b.levels[l], l, nodes, b.Len())
		}
		if l > 0 {
			nodes = nodesBelow(&b.levels[l], &b.levels[l-1], nodes)
		}
	}
	layers[n.depth()] = n.seenLogits(b)
	return layers
}

// nodesBelow returns the children of nodes, as nodes of the layer below.
func nodesBelow(lv, below *nodes, of []int32) []int32 {
	at := make([]int32, below.rows)
	for k, row := range below.row {
		at[row] = int32(k)
	}
	var out []int32
	for _, k := range of {
		for _, row := range lv.children.of[lv.children.start[k]:lv.children.start[k+1]] {
			out = append(out, at[row])
		}
	}
	return out
}

// seenLayer returns layer l; every example has the same number of its nodes.
func (n *Net) seenLayer(lv *nodes, l int, of []int32, data int) seen {
	shape := n.shape[l]
	s := seen{values: n.work.a[l], stride: n.stride(l), units: shape.units, positions: shape.positions, live: len(of) / max(data, 1)}
	if n.constants && shape.blocks() > 0 {
		s.blank = lv.constant
	}
	for _, k := range of {
		s.patches = append(s.patches, patch{lv.pos[k], lv.row[k]})
	}
	return s
}

// seenLogits returns the logits, times their factor.
func (n *Net) seenLogits(b *Batch) seen {
	nc, scale := kernels.Padded(n.task.NC), float32(1/n.divisor)
	s := seen{values: make([]float32, b.Len()*nc), stride: nc, units: n.task.NC, positions: 1, live: 1}
	for i := range s.values {
		s.values[i] = n.work.logits[i] * scale
	}
	for i := range b.Len() {
		s.patches = append(s.patches, patch{0, int32(i)})
	}
	return s
}

// Size returns positions × units.
func (s *seen) Size() int { return s.positions * s.units }

// Representation writes the representation of example i, position by position.
func (s *seen) Representation(dst []float32, i int) {
	clear(dst)
	for p, row := range s.blank {
		copy(dst[p*s.units:], s.row(row))
	}
	for _, p := range s.of(i) {
		to := dst[int(p.pos)*s.units:]
		for c, x := range s.row(p.row) {
			to[c] += x
		}
	}
}

// Distance looks only where one of two examples is not blank, and not where both have the same patch.
func (s *seen) Distance(i, j int) float64 {
	a, b := s.of(i), s.of(j)
	sum := 0.0
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0].pos < b[0].pos:
			sum, a = addSquares(sum, s.row(a[0].row)), a[1:]
		case a[0].pos > b[0].pos:
			sum, b = addSquares(sum, s.row(b[0].row)), b[1:]
		default:
			if a[0].row != b[0].row {
				sum = addDifferences(sum, s.row(a[0].row), s.row(b[0].row))
			}
			a, b = a[1:], b[1:]
		}
	}
	for _, p := range a {
		sum = addSquares(sum, s.row(p.row))
	}
	for _, p := range b {
		sum = addSquares(sum, s.row(p.row))
	}
	return sum
}

func (s *seen) row(r int32) []float32 {
	lo := int(r) * s.stride
	return s.values[lo : lo+s.units]
}

func (s *seen) of(i int) []patch { return s.patches[i*s.live : (i+1)*s.live] }

// The conversions below keep products and sums apart: fused ones have other bits.

func addSquares(sum float64, x []float32) float64 {
	for _, x := range x {
		sum += float64(float64(x) * float64(x))
	}
	return sum
}

func addDifferences(sum float64, x, y []float32) float64 {
	y = y[:len(x)]
	for c := range x {
		d := float64(x[c]) - float64(y[c])
		sum += float64(d * d)
	}
	return sum
}
