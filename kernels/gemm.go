package kernels

// GEMM computes C = A·B, or C += A·B when accumulate is set, with A of m×k, C of m×n and B panelled k×n
// (n a multiple of 16). ldc and lda are strides in elements. C must not overlap A or B.
func GEMM(c []float32, ldc int, a []float32, lda int, b []float32, m, n, k int, accumulate bool) {
	needPanels("GEMM", n)
	need("GEMM", "c", len(c), m, n, ldc)
	need("GEMM", "a", len(a), m, k, lda)
	need("GEMM", "b", len(b), n/16, 16*k, 16*k)
	active.Load().gemm(c, ldc, a, lda, b, m, n, k, accumulate)
}

// GEMMT computes CT = W·ZT: rows of the panelled matrix W (its panels are stride elements apart; w starts
// at the first row wanted) times ZT of n×width, width a multiple of 8. It is the product with Wᵀ on
// transposed operands: (Z·Wᵀ)ᵀ. CT must not overlap the operands.
func GEMMT(ct []float32, ldct int, w []float32, stride int, zt []float32, ldzt int, rows, n, width int) {
	needPanels("GEMMT", n)
	if width%8 != 0 {
		panic("kernels.GEMMT: the width must be a multiple of 8")
	}
	need("GEMMT", "ct", len(ct), rows, width, ldct)
	need("GEMMT", "w", len(w), n/16, 16*rows, stride)
	need("GEMMT", "zt", len(zt), n, width, ldzt)
	active.Load().gemmT(ct, ldct, w, stride, zt, ldzt, rows, n, width)
}

// MomentumGEMM makes one step of SGD with momentum on panelled weights w and momentum m, both k×n, in one
// pass over them: G = Aᵀ·Z summed over the samples in order, M = mu·M + G, W = W - lr·M.
// A is samples×k and Z is samples×n. Nothing may overlap.
func MomentumGEMM(w, m []float32, a []float32, lda int, z []float32, ldz int, k, n, samples int, mu, lr float32) {
	needPanels("MomentumGEMM", n)
	need("MomentumGEMM", "w", len(w), n/16, 16*k, 16*k)
	need("MomentumGEMM", "m", len(m), n/16, 16*k, 16*k)
	need("MomentumGEMM", "a", len(a), samples, k, lda)
	need("MomentumGEMM", "z", len(z), samples, n, ldz)
	active.Load().momentumGEMM(w, m, a, lda, z, ldz, k, n, samples, mu, lr)
}

// Transpose writes src (rows×cols) into dst (cols×rows); strides in elements, no overlap.
func Transpose(dst []float32, ldd int, src []float32, lds int, rows, cols int) {
	need("Transpose", "dst", len(dst), cols, rows, ldd)
	need("Transpose", "src", len(src), rows, cols, lds)
	active.Load().transpose(dst, ldd, src, lds, rows, cols)
}

// Panelled is the number of elements of a panelled k×n matrix: n rounded up to whole panels.
func Panelled(k, n int) int { return k * Padded(n) }

// Padded rounds n up to a multiple of 16.
func Padded(n int) int { return (n + 15) / 16 * 16 }

// PanelIndex is where element (row, col) of a panelled matrix of k rows stands.
func PanelIndex(k, row, col int) int { return (col/16*k+row)*16 + col%16 }
