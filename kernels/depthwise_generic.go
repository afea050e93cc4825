package kernels

func depthwiseConvGeneric(y []float32, ldy int, x []float32, ldx int, w []float32, v Window, channels int) {
	depthwiseChains(y, ldy, v.Outputs(), x, ldx, w, v, channels, false)
}

func depthwiseConvGradInputGeneric(dx []float32, lddx int, dy []float32, lddy int, w []float32, v Window, channels int) {
	depthwiseChains(dx, lddx, v.Inputs(), dy, lddy, w, v, channels, true)
}

func depthwiseChains(y []float32, ldy, positions int, x []float32, ldx int, w []float32, v Window, channels int, back bool) {
	for p := range positions {
		result := y[p*ldy : p*ldy+channels]
		clear(result)
		v.visit(back, p, func(tap, from int) {
			row := w[tap*channels : (tap+1)*channels]
			for c, a := range x[from*ldx : from*ldx+channels] {
				result[c] = fma32(a, row[c], result[c])
			}
		})
	}
}

func depthwiseConvGradWeightsGeneric(dw []float32, x []float32, ldx int, dy []float32, lddy int, v Window, channels int) {
	clear(dw[:v.Taps()*channels])
	for p := range v.Outputs() {
		v.visit(false, p, func(tap, from int) {
			row := dw[tap*channels : (tap+1)*channels]
			for c, a := range x[from*ldx : from*ldx+channels] {
				row[c] = fma32(a, dy[p*lddy+c], row[c])
			}
		})
	}
}
