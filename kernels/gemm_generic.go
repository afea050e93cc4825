package kernels

func gemmGeneric(c []float32, ldc int, a []float32, lda int, b []float32, m, n, k int, accumulate bool) {
	for p := 0; p < n/16; p++ {
		panel := b[p*k*16 : (p+1)*k*16]
		for i := 0; i < m; i++ {
			out := (*[16]float32)(c[i*ldc+16*p:])
			var acc [16]float32
			if accumulate {
				acc = *out
			}
			for kk := range k {
				x, row := a[i*lda+kk], (*[16]float32)(panel[16*kk:])
				for j := range acc {
					acc[j] = fma32(x, row[j], acc[j])
				}
			}
			*out = acc
		}
	}
}

func gemmTGeneric(ct []float32, ldct int, w []float32, stride int, zt []float32, ldzt int, rows, n, width int) {
	for i := 0; i < rows; i++ {
		out := ct[i*ldct : i*ldct+width]
		clear(out)
		for col := 0; col < n; col++ {
			x := w[col/16*stride+16*i+col%16]
			for j, z := range zt[col*ldzt : col*ldzt+width] {
				out[j] = fma32(x, z, out[j])
			}
		}
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
