package kernels

import (
	"fmt"
	"os"
	"sync/atomic"
)

// set holds one tier's implementation of every operation.
type set struct {
	tier                     Tier
	GEMM                     func(c []float32, ldc int, a []float32, lda int, b []float32, m, n, k int, accumulate bool)
	GEMMT                    func(ct []float32, ldct int, w []float32, stride int, zt []float32, ldzt int, rows, n, width int)
	GEMMNT                   func(c []float32, ldc int, z []float32, ldz int, w []float32, stride int, m, rows, n int)
	MomentumGEMM             func(w, m []float32, a []float32, lda int, z []float32, ldz int, k, n, samples int, mu, lr float32)
	MatMul                   matMul
	BatchMatMul              func(t Transposition, count int, c []float32, ldc, stepC int, a []float32, lda, stepA int, b []float32, ldb, stepB int, m, n, k int, accumulate bool)
	Pack                     func(dst, src []float32, lds int, k, n int)
	GEMV                     func(y, a []float32, lda int, x []float32, m, n int, accumulate bool)
	GEMVT                    func(y, a []float32, lda int, x []float32, m, n int, accumulate bool)
	RankK                    rankK
	GER                      func(a []float32, lda int, x, y []float32, m, n int)
	GatherRows               func(dst []float32, ldd int, rows []int32, base []float32, ldb int, baseIdx []int32, src []float32, lds int, offsets, idx []int32, width int, scale float32)
	ReLU                     func(dst, src []float32)
	ReLUGrad                 func(dz, dx, z []float32)
	Momentum                 func(w, m, grad []float32, scale, mu, lr float32)
	CatchUp                  func(w, m []float32, decay, drift float32)
	MomentumSteps            func(w, m []float32, steps int, mu, lr float32)
	Softmax                  func(dst, src []float32, scale float32) (peak, sum float32)
	SoftmaxCrossEntropy      func(grad []float32, ldg int, logits []float32, ldl int, labels []uint16, classes int, scale, factor float32) (loss float64)
	Sigmoid                  func(dst, src []float32)
	SiLU                     func(dst, src []float32)
	Tanh                     func(dst, src []float32)
	Log                      func(dst, src []float32)
	Rsqrt                    func(dst, src []float32)
	SigmoidGrad              func(dx, dy, y []float32)
	SiLUGrad                 func(dx, dy, x []float32)
	TanhGrad                 func(dx, dy, y []float32)
	Add                      func(dst, x, y []float32)
	Multiply                 func(dst, x, y []float32)
	DecayMomentum            func(w, m, grad []float32, scale, decay, mu, lr float32)
	Conv                     func(y []float32, ldy int, x []float32, ldx int, w []float32, s ConvShape, accumulate bool)
	ConvGradInput            func(dx []float32, lddx int, dy []float32, lddy int, wt []float32, s ConvShape, accumulate bool)
	ConvGradWeights          func(dw []float32, x []float32, ldx int, dy []float32, lddy int, s ConvShape, accumulate bool)
	DepthwiseConv            func(y []float32, ldy int, x []float32, ldx int, w []float32, v Window, channels int)
	DepthwiseConvGradInput   func(dx []float32, lddx int, dy []float32, lddy int, w []float32, v Window, channels int)
	DepthwiseConvGradWeights func(dw []float32, x []float32, ldx int, dy []float32, lddy int, v Window, channels int)
	BatchNormMoments         func(mean, variance []float32, x []float32, ldx int, rows, channels int)
	BatchNorm                func(y []float32, ldy int, x []float32, ldx int, mean, scale, shift []float32, rows, channels int)
	BatchNormGradSums        func(dshift, dscale []float32, dy []float32, lddy int, x []float32, ldx int, mean []float32, rows, channels int)
	BatchNormGrad            func(dx []float32, lddx int, dy []float32, lddy int, x []float32, ldx int, mean, byDy, byX, constant []float32, rows, channels int)
	MaxPool                  func(y, which []float32, ldy int, x []float32, ldx int, v Window, channels int)
	MaxPoolGrad              func(dx []float32, lddx int, dy, which []float32, lddy int, v Window, channels int)
	AveragePool              func(y []float32, ldy int, x []float32, ldx int, v Window, channels int)
	AveragePoolGrad          func(dx []float32, lddx int, dy []float32, lddy int, v Window, channels int)
	Transpose                func(dst []float32, ldd int, src []float32, lds int, rows, cols int)
	PeakFMA                  func(loops int) (flops float64)
	StreamRead               func(src []float32) float32
}

var (
	detected = DetectFeatures()
	active   atomic.Pointer[set]
	reason   string // why the process started with its tier
)

func init() {
	var tier Tier
	tier, reason = detected.Pick(DetectCPU())
	active.Store(sets[tier])
}

// Select applies the environment variable SRHM_TIER, if set. A name that is unknown or a tier that this machine cannot
// run is an error, never a silent fallback.
func Select() error {
	name := os.Getenv("SRHM_TIER")
	if name == "" {
		return nil
	}
	t, err := ParseTier(name)
	if err != nil {
		return fmt.Errorf("SRHM_TIER: %w", err)
	}
	if _, err = Force(t); err != nil {
		return err
	}
	reason = "by SRHM_TIER"
	return nil
}

// Reason returns, in a few words, why the process started with its tier.
func Reason() string { return reason }

// Force makes every kernel use the tier until undo is called. It must not be called while kernels run.
func Force(t Tier) (undo func(), err error) {
	if !detected.Runs(t) {
		return nil, fmt.Errorf("kernel tier %s: this machine or build runs only %v", t, Available())
	}
	old := active.Swap(sets[t])
	return func() { active.Store(old) }, nil
}

// Active returns the tier in use.
func Active() Tier { return active.Load().tier }

// Available lists the tiers this machine can run, narrowest first.
func Available() []Tier {
	var ts []Tier
	for _, t := range Tiers() {
		if detected.Runs(t) {
			ts = append(ts, t)
		}
	}
	return ts
}
