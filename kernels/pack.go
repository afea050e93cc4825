package kernels

// Pack packs src, a row-major k×n matrix with stride lds in elements, into panels in dst and fills the last panel with
// zero columns. dst must not overlap src.
func Pack(dst, src []float32, lds int, k, n int) {
	const op = "Pack"
	need(op, "src", len(src), k, n, lds)
	if k == 0 || n == 0 {
		return
	}
	needPanelled(op, "dst", len(dst), k, Padded(n)) // src holds n columns, so rounding up cannot overflow
	needApart(op, panelled("dst", dst, k, Padded(n)), block{"src", src, k, n, lds})
	active.Load().Pack(dst, src, lds, k, n)
}

func packGeneric(dst, src []float32, lds int, k, n int) {
	for col := 0; col < n; col += 16 {
		cols := min(16, n-col)
		for row := range k {
			to := dst[col*k+16*row:][:16]
			copy(to, src[row*lds+col:][:cols])
			clear(to[cols:])
		}
	}
}
