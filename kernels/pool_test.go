package kernels_test

import (
	"testing"

	"pgregory.net/rapid"

	"srhmbench/kernels"
	"srhmbench/kernels/kerneltest"
)

// Every window has one maximum, so the gradient hands all of dy on, to elements equal to y.
func TestMaxPoolGradHandsOnEverything(t *testing.T) {
	onTiers(t, func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			v, channels := drawWindow(t), draw(t, "channels", 1, 40)
			for i := range v.Pad {
				v.Pad[i] = 0
				v.Kernel[i] = min(v.Kernel[i], []int{v.Height, v.Width}[i])
			}
			s := kerneltest.NewSource(kerneltest.Ties, rapid.Uint64().Draw(t, "seed"))
			x, n := values(s, v.Inputs()*channels), v.Outputs()*channels
			y, which, dy, dx := make([]float32, n), make([]float32, n), make([]float32, n), make([]float32, len(x))
			var want, got float32 // of small integers, hence exact
			for i := range dy {
				dy[i] = float32(s.Int(9))
				want += dy[i]
			}
			kernels.MaxPool(y, which, channels, x, channels, v, channels)
			kernels.MaxPoolGrad(dx, channels, dy, which, channels, v, channels)
			for _, d := range dx {
				got += d
			}
			if got != want {
				t.Fatalf("%v of %v", got, want)
			}
		})
	})
}

func TestMaxPoolTakesTheFirstOfEqualElements(t *testing.T) {
	v := kernels.Window{Batch: 1, Height: 2, Width: 2, Kernel: [2]int{2, 2}, Stride: [2]int{1, 1}}
	onTiers(t, func(t *testing.T) {
		for _, c := range []struct {
			x    []float32
			want float32
		}{{[]float32{1, 1, 1, 1}, 0}, {[]float32{0, 2, 2, 1}, 1}, {[]float32{-3, -4, -2, -2}, 2}, {[]float32{0, 0, 0, 1}, 3}} {
			var y, which [1]float32
			kernels.MaxPool(y[:], which[:], 1, c.x, 1, v, 1)
			if which[0] != c.want || y[0] != c.x[int(c.want)] {
				t.Errorf("%v: %v at tap %v, want tap %v", c.x, y[0], which[0], c.want)
			}
		}
	})
}

func TestPoolGradientsAreDerivatives(t *testing.T) {
	onTiers(t, func(t *testing.T) {
		v := kernels.Window{Batch: 2, Height: 5, Width: 4, Kernel: [2]int{3, 2}, Stride: [2]int{2, 1}, Pad: [2]int{1, 0}}
		const channels = 9
		s := kerneltest.NewSource(kerneltest.Ordinary, 1)
		dy := values(s, v.Outputs()*channels)
		x, y, which, dx := values(s, v.Inputs()*channels), make([]float32, len(dy)), make([]float32, len(dy)), make([]float32, v.Inputs()*channels)
		kernels.AveragePoolGrad(dx, channels, dy, channels, v, channels)
		derivative(t, "average", x, dx, func() float64 {
			kernels.AveragePool(y, channels, x, channels, v, channels)
			return dot(y, dy)
		})
		for i := range x {
			x[i] = float32(i * 37 % len(x)) // further apart than the differences go
		}
		kernels.MaxPool(y, which, channels, x, channels, v, channels)
		kernels.MaxPoolGrad(dx, channels, dy, which, channels, v, channels)
		derivative(t, "maximum", x, dx, func() float64 {
			kernels.MaxPool(y, which, channels, x, channels, v, channels)
			return dot(y, dy)
		})
	})
}

func poolWrongUses(add func(op, says string, call func())) {
	type args struct {
		x, y, which []float32
		ldx, ldy, c int
		v           kernels.Window
	}
	each := func(says string, change func(a *args), ops ...string) {
		for _, op := range ops {
			add(op, says, func() {
				v := kernels.Window{Batch: 2, Height: 3, Width: 5, Kernel: [2]int{3, 2}, Stride: [2]int{2, 1}, Pad: [2]int{1, 0}}
				a := args{floats(29*7 + 6), floats(15*7 + 6), floats(15*7 + 6), 7, 7, 6, v}
				change(&a)
				switch op {
				case "MaxPool":
					kernels.MaxPool(a.y, a.which, a.ldy, a.x, a.ldx, a.v, a.c)
				case "MaxPoolGrad":
					kernels.MaxPoolGrad(a.x, a.ldx, a.y, a.which, a.ldy, a.v, a.c)
				case "AveragePool":
					kernels.AveragePool(a.y, a.ldy, a.x, a.ldx, a.v, a.c)
				case "AveragePoolGrad":
					kernels.AveragePoolGrad(a.x, a.ldx, a.y, a.ldy, a.v, a.c)
				}
			})
		}
	}
	all := []string{"MaxPool", "MaxPoolGrad", "AveragePool", "AveragePoolGrad"}
	each("x has 208 elements", func(a *args) { a.x = a.x[:208] }, all...)
	each("y has 110 elements", func(a *args) { a.y = a.y[:110] }, all...)
	each("which has 110 elements", func(a *args) { a.which = a.which[:110] }, all[:2]...)
	each("has stride 5", func(a *args) { a.ldx = 5 }, all...)
	each("has stride 5", func(a *args) { a.ldy = 5 }, all...)
	each("has a negative size", func(a *args) { a.ldx = -7 }, all...)
	each("has 209 elements", func(a *args) { a.ldx = huge }, all...)
	each("channels is 0", func(a *args) { a.c = 0 }, all...)
	each("Batch is -2", func(a *args) { a.v.Batch = -2 }, all...)
	each("Stride[0] is 0", func(a *args) { a.v.Stride[0] = 0 }, all...)
	each("Kernel[1] is 6, larger than the padded input of 5", func(a *args) { a.v.Kernel[1] = 6 }, all...)
	each("Pad[0] is 3, want less than the kernel's 3", func(a *args) { a.v.Pad[0] = 3 }, all...)
	each("Kernel[0]·Kernel[1] is ", func(a *args) {
		a.v = kernels.Window{Height: 1 << 13, Width: 1 << 13, Kernel: [2]int{1 << 13, 1 << 13}, Stride: [2]int{1, 1}}
	}, all...)
	each("overlaps", func(a *args) { all := floats(400); a.x, a.y, a.which = all, all[1:], all[2:] }, all...)
	each("overlaps", func(a *args) { a.which = a.y }, "MaxPool")
}
