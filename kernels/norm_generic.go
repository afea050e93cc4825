package kernels

// foldRows adds the four chains of a sum over rows.
func foldRows(c [4]float32) float32 { return (c[0] + c[2]) + (c[1] + c[3]) }

func batchNormMomentsGeneric(mean, variance []float32, x []float32, ldx int, rows, channels int) {
	for c := range channels {
		var sums, squares [4]float32
		for r := range rows {
			sums[r%4] += x[r*ldx+c]
		}
		mean[c] = foldRows(sums) / float32(rows)
		for r := range rows {
			d := x[r*ldx+c] - mean[c]
			squares[r%4] = fma32(d, d, squares[r%4])
		}
		variance[c] = foldRows(squares) / float32(rows)
	}
}

func batchNormGeneric(y []float32, ldy int, x []float32, ldx int, mean, scale, shift []float32, rows, channels int) {
	for r := range rows {
		out := y[r*ldy : r*ldy+channels]
		for c, v := range x[r*ldx : r*ldx+channels] {
			out[c] = fma32(v-mean[c], scale[c], shift[c])
		}
	}
}

func batchNormGradSumsGeneric(dshift, dscale []float32, dy []float32, lddy int, x []float32, ldx int, mean []float32, rows, channels int) {
	for c := range channels {
		var sums, products [4]float32
		for r := range rows {
			d := dy[r*lddy+c]
			sums[r%4] += d
			products[r%4] = fma32(x[r*ldx+c]-mean[c], d, products[r%4])
		}
		dshift[c], dscale[c] = foldRows(sums), foldRows(products)
	}
}

func batchNormGradGeneric(dx []float32, lddx int, dy []float32, lddy int, x []float32, ldx int, mean, byDy, byX, constant []float32, rows, channels int) {
	for r := range rows {
		for c := range channels {
			d := fma32(x[r*ldx+c]-mean[c], byX[c], constant[c])
			dx[r*lddx+c] = fma32(dy[r*lddy+c], byDy[c], d)
		}
	}
}
