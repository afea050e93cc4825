// Package patch has the networks of the paper on patches: locally connected (LCN), convolutional (CNN)
// and fully connected (FCN), with the authors' initialisation and scaling, and their training step, SGD
// with momentum on the cross-entropy (SPEC section 2.1).
//
// # Function
//
// A network has L hidden layers with filter = stride = s(s0+1). With c channels below and patches q,
//
//	z_q = c^(-1/2) Σ_p W_p x_p + 0.1 b_q,   x_q = max(0, z_q),   y = hᵀβ/width
//
// over the cells p of the patch; W, b and β start as N(0,1). The LCN has one W per p, the CNN one per
// place of p inside its patch; biases belong to a channel and a position in both. The FCN is dense, its
// layers d/(s(s0+1))^l times as wide, its scale that of the width alone. The step is lr·width. What
// [spec.Network] lets one change in that is a matter of scales and laws, of which places read a weight block,
// and of one more level that averages over patches.
//
// # Cost
//
// Work follows what is there, not the d·v inputs:
//
//   - A datum is a tree of nodes, the patches that are not blank. Equal patches at the same position are
//     one node of a Batch, computed once.
//   - All blank patches of a position share one constant row, computed once a step. Other rows hold the
//     difference to it.
//   - The first layer adds up the weight rows of the symbols present. The whitened encoding moves every
//     row by one common vector, which is kept apart, and rows without a symbol in a batch make up for
//     the momentum steps they missed when they are next read, which is the same sum (up to rounding).
//   - Blocks of hidden weights make their steps when they are next read, which are the same bits: one pass over
//     memory is for the update and the forward product, and a block that no patch reaches takes none.
//
// # Reproducibility
//
// Every float32 operation is done by package kernels or is a single addition or multiplication, so
// results are the same bits on every tier and number of threads.
package patch
