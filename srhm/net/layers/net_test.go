package layers

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"

	"srhmbench/kernels"
	"srhmbench/srhm"
	"srhmbench/srhm/net"
	"srhmbench/srhm/spec"
)

var (
	published = srhm.Task{V: 10, S0: 2}.WithDefaults()
	tiny      = srhm.Task{V: 4, S0: 1}.WithDefaults()
)

var kinds = []net.Kind{VGG11, VGG16, ResNet18, ResNet34, EfficientNetB0}

func newDesign(t testing.TB, task srhm.Task, k net.Kind, width int) *design {
	t.Helper()
	spc := k.Network()
	spc.Width = width
	d, err := k.Design(spc, task)
	if err != nil {
		t.Fatal(err)
	}
	return d.(*design)
}

func newTestNet(t testing.TB, task srhm.Task, k net.Kind, width, threads int) *Net {
	t.Helper()
	return newDesign(t, task, k, width).New(srhm.Whitened, 1, threads).(*Net)
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
	for kind, want := range map[net.Kind]struct {
		parameters int
		millions   float64 // of multiply-adds; 0 where there is no count
		nodes      int
	}{
		VGG11: {3_087_306, 11, 8}, VGG16: {4_922_634, 19, 13}, ResNet18: {3_850_506, 25, 17}, ResNet34: {7_224_842, 50, 33},
		EfficientNetB0: {3_457_318, 0, 64},
	} {
		d := newDesign(t, published, kind, publishedWidth)
		if got := d.Parameters(); got != want.parameters {
			t.Errorf("%s: %d parameters, want %d", kind.Name(), got, want.parameters)
		}
		if _, got := d.Cost(); want.millions != 0 && math.Abs(got/1e6-want.millions) > 0.05*want.millions {
			t.Errorf("%s: %.1f million multiply-adds, want %v", kind.Name(), got/1e6, want.millions)
		}
		if got := len(d.Layers()); got != want.nodes+1 {
			t.Errorf("%s: %d layers to look at, want %d", kind.Name(), got, want.nodes+1)
		}
	}
}

// A view shows the layers that the design names, in order, whatever the loop over it does.
func TestView(t *testing.T) {
	for _, kind := range kinds {
		n := newTestNet(t, tiny, kind, 8, 1)
		b := n.NewBatch(draw(t, tiny, 3))
		for _, mode := range []net.Mode{net.Evaluation, net.Training} {
			next := 0
			for k, layer := range n.View(b, mode) {
				if k != next || len(layer.(node).values) != 3*layer.Size() || layer.Distance(1, 1) != 0 || layer.Distance(0, 1) != layer.Distance(1, 0) {
					t.Errorf("%s: layer %d of %d, size %d", kind.Name(), k, next, layer.Size())
				}
				f := make([]float32, layer.Size())
				layer.Representation(f, 2)
				if f[len(f)-1] != layer.(node).values[3*len(f)-1] {
					t.Errorf("%s: layer %d shows another example", kind.Name(), k)
				}
				next++
			}
			if next != len(n.Design().Layers()) {
				t.Errorf("%s: %d layers, want %d", kind.Name(), next, len(n.Design().Layers()))
			}
			for k := range n.View(b, mode) {
				if k == 2 {
					break
				}
			}
		}
	}
}

// What cannot be changed in a network is refused in one line.
func TestDesign(t *testing.T) {
	for want, change := range map[string]func(*spec.Network){
		"width 0":    func(n *spec.Network) { n.Width = 0 },
		"1 to 1024":  func(n *spec.Network) { n.Width = 1025 },
		"bias false": func(n *spec.Network) { n.Bias = false },
		"init":       func(n *spec.Network) { n.Init = spec.PatchInit },
		"readout":    func(n *spec.Network) { n.Readout = spec.RootReadout },
		"layers 1":   func(n *spec.Network) { n.Layers = 1 },
		"tied":       func(n *spec.Network) { n.Tied = "1" },
	} {
		n := VGG11.Network()
		change(&n)
		if _, err := VGG11.Design(n, tiny); err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("error %v, want one line with %q", err, want)
		}
	}
}

