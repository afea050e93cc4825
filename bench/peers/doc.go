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
// Everybody may keep W and M in the layout that suits it from one step to the next, as a training program
// would: ours are in panels, those of the others row-major. All other operands are row-major, so our
// transpositions count. And whole training steps of the paper's networks: ours, and those that one would
// write with PyTorch, in several ways, the authors' among them.
//
// Every product is checked against sums in float64 before it is timed; every network of PyTorch, loss and
// parameters after a step, against ours.
//
// # How it is measured
//
// Each library has a process of its own, so that none finds the functions of another under its names. The
// processes take turns at every part of the benchmarks, in random order, for so many rounds; what is missing is
// skipped and named. What they print is in Go's benchmark format, the library last in the names, for srhmbench
// bench compare. The summary takes the best of the rounds, in CPU time. For our steps it also has the least time that
// a core could take: for their multiply-adds at its peak, or to pass 20 bytes a weight that the batch reaches at the
// rate it reads a working set of that size, whichever is longer.
//
// # Environment
//
// SRHM_TIER, OPENBLAS_CORETYPE, BLIS_ARCH_TYPE, ONEDNN_MAX_CPU_ISA and LIBXSMM_TARGET make the libraries choose other
// kernels; what each has chosen is printed. OPENBLAS, BLIS, ONEDNN, LIBXSMM and PYTHON name files to take instead
// of those of the system. libxsmm comes as static libraries, of which cc makes a shared one.
package main
