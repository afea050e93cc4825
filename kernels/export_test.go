//go:build (amd64 || arm64) && !purego

package kernels

// CutMatMul makes products be cut into small blocks, and copied from small sizes on, until undo.
func CutMatMul(m, n, k, pack int) (undo func()) {
	old := blocks
	blocks = blocking{m: m, n: n, k: k, packA: pack, packAT: pack, packB: pack}
	return func() { blocks = old }
}
