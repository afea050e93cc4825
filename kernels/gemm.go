package kernels

// GEMM computes C = A·B, or C += A·B when accumulate is set, with A of m×k, C of m×n and B panelled k×n
// (n a multiple of 16). ldc and lda are strides in elements. C must not overlap A or B.
func GEMM(c []float32, ldc int, a []float32, lda int, b []float32, m, n, k int, accumulate bool) {
	const op = "GEMM"
	needMultiple(op, "n", n, 16)
	need(op, "c", len(c), m, n, ldc)
	need(op, "a", len(a), m, k, lda)
	needPanelled(op, "b", len(b), k, n)
	needApart(op, block{"c", c, m, n, ldc}, block{"a", a, m, k, lda}, panelled("b", b, k, n))
	active.Load().GEMM(c, ldc, a, lda, b, m, n, k, accumulate)
}

// GEMMT computes CT = W·ZT, rows×width, where W is rows of a panelled matrix, starting at w with panels stride
// elements apart, and ZT is n×width. n is a multiple of 16 and width of 8; ldct and ldzt are strides in elements. On
// transposed operands this is the product with Wᵀ: CT = (Z·Wᵀ)ᵀ. CT must not overlap the operands.
func GEMMT(ct []float32, ldct int, w []float32, stride int, zt []float32, ldzt int, rows, n, width int) {
	const op = "GEMMT"
	needMultiple(op, "n", n, 16)
	needMultiple(op, "width", width, 8)
	need(op, "ct", len(ct), rows, width, ldct)
	need(op, "zt", len(zt), n, width, ldzt)
	if rows == 0 || width == 0 {
		return
	}
	need(op, "w", len(w), n/16, 16*rows, stride) // ct has this many rows, so 16·rows cannot overflow
	needApart(op, block{"ct", ct, rows, width, ldct}, block{"w", w, n / 16, 16 * rows, stride}, block{"zt", zt, n, width, ldzt})
	active.Load().GEMMT(ct, ldct, w, stride, zt, ldzt, rows, n, width)
}

// GEMMNT computes C = Z·Wᵀ, m×rows, with Z of m×n and W as in GEMMT; rows and n are multiples of 16. ldc and ldz are
// strides in elements. It is meant for m up to 4, where it saves transposing Z and C; for more rows GEMMT is faster. C
// must not overlap the operands.
func GEMMNT(c []float32, ldc int, z []float32, ldz int, w []float32, stride int, m, rows, n int) {
	const op = "GEMMNT"
	needMultiple(op, "rows", rows, 16)
	needMultiple(op, "n", n, 16)
	need(op, "c", len(c), m, rows, ldc)
	need(op, "z", len(z), m, n, ldz)
	if m == 0 || rows == 0 {
		return
	}
	need(op, "w", len(w), n/16, 16*rows, stride) // c has this many columns, so 16·rows cannot overflow
	needApart(op, block{"c", c, m, rows, ldc}, block{"z", z, m, n, ldz}, block{"w", w, n / 16, 16 * rows, stride})
	active.Load().GEMMNT(c, ldc, z, ldz, w, stride, m, rows, n)
}

// MomentumGEMM takes one step of SGD with momentum on panelled weights w and momentum m, both k×n (n a multiple of
// 16), in one pass over them: G = Aᵀ·Z summed over the samples in order, M = mu·M + G, W = W - lr·M. A is samples×k
// and Z is samples×n, with strides in elements. w and m must not overlap anything.
func MomentumGEMM(w, m []float32, a []float32, lda int, z []float32, ldz int, k, n, samples int, mu, lr float32) {
	const op = "MomentumGEMM"
	needMultiple(op, "n", n, 16)
	needPanelled(op, "w", len(w), k, n)
	needPanelled(op, "m", len(m), k, n)
	need(op, "a", len(a), samples, k, lda)
	need(op, "z", len(z), samples, n, ldz)
	wb, mb := panelled("w", w, k, n), panelled("m", m, k, n)
	ab, zb := block{"a", a, samples, k, lda}, block{"z", z, samples, n, ldz}
	needApart(op, wb, mb, ab, zb)
	needApart(op, mb, ab, zb)
	active.Load().MomentumGEMM(w, m, a, lda, z, ldz, k, n, samples, mu, lr)
}

// Transpose writes src (rows×cols) into dst (cols×rows); strides in elements, no overlap.
func Transpose(dst []float32, ldd int, src []float32, lds int, rows, cols int) {
	const op = "Transpose"
	need(op, "dst", len(dst), cols, rows, ldd)
	need(op, "src", len(src), rows, cols, lds)
	if rows == 0 || cols == 0 {
		return
	}
	needApart(op, block{"dst", dst, cols, rows, ldd}, block{"src", src, rows, cols, lds})
	active.Load().Transpose(dst, ldd, src, lds, rows, cols)
}

// Panelled returns the number of elements of a panelled k×n matrix: n is rounded up to whole panels.
func Panelled(k, n int) int { return k * Padded(n) }

// Padded rounds n up to a multiple of 16.
func Padded(n int) int { return (n + 15) / 16 * 16 }

// PanelIndex returns the index of element (row, col) in a panelled matrix of k rows.
func PanelIndex(k, row, col int) int { return (col/16*k+row)*16 + col%16 }
