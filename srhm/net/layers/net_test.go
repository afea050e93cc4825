package layers

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"math"
	"reflect"
	"testing"

	"srhmbench/kernels"
	"srhmbench/srhm"
)

var (
	published = srhm.Task{V: 10, S0: 2}.WithDefaults()
	tiny      = srhm.Task{V: 4, S0: 1}.WithDefaults()
)

func newTestNet(t testing.TB, task srhm.Task, kind string, width, threads int) *Net {
	t.Helper()
	n, err := New(task, kind, width, srhm.Whitened, 1, threads)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func draw(t testing.TB, task srhm.Task, size int) *srhm.Set {
	t.Helper()
	g, err := srhm.NewGrammar(task)
	if err != nil {
		t.Fatal(err)
	}
	return srhm.Draw(g, 1, "test", size)
}

// SPEC section 2.4 counts parameters with PyTorch, multiply-adds by hand, and nodes.
func TestPublishedSizes(t *testing.T) {
	for kind, want := range map[string]struct {
		parameters int
		millions   float64 // of multiply-adds; 0 where there is no count
		nodes      int
	}{
		"vgg11": {3_087_306, 11, 8}, "vgg16": {4_922_634, 19, 13}, "resnet18": {3_850_506, 25, 17}, "resnet34": {7_224_842, 50, 33},
		"efficientnetb0": {3_457_318, 0, 64},
	} {
		n := newTestNet(t, published, kind, PublishedWidth, 1)
		if got := n.Parameters(); got != want.parameters {
			t.Errorf("%s: %d parameters, want %d", kind, got, want.parameters)
		}
		if got := float64(n.layers.cost().multiplyAdds) / 1e6; want.millions != 0 && math.Abs(got-want.millions) > 0.05*want.millions {
			t.Errorf("%s: %.1f million multiply-adds, want %v", kind, got, want.millions)
		}
		v := n.View(n.NewBatch(draw(t, published, 2)), Running)
		if got := v.Layers(); got != want.nodes+1 {
			t.Errorf("%s: %d layers to look at, want %d", kind, got, want.nodes+1)
		}
	}
}

func TestUnknownKind(t *testing.T) {
	if _, err := New(tiny, "vgg19", 64, srhm.Whitened, 1, 1); err == nil {
		t.Error("a network that does not exist")
	}
}

// fingerprint is a hash of what a network has become after some steps, and of what it makes of data.
func fingerprint(t testing.TB, n *Net, set *srhm.Set, steps int) string {
	t.Helper()
	h := sha256.New()
	b := n.NewBatch(set)
	for range steps {
		fmt.Fprintln(h, math.Float64bits(n.Step(b, 6.4e-3, 0.9)))
	}
	if err := n.WriteState(h); err != nil {
		t.Fatal(err)
	}
	fmt.Fprintln(h, n.Evaluate(b))
	for _, m := range []Moments{Running, OfBatch} {
		v := n.View(b, m)
		for k := 1; k <= v.Layers(); k++ {
			fmt.Fprintln(h, math.Float64bits(v.Distance(k, 0, 1)))
		}
	}
	return fmt.Sprintf("%x", h.Sum(nil)[:8])
}

// Neither the tier, nor the number of threads, nor how work is cut shows in the bits.
func TestSameBits(t *testing.T) {
	defer func(w, c int) { worthwhile, cacheBytes = w, c }(worthwhile, cacheBytes)
	set := draw(t, tiny, 12)
	for _, kind := range Kinds {
		worthwhile, cacheBytes = 1<<21, 192<<10
		want := fingerprint(t, newTestNet(t, tiny, kind, 12, 1), set, 2)
		worthwhile, cacheBytes = 0, 0
		for threads := 1; threads <= 3; threads++ {
			if got := fingerprint(t, newTestNet(t, tiny, kind, 12, threads), set, 2); got != want {
				t.Errorf("%s, %d threads: other bits", kind, threads)
			}
		}
		for _, tier := range kernels.Available() {
			undo, err := kernels.Force(tier)
			if err != nil {
				t.Fatal(err)
			}
			if got := fingerprint(t, newTestNet(t, tiny, kind, 12, 1), set, 2); got != want {
				t.Errorf("%s on %s: other bits", kind, tier)
			}
			undo()
		}
	}
}

// Looking at a network and evaluating it changes nothing.
func TestLookingChangesNothing(t *testing.T) {
	set := draw(t, tiny, 12)
	for _, kind := range Kinds {
		n := newTestNet(t, tiny, kind, 12, 1)
		fingerprint(t, n, set, 1) // looks and evaluates
		m := newTestNet(t, tiny, kind, 12, 1)
		m.Step(m.NewBatch(set), 6.4e-3, 0.9)
		if fingerprint(t, n, set, 1) != fingerprint(t, m, set, 1) {
			t.Errorf("%s: other bits", kind)
		}
	}
}

// A network that reads the state of another goes on with the same bits.
func TestState(t *testing.T) {
	set := draw(t, tiny, 12)
	for _, kind := range Kinds {
		n := newTestNet(t, tiny, kind, 12, 1)
		fingerprint(t, n, set, 2)
		var state bytes.Buffer
		if err := n.WriteState(&state); err != nil {
			t.Fatal(err)
		}
		if got := int64(state.Len()); got != n.StateBytes() {
			t.Errorf("%s: %d bytes, want %d", kind, got, n.StateBytes())
		}
		text := state.Bytes()
		want := fingerprint(t, n, set, 2)
		m := newTestNet(t, tiny, kind, 12, 1)
		if err := m.ReadState(bytes.NewReader(text)); err != nil {
			t.Fatal(err)
		}
		if got := fingerprint(t, m, set, 2); got != want {
			t.Errorf("%s: other bits", kind)
		}
		if err := m.ReadState(bytes.NewReader(text[:len(text)-1])); err == nil {
			t.Errorf("%s: a torn state", kind)
		}
	}
}

// Directional derivatives of the cross-entropy in every parameter of every network.
func TestNetworkGradients(t *testing.T) {
	set := draw(t, tiny, 12)
	for _, kind := range Kinds {
		n := newTestNet(t, tiny, kind, 8, 1)
		for _, d := range n.drops {
			d.keep = 1
		}
		b := n.NewBatch(set)
		for range 2 {
			n.Step(b, 1e-2, 0.9)
		}
		loss := func() float64 { return n.Step(b, 0, 0) / float64(set.Len()) }
		loss()
		var gradients [][]float32
		for _, x := range n.tensors {
			gradients = append(gradients, clone(x.m))
		}
		for i, x := range n.tensors {
			if x.learned {
				compareSlope(t, kind+" "+x.name, x.w, gradients[i], loss, 1e-3, 0.1)
			}
		}
	}
}

// Tensors have PyTorch's shapes, and every number of a tensor is another one of its memory.
func TestTensors(t *testing.T) {
	n := newTestNet(t, published, "resnet18", 16, 1)
	shapes := map[string][]int{}
	for _, x := range n.tensors {
		shapes[x.name] = x.shape
		seen := map[int]bool{}
		for i := range x.size() {
			seen[x.at(i)] = true
		}
		if len(seen) != x.size() {
			t.Errorf("%s: %d of %d numbers", x.name, len(seen), x.size())
		}
	}
	for name, want := range map[string][]int{
		"conv1.weight": {16, 10, 3}, "bn1.running_var": {16}, "layer1.1.bn2.weight": {16}, "layer2.0.conv1.weight": {32, 16, 3},
		"layer2.0.shortcut.0.weight": {32, 16, 1}, "layer4.1.bn2.running_mean": {128}, "linear.weight": {10, 128}, "linear.bias": {10},
	} {
		if !reflect.DeepEqual(shapes[name], want) {
			t.Errorf("%s: shape %v, want %v", name, shapes[name], want)
		}
	}
	for _, x := range n.Tensors() {
		if got := len(x.Row(nil, 0)) * x.Shape[0]; got != size(x.Shape) {
			t.Errorf("%s: rows of %d numbers in all, want %d", x.Name, got, size(x.Shape))
		}
	}
}

func size(shape []int) int { return (&tensor{shape: shape}).size() }

// Initial weights are uniform within PyTorch's bound.
func TestInitialisation(t *testing.T) {
	n := newTestNet(t, published, "vgg11", 16, 1)
	for _, x := range n.tensors {
		if x.fanIn == 0 {
			continue
		}
		largest, square := 0.0, 0.0
		for i := range x.size() {
			v := float64(x.w[x.at(i)]) * math.Sqrt(float64(x.fanIn))
			largest, square = max(largest, math.Abs(v)), square+v*v/float64(x.size())
		}
		if spread := 3 / math.Sqrt(float64(x.size())); largest > 1 || math.Abs(square-1./3) > spread {
			t.Errorf("%s: up to %.3f, mean square %.3f", x.name, largest, square)
		}
	}
}

// Every task has networks, however small its inputs.
func TestSmallInputs(t *testing.T) {
	for _, s := range []Shape{{1, 1, 3}, {1, 2, 3}, {1, 7, 3}, {1, 70, 3}} {
		for _, kind := range Kinds {
			b := &builder{dims: 1, width: 4, classes: 3, shape: s}
			if _, err := b.assemble(kind); err != nil || b.shape != (Shape{1, 1, 3}) {
				t.Errorf("%s on %v: %v, %v", kind, s, b.shape, err)
			}
		}
	}
}

// In two dimensions the same tables make the same networks on images.
func TestImages(t *testing.T) {
	for _, kind := range Kinds {
		b := &builder{dims: 2, width: 8, classes: 3, shape: Shape{32, 32, 3}}
		layers, err := b.assemble(kind)
		if err != nil {
			t.Fatal(err)
		}
		n := newNet(layers, Shape{32, 32, 3}, 3, 1, 1)
		n.encoding = func(dst []float32, _ *srhm.Set, i int) { repeat(dst, []float32{float32(i) - 1, 0, 1}) }
		batch := n.NewBatch(&srhm.Set{Labels: []uint16{0, 1, 2}})
		first := n.Step(batch, 6.4e-3, 0.9)
		for range 20 {
			n.Step(batch, 6.4e-3, 0.9)
		}
		if last := n.Step(batch, 6.4e-3, 0.9); !(last < first/4) {
			t.Errorf("%s: the loss goes from %v to %v", kind, first, last)
		}
	}
}

func BenchmarkStep(b *testing.B) {
	for _, kind := range Kinds {
		for _, size := range []int{4, 40} {
			b.Run(fmt.Sprintf("net=%s/batch=%d", kind, size), func(b *testing.B) {
				n := newTestNet(b, published, kind, PublishedWidth, 1)
				batch := n.NewBatch(draw(b, published, size))
				n.Step(batch, 1e-3, 0.9)
				for b.Loop() {
					n.Step(batch, 1e-3, 0.9)
				}
			})
		}
	}
}
