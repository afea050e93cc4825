package kernels

// sumRows adds up rows in float64: the float32 sums of 16 of them at a time, then of 8, 4, 2 and 1.
func sumRows(rows int, sum func(row, n int) float32) (total float64) {
	row := 0
	for n := 16; n > 0; n /= 2 {
		for ; row+n <= rows; row += n {
			total += float64(sum(row, n))
		}
	}
	return total
}

// pairwise sums terms, whose number is a power of two, and overwrites them. The sum is exact where all are equal.
func pairwise(terms []float32) float32 {
	for n := len(terms) / 2; n > 0; n /= 2 {
		for i := range n {
			terms[i] = terms[2*i] + terms[2*i+1]
		}
	}
	return terms[0]
}

// pairwiseProducts sums products, whose number is a power of two up to 16: each four rows form a chain, and the chains
// are added pairwise.
func pairwiseProducts(x, y []float32) float32 {
	var chains [4]float32
	for i, v := range x {
		chains[i/4] = fma32(v, y[i], chains[i/4])
	}
	return pairwise(chains[:(len(x)+3)/4])
}

func batchNormMomentsGeneric(mean, variance []float32, x []float32, ldx int, rows, channels int) {
	share := 1 / float64(rows)
	var v [16]float32
	for c := range channels {
		column := func(row, n int, minus float32) []float32 {
			for i := range n {
				v[i] = x[(row+i)*ldx+c] - minus
			}
			return v[:n]
		}
		mean[c] = float32(sumRows(rows, func(row, n int) float32 { return pairwise(column(row, n, 0)) }) * share)
		variance[c] = float32(sumRows(rows, func(row, n int) float32 {
			d := column(row, n, mean[c])
			return pairwiseProducts(d, d)
		}) * share)
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
	var d, z [16]float32
	for c := range channels {
		var shift float64
		scale := sumRows(rows, func(row, n int) float32 {
			for i := range n {
				d[i], z[i] = x[(row+i)*ldx+c]-mean[c], dy[(row+i)*lddy+c]
			}
			products := pairwiseProducts(d[:n], z[:n])
			shift += float64(pairwise(z[:n]))
			return products
		})
		dshift[c], dscale[c] = float32(shift), float32(scale)
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
