package layers

import (
	"fmt"
	"slices"

	"srhmbench/kernels"
	"srhmbench/srhm"
)

// Kinds lists the networks.
var Kinds = []string{"vgg11", "vgg16", "resnet18", "resnet34", "efficientnetb0"}

// assemble builds a network of a kind on what the builder starts from. No memory is taken yet.
func (b *builder) assemble(kind string) (chain, error) {
	switch kind {
	case "vgg11":
		return vgg(b, vgg11), nil
	case "vgg16":
		return vgg(b, vgg16), nil
	case "resnet18":
		return resNet(b, resNet18), nil
	case "resnet34":
		return resNet(b, resNet34), nil
	case "efficientnetb0":
		return efficientNet(b, efficientNetB0), nil
	}
	return nil, fmt.Errorf("net %q: want one of %v", kind, Kinds)
}

// Net is a network with its momenta. It is not safe for concurrent use.
type Net struct {
	layers  chain
	input   Shape
	classes int
	tensors []*tensor
	drops   []*dropout
	steps   int64 // made so far: how many batches have moved the running moments
	pass    pass

	encoding Encoder
	x        []float32
}

// Encoder writes an image, position by position.
type Encoder func(dst []float32, set *srhm.Set, i int)

// New returns a network of a kind and width (64 is the published one) for a task, at its initialisation, which depends
// on these and the seed only. threads is how many goroutines a step may use.
func New(t srhm.Task, kind string, width int, e srhm.Encoding, seed uint64, threads int) (*Net, error) {
	b := signals(t, width)
	layers, err := b.assemble(kind)
	if err != nil {
		return nil, err
	}
	n := newNet(layers, Shape{1, t.Cells(), t.V}, t.NC, seed, threads)
	n.encoding = encoder(t, e)
	return n, nil
}

// signals builds for the inputs of a task.
func signals(t srhm.Task, width int) *builder {
	return &builder{dims: 1, width: width, classes: t.NC, shape: Shape{1, t.Cells(), t.V}}
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

// encoder writes a datum as a signal of v channels.
func encoder(t srhm.Task, e srhm.Encoding) Encoder {
	blank := []float32{e.Blank(t.V)}
	return func(dst []float32, set *srhm.Set, i int) {
		repeat(dst, blank)
		for k := i * set.Leaves; k < (i+1)*set.Leaves; k++ {
			dst[int(set.Cells[k])*t.V+int(set.Symbols[k])] = 1
		}
	}
}

// Batch is a set of examples.
type Batch struct{ set *srhm.Set }

// NewBatch keeps the set, which must not change.
func (n *Net) NewBatch(set *srhm.Set) *Batch { return &Batch{set} }

// Len is the number of examples.
func (b *Batch) Len() int { return b.set.Len() }

// Step makes one step of SGD with momentum mu and rate lr on the mean cross-entropy of a batch: m = mu·m + gradient,
// w = w - lr·m. It returns the sum of the cross-entropies before it.
func (n *Net) Step(b *Batch, lr, mu float64) (loss float64) {
	p := &n.pass
	p.mode, p.mu, p.lr = training, float32(mu), float32(lr)
	logits := n.forward(b, 0, b.Len())
	dy := p.take(len(logits))
	loss = kernels.SoftmaxCrossEntropy(dy, n.classes, logits, n.classes, b.set.Labels, n.classes, 1, 1/float32(b.Len()))
	n.layers.backward(p, dy)
	n.steps++
	return loss
}

// forward returns the logits of examples lo to hi-1.
func (n *Net) forward(b *Batch, lo, hi int) []float32 {
	size := n.input.size()
	n.x = grown(n.x, (hi-lo)*size)
	for i := lo; i < hi; i++ {
		n.encoding(n.x[(i-lo)*size:(i-lo+1)*size], b.set, i)
	}
	n.pass.images, n.pass.nodes = hi-lo, nil
	return n.layers.forward(&n.pass, n.x)
}

// Score says how a network does on a batch.
type Score struct {
	Loss      float64 // sum of the cross-entropies, nats; NaN if the network is not finite
	Wrong     int     // examples whose largest logit is another class's; all if the network is not finite
	Predicted []int   // examples by predicted class
}

// evaluated is how many images are evaluated at a time, so that they stay in the second-level cache.
const evaluated = 128

// Evaluate scores a batch, with running moments.
func (n *Net) Evaluate(b *Batch) Score {
	s := Score{Predicted: make([]int, n.classes)}
	n.pass.mode = evaluating
	for lo := 0; lo < b.Len(); lo += evaluated {
		hi := min(lo+evaluated, b.Len())
		n.score(&s, n.forward(b, lo, hi), b.set.Labels[lo:hi])
	}
	return s
}

func (n *Net) score(s *Score, logits []float32, labels []uint16) {
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

// Parameters is how many numbers training learns.
func (n *Net) Parameters() int { return parameters(n.tensors) }

func parameters(tensors []*tensor) int {
	sum := 0
	for _, t := range tensors {
		if t.learned {
			sum += t.size()
		}
	}
	return sum
}

// Moments says which moments batch norms use in a View.
type Moments int

// The moments.
const (
	Running Moments = iota // those of training, as in Evaluate
	OfBatch                // of the batch that is viewed, as in the authors' probes
)

// View shows what a network makes of a batch at every node and, last, the logits. It is valid until the network's next
// pass.
type View struct{ nodes []node }

// View evaluates a batch and shows its nodes.
func (n *Net) View(b *Batch, m Moments) *View {
	p := &n.pass
	p.mode, p.viewed = evaluating, true
	if m == OfBatch {
		p.mode = probing
	}
	logits := n.forward(b, 0, b.Len())
	nodes := append(slices.Clone(p.nodes), node{logits, Shape{1, 1, n.classes}})
	p.viewed, p.nodes = false, nil
	return &View{nodes}
}

// Layers is the number of nodes, and one for the output.
func (v *View) Layers() int { return len(v.nodes) }

// Size is the length of the representation of an example at a layer, 1 the lowest: positions × channels.
func (v *View) Size(layer int) int { return v.nodes[layer-1].shape.size() }

// Representation writes that of example i at a layer, position by position, into dst, Size(layer) long.
func (v *View) Representation(dst []float32, layer, i int) { copy(dst, v.of(layer, i)) }

// Distance is ‖f(x_i) - f(x_j)‖² at a layer, for examples i and j.
func (v *View) Distance(layer, i, j int) float64 {
	a, b := v.of(layer, i), v.of(layer, j)
	sum := 0.0
	for c, x := range a {
		d := float64(x) - float64(b[c])
		sum += float64(d * d) // not fused
	}
	return sum
}

func (v *View) of(layer, i int) []float32 {
	n := v.nodes[layer-1]
	return n.values[i*n.shape.size() : (i+1)*n.shape.size()]
}
