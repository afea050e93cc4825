package layers

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// small are layers of every kind, as a builder makes them.
var small = map[string]func(b *builder) layer{
	"conv":           func(b *builder) layer { return b.conv("x", 20, 3, 1, 1, true) },
	"conv stride 2":  func(b *builder) layer { return b.conv("x", 5, 3, 2, 1, false) },
	"conv 1":         func(b *builder) layer { return b.conv("x", 7, 1, 2, 0, false) },
	"depthwise":      func(b *builder) layer { return b.depthwise("x", 3, 1, 1) },
	"depthwise 5":    func(b *builder) layer { return b.depthwise("x", 5, 2, 2) },
	"norm":           func(b *builder) layer { return b.norm("x") },
	"relu":           func(b *builder) layer { return b.relu() },
	"silu":           func(b *builder) layer { return b.silu() },
	"sigmoid":        func(b *builder) layer { return b.sigmoid() },
	"max pool":       func(b *builder) layer { return b.maxPool(2, 2) },
	"mean pool":      func(b *builder) layer { return b.meanPool(4) },
	"global mean":    func(b *builder) layer { return b.globalMean() },
	"linear":         func(b *builder) layer { return chain{b.globalMean(), b.linear("x", 3)} },
	"squeeze-excite": func(b *builder) layer { return b.squeezeExcite("x", 3) },
	"basic block":    func(b *builder) layer { return b.basicBlock("x", 18, 1) },
	"basic block 2":  func(b *builder) layer { return b.basicBlock("x", 24, 2) },
	"inverted":       func(b *builder) layer { return b.inverted("x", stage{expand: 2, channels: 18, kernel: 3}, 1) },
	"inverted 1":     func(b *builder) layer { return b.inverted("x", stage{expand: 1, channels: 8, kernel: 5}, 2) },
}

func TestGradients(t *testing.T) {
	for name, build := range small {
		for dims, shape := range map[int]Shape{1: {1, 9, 18}, 2: {6, 5, 18}} {
			t.Run(fmt.Sprintf("%s/%d", name, dims), func(t *testing.T) {
				b := &builder{dims: dims, width: publishedWidth, shape: shape, built: true}
				checkGradients(t, build(b), shape, b.shape)
			})
		}
	}
}

const images = 5

// checkGradients compares directional derivatives of ⟨outputs, r⟩ with differences.
func checkGradients(t *testing.T, l layer, in, out Shape) {
	rng := rand.New(rand.NewPCG(1, 2))
	tensors := l.tensors()
	for i, x := range tensors {
		x.initialise(uint64(i))
		for k := range x.size() { // batch norms do not begin with what matters
			x.w[x.at(k)] += rng.Float32() / 4
		}
	}
	x, r := randoms(rng, images*in.size()), randoms(rng, images*out.size())
	p := &pass{mode: training, threads: 1, images: images, longest: l.cost().gradient}
	value := func() float64 {
		y := l.forward(p, clone(x))
		if len(y) != len(r) {
			t.Fatalf("%d outputs, want %d", len(y), len(r))
		}
		sum := 0.0
		for i, v := range y {
			sum += float64(v) * float64(r[i])
		}
		return sum
	}
	value()
	p.mu, p.lr = 0, 0
	dx := clone(l.backward(p, append(p.take(0), r...)))
	compareSlope(t, "inputs", x, dx, value, 3e-3, 0.01)
	for _, w := range tensors {
		if w.learned {
			gradient := clone(w.m)
			compareSlope(t, w.name, w.w, gradient, value, 3e-3, 0.01)
		}
	}
}

// compareSlope moves x along the gradient and against it, by so much.
func compareSlope(t *testing.T, name string, x, gradient []float32, value func() float64, step, tolerance float64) {
	t.Helper()
	norm := 0.0
	for _, g := range gradient {
		norm += float64(g) * float64(g)
	}
	if norm = math.Sqrt(norm); norm < 1e-4 { // nothing depends on x
		norm = 0
	}
	from, along := clone(x), clone(gradient)
	if norm == 0 {
		for i := range along {
			along[i] = 1
		}
	}
	length := 0.0
	for _, g := range along {
		length += float64(g) * float64(g)
	}
	var values [2]float64
	for k, sign := range []float64{1, -1} {
		for i, g := range along {
			x[i] = from[i] + float32(sign*step*float64(g)/math.Sqrt(length))
		}
		values[k] = value()
	}
	copy(x, from)
	if slope := (values[0] - values[1]) / (2 * step); !(math.Abs(slope-norm) <= tolerance*norm+tolerance/10) {
		t.Errorf("%s: slope %v, want %v", name, slope, norm)
	}
}

func randoms(r *rand.Rand, n int) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = 2*r.Float32() - 1
	}
	return x
}

func clone(x []float32) []float32 { return append([]float32(nil), x...) }
