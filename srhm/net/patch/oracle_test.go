package patch

import (
	"fmt"
	"math"
	"strings"

	"srhmbench/kernels"
	"srhmbench/srhm"
	"srhmbench/srhm/spec"
)

// oracle is the same network written down as in the paper: dense, float64, every cell of every datum,
// every weight updated at every step.
type oracle struct {
	task   srhm.Task
	net    spec.Network
	enc    srhm.Encoding
	shape  []oracleLayer
	w      [][]matrix // layer, block
	bias   []matrix   // layer: positions × units, b itself
	read   matrix
	moment map[*matrix]matrix
}

// oracleLayer is the shape of a hidden layer.
type oracleLayer struct{ positions, children, units int }

func oracleShape(t srhm.Task, n spec.Network) (out []oracleLayer) {
	depth := n.Layers
	if depth == 0 {
		depth = t.L
	}
	places := t.Cells() // of the layer below
	for l := range depth {
		if n.Kind == spec.FCN {
			units := n.Width
			for k := l + 1; k < min(depth, t.L); k++ {
				units *= t.PatchCells()
			}
			out = append(out, oracleLayer{1, places, units})
			places = 1
			continue
		}
		out = append(out, oracleLayer{places / t.PatchCells(), t.PatchCells(), n.Width})
		places /= t.PatchCells()
	}
	return out
}

type matrix struct {
	cols int
	x    []float64
}

func newMatrix(rows, cols int) matrix { return matrix{cols, make([]float64, rows*cols)} }

func (m matrix) row(r int) []float64 { return m.x[r*m.cols : (r+1)*m.cols] }

// oracleOf copies the parameters of a network.
func oracleOf(n *Net, spc spec.Network, e srhm.Encoding) *oracle {
	o := &oracle{task: n.task, net: spc, enc: e, shape: oracleShape(n.task, spc), moment: map[*matrix]matrix{}}
	var first []matrix
	blocks := len(n.first.updated) / n.task.V
	for b := range blocks {
		m := newMatrix(n.task.V, n.shape[0].units)
		for x := range n.task.V {
			for c := range m.cols {
				m.row(x)[c] = o.firstWeight(n, b*n.task.V+x, c)
			}
		}
		first = append(first, m)
	}
	o.w = append(o.w, first)
	for l := range n.hidden {
		o.w = append(o.w, hiddenMatrices(n, l))
	}
	for l, s := range o.shape {
		m := newMatrix(s.positions, s.units)
		for p := range s.positions {
			for c := range s.units {
				m.row(p)[c] = float64(n.bias[l].w[p*n.units(l)+c]) / biasScale
			}
		}
		o.bias = append(o.bias, m)
	}
	o.read = newMatrix(n.spec.Width, n.task.NC)
	for i := range n.spec.Width {
		for c := range n.task.NC {
			o.read.row(i)[c] = float64(n.read.w[kernels.PanelIndex(n.units(len(n.shape)-1), i, c)])
		}
	}
	return o
}

func (o *oracle) firstWeight(n *Net, row, c int) float64 {
	g := row / n.first.size
	return float64(n.first.rows.w[row*n.first.units+c]) + float64(n.first.shared.w[g*n.first.units+c])
}

func hiddenMatrices(n *Net, l int) []matrix {
	h := &n.hidden[l]
	var out []matrix
	for b := range h.blocks {
		w, _ := h.block(b)
		m := newMatrix(n.shape[l].units, n.shape[l+1].units)
		for i := range n.shape[l].units {
			for c := range m.cols {
				m.row(i)[c] = float64(w[kernels.PanelIndex(h.in, i, c)])
			}
		}
		out = append(out, m)
	}
	return out
}

// block is the weight matrix of layer l that reads place p.
func (o *oracle) block(l, p int) *matrix {
	if o.net.Kind == spec.CNN {
		p %= o.task.PatchCells()
	}
	for text := range strings.SplitSeq(o.net.Tied, ",") {
		if text == fmt.Sprint(l+1) {
			p /= o.task.S0 + 1 // one block a sub-patch
		}
	}
	return &o.w[l][p]
}

func (o *oracle) scale(l int) float64 {
	channels, places := o.task.V, 1
	if l > 0 {
		channels = o.net.Width
	}
	if o.net.Init != spec.AuthorsInit {
		places = o.shape[l].children
		if l > 0 {
			channels = o.shape[l-1].units
		}
	}
	return 1 / math.Sqrt(float64(channels*places))
}

// output is the factor of the logits.
func (o *oracle) output() float64 {
	if o.net.Readout == spec.RootReadout {
		return 1 / math.Sqrt(float64(o.net.Width))
	}
	return 1 / float64(o.net.Width)
}

