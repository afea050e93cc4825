package kernels

func maxPoolGeneric(y, which []float32, ldy int, x []float32, ldx int, v Window, channels int) {
	for p := range v.Outputs() {
		best, taps := y[p*ldy:p*ldy+channels], which[p*ldy:p*ldy+channels]
		first := true
		v.visit(false, p, func(tap, from int) {
			for c, a := range x[from*ldx : from*ldx+channels] {
				if first || a > best[c] {
					best[c], taps[c] = a, float32(tap)
				}
			}
			first = false
		})
	}
}

func maxPoolGradGeneric(dx []float32, lddx int, dy, which []float32, lddy int, v Window, channels int) {
	for p := range v.Inputs() {
		sums := dx[p*lddx : p*lddx+channels]
		clear(sums)
		v.visit(true, p, func(tap, from int) {
			for c, d := range dy[from*lddy : from*lddy+channels] {
				if which[from*lddy+c] == float32(tap) {
					sums[c] += d
				}
			}
		})
	}
}

func averagePoolGeneric(y []float32, ldy int, x []float32, ldx int, v Window, channels int) {
	poolSums(y, ldy, v.Outputs(), x, ldx, v, channels, false)
}

func averagePoolGradGeneric(dx []float32, lddx int, dy []float32, lddy int, v Window, channels int) {
	poolSums(dx, lddx, v.Inputs(), dy, lddy, v, channels, true)
}

func poolSums(y []float32, ldy, positions int, x []float32, ldx int, v Window, channels int, back bool) {
	scale := averaging(v)
	for p := range positions {
		sums := y[p*ldy : p*ldy+channels]
		clear(sums)
		v.visit(back, p, func(_, from int) {
			for c, a := range x[from*ldx : from*ldx+channels] {
				sums[c] += a
			}
		})
		for c := range sums {
			sums[c] *= scale
		}
	}
}
