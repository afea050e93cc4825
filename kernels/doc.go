// Package kernels holds the numeric primitives that train every network of this project.
//
// # Layouts
//
// Matrices are float32, row-major, with a stride in elements. Weights are panelled: a k×n matrix is stored as n/16
// panels of 16 columns, each panel k rows of 16 consecutive floats, so the forward product, the product with the
// transpose and the update all read memory front to back. n is a multiple of 16. GEMM, GEMMT, GEMMNT and MomentumGEMM
// take panelled weights; MatMul, GEMV and their kind take row-major matrices, and Pack turns these into panels.
//
// Images are stored channels last (NHWC): position by position, row by row, image by image. A one-dimensional signal is
// an image of height 1. The weights of a convolution are a panelled matrix with kernel height · kernel width · input
// channels rows and output channels columns; those of a depthwise convolution are [tap][channel].
//
// # The rounding contract
//
// Every tier performs the same sequence of float32 operations for each output element:
//
//   - Products accumulate by fused multiply-add, one chain per output element, the inner index ascending, starting
//     from 0 or from the stored value. A convolution goes tap by tap, row by row, and channel by channel within a tap.
//     Taps outside the image are skipped, not multiplied by 0.
//   - The gradient of a convolution's weights goes position by position. It takes as many whole images at a time as
//     have at most 1024 output positions together, but at least one. Each such group is a chain of its own, the first starting
//     from 0 or the stored value, the others from 0, and each is added to the total in order.
//   - Sums over the rows of a batch (BatchNormMoments, BatchNormGradSums) take 16 rows at a time, then 8, 4, 2 and 1 of
//     the rest. Within such a block terms are added pairwise in float32; products form chains of four rows, which are
//     added pairwise. The blocks are added in float64, in order.
//   - Sums and maxima along a vector (Softmax, GEMV) use 16 lanes: element j goes to lane j mod 16, each lane is one
//     chain, and a tree combines lane i with lane i+8, then i+4, i+2 and i+1. Between equal values a maximum keeps the earlier
//     one within a lane and the higher lane's in the tree, which decides between +0 and -0.
//   - exp is one polynomial, spelled out in softmax_generic.go. Cross-entropies are float64, with Ln's logarithm.
//
// Results are therefore bit-identical across tiers, blockings and numbers of threads. The one exception is NaN: its
// payload and sign are not promised. (RelaxedMatMul is outside this contract, and so is not in the registry.)
//
// # Accuracy
//
// The largest errors over all 2^32 float32, infinities and NaN included, in units in the last place of the float32
// nearest to the true value. "make ulp-exhaustive" finds them again, in nine minutes on one core:
//
//	exp of x ≤ 0  0.937  at -5.891124, where x below -87 counts as -87
//	Log           0.790  at 0.7007711
//	Rsqrt         1.490  at 1.1827658e-38
//	Sigmoid       2.402  at -4.157294, where 0 is the value below -87
//	SiLU          3.223  at -7.59728, where 0 is the value below -87
//	Tanh          1.501  at 1.250173
//
// Softmax, Sigmoid, SiLU and Tanh use exp; it has no entry point of its own.
//
// Errors of sums have bounds to first order in u = 2^-24, relative to the sum of the magnitudes of the terms, if
// nothing overflows or underflows:
//
//	GEMM, GEMMT, GEMMNT, MatMul, BatchMatMul     k·u, for inner dimension k (n in GEMMT and GEMMNT)
//	RankK, GEMVT                                 k·u, m·u
//	gradients of MomentumGEMM                    samples·u
//	GatherRows                                   (rows of the list)·u
//	Conv, ConvGradInput                          taps·c·u, for c channels summed over
//	DepthwiseConv, DepthwiseConvGradInput        taps·u
//	ConvGradWeights, DepthwiseConvGradWeights    (positions of a group of images + number of groups)·u
//	ScaleChannelsGrad                            (positions of an image)·u
//	GEMV, the sum of Softmax                     (n/16 + 5)·u, for n elements in 16 lanes
//	BatchNormMoments                             5·u for the mean; 10·u for the variance, plus the square of the mean's error
//	BatchNormGradSums                            5·u for dshift, 9·u for dscale
//	AveragePool, AveragePoolGrad                 (taps + 1)·u, the division included
//	MaxPoolGrad                                  taps·u; MaxPool is exact
//
// Accumulating counts the stored value among the terms; in GEMV it costs one more rounding. The bounds of batch norm do
// not depend on the number of rows, up to 2^29 of them. The sum of Softmax also carries the errors of its exponentials,
// whose arguments scale·x - peak are rounded to float32. SoftmaxCrossEntropy adds the losses of r rows in
// float64, at a cost of at most r·2^-53 of the total beyond the errors of the rows themselves.
//
// # Tiers
//
// generic is pure Go. avx2 needs AVX2, FMA and BMI2; avx512 also AVX-512 F, BW, CD, DQ and VL. neon is for arm64 and
// needs Advanced SIMD, which every such CPU has; four of its registers make up the 16 lanes. By default the widest tier
// the CPU supports is used, except on models known to be slower with it (models.go). SRHM_TIER selects another, and
// Force switches within a process. If "bench ladder" shows that another tier is faster on your machine, set SRHM_TIER
// for good: results do not depend on it. neon has run on emulated CPUs only, so its speed is unknown.
//
// Registry lists the kernels; Excite, BatchNormScale and others that are missing from it are made of them or are plain
// Go. The table gives the instruction-set extensions each kernel uses, which the generator reads off its instructions, and
// who uses it: the networks that package srhm trains, the measurements of roofs, or, where it says library surface, nobody
// in this module but tests and benchmarks. Tests keep it in step with the registry and with the code.
//
//	operation                 avx2           avx512                              neon   used by
//	GEMM                      AVX FMA3       AVX AVX512F                         ASIMD  networks
//	GEMMT                     AVX FMA3       AVX AVX512F AVX512VL                ASIMD  networks
//	GEMMNT                    AVX FMA3       AVX AVX512F                         ASIMD  networks
//	MomentumGEMM              AVX FMA3       AVX AVX512F                         ASIMD  networks
//	MatMul                    AVX FMA3       AVX AVX512F                         ASIMD  library surface
//	BatchMatMul               AVX FMA3       AVX AVX512F                         ASIMD  library surface
//	Pack                      AVX            AVX AVX512F BMI2                    ASIMD  library surface
//	GEMV                      AVX AVX2 FMA3  AVX AVX512DQ AVX512F AVX512VL BMI2  ASIMD  library surface
//	GEMVT                     AVX FMA3       AVX AVX512F BMI2                    ASIMD  library surface
//	RankK                     AVX FMA3       AVX AVX512F BMI2                    ASIMD  library surface
//	GER                       AVX FMA3       AVX AVX512F BMI2                    ASIMD  library surface
//	GatherRows                AVX FMA3       AVX AVX512F BMI2                    ASIMD  networks
//	ReLU                      AVX            AVX AVX512F BMI2                    ASIMD  networks
//	ReLUGrad                  AVX            AVX AVX512F BMI2                    ASIMD  networks
//	Momentum                  AVX FMA3       AVX AVX512F BMI2                    ASIMD  networks
//	CatchUp                   AVX FMA3       AVX AVX512F BMI2                    ASIMD  networks
//	MomentumSteps             AVX FMA3       AVX AVX512F                         ASIMD  networks
//	Softmax                   AVX AVX2 FMA3  AVX AVX512DQ AVX512F AVX512VL BMI2  ASIMD  library surface
//	SoftmaxCrossEntropy       AVX AVX2 FMA3  AVX AVX512DQ AVX512F AVX512VL BMI2  ASIMD  networks
//	Sigmoid                   AVX AVX2 FMA3  AVX AVX512DQ AVX512F BMI2           ASIMD  networks
//	SiLU                      AVX AVX2 FMA3  AVX AVX512DQ AVX512F BMI2           ASIMD  networks
//	Tanh                      AVX AVX2 FMA3  AVX AVX512DQ AVX512F BMI2           ASIMD  library surface
//	Log                       AVX AVX2 FMA3  AVX AVX512F BMI2                    ASIMD  library surface
//	Rsqrt                     AVX            AVX AVX512F BMI2                    ASIMD  library surface
//	SigmoidGrad               AVX FMA3       AVX AVX512F BMI2                    ASIMD  networks
//	SiLUGrad                  AVX AVX2 FMA3  AVX AVX512DQ AVX512F BMI2           ASIMD  networks
//	TanhGrad                  AVX FMA3       AVX AVX512F BMI2                    ASIMD  library surface
//	Add                       AVX            AVX AVX512F BMI2                    ASIMD  networks
//	Multiply                  AVX            AVX AVX512F BMI2                    ASIMD  networks
//	DecayMomentum             AVX FMA3       AVX AVX512F BMI2                    ASIMD  library surface
//	Conv                      AVX FMA3       AVX AVX512F BMI2                    ASIMD  networks
//	ConvGradInput             AVX FMA3       AVX AVX512F BMI2                    ASIMD  networks
//	ConvGradWeights           AVX FMA3       AVX AVX512F BMI2                    ASIMD  networks
//	DepthwiseConv             AVX FMA3       AVX AVX512F BMI2                    ASIMD  networks
//	DepthwiseConvGradInput    AVX FMA3       AVX AVX512F BMI2                    ASIMD  networks
//	DepthwiseConvGradWeights  AVX FMA3       AVX AVX512F BMI2                    ASIMD  networks
//	BatchNormMoments          AVX FMA3       AVX AVX512F BMI2                    ASIMD  networks
//	BatchNorm                 AVX FMA3       AVX AVX512F BMI2                    ASIMD  networks
//	BatchNormGradSums         AVX FMA3       AVX AVX512F BMI2                    ASIMD  networks
//	BatchNormGrad             AVX FMA3       AVX AVX512F BMI2                    ASIMD  networks
//	MaxPool                   AVX            AVX AVX512F BMI2                    ASIMD  networks
//	MaxPoolGrad               AVX            AVX AVX512F BMI2                    ASIMD  networks
//	AveragePool               AVX            AVX AVX512F BMI2                    ASIMD  networks
//	AveragePoolGrad           AVX            AVX AVX512F BMI2                    ASIMD  networks
//	Transpose                 AVX            AVX                                 ASIMD  networks
//	PeakFMA                   AVX FMA3       AVX AVX512F                         ASIMD  roofs
//	StreamRead                AVX AVX2       AVX AVX512DQ AVX512F AVX512VL       ASIMD  roofs
package kernels
