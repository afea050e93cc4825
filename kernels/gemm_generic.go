package kernels

func gemmGeneric(c []float32, ldc int, a []float32, lda int, b []float32, m, n, k int, accumulate bool) {
	for p := 0; p < n/16; p++ {
		productGeneric(c[min(16*p, len(c)):], ldc, a, lda, 1, b[p*k*16:], 16, 1, m, 16, k, accumulate)
	}
}

func gemmTGeneric(ct []float32, ldct int, w []float32, stride int, zt []float32, ldzt int, rows, n, width int) {
	if n == 0 {
		productGeneric(ct, ldct, nil, 0, 0, nil, 0, 0, rows, width, 0, false)
	}
	for p := 0; p < n/16; p++ {
		productGeneric(ct, ldct, w[p*stride:], 16, 1, zt[16*p*ldzt:], ldzt, 1, rows, width, 16, p > 0)
	}
}

func gemmNTGeneric(c []float32, ldc int, z []float32, ldz int, w []float32, stride int, m, rows, n int) {
	if n == 0 {
		productGeneric(c, ldc, nil, 0, 0, nil, 0, 0, m, rows, 0, false)
	}
	for p := 0; p < n/16; p++ {
		productGeneric(c, ldc, z[16*p:], ldz, 1, w[p*stride:], 1, 16, m, rows, 16, p > 0)
	}
}

func momentumGEMMGeneric(w, m []float32, a []float32, lda int, z []float32, ldz int, k, n, samples int, mu, lr float32) {
	for p := 0; p < n/16; p++ {
		for kk := 0; kk < k; kk++ {
			var g [16]float32
			for b := 0; b < samples; b++ {
				x := a[b*lda+kk]
				row := (*[16]float32)(z[b*ldz+16*p:])
				for j := range g {
					g[j] = fma32(x, row[j], g[j])
				}
			}
			at := (p*k + kk) * 16
			wv, mv := (*[16]float32)(w[at:]), (*[16]float32)(m[at:])
			for j := range g {
				mv[j] = fma32(mu, mv[j], g[j])
				wv[j] = fma32(-lr, mv[j], wv[j])
			}
		}
	}
}

func transposeGeneric(dst []float32, ldd int, src []float32, lds int, rows, cols int) {
	for r := 0; r < rows; r++ {
		for c, x := range src[r*lds : r*lds+cols] {
			dst[c*ldd+r] = x
		}
	}
}
