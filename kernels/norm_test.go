package kernels_test

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"

	"srhmbench/kernels"
	"srhmbench/kernels/kerneltest"
)

const epsilon = 1e-5

// normalise is batch normalisation in float64, with contiguous rows of channels.
func normalise(x, gamma, beta []float32, rows, channels int) []float64 {
	y := make([]float64, len(x))
	for c := range channels {
		var mean, variance float64
		for r := range rows {
			mean += float64(x[r*channels+c]) / float64(rows)
		}
		for r := range rows {
			d := float64(x[r*channels+c]) - mean
			variance += d * d / float64(rows)
		}
		for r := range rows {
			y[r*channels+c] = (float64(x[r*channels+c])-mean)/math.Sqrt(variance+epsilon)*float64(gamma[c]) + float64(beta[c])
		}
	}
	return y
}

func TestBatchNormAndItsGradients(t *testing.T) {
	onTiers(t, func(t *testing.T) {
		const rows, channels = 13, 9
		s := kerneltest.NewSource(kerneltest.Ordinary, 3)
		x, dy, gamma, beta := values(s, rows*channels), values(s, rows*channels), values(s, channels), values(s, channels)
		v := func() []float32 { return make([]float32, channels) }
		mean, variance, scale, dshift, dscale, byDy, byX, constant := v(), v(), v(), v(), v(), v(), v(), v()
		kernels.BatchNormMoments(mean, variance, x, channels, rows, channels)
		kernels.BatchNormScale(scale, gamma, variance, epsilon)
		y, dx := make([]float32, len(x)), make([]float32, len(x))
		kernels.BatchNorm(y, channels, x, channels, mean, scale, beta, rows, channels)
		for i, want := range normalise(x, gamma, beta, rows, channels) {
			if math.Abs(float64(y[i])-want) > 1e-5*(1+math.Abs(want)) {
				t.Fatalf("y[%d] is %v, want %v", i, y[i], want)
			}
		}
		kernels.BatchNormGradSums(dshift, dscale, dy, channels, x, channels, mean, rows, channels)
		kernels.BatchNormGradFactors(byDy, byX, constant, dshift, dscale, gamma, variance, epsilon, rows)
		kernels.BatchNormGrad(dx, channels, dy, channels, x, channels, mean, byDy, byX, constant, rows, channels)
		loss := func() (sum float64) {
			for i, y := range normalise(x, gamma, beta, rows, channels) {
				sum += y * float64(dy[i])
			}
			return sum
		}
		central(t, "dx", x, dx, loss)
		central(t, "dgamma", gamma, dscale, loss)
		central(t, "dbeta", beta, dshift, loss)
	})
}

// central checks a gradient against central differences of a loss computed in float64.
func central(t *testing.T, name string, operand, gradient []float32, loss func() float64) {
	t.Helper()
	for i, old := range operand {
		const h = 1.0 / 128
		operand[i] = old + h
		up, high := loss(), operand[i]
		operand[i] = old - h
		down, low := loss(), operand[i]
		operand[i] = old
		want := (up - down) / (float64(high) - float64(low))
		if math.Abs(want-float64(gradient[i])) > 1e-3*(1+math.Abs(want)) {
			t.Fatalf("%s[%d] is %v, differences give %v", name, i, gradient[i], want)
		}
	}
}

func TestBatchNormRunning(t *testing.T) {
	mean, variance := []float32{1, 2}, []float32{3, 4}
	kernels.BatchNormRunning(mean, variance, []float32{5, 2}, []float32{6, 3}, 4, 0.25)
	if mean[0] != 2 || mean[1] != 2 || variance[0] != 3+0.25*(8-3) || variance[1] != 4 {
		t.Errorf("mean %v, variance %v", mean, variance)
	}
	kernels.BatchNormRunning(mean, variance, []float32{5, 2}, []float32{8, 4}, 1, 1)
	if mean[0] != 5 || variance[0] != 8 || variance[1] != 4 {
		t.Errorf("of one row: mean %v, variance %v", mean, variance)
	}
}

func TestScaleChannelsAndItsGradients(t *testing.T) {
	property(t, func(t *rapid.T, s *kerneltest.Source) {
		batch, positions, channels := draw(t, "batch", 0, 3), draw(t, "positions", 1, 9), draw(t, "channels", 1, 40)
		n := batch * positions * channels
		x, dy, scale := values(s, n), values(s, n), values(s, batch*channels)
		y, want, dscale, wantGrad := make([]float32, n), make([]float32, n), make([]float32, batch*channels), make([]float32, batch*channels)
		one := kernels.Window{Batch: 1, Height: 1, Width: positions, Kernel: [2]int{1, 1}, Stride: [2]int{1, 1}}
		for i := range want {
			k := i/channels/positions*channels + i%channels
			want[i] = float32(float64(x[i])*float64(scale[k]) + 0) // one step of a chain from 0
		}
		for b := range batch {
			at := b * positions * channels
			kernels.DepthwiseConvGradWeights(wantGrad[b*channels:], x[at:], channels, dy[at:], channels, one, channels)
		}
		kernels.ScaleChannels(y, channels, x, channels, scale, batch, positions, channels)
		mustEqual(t, "ScaleChannels", y, want)
		kernels.ScaleChannelsGrad(dscale, x, channels, dy, channels, batch, positions, channels)
		mustEqual(t, "ScaleChannelsGrad", dscale, wantGrad)
	})
}

