package layers

import (
	"math"
	"math/rand/v2"
	"testing"

	"srhmbench/kernels"
)

// A convolution is PyTorch's, by the index of its tensor: y[o, p] = bias[o] + Σ weight[o, i, k] x[i, p·stride + k - pad].
func TestConvolutionIsPyTorchs(t *testing.T) {
	for _, depthwise := range []bool{false, true} {
		for _, dims := range []int{1, 2} {
			b := &builder{dims: dims, width: publishedWidth, shape: map[int]Shape{1: {1, 11, 6}, 2: {7, 5, 6}}[dims]}
			in := b.shape
			var l layer
			if depthwise {
				l = b.depthwise("x", 5, 2, 2)
			} else {
				l = b.conv("x", 4, 5, 2, 2, true)
			}
			tensors := l.tensors()
			for _, x := range tensors {
				x.initialise(1)
			}
			x := randoms(rand.New(rand.NewPCG(1, 2)), images*in.size())
			y := l.forward(&pass{images: images, threads: 1}, x)
			checkConvolution(t, dims, tensors, x, y, in, b.shape)
		}
	}
}

func checkConvolution(t *testing.T, dims int, tensors []*tensor, x, y []float32, in, out Shape) {
	weight := tensors[0]
	rows := 5
	if dims == 1 {
		rows = 1
	}
	number := 0
	at := func(o, i, r, c int) float64 {
		return float64(weight.w[weight.at(((o*weight.shape[1]+i)*rows+r)*5+c)])
	}
	for m := range images {
		for h := range out.Height {
			for w := range out.Width {
				for o := range out.Channels {
					sum := 0.0
					if len(tensors) == 2 {
						sum = float64(tensors[1].w[o])
					}
					for i := range weight.shape[1] {
						channel := i
						if weight.shape[1] == 1 {
							channel = o
						}
						for r := range rows {
							for c := range 5 {
								row, col := h*2+r-2, w*2+c-2
								if rows == 1 {
									row = 0
								}
								if row >= 0 && row < in.Height && col >= 0 && col < in.Width {
									sum += at(o, i, r, c) * float64(x[((m*in.Height+row)*in.Width+col)*in.Channels+channel])
								}
							}
						}
					}
					if got := float64(y[number]); math.Abs(got-sum) > 1e-5 {
						t.Fatalf("%d dimensions, %d tensors: output %d is %v, want %v", dims, len(tensors), number, got, sum)
					}
					number++
				}
			}
		}
	}
}

// In training a batch norm goes by the batch and moves its running moments, the variance unbiased; in evaluation it goes
// by these and moves nothing; a probe goes by the batch and moves nothing.
func TestNorm(t *testing.T) {
	shape := Shape{1, 3, 2}
	b := &builder{dims: 1, shape: shape}
	n := b.norm("x").(*norm)
	for _, x := range n.tensors() {
		x.initialise(1)
	}
	copy(n.gamma.w, []float32{2, 3})
	copy(n.beta.w, []float32{1, -1})
	x := randoms(rand.New(rand.NewPCG(3, 4)), images*shape.size())
	rows := len(x) / 2
	var mean, variance [2]float64
	for i, v := range x {
		mean[i%2] += float64(v) / float64(rows)
	}
	for i, v := range x {
		variance[i%2] += (float64(v) - mean[i%2]) * (float64(v) - mean[i%2]) / float64(rows)
	}
	check := func(what string, y []float32, mean, variance [2]float64) {
		t.Helper()
		for i, v := range y {
			c := i % 2
			want := (float64(x[i])-mean[c])/math.Sqrt(variance[c]+1e-5)*float64(n.gamma.w[c]) + float64(n.beta.w[c])
			if math.Abs(float64(v)-want) > 1e-5 {
				t.Fatalf("%s: output %d is %v, want %v", what, i, v, want)
			}
		}
	}
	moments := func(what string, mean, variance [2]float64) {
		t.Helper()
		for c := range 2 {
			if math.Abs(float64(n.mean.w[c])-mean[c]) > 1e-6 || math.Abs(float64(n.variance.w[c])-variance[c]) > 1e-6 {
				t.Fatalf("%s: running moments %v %v, want %v %v", what, n.mean.w, n.variance.w, mean, variance)
			}
		}
	}
	p := &pass{images: images, threads: 1, longest: shape.size()}
	pass := func(m mode) []float32 {
		p.mode = m
		return n.forward(p, clone(x))
	}
	check("evaluation", pass(evaluating), [2]float64{}, [2]float64{1, 1})
	check("probe", pass(probing), mean, variance)
	moments("before training", [2]float64{}, [2]float64{1, 1})
	check("training", pass(training), mean, variance)
	var runningMean, runningVariance [2]float64
	for c := range 2 {
		runningMean[c] = 0.1 * mean[c]
		runningVariance[c] = 0.9 + 0.1*variance[c]*float64(rows)/float64(rows-1)
	}
	moments("after training", runningMean, runningVariance)
	check("evaluation after training", pass(evaluating), runningMean, runningVariance)
	moments("after evaluation", runningMean, runningVariance)
}

// Dropout leaves out about its share, other numbers every time, in training only.
func TestDropout(t *testing.T) {
	b := &builder{dims: 1, shape: Shape{1, 1, 1000}}
	d := b.dropout(0.2).(*dropout)
	d.key = 7
	p := &pass{mode: training, images: 10}
	ones := make([]float32, 10000)
	repeat(ones, []float32{1})
	first, second := clone(d.forward(p, clone(ones))), d.forward(p, clone(ones))
	zeros, same := 0, 0
	for i, x := range first {
		if x != 0 && x != 1.25 {
			t.Fatalf("%v, want 0 or 1.25", x)
		}
		if x == 0 {
			zeros++
		}
		if x == second[i] {
			same++
		}
	}
	if zeros < 1800 || zeros > 2200 || same < 6500 || same > 7100 { // 0.2, and 0.8² + 0.2² = 0.68
		t.Errorf("%d of 10000 left out, %d alike the second time", zeros, same)
	}
	if dy := d.backward(p, clone(ones)); dy[0] != second[0] || dy[9999] != second[9999] {
		t.Error("the gradient goes another way")
	}
	p.mode = evaluating
	if y := d.forward(p, clone(ones)); y[0] != 1 || d.decided != 20000 {
		t.Errorf("evaluation gives %v; %d numbers decided", y[0], d.decided)
	}
}

// The last pool of ResNet leaves out what does not fill a window, as PyTorch does.
func TestMeanPoolLeavesOut(t *testing.T) {
	b := &builder{dims: 1, shape: Shape{1, 5, 1}}
	y := b.meanPool(4).forward(&pass{images: 1, threads: 1}, []float32{1, 2, 3, 6, 100})
	if len(y) != 1 || y[0] != 3 {
		t.Errorf("%v, want 3", y)
	}
}

// The tensors of a convolution and its turned weights are those of package kernels.
func TestTurn(t *testing.T) {
	b := &builder{dims: 1, shape: Shape{1, 9, 40}}
	c := b.conv("x", 24, 3, 1, 1, false).(*conv)
	c.weight.initialise(1)
	want := make([]float32, c.TurnedWeights())
	kernels.TurnWeights(want, c.weight.w, c.ConvShape)
	got := make([]float32, len(want))
	c.turn(got, 0, 40)
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("element %d is %v, want %v", i, got[i], want[i])
		}
	}
}
