//go:build (amd64 || arm64) && !purego

package kernels

// CutMatMul cuts products into small blocks, and copies from small sizes on, until undo.
func CutMatMul(m, n, k, pack int) (undo func()) {
	old := blocks
	blocks = blocking{m: m, n: n, k: k, packA: pack, packAT: pack, packB: pack}
	return func() { blocks = old }
}

// CutConvGradWeights sets how many positions the gradient of the weights takes at a time, and from how many reads on
// it copies x, until undo.
func CutConvGradWeights(positions, packX int) (undo func()) {
	old := gradBlocks
	gradBlocks = gradBlocking{positions: positions, packX: packX}
	return func() { gradBlocks = old }
}

// ShareDepthwiseGradWeights lets rows of outputs share sums if they read more than the given number of bytes, until
// undo.
func ShareDepthwiseGradWeights(bytes int) (undo func()) {
	old := gradShares
	gradShares = bytes
	return func() { gradShares = old }
}

// CutRowSums takes sums over rows in chunks of the given number of bytes until undo.
func CutRowSums(bytes int) (undo func()) {
	old := rowBytes
	rowBytes = bytes
	return func() { rowBytes = old }
}
