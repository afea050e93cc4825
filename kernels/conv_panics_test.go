package kernels_test

import "srhmbench/kernels"

// convWrongUses lists wrong uses of everything that moves a window over images. Each is right but for what the entry
// changes: 2 images of 3×5, a window of 3×2 with strides 2 and 1 and a padded height, hence outputs of 2×4.
func convWrongUses(add func(op, says string, call func())) {
	window := kernels.Window{Batch: 2, Height: 3, Width: 5, Kernel: [2]int{3, 2}, Stride: [2]int{2, 1}, Pad: [2]int{1, 0}}
	type args struct {
		x, y, w, wt []float32
		ldx, ldy    int
		s           kernels.ConvShape
	}
	conv := func(says func(x, y, w string) string, change func(a *args)) {
		right := func() args {
			s := kernels.ConvShape{Window: window, In: 6, Out: 4, Groups: 2}
			return args{floats(29*7 + 6), floats(15*6 + 4), floats(s.Weights()), floats(s.TurnedWeights()), 7, 6, s}
		}
		add("Conv", says("x", "y", "w"), func() {
			a := right()
			change(&a)
			kernels.Conv(a.y, a.ldy, a.x, a.ldx, a.w, a.s, false)
		})
		add("ConvGradInput", says("dx", "dy", "wt"), func() {
			a := right()
			change(&a)
			kernels.ConvGradInput(a.x, a.ldx, a.y, a.ldy, a.wt, a.s, false)
		})
		add("ConvGradWeights", says("x", "dy", "dw"), func() {
			a := right()
			change(&a)
			kernels.ConvGradWeights(a.w, a.x, a.ldx, a.y, a.ldy, a.s, false)
		})
	}
	depthwise := func(says func(x, y, w string) string, change func(a *args)) {
		right := func() args {
			return args{floats(29*7 + 6), floats(15*7 + 6), floats(36), nil, 7, 7, kernels.ConvShape{Window: window, In: 6}}
		}
		add("DepthwiseConv", says("x", "y", "w"), func() {
			a := right()
			change(&a)
			kernels.DepthwiseConv(a.y, a.ldy, a.x, a.ldx, a.w, a.s.Window, a.s.In)
		})
		add("DepthwiseConvGradInput", says("dx", "dy", "w"), func() {
			a := right()
			change(&a)
			kernels.DepthwiseConvGradInput(a.x, a.ldx, a.y, a.ldy, a.w, a.s.Window, a.s.In)
		})
		add("DepthwiseConvGradWeights", says("x", "dy", "dw"), func() {
			a := right()
			change(&a)
			kernels.DepthwiseConvGradWeights(a.w, a.x, a.ldx, a.y, a.ldy, a.s.Window, a.s.In)
		})
	}
	plain := func(s string) func(x, y, w string) string { return func(_, _, _ string) string { return s } }
	of := func(i int, s string) func(x, y, w string) string {
		return func(x, y, w string) string { return [3]string{x, y, w}[i] + s }
	}
	for _, both := range []func(func(x, y, w string) string, func(a *args)){conv, depthwise} {
		both(of(0, " has 208 elements"), func(a *args) { a.x = a.x[:208] })
		both(of(1, " has 90 elements"), func(a *args) { a.y = a.y[:90] })
		both(of(0, " has stride 5"), func(a *args) { a.ldx = 5 })
		both(of(1, " has stride 3"), func(a *args) { a.ldy = 3 })
		both(of(0, " has a negative size"), func(a *args) { a.ldx = -7 })
		both(of(1, " has a negative size"), func(a *args) { a.ldy = -7 })
		both(of(0, " has 209 elements"), func(a *args) { a.ldx = huge })
		both(plain(" elements"), func(a *args) { a.ldy = huge })
		both(plain("Batch is -1"), func(a *args) { a.s.Batch = -1 })
		both(plain("Height is 0"), func(a *args) { a.s.Height = 0 })
		both(plain("Width is 0"), func(a *args) { a.s.Width = 0 })
		both(plain("Width is "), func(a *args) { a.s.Width = huge })
		both(plain("Kernel[0] is 0"), func(a *args) { a.s.Kernel[0] = 0 })
		both(plain("Kernel[1] is 6, larger than the padded input of 5"), func(a *args) { a.s.Kernel[1] = 6 })
		both(plain("Stride[1] is 0"), func(a *args) { a.s.Stride[1] = 0 })
		both(plain("Pad[0] is -1"), func(a *args) { a.s.Pad[0] = -1 })
		both(plain("Pad[0] is "), func(a *args) { a.s.Pad[0] = huge })
		both(plain("the input has more elements than an int counts"), func(a *args) { a.s.Batch, a.s.Height, a.s.Width = 1<<24, 1<<24, 1<<24 })
		both(plain("the output has more elements than an int counts"), func(a *args) { a.s.Batch, a.s.Pad = 1<<24, [2]int{1 << 24, 1 << 24} })
		both(plain("overlaps"), func(a *args) {
			all := floats(2000)
			a.x, a.y, a.w, a.wt = all, all[50:], all[20:], all[20:]
		})
	}
	conv(of(2, " has 0 elements"), func(a *args) { a.w, a.wt = nil, nil })
	conv(plain("6 channels to 4 in 0 groups"), func(a *args) { a.s.Groups = 0 })
	conv(plain("6 channels to 4 in 3 groups"), func(a *args) { a.s.Groups = 3 })
	conv(plain("0 channels to 4 in 2 groups"), func(a *args) { a.s.In = 0 })
	conv(plain("6 channels to -4 in 2 groups"), func(a *args) { a.s.Out = -4 })
	conv(plain("Out is "), func(a *args) { a.s.Out = huge - 1 })
	depthwise(of(2, " has 35 elements"), func(a *args) { a.w = a.w[:35] })
	depthwise(plain("channels is 0"), func(a *args) { a.s.In = 0 })
	depthwise(plain("channels is -6"), func(a *args) { a.s.In = -6 })
}
