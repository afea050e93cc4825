// Peers compares our kernels and training steps with those of OpenBLAS, BLIS, oneDNN, libxsmm, gonum and PyTorch, at the
// same sizes and in one thread. It is a module of its own, because it needs cgo for the libraries in C and Python for
// PyTorch, and nothing else does. "make bench-peers" runs it.
//
// # What is compared
//
// The three products of a layer of k inputs and n outputs on a batch of m examples, as a training step needs them:
//
//	Forward   y = a·W                     m×n
//	Backward  da = dy·Wᵀ                  m×k
//	Update    M = mu·M + aᵀ·dy, W = W - lr·M   k×n
//
// at the shapes of bench/shapes, and on 4 examples with weights that are in a cache or come from memory. Further
//
//	MatMul           C = A·B, and RankK C += A·B for a k of 4 or 8, everything row-major
//	Conv             convolutions, ConvGradInput and ConvGradWeights, with groups or without
//	Momentum         M = mu·M + G, W = W - lr·M, on vectors
//	GenericMatMul    ours in plain Go, and RelaxedMatMul
//
// Every library may keep W and M in the layout that suits it from one step to the next, as a training program would: ours
// are in panels, those of oneDNN's convolutions as its forward convolution prefers, the others row-major. All other
// operands are row-major and images have their channels last, so our transpositions count. Where a gradient wants the
// weights in another layout, converting them counts too, for us and for oneDNN. PyTorch convolves in both of its layouts,
// "last" and "first". For momentum, "cc" is what the C compiler makes of the loop, since BLAS has nothing that computes
// both sums.
//
// Whole training steps of the paper's networks follow: ours, and those one would write with PyTorch, in several ways, the
// authors' among them.
//
// Every product is checked against sums in float64 before it is timed: all elements, every 61st above 2^25
// multiplications, every 1021st from 2^30 on. Every network in PyTorch is checked against ours, by its loss and its
// parameters after a step.
//
// # How it is measured
//
// Each library has a process of its own, so that none finds another's functions under its names. The processes take turns
// at every part of the benchmarks, in random order, for a number of rounds; missing libraries are skipped and named. Their
// output is in Go's benchmark format, with the library last in the names, for srhmbench bench compare. A benchmark is a
// series of slices of 2 ms, whose lower quartile in CPU time counts. So are the roofs, which our process measures at the
// beginning of each part and before the first benchmark of each working set.
//
// The summary takes the best of the rounds. For our kernels and steps it also has the least time a core could take: for
// their multiply-adds at its peak, or to pass the bytes they read (in steps, 20 bytes per weight that the batch reaches)
// at the rate it reads a working set of that size, whichever is longer.
//
// # The table
//
// goals.go lists what our kernels should reach. Every run writes DIR/MACHINE/peers.md, which has for each goal how fast we
// are, how near to the roof, which peer is best, and whether we win or lose and reach or miss the goal; --table FILE
// writes it again from an older measurement.
//
// # Environment
//
// SRHM_TIER, OPENBLAS_CORETYPE, BLIS_ARCH_TYPE, ONEDNN_MAX_CPU_ISA and LIBXSMM_TARGET make the libraries choose other
// kernels; the output names what each chose. Unless BLIS_ARCH_TYPE is set, a first step finds the fastest kernels of BLIS
// that run here, because a version older than the CPU would use generic ones. OPENBLAS, BLIS, ONEDNN, LIBXSMM and PYTHON
// name files to use instead of the system's. Convolutions of oneDNN need the headers of its version 2 at build time.
// libxsmm comes as static libraries, from which cc makes a shared one.
package main