// Predictions bound what a network holds.
func TestPredictions(t *testing.T) {
	for _, kind := range kinds {
		d := newDesign(t, published, kind, 16)
		n := d.New(srhm.Whitened, 1, 1).(*Net)
		held := 0.0
		for _, x := range n.State() {
			held += 4 * float64(len(x))
		}
		if got := d.Bytes(); got != held {
			t.Errorf("%s: %v bytes of weights and momenta predicted, %v held", kind.Name(), got, held)
		}
		b := n.NewBatch(draw(t, published, 20))
		n.Step(b, 6.4e-3, 0.9)
		evaluate, step := d.PassBytes(20)
		memory := 0.0
		seen := map[*float32]bool{}
		add := func(x []float32) {
			if x = x[:cap(x)]; len(x) > 0 && !seen[&x[0]] {
				seen[&x[0]] = true
				memory += 4 * float64(len(x))
			}
		}
		for _, x := range n.pass.free {
			add(x)
		}
		eachLayer(n.layers, func(l layer) {
			switch l := l.(type) {
			case *conv:
				add(l.y)
			case *depthwise:
				add(l.y)
			case *norm:
				add(l.y)
			case *silu:
				add(l.y)
			case *maxPool:
				add(l.y)
				add(l.which)
			case *meanPool:
				add(l.y)
			case *scale:
				add(l.y)
			}
		})
		if memory > evaluate+step || memory < (evaluate+step)/3 {
			t.Errorf("%s: %.0f bytes of a step predicted, %.0f held", kind.Name(), evaluate+step, memory)
		}
		if got := d.BatchBytes(20); got != float64(b.Bytes()) {
			t.Errorf("%s: a batch of %v bytes predicted, %v held", kind.Name(), got, b.Bytes())
		}
	}
}

// eachLayer goes through branches, too.
func eachLayer(c chain, f func(layer)) {
	for _, l := range c {
		f(l)
		switch l := l.(type) {
		case chain:
			eachLayer(l, f)
		case *add:
			eachLayer(l.branch, f)
			eachLayer(l.shortcut, f)
		case *scale:
			eachLayer(l.branch, f)
		}
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
	if err := net.WriteState(h, n); err != nil {
		t.Fatal(err)
	}
	fmt.Fprintln(h, n.Evaluate(b))
	for _, mode := range []net.Mode{net.Evaluation, net.Training} {
		for _, layer := range n.View(b, mode) {
			fmt.Fprintln(h, math.Float64bits(layer.Distance(0, 1)))
		}
	}
	return fmt.Sprintf("%x", h.Sum(nil)[:8])
}

// Neither the tier, nor the number of threads, nor how work is cut shows in the bits.
func TestSameBits(t *testing.T) {
	defer func(w, c int) { worthwhile, cacheBytes = w, c }(worthwhile, cacheBytes)
	set := draw(t, tiny, 12)
	for _, kind := range kinds {
		worthwhile, cacheBytes = 1<<21, 192<<10
		want := fingerprint(t, newTestNet(t, tiny, kind, 12, 1), set, 2)
		worthwhile, cacheBytes = 0, 0
		for threads := 1; threads <= 3; threads++ {
			if got := fingerprint(t, newTestNet(t, tiny, kind, 12, threads), set, 2); got != want {
				t.Errorf("%s, %d threads: other bits", kind.Name(), threads)
			}
		}
		for _, tier := range kernels.Available() {
			undo, err := kernels.Force(tier)
			if err != nil {
				t.Fatal(err)
			}
			if got := fingerprint(t, newTestNet(t, tiny, kind, 12, 1), set, 2); got != want {
				t.Errorf("%s on %s: other bits", kind.Name(), tier)
			}
			undo()
		}
	}
}

// Looking at a network and evaluating it changes nothing.
func TestLookingChangesNothing(t *testing.T) {
	set := draw(t, tiny, 12)
	for _, kind := range kinds {
		n := newTestNet(t, tiny, kind, 12, 1)
		fingerprint(t, n, set, 1) // looks and evaluates
		m := newTestNet(t, tiny, kind, 12, 1)
		m.Step(m.NewBatch(set), 6.4e-3, 0.9)
		if fingerprint(t, n, set, 1) != fingerprint(t, m, set, 1) {
			t.Errorf("%s: other bits", kind.Name())
		}
	}
}

// A network that reads the state of another goes on with the same bits.
func TestState(t *testing.T) {
	set := draw(t, tiny, 12)
	for _, kind := range kinds {
		n := newTestNet(t, tiny, kind, 12, 1)
		fingerprint(t, n, set, 2)
		var state bytes.Buffer
		if err := net.WriteState(&state, n); err != nil {
			t.Fatal(err)
		}
		if got := int64(state.Len()); got != net.StateBytes(n) {
			t.Errorf("%s: %d bytes, want %d", kind.Name(), got, net.StateBytes(n))
		}
		text := state.Bytes()
		want := fingerprint(t, n, set, 2)
		m := newTestNet(t, tiny, kind, 12, 1)
		if err := net.ReadState(bytes.NewReader(text), m); err != nil {
			t.Fatal(err)
		}
		if got := fingerprint(t, m, set, 2); got != want {
			t.Errorf("%s: other bits", kind.Name())
		}
		if err := net.ReadState(bytes.NewReader(text[:len(text)-1]), m); err == nil {
			t.Errorf("%s: a torn state", kind.Name())
		}
	}
}

// Directional derivatives of the cross-entropy in every parameter of every network.
func TestNetworkGradients(t *testing.T) {
	set := draw(t, tiny, 12)
	for _, kind := range kinds {
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
				compareSlope(t, kind.Name()+" "+x.name, x.w, gradients[i], loss, 1e-3, 0.1)
			}
		}
	}
}

