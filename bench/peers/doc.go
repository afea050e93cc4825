// Peers puts our kernels and training steps beside those of others, on the same sizes, in one thread:
// OpenBLAS, BLIS, oneDNN, libxsmm, gonum and PyTorch. It is a module of its own, which needs cgo for the
// libraries in C and Python for PyTorch, and nothing else needs it. "make bench-peers" runs it.
//
// # What is compared
//
// The three products of a layer of k inputs and n outputs on a batch of m data, as a training step needs them:
//
//	Forward   y = a·W                     m×n
//	Backward  da = dy·Wᵀ                  m×k
//	Update    M = mu·M + aᵀ·dy, W = W - lr·M   k×n
//
// at the shapes of bench/shapes, and on 4 data with weights that are in a cache or come from memory. Further
//
//	MatMul           C = A·B, and RankK C += A·B for a k of 4 or 8, everything row-major
//	Conv             convolutions, ConvGradInput and ConvGradWeights, with groups or without
//	Momentum         M = mu·M + G, W = W - lr·M, on vectors
//	GenericMatMul    ours in Go alone, and RelaxedMatMul
//
// Everybody may keep W and M in the layout that suits it from one step to the next, as a training program
// would: ours are in panels, those of oneDNN's convolutions as its forward convolution prefers, others row-major. All
// other operands are row-major and images have their channels last, so that our transpositions count, and where a
// gradient wants the weights in another layout, turning them counts, too, for us and for oneDNN. PyTorch convolves in both
// of its layouts, "last" and "first". Of momentum "cc" is what the C compiler makes of the loop, for BLAS has none that
// makes both sums.
//
// And whole training steps of the paper's networks: ours, and those that one would write with PyTorch, in several
// ways, the authors' among them.
//
// Every product is checked against sums in float64 before it is timed, of those of more than 2^25 multiplications every
// 61st element, of 2^30 and more every 1021st; every network of PyTorch, loss and parameters after a step, against ours.
//
// # How it is measured
//
// Each library has a process of its own, so that none finds the functions of another under its names. The
// processes take turns at every part of the benchmarks, in random order, for so many rounds; what is missing is
// skipped and named. What they print is in Go's benchmark format, the library last in the names, for srhmbench
// bench compare. A benchmark is a row of slices of 2 ms, of which the lower quartile, in CPU time, counts; so are the
// roofs, which our process measures at the beginning of each part and before the first benchmark of each working set.
//
// The summary takes the best of the rounds. For our kernels and steps there is also the least time that a core could
// take: for their multiply-adds at its peak, or to pass the bytes they read (in steps, 20 bytes a weight that the batch
// reaches) at the rate it reads a working set of that size, whichever is longer.
//
// # The table
//
// goals.go holds what our kernels are to reach, as data. Every run writes DIR/MACHINE/peers.md, which says of each how fast we
// are, how near to the roof, which peer is best, and whether we win or lose and the goal is reached or missed; --table
// FILE writes it again from an older measurement.
//
// # Environment
//
// SRHM_TIER, OPENBLAS_CORETYPE, BLIS_ARCH_TYPE, ONEDNN_MAX_CPU_ISA and LIBXSMM_TARGET make the libraries choose other
// kernels; what each has chosen is printed. Unless BLIS_ARCH_TYPE is set, the fastest kernels of BLIS that run are found
// first: a version older than the CPU would take generic ones. OPENBLAS, BLIS, ONEDNN, LIBXSMM and PYTHON name files to take instead
// of those of the system. Convolutions of oneDNN want the headers of its version 2 when this is built. libxsmm
// comes as static libraries, of which cc makes a shared one.
package main
