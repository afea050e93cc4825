package kernels_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"srhmbench/kernels"
)

// The gradient must match central differences of the mean cross-entropy in float64.
func TestSoftmaxCrossEntropyGradientIsTheDerivative(t *testing.T) {
	const rows, stride, scale = 5, 103, 0.5
	onTiers(t, func(t *testing.T) {
		for _, classes := range []int{1, 2, 4, 10, 16, 17, 100} {
			r := rand.New(rand.NewPCG(1, 1))
			logits, grad, labels := make([]float32, rows*stride), make([]float32, rows*stride), make([]uint16, rows)
			for i := range logits {
				logits[i] = float32(4 * r.NormFloat64())
			}
			mean := func(changed int, by float64) (loss float64) {
				for i, label := range labels {
					sum := 0.0
					z := func(c int) float64 {
						x := float64(logits[i*stride+c])
						if i*stride+c == changed {
							x += by
						}
						return scale * x
					}
					for c := range classes {
						sum += math.Exp(z(c))
					}
					loss += math.Log(sum) - z(int(label))
				}
				return loss / rows
			}
			for i := range labels {
				labels[i] = uint16(r.IntN(classes))
			}
			loss := kernels.SoftmaxCrossEntropy(grad, stride, logits, stride, labels, classes, scale, scale/rows)
			if want := rows * mean(-1, 0); math.Abs(loss-want) > 1e-5 {
				t.Errorf("%d classes: loss %v, want %v", classes, loss, want)
			}
			for i := range rows {
				for c := range classes {
					const h = 1e-4
					at := i*stride + c
					want := (mean(at, h) - mean(at, -h)) / (2 * h)
					if math.Abs(float64(grad[at])-want) > 1e-7 {
						t.Errorf("%d classes: gradient of row %d by logit %d is %v, want %v", classes, i, c, grad[at], want)
					}
				}
			}
		}
	})
}

func TestSoftmaxCrossEntropyOfWhatIsNotFinite(t *testing.T) {
	inf, nan := float32(math.Inf(1)), float32(math.NaN())
	onTiers(t, func(t *testing.T) {
		for _, c := range []struct {
			logits []float32
			label  uint16
			nan    bool
		}{
			{[]float32{1, 2, 3}, 0, false},
			{[]float32{1, -inf, 3}, 0, false},
			{[]float32{1, -inf, 3}, 1, true},
			{[]float32{1, inf, 3}, 0, true},
			{[]float32{1, inf, 3}, 1, true},
			{[]float32{1, nan, 3}, 0, true},
			{[]float32{nan, nan}, 1, true},
			{[]float32{-inf, -inf}, 1, true},
		} {
			grad := make([]float32, len(c.logits))
			loss := kernels.SoftmaxCrossEntropy(grad, len(grad), c.logits, len(grad), []uint16{c.label}, len(grad), 1, 1)
			if math.IsNaN(loss) != c.nan || math.IsInf(loss, 0) {
				t.Errorf("%v, label %d: loss %v; NaN expected: %t", c.logits, c.label, loss, c.nan)
			}
		}
		if loss := kernels.SoftmaxCrossEntropy(nil, 3, nil, 3, nil, 3, 1, 1); loss != 0 {
			t.Errorf("the loss of no rows is %v", loss)
		}
	})
}

func crossEntropyWrongUses(add func(op, says string, call func())) {
	const op = "SoftmaxCrossEntropy"
	try := func(says string, grad, logits []float32, ldg, ldl int, labels []uint16, classes int) {
		add(op, says, func() { kernels.SoftmaxCrossEntropy(grad, ldg, logits, ldl, labels, classes, 1, 1) })
	}
	labels, shared := []uint16{0, 2}, floats(9)
	try("grad has 5 elements", floats(5), floats(6), 3, 3, labels, 3)
	try("logits has 5 elements", floats(6), floats(5), 3, 3, labels, 3)
	try("grad has stride 2", floats(6), floats(6), 2, 3, labels, 3)
	try("logits has stride 2", floats(6), floats(6), 3, 2, labels, 3)
	try("grad has a negative size", floats(6), floats(6), 3, 3, labels, -3)
	try("label 2, want one of 2 classes", floats(6), floats(6), 3, 3, labels, 2)
	try("label 0, want one of 0 classes", nil, nil, 0, 0, labels, 0)
	try("grad overlaps logits", shared[1:7], shared[:6], 3, 3, labels, 3)
	try("grad overlaps logits", shared[:7], shared[:6], 4, 3, labels, 3)
}

func TestLnIsTheLogarithm(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 100000 {
		x := math.Exp(1400*r.Float64() - 700)
		if math.Abs(kernels.Ln(x)-math.Log(x)) > 1e-15*max(1, math.Abs(math.Log(x))) {
			t.Fatalf("Ln(%v) is %v, want %v", x, kernels.Ln(x), math.Log(x))
		}
	}
	for x, want := range map[float64]float64{1: 0, 0x1p-1074: -1074 * math.Ln2, math.MaxFloat64: 1024 * math.Ln2, 1 + 0x1p-52: 0x1p-52, 1 - 0x1p-53: -0x1p-53} {
		if got := kernels.Ln(x); math.Abs(got-want) > 1e-15*math.Abs(want) {
			t.Errorf("Ln(%v) is %v, want %v", x, got, want)
		}
	}
}
