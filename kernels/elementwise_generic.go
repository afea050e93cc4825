package kernels

func gatherRowsGeneric(dst []float32, ldd int, rows []int32, base []float32, ldb int, baseIdx []int32, src []float32, lds int, offsets, idx []int32, width int, scale float32) {
	var sums [64]float32 // a block of columns at a time, to allocate nothing
	for i, r := range rows {
		for lo := 0; lo < width; lo += len(sums) {
			hi := min(lo+len(sums), width)
			sum := sums[:hi-lo]
			clear(sum)
			if b := int(baseIdx[i]); b >= 0 {
				copy(sum, base[b*ldb+lo:b*ldb+hi])
			}
			for _, s := range idx[offsets[i]:offsets[i+1]] {
				for j, x := range src[int(s)*lds+lo : int(s)*lds+hi] {
					sum[j] = fma32(x, scale, sum[j])
				}
			}
			copy(dst[int(r)*ldd+lo:int(r)*ldd+hi], sum)
		}
	}
}

func reluGeneric(dst, src []float32) {
	for i, x := range src {
		if x < 0 {
			x = 0
		}
		dst[i] = x
	}
}

func reluGradGeneric(dz, dx, z []float32) {
	for i, x := range dx {
		if !(z[i] > 0) {
			x = 0
		}
		dz[i] = x
	}
}

func momentumGeneric(w, m, grad []float32, scale, mu, lr float32) {
	for i, g := range grad {
		m[i] = fma32(m[i], mu, float32(g*scale))
		w[i] = fma32(m[i], -lr, w[i])
	}
}

func momentumStepsGeneric(w, m []float32, steps int, mu, lr float32) {
	for i := range m {
		for range steps {
			m[i] = fma32(mu, m[i], 0)
			w[i] = fma32(-lr, m[i], w[i])
		}
	}
}

func catchUpGeneric(w, m []float32, decay, drift float32) {
	for i, x := range m {
		w[i] = fma32(x, -drift, w[i])
		m[i] = float32(x * decay)
	}
}