// input is the encoded datum, cells × v.
func (o *oracle) input(set *srhm.Set, i int) matrix {
	a := 0.0
	if o.enc == srhm.Whitened {
		a = 1 / math.Sqrt(float64(o.task.V-1))
	}
	m := newMatrix(o.task.Cells(), o.task.V)
	for k := range m.x {
		m.x[k] = -a
	}
	for leaf := range set.Leaves {
		at := i*set.Leaves + leaf
		m.row(int(set.Cells[at]))[set.Symbols[at]] = 1
	}
	return m
}

// forward returns the layers of one datum, input first, and its logits.
func (o *oracle) forward(x matrix) (xs []matrix, logits []float64) {
	xs = []matrix{x}
	for l, s := range o.shape {
		z := newMatrix(s.positions, s.units)
		for q := range s.positions {
			for c := range s.units {
				sum := 0.0
				for p := q * s.children; p < (q+1)*s.children; p++ {
					w := o.block(l, p)
					for i, v := range x.row(p) {
						sum += v * w.row(i)[c]
					}
				}
				z.row(q)[c] = max(0, sum*o.scale(l)+biasScale*o.bias[l].row(q)[c])
			}
		}
		x = z
		xs = append(xs, x)
	}
	logits = make([]float64, o.task.NC)
	for i, v := range x.x { // the mean over positions
		for c := range logits {
			logits[c] += v / float64(len(x.x)/x.cols) * o.read.row(i % x.cols)[c] * o.output()
		}
	}
	return xs, logits
}

// loss is the sum of cross-entropies of a set.
func (o *oracle) loss(set *srhm.Set) float64 {
	total := 0.0
	for i := range set.Len() {
		_, logits := o.forward(o.input(set, i))
		total += logSumExp(logits) - logits[set.Labels[i]]
	}
	return total
}

func logSumExp(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += math.Exp(v)
	}
	return math.Log(sum)
}

// gradients of the mean cross-entropy, by parameter.
func (o *oracle) gradients(set *srhm.Set) map[*matrix]matrix {
	g := map[*matrix]matrix{}
	for _, p := range o.params() {
		g[p] = matrix{p.cols, make([]float64, len(p.x))}
	}
	for i := range set.Len() {
		o.backward(g, set, i)
	}
	return g
}

func (o *oracle) params() []*matrix {
	ps := []*matrix{&o.read}
	for l := range o.w {
		for b := range o.w[l] {
			ps = append(ps, &o.w[l][b])
		}
		if o.net.Bias {
			ps = append(ps, &o.bias[l])
		}
	}
	return ps
}

func (o *oracle) backward(g map[*matrix]matrix, set *srhm.Set, datum int) {
	xs, logits := o.forward(o.input(set, datum))
	top := xs[len(xs)-1]
	positions := len(top.x) / top.cols
	dx := newMatrix(positions, top.cols)
	norm := logSumExp(logits)
	for c := range logits {
		d := math.Exp(logits[c] - norm)
		if c == int(set.Labels[datum]) {
			d--
		}
		d *= o.output() / float64(set.Len()*positions)
		for i, v := range top.x {
			g[&o.read].row(i % top.cols)[c] += d * v
			dx.x[i] += d * o.read.row(i % top.cols)[c]
		}
	}
	for l := len(o.shape) - 1; l >= 0; l-- {
		dx = o.backwardLayer(g, l, xs[l], xs[l+1], dx)
	}
}

func (o *oracle) backwardLayer(g map[*matrix]matrix, l int, below, above, dx matrix) matrix {
	s := o.shape[l]
	down := matrix{below.cols, make([]float64, len(below.x))}
	for q := range s.positions {
		for c := range s.units {
			if above.row(q)[c] <= 0 {
				continue
			}
			dz := dx.row(q)[c]
			if o.net.Bias {
				g[&o.bias[l]].row(q)[c] += biasScale * dz
			}
			for p := q * s.children; p < (q+1)*s.children; p++ {
				w := o.block(l, p)
				for i, v := range below.row(p) {
					g[w].row(i)[c] += o.scale(l) * dz * v
					down.row(p)[i] += o.scale(l) * dz * w.row(i)[c]
				}
			}
		}
	}
	return down
}

// step is SGD with momentum at rate lr·width, or lr.
func (o *oracle) step(set *srhm.Set, lr, mu float64) {
	rate := lr * float64(o.net.Width)
	if o.net.Readout == spec.RootReadout {
		rate = lr
	}
	for p, g := range o.gradients(set) {
		m, ok := o.moment[p]
		if !ok {
			m = matrix{p.cols, make([]float64, len(p.x))}
			o.moment[p] = m
		}
		for i := range g.x {
			m.x[i] = mu*m.x[i] + g.x[i]
			p.x[i] -= rate * m.x[i]
		}
	}
}
