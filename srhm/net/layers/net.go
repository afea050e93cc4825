package layers

import (
	"iter"

	"srhmbench/kernels"
	"srhmbench/srhm"
	"srhmbench/srhm/net"
)

// Net is a network with its momenta. It is not safe for concurrent use.
type Net struct {
	net.Eager
	design  *design
	layers  chain
	input   Shape
	classes int
	tensors []*tensor
	drops   []*dropout
	pass    pass

	encode func(dst []float32, set *srhm.Set, i int) // writes an example, position by position
	x      []float32
}

func newNet(layers chain, input Shape, classes int, seed uint64, threads int) *Net {
	n := &Net{layers: layers, input: input, classes: classes, tensors: layers.tensors(), drops: dropouts(layers)}
	n.pass = pass{threads: max(threads, 1), longest: layers.cost().gradient}
	for _, t := range n.tensors {
		t.initialise(seed)
	}
	for i, d := range n.drops {
		d.key = srhm.Source("net dropout", seed, uint64(i)).Uint64()
	}
	return n
}

// dropouts lists those of a network; none stands inside a branch.
func dropouts(layers chain) (all []*dropout) {
	for _, l := range layers {
		if d, ok := l.(*dropout); ok {
			all = append(all, d)
		}
	}
	return all
}

// encoder writes an example as a signal of v channels.
func encoder(t srhm.Task, e srhm.Encoding) func(dst []float32, set *srhm.Set, i int) {
	blank := []float32{e.Blank(t.V)}
	return func(dst []float32, set *srhm.Set, i int) {
		repeat(dst, blank)
		for k := i * set.Leaves; k < (i+1)*set.Leaves; k++ {
			dst[int(set.Cells[k])*t.V+int(set.Symbols[k])] = 1
		}
	}
}

// Design is what the network was planned as.
func (n *Net) Design() net.Design { return n.design }

// Batch is a set of examples; the network reads them as they are.
type Batch struct{ set *srhm.Set }

// NewBatch keeps the set, which must not change.
func (n *Net) NewBatch(set *srhm.Set) net.Batch { return &Batch{set} }

// Len is the number of examples.
func (b *Batch) Len() int { return b.set.Len() }

// Bytes counts the examples.
func (b *Batch) Bytes() int64 { return b.set.Bytes() }

// Step makes one step of SGD with momentum mu and rate lr.
func (n *Net) Step(batch net.Batch, lr, mu float64) (loss float64) {
	b, p := batch.(*Batch), &n.pass
	p.mode, p.mu, p.lr = training, float32(mu), float32(lr)
	logits := n.forward(b, 0, b.Len())
	dy := p.take(len(logits))
	loss = kernels.SoftmaxCrossEntropy(dy, n.classes, logits, n.classes, b.set.Labels, n.classes, 1, 1/float32(b.Len()))
	n.layers.backward(p, dy)
	return loss
}

// forward returns the logits of examples lo to hi-1.
func (n *Net) forward(b *Batch, lo, hi int) []float32 {
	size := n.input.size()
	n.x = grown(n.x, (hi-lo)*size)
	for i := lo; i < hi; i++ {
		n.encode(n.x[(i-lo)*size:(i-lo+1)*size], b.set, i)
	}
	n.pass.images = hi - lo
	return n.layers.forward(&n.pass, n.x)
}

// evaluated is how many images are evaluated at a time, so that they stay in the second-level cache.
const evaluated = 128

// Evaluate scores a batch, with running moments.
func (n *Net) Evaluate(batch net.Batch) net.Score {
	b, s := batch.(*Batch), net.Score{Predicted: make([]int, n.classes)}
	n.pass.mode = evaluating
	for lo := 0; lo < b.Len(); lo += evaluated {
		hi := min(lo+evaluated, b.Len())
		n.score(&s, n.forward(b, lo, hi), b.set.Labels[lo:hi])
	}
	return s
}

func (n *Net) score(s *net.Score, logits []float32, labels []uint16) {
	for i, label := range labels {
		class := largest(logits[i*n.classes:][:n.classes])
		if class != int(label) {
			s.Wrong++
		}
		if class >= 0 {
			s.Predicted[class]++
		}
	}
	s.Loss += kernels.SoftmaxCrossEntropy(logits, n.classes, logits, n.classes, labels, n.classes, 1, 1)
}

// largest is the first index of the largest number, or -1 if one is not a number.
func largest(row []float32) int {
	best := 0
	for i, x := range row {
		if x != x {
			return -1
		}
		if x > row[best] {
			best = i
		}
	}
	return best
}

// Work counts the products of the forward pass and, twice as many, of the backward pass, without those with padding.
func (n *Net) Work(b net.Batch) (flops, bytes float64) {
	for _, t := range n.tensors {
		bytes += 4 * 5 * float64(t.size())
	}
	return 3 * 2 * float64(b.Len()) * float64(n.layers.cost().done), bytes
}

// View yields every node as it comes by. The batch passes as a whole, in training mode with its own moments.
func (n *Net) View(batch net.Batch, mode net.Mode) iter.Seq2[int, net.Layer] {
	return func(yield func(int, net.Layer) bool) {
		b, p := batch.(*Batch), &n.pass
		p.mode = evaluating
		if mode == net.Training {
			p.mode = probing
		}
		number, wanted := 0, true
		p.look = func(values []float32, s Shape) {
			if wanted {
				wanted = yield(number, node{values, s.size()})
			}
			number++
		}
		defer func() { p.look = nil }()
		p.look(n.forward(b, 0, b.Len()), Shape{1, 1, n.classes})
	}
}

// node is what a network makes of a batch at a place where it can be probed.
type node struct {
	values []float32
	size   int // of an example
}

func (n node) Size() int { return n.size }

func (n node) Representation(dst []float32, i int) { copy(dst, n.of(i)) }

func (n node) Distance(i, j int) float64 {
	a, b := n.of(i), n.of(j)
	sum := 0.0
	for c, x := range a {
		d := float64(x) - float64(b[c])
		sum += float64(d * d) // not fused
	}
	return sum
}

func (n node) of(i int) []float32 { return n.values[i*n.size : (i+1)*n.size] }
