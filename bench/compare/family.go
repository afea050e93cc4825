package compare

import (
	"slices"
	"strings"
)

// Families are the groups that operations are summed up in, in the order of reports.
var Families = []string{"products", "batch-4 layers", "convolutions", "elementwise", "rows and pools", "training steps"}

var familyOf = map[string]string{
	"GEMM": "products", "GEMMT": "products", "GEMMNT": "products", "MomentumGEMM": "products", "MatMul": "products",
	"BatchMatMul": "products", "RankK": "products", "GER": "products", "GEMV": "products", "GEMVT": "products",
	"Forward": "products", "Backward": "products", "Update": "products", "Pack": "rows and pools",

	"ReLU": "elementwise", "ReLUGrad": "elementwise", "Momentum": "elementwise", "CatchUp": "elementwise",
	"MomentumSteps": "elementwise", "DecayMomentum": "elementwise", "Add": "elementwise", "Multiply": "elementwise",
	"Sigmoid": "elementwise", "SiLU": "elementwise", "Tanh": "elementwise", "Log": "elementwise", "Rsqrt": "elementwise",
	"SigmoidGrad": "elementwise", "SiLUGrad": "elementwise", "TanhGrad": "elementwise",

	"GatherRows": "rows and pools", "Transpose": "rows and pools", "Softmax": "rows and pools", "SoftmaxCrossEntropy": "rows and pools",

	"TrainingStep": "training steps", "CostOfBlanks": "training steps", "Training": "training steps",
}

// Family returns the group of a benchmark, or "" if it belongs to none, as the roofs do.
func Family(row string) string {
	operation, rest, _ := strings.Cut(row, "/")
	family := FamilyOf(operation)
	if family == "products" && onFourSamples(rest) {
		return "batch-4 layers"
	}
	return family
}

// FamilyOf is Family for all of an operation, whatever its sizes.
func FamilyOf(operation string) string {
	switch family, known := familyOf[operation]; {
	case known:
		return family
	case strings.HasPrefix(operation, "Conv"), strings.HasPrefix(operation, "DepthwiseConv"):
		return "convolutions"
	case strings.HasPrefix(operation, "BatchNorm"), strings.Contains(operation, "Pool"):
		return "rows and pools"
	}
	return ""
}

// onFourSamples reports whether a product is of a layer's weights with a mini-batch of 4, as in the paper's text.
func onFourSamples(sizes string) bool {
	for _, size := range []string{"m=4", "samples=4", "shapes=batch4", "shapes=cold"} {
		if slices.Contains(strings.Split(sizes, "/"), size) {
			return true
		}
	}
	return false
}

// Operation is the first part of a benchmark's name.
func Operation(row string) string {
	operation, _, _ := strings.Cut(row, "/")
	return operation
}
