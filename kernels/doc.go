// Package kernels holds the numeric primitives every network of this project is trained with.
//
// # Layouts
//
// Matrices are float32, row-major with a stride in elements. Weights are panelled: a k×n matrix is
// n/16 panels of 16 columns, each panel k rows of 16 consecutive floats, so the forward product, the
// product with the transpose and the update all read it front to back. n is a multiple of 16. GEMM, GEMMT,
// GEMMNT and MomentumGEMM take weights so; MatMul, GEMV and their kind take matrices by rows, and Pack makes panels of rows.
//
// Images are stored position by position, the channels of a position together, batch by batch and row by
// row; a signal in one dimension is an image of height 1. The weights of a convolution are a panelled matrix
// of kernel height · kernel width · input channels rows and output channels columns, those of a depthwise one
// are [tap][channel].
//
// # The rounding contract
//
// Every tier performs, per output element, the same sequence of float32 operations:
//
//   - products accumulate by fused multiply-add, one chain per output element, the inner index
//     ascending, starting from 0 or from the stored value; in a convolution that is tap after tap, row by row,
//     and channel after channel of each, in the gradient of its weights position after position, and what a
//     window meets outside the image is left out, not multiplied by 0;
//   - sums over the rows of a batch (BatchNormMoments, BatchNormGradSums) are made 16 rows at a time, then 8, 4, 2 and 1 of
//     those that are left: terms are added pairwise in float32, products as chains of four rows that are added pairwise,
//     and the sums of all these groups in float64, in order;
//   - sums and maxima along a vector (softmax, GEMV) use 16 lanes, element j in lane j mod 16, each lane one
//     chain, and the tree lane i with lane i+8, then 4, 2, 1; of equal values a maximum is the later one
//     in the tree and the earlier one in a lane, which decides between +0 and -0;
//   - exp is one polynomial, spelled out in softmax_generic.go; a cross-entropy is float64, with the logarithm of Ln.
//
// Results are therefore equal bit for bit between tiers, blockings and numbers of threads. The one
// exception is which NaN stands for "not a number": payload and sign of a NaN are not promised.
// (RelaxedMatMul is outside this contract, and therefore no row of the registry.)
//
// # Accuracy
//
// The largest errors over all 2^32 float32, infinities and NaN included, in units of the last place of the float32
// nearest to the true value; "make ulp-exhaustive" finds them again, in nine minutes of a core:
//
//	exp of x ≤ 0  0.937  at -5.891124, where x below -87 counts as -87
//	Log           0.790  at 0.7007711
//	Rsqrt         1.490  at 1.1827658e-38
//	Sigmoid       2.402  at -4.157294, where 0 is the value below -87
//	SiLU          3.223  at -7.59728, where 0 is the value below -87
//	Tanh          1.501  at 1.250173
//
// exp is what Softmax, Sigmoid, SiLU and Tanh take; it has no entry point of its own.
//
// # Speed of convolutions
//
// Shares of the roof on one core of a Zen 3 with AVX2. The first three columns are of results/bench/amd-epyc-84ec66f8/peers.md:
// 3×3 on 64 channels of 32×32 and on 128 of 16×16, batch 8, 512 channels at length 5, batch 32, and depthwise 3×3 on 96
// channels of 16×16, batch 8. The last, depthwise 5 taps on 96 channels at length 36, batch 32, is of medians of 60
// timings by processor time that alternate with those of the roofs, while other work ran:
//
//	operation                 large    512 at length 5  depthwise  at length 36  wanted
//	Conv                      95 %     91 %                                      92 %, 60 %
//	ConvGradInput             92-94 %  82 %                                      85 %
//	ConvGradWeights           86-88 %  87 %                                      85 %, 60 %
//	DepthwiseConv                                       67 %       42-51 %       60 %
//	DepthwiseConvGradInput                              67 %       41-52 %       60 %
//	DepthwiseConvGradWeights                            59 %       35-40 %       60 %
//
// The gradient of the weights goes by six channels of the input and 16 of the output, and takes so many anew: 3 channels
// cost as much as 6, 64 as 66. Input that is far from position to position falls into few sets of the caches; it is copied
// where it is read often enough, which a kernel of one position and few output channels does not.
//
// A depthwise product that loads both operands anew is bound by the two loads of a cycle. Rows of kernels 3 and 5 wide at
// stride 1 therefore go by tiles of eight neighbours and one vector of channels: 13 loads for 24 multiply-adds, 17 for
// 40. The rest is memory: one image of 16×16, which fits the second-level cache, comes to 67 %, and
// a batch of 8 loses a tenth if the next row of the input is not fetched ahead. At length 36 nothing is read twice, and
// the caches set the pace. The gradient of the weights keeps the sums of nine taps and two columns of the input in registers, four
// loads for nine multiply-adds, and comes to 67 % on one image; at edges and other strides it loads an operand for each
// multiply-add. Up to four rows of outputs share the sums, where they read more than stays in the first-level cache.
// Other kernels and strides go by six positions that share the weights, 14 loads for 12 multiply-adds: 5×5 at stride 2 on
// 144 channels of 16×16 comes to 29-35 %, its gradient of the weights, by rows, to 29-34 %. While several other programs
// shared the caches, rows came to 54-56 %, and 48 % in the gradient of the weights.
// All this is for operands aligned to 32 bytes; others take up to half as long again.
//
// # Tiers
//
// generic is pure Go, avx2 needs AVX2, FMA and BMI2, avx512 also AVX-512 F, BW, CD, DQ and VL. neon is for arm64 and
// needs Advanced SIMD, which every such CPU has; four of its registers make the 16 lanes. The widest one the CPU
// offers is used, except on models that are known to be slower at it (models.go); SRHM_TIER names another, and Force
// switches inside a process. A user whom "bench ladder" shows that another tier is faster puts SRHM_TIER into the
// environment for good: results do not depend on it. neon has run on emulated CPUs only, so
// that no speed given here is its.
//
// Registry lists the kernels; Excite, BatchNormScale and what else is not there is made of them, or plain Go. These are
// the instruction-set extensions that each uses, which the generator reads off its instructions; a test holds the table
// to the registry.
//
//	operation                 avx2           avx512                              neon
//	GEMM                      AVX FMA3       AVX AVX512F                         ASIMD
//	GEMMT                     AVX FMA3       AVX AVX512F AVX512VL                ASIMD
//	GEMMNT                    AVX FMA3       AVX AVX512F                         ASIMD
//	MomentumGEMM              AVX FMA3       AVX AVX512F                         ASIMD
//	MatMul                    AVX FMA3       AVX AVX512F                         ASIMD
//	BatchMatMul               AVX FMA3       AVX AVX512F                         ASIMD
//	Pack                      AVX            AVX AVX512F BMI2                    ASIMD
//	GEMV                      AVX AVX2 FMA3  AVX AVX512DQ AVX512F AVX512VL BMI2  ASIMD
//	GEMVT                     AVX FMA3       AVX AVX512F BMI2                    ASIMD
//	RankK                     AVX FMA3       AVX AVX512F BMI2                    ASIMD
//	GER                       AVX FMA3       AVX AVX512F BMI2                    ASIMD
//	GatherRows                AVX FMA3       AVX AVX512F BMI2                    ASIMD
//	ReLU                      AVX            AVX AVX512F BMI2                    ASIMD
//	ReLUGrad                  AVX            AVX AVX512F BMI2                    ASIMD
//	Momentum                  AVX FMA3       AVX AVX512F BMI2                    ASIMD
//	CatchUp                   AVX FMA3       AVX AVX512F BMI2                    ASIMD
//	MomentumSteps             AVX FMA3       AVX AVX512F                         ASIMD
//	Softmax                   AVX AVX2 FMA3  AVX AVX512DQ AVX512F AVX512VL BMI2  ASIMD
//	SoftmaxCrossEntropy       AVX AVX2 FMA3  AVX AVX512DQ AVX512F AVX512VL BMI2  ASIMD
//	Sigmoid                   AVX AVX2 FMA3  AVX AVX512DQ AVX512F BMI2           ASIMD
//	SiLU                      AVX AVX2 FMA3  AVX AVX512DQ AVX512F BMI2           ASIMD
//	Tanh                      AVX AVX2 FMA3  AVX AVX512DQ AVX512F BMI2           ASIMD
//	Log                       AVX AVX2 FMA3  AVX AVX512F BMI2                    ASIMD
//	Rsqrt                     AVX            AVX AVX512F BMI2                    ASIMD
//	SigmoidGrad               AVX FMA3       AVX AVX512F BMI2                    ASIMD
//	SiLUGrad                  AVX AVX2 FMA3  AVX AVX512DQ AVX512F BMI2           ASIMD
//	TanhGrad                  AVX FMA3       AVX AVX512F BMI2                    ASIMD
//	Add                       AVX            AVX AVX512F BMI2                    ASIMD
//	Multiply                  AVX            AVX AVX512F BMI2                    ASIMD
//	DecayMomentum             AVX FMA3       AVX AVX512F BMI2                    ASIMD
//	Conv                      AVX FMA3       AVX AVX512F BMI2                    ASIMD
//	ConvGradInput             AVX FMA3       AVX AVX512F BMI2                    ASIMD
//	ConvGradWeights           AVX FMA3       AVX AVX512F BMI2                    ASIMD
//	DepthwiseConv             AVX FMA3       AVX AVX512F BMI2                    ASIMD
//	DepthwiseConvGradInput    AVX FMA3       AVX AVX512F BMI2                    ASIMD
//	DepthwiseConvGradWeights  AVX FMA3       AVX AVX512F BMI2                    ASIMD
//	BatchNormMoments          AVX FMA3       AVX AVX512F BMI2                    ASIMD
//	BatchNorm                 AVX FMA3       AVX AVX512F BMI2                    ASIMD
//	BatchNormGradSums         AVX FMA3       AVX AVX512F BMI2                    ASIMD
//	BatchNormGrad             AVX FMA3       AVX AVX512F BMI2                    ASIMD
//	MaxPool                   AVX            AVX AVX512F BMI2                    ASIMD
//	MaxPoolGrad               AVX            AVX AVX512F BMI2                    ASIMD
//	AveragePool               AVX            AVX AVX512F BMI2                    ASIMD
//	AveragePoolGrad           AVX            AVX AVX512F BMI2                    ASIMD
//	Transpose                 AVX            AVX                                 ASIMD
//	PeakFMA                   AVX FMA3       AVX AVX512F                         ASIMD
//	StreamRead                AVX AVX2       AVX AVX512DQ AVX512F AVX512VL       ASIMD
//
// # Speed
//
// MatMul's share of the multiply-add peak of one core, 104 GFLOP/s on an AMD Zen 3 with AVX2, from
// results/bench/amd-epyc-84ec66f8/peers.md, which says too what other libraries do and where we lose to them; the other
// transpositions are medians of three runs of BenchmarkShareOfPeak (package bench) while other work took most of the machine.
//
//	m × n × k             NN    goal
//	64 × 64 × 64          90 %  91 %
//	128 × 128 × 128       94 %  91 %
//	256 × 256 × 256       94 %  91 %  (NT 94 %, TN 88 %, TT 86 %)
//	512 × 512 × 512       92 %  91 %
//	1024 × 1024 × 1024    89 %  85 %
//	2048 × 2048 × 2048    90 %  85 %
//	37 × 53 × 91          75 %  72 %  (NT 64 %, TN 73 %, TT 64 %)
//	64 × 512 × 1024       87 %  87 %
//
// At 1024 and 2048 the rows of C are multiples of 4 KiB apart and fall on one set of the caches, which costs each of the
// passes over it a hundred cycles a tile. Updates of rank 4 and 8 of 1024 × 1024 take 133 and 243 µs, their multiply-adds
// alone 81 and 161: C comes from the third-level cache and goes back, and little of that is hidden.
//
// 64 × 512 × 1024 reads 2 MiB of B from the third-level cache for only 64 rows of C: copying it takes a tenth of the time,
// and a tile alone, with all operands in the first-level cache, comes to 95 %. The generic tier makes 1.5 GFLOP/s of exact
// multiply-adds, RelaxedMatMul 6.8 (64 × 64 × 64) to 8.3 GFLOP/s (256 × 256 × 256).
package kernels