// Tensors have PyTorch's shapes, and every number of a tensor is another one of its memory.
func TestTensors(t *testing.T) {
	n := newTestNet(t, published, ResNet18, 16, 1)
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
	n := newTestNet(t, published, VGG11, 16, 1)
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
		for _, kind := range kinds {
			b := &builder{dims: 1, width: 4, classes: 3, shape: s}
			if kind.(*architecture).build(b); b.shape != (Shape{1, 1, 3}) {
				t.Errorf("%s on %v: %v", kind.Name(), s, b.shape)
			}
		}
	}
}

// In two dimensions the same tables make the same networks on images.
func TestImages(t *testing.T) {
	for _, kind := range kinds {
		b := &builder{dims: 2, width: 8, classes: 3, shape: Shape{32, 32, 3}}
		n := newNet(kind.(*architecture).build(b), Shape{32, 32, 3}, 3, 1, 1)
		n.encode = func(dst []float32, _ *srhm.Set, i int) { repeat(dst, []float32{float32(i) - 1, 0, 1}) }
		batch := n.NewBatch(&srhm.Set{Labels: []uint16{0, 1, 2}})
		first := n.Step(batch, 6.4e-3, 0.9)
		for range 20 {
			n.Step(batch, 6.4e-3, 0.9)
		}
		if last := n.Step(batch, 6.4e-3, 0.9); !(last < first/4) {
			t.Errorf("%s: the loss goes from %v to %v", kind.Name(), first, last)
		}
	}
}

func BenchmarkStep(b *testing.B) {
	for _, kind := range kinds {
		for _, size := range []int{4, 40} {
			b.Run(fmt.Sprintf("net=%s/batch=%d", kind.Name(), size), func(b *testing.B) {
				n := newTestNet(b, published, kind, publishedWidth, 1)
				batch := n.NewBatch(draw(b, published, size))
				n.Step(batch, 1e-3, 0.9)
				for b.Loop() {
					n.Step(batch, 1e-3, 0.9)
				}
			})
		}
	}
}