func normWrongUses(add func(op, says string, call func())) {
	type args struct {
		x, y, z, u, v, w, k []float32
		ld, rows, channels  int
	}
	each := func(says string, change func(a *args), ops ...string) {
		for _, op := range ops {
			add(op, says, func() {
				a := args{floats(19), floats(19), floats(19), floats(5), floats(5), floats(5), floats(5), 7, 3, 5}
				change(&a)
				switch op {
				case "BatchNormMoments":
					kernels.BatchNormMoments(a.u, a.v, a.x, a.ld, a.rows, a.channels)
				case "BatchNorm":
					kernels.BatchNorm(a.y, a.ld, a.x, a.ld, a.u, a.v, a.w, a.rows, a.channels)
				case "BatchNormGradSums":
					kernels.BatchNormGradSums(a.u, a.v, a.y, a.ld, a.x, a.ld, a.w, a.rows, a.channels)
				case "BatchNormGrad":
					kernels.BatchNormGrad(a.z, a.ld, a.y, a.ld, a.x, a.ld, a.u, a.v, a.w, a.k, a.rows, a.channels)
				}
			})
		}
	}
	all := []string{"BatchNormMoments", "BatchNorm", "BatchNormGradSums", "BatchNormGrad"}
	each("x has 18 elements", func(a *args) { a.x = a.x[:18] }, all...)
	each("y has 18 elements", func(a *args) { a.y = a.y[:18] }, all[1:]...)
	each("dx has 18 elements", func(a *args) { a.z = a.z[:18] }, "BatchNormGrad")
	each("has stride 4", func(a *args) { a.ld = 4 }, all...)
	each("has a negative size", func(a *args) { a.ld = -7 }, all...)
	each("has 19 elements", func(a *args) { a.ld = huge }, all...)
	each("0 rows of 5 channels", func(a *args) { a.rows = 0 }, all...)
	each("3 rows of 0 channels", func(a *args) { a.channels = 0 }, all...)
	each("-3 rows of 5 channels", func(a *args) { a.rows = -3 }, all...)
	for _, n := range []int{4, 6} {
		says := fmt.Sprintf("has %d elements, want 5", n)
		each(says, func(a *args) { a.u = floats(n) }, all...)
		each(says, func(a *args) { a.v = floats(n) }, all...)
		each(says, func(a *args) { a.w = floats(n) }, all[1:]...)
		each(says, func(a *args) { a.k = floats(n) }, "BatchNormGrad")
	}
	each("overlaps", func(a *args) { a.y, a.z, a.u = a.x, a.x, a.x[:5] }, all...)
	shifted := func(a *args) {
		all := floats(40)
		a.x, a.y, a.z = all[:19], all[1:20], all[2:21]
	}
	each("overlaps", shifted, "BatchNorm", "BatchNormGrad")
	for _, n := range []int{4, 6} {
		add("BatchNormScale", fmt.Sprintf("scale has %d elements", n), func() { kernels.BatchNormScale(floats(n), floats(5), floats(5), 1) })
		add("BatchNormScale", fmt.Sprintf("variance has %d elements", n), func() { kernels.BatchNormScale(floats(5), floats(5), floats(n), 1) })
		for i, name := range []string{"variance", "batchMean", "batchVariance"} {
			v := [][]float32{floats(5), floats(5), floats(5)}
			v[i] = floats(n)
			add("BatchNormRunning", fmt.Sprintf("%s has %d elements", name, n), func() { kernels.BatchNormRunning(floats(5), v[0], v[1], v[2], 3, 1) })
		}
		for i, name := range []string{"byDy", "byX", "constant", "dshift", "dscale", "variance"} {
			v := [][]float32{floats(5), floats(5), floats(5), floats(5), floats(5), floats(5)}
			v[i] = floats(n)
			add("BatchNormGradFactors", fmt.Sprintf("%s has %d elements", name, n), func() {
				kernels.BatchNormGradFactors(v[0], v[1], v[2], v[3], v[4], floats(5), v[5], 1, 3)
			})
		}
	}
	add("BatchNormGradFactors", "0 rows", func() { kernels.BatchNormGradFactors(nil, nil, nil, nil, nil, nil, nil, 1, 0) })

	for _, c := range []struct {
		op   string
		call func(out, x, ldOrOne []float32, ld, batch, positions, channels int)
	}{
		{"ScaleChannels", func(y, x, s []float32, ld, b, p, c int) { kernels.ScaleChannels(y, ld, x, ld, s, b, p, c) }},
		{"ScaleChannelsGrad", func(y, x, s []float32, ld, b, p, c int) { kernels.ScaleChannelsGrad(s, x, ld, y, ld, b, p, c) }},
	} {
		add(c.op, "y has 39 elements", func() { c.call(floats(39), floats(41), floats(10), 7, 2, 3, 5) })
		add(c.op, "x has 39 elements", func() { c.call(floats(40), floats(39), floats(10), 7, 2, 3, 5) })
		add(c.op, "scale has 9 elements", func() { c.call(floats(41), floats(41), floats(9), 7, 2, 3, 5) })
		add(c.op, "has stride 4", func() { c.call(floats(41), floats(41), floats(10), 4, 2, 3, 5) })
		add(c.op, "batch is -1", func() { c.call(floats(41), floats(41), floats(10), 7, -1, 3, 5) })
		add(c.op, "positions is 0", func() { c.call(floats(41), floats(41), floats(10), 7, 2, 0, 5) })
		add(c.op, "channels is 0", func() { c.call(floats(41), floats(41), floats(10), 7, 2, 3, 0) })
		add(c.op, "overlaps", func() { all := floats(99); c.call(all, all[1:], all[2:], 7, 2, 3, 5) })
	}
}
