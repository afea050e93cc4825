package kerneltest

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"srhmbench/kernels"
)

// Case makes the calls that exercise one operation, with values from s.
type Case func(s *Source, each func(Call))

// Cases has one for every operation of the registry; Run fails for an operation without.
var Cases = map[string]Case{
	"GEMM":                     gemmCase,
	"GEMMT":                    gemmTCase,
	"GEMMNT":                   gemmNTCase,
	"MomentumGEMM":             momentumGEMMCase,
	"MatMul":                   matMulCase,
	"BatchMatMul":              batchMatMulCase,
	"Pack":                     packCase,
	"GEMV":                     gemvCase,
	"GEMVT":                    gemvtCase,
	"RankK":                    rankKCase,
	"GER":                      gerCase,
	"GatherRows":               gatherRowsCase,
	"ReLU":                     lengths(ReLU),
	"ReLUGrad":                 lengths(ReLUGrad),
	"Momentum":                 lengths(Momentum),
	"CatchUp":                  lengths(CatchUp),
	"MomentumSteps":            momentumStepsCase,
	"Softmax":                  lengths(Softmax),
	"SoftmaxCrossEntropy":      softmaxCrossEntropyCase,
	"Sigmoid":                  lengths(Sigmoid),
	"SiLU":                     lengths(SiLU),
	"Tanh":                     lengths(Tanh),
	"Log":                      lengths(Log),
	"Rsqrt":                    lengths(Rsqrt),
	"SigmoidGrad":              lengths(SigmoidGrad),
	"SiLUGrad":                 lengths(SiLUGrad),
	"TanhGrad":                 lengths(TanhGrad),
	"Add":                      lengths(Add),
	"Multiply":                 lengths(Multiply),
	"DecayMomentum":            lengths(DecayMomentum),
	"Conv":                     convCase(Conv),
	"ConvGradInput":            convCase(ConvGradInput),
	"ConvGradWeights":          convCase(ConvGradWeights),
	"DepthwiseConv":            depthwiseCase(DepthwiseConv),
	"DepthwiseConvGradInput":   depthwiseCase(DepthwiseConvGradInput),
	"DepthwiseConvGradWeights": depthwiseCase(DepthwiseConvGradWeights),
	"BatchNormMoments":         rowsCase(BatchNormMoments),
	"BatchNorm":                rowsCase(BatchNorm),
	"BatchNormGradSums":        rowsCase(BatchNormGradSums),
	"BatchNormGrad":            rowsCase(BatchNormGrad),
	"MaxPool":                  poolCase(MaxPool),
	"MaxPoolGrad":              poolCase(MaxPoolGrad),
	"AveragePool":              poolCase(AveragePool),
	"AveragePoolGrad":          poolCase(AveragePoolGrad),
	"Transpose":                transposeCase,
	"PeakFMA":                  peakFMACase,
	"StreamRead":               streamReadCase,
}

// Run checks every operation of the registry on every tier, a subtest each.
func Run(t *testing.T) {
	thin, err := thinning()
	if err != nil {
		t.Fatal(err)
	}
	wanted := Tiers(t)
	for op := range Cases {
		if !slices.Contains(kernels.Ops(), op) {
			t.Errorf("there is a case of %s, which is not in the registry", op)
		}
	}
	for _, op := range kernels.Ops() {
		t.Run(op, func(t *testing.T) {
			c := Cases[op]
			if c == nil {
				t.Fatalf("%s is in the registry and has no case", op)
			}
			for _, tier := range kernels.Tiers() {
				t.Run(tier.String(), func(t *testing.T) {
					if !wanted[tier] {
						t.Skipf("this machine, build or leg runs without %v", tier)
					}
					runCase(t, op, c, tier, thin)
				})
			}
		})
	}
}

func runCase(t *testing.T, op string, c Case, tier kernels.Tier, thin int) {
	seen, ran := 0, 0
	for _, kind := range allKinds {
		c(NewSource(kind, 1), func(call Call) {
			seen++
			if keep(seen, thin) && !t.Failed() {
				ran++
				call.Shape += " values=" + kinds[kind]
				Check(t, op, call, tier)
			}
		})
	}
	if ran == 0 {
		t.Errorf("made none of %d calls", seen)
	}
	t.Logf("%d of %d calls", ran, seen)
}

// Tiers says which tiers a leg runs: those SRHM_WANT_TIERS names, of which each must be able to, or
// else all that can.
func Tiers(t testing.TB) map[kernels.Tier]bool {
	t.Helper()
	tiers, err := wantedTiers(os.Getenv("SRHM_WANT_TIERS"), kernels.Available())
	if err != nil {
		t.Fatalf("SRHM_WANT_TIERS: %v", err)
	}
	return tiers
}

func wantedTiers(want string, available []kernels.Tier) (map[kernels.Tier]bool, error) {
	can, wanted := map[kernels.Tier]bool{}, map[kernels.Tier]bool{}
	for _, tier := range available {
		can[tier] = true
	}
	if want == "" {
		return can, nil
	}
	for _, name := range strings.Split(want, ",") {
		tier, err := kernels.ParseTier(name)
		if err != nil {
			return nil, err
		}
		if !can[tier] {
			return nil, fmt.Errorf("tier %v is wanted, this machine or build runs only %v", tier, available)
		}
		wanted[tier] = true
	}
	return wanted, nil
}

// keep chooses one call of thin ones, out of step with the loops that make them, and all of the first, since
// some operations have few.
func keep(i, thin int) bool { return i <= 40 || int(uint32(i)*2654435761>>16)%thin == 0 }

// thinning is n where about one call of n is to be made.
func thinning() (int, error) {
	text := os.Getenv("SRHM_THIN")
	if text == "" {
		return 1, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		return 0, fmt.Errorf("SRHM_THIN is %q, want a positive number", text)
	}
	return n, nil
}
