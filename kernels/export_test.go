//go:build (amd64 || arm64) && !purego

package kernels

// CutMatMul makes products be cut into small blocks, and copied from small sizes on, until undo.
func CutMatMul(m, n, k, pack int) (undo func()) {
	old := blocks
	blocks = blocking{m: m, n: n, k: k, packA: pack, packAT: pack, packB: pack}
	return func() { blocks = old }
}

// CutConvGradWeights makes the gradient of the weights take so many positions at a time, and copy x from so many reads on,
// until undo.
func CutConvGradWeights(positions, packX int) (undo func()) {
	old := gradBlocks
	gradBlocks = gradBlocking{positions: positions, packX: packX}
	return func() { gradBlocks = old }
}

// ShareDepthwiseGradWeights makes rows of outputs share sums if they read more than so many bytes, until undo.
func ShareDepthwiseGradWeights(bytes int) (undo func()) {
	old := gradShares
	gradShares = bytes
	return func() { gradShares = old }
}

// CutRowSums makes sums over rows take chunks of so many bytes until undo.
func CutRowSums(bytes int) (undo func()) {
	old := rowBytes
	rowBytes = bytes
	return func() { rowBytes = old }
}
