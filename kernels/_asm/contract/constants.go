// Package contract holds what the generators of both architectures share: the constants and the orders of summation that
// make the bits the same on every tier.
package contract

import "math"

// The constants of exp: shared with softmax_generic.go, which spells the sequence out.
var (
	ExpLog2E  = float32(math.Log2E)
	ExpLn2Hi  = float32(0.693359375)
	ExpLn2Lo  = float32(-2.12194440e-4)
	ExpFloor  = float32(-87)
	ExpCoeffs = []float32{1.0 / 5040, 1.0 / 720, 1.0 / 120, 1.0 / 24, 1.0 / 6, 0.5, 1, 1}
)

// The constants of tanh and log: shared with activation_generic.go, which spells the sequences out.
const (
	TanhSmall = float32(0.625)
	LogRoot   = 0x3f3504f3
	LogTiny   = float32(0x1p-126)
	LogLn2Hi  = float32(0.693359375)
	LogLn2Lo  = float32(-2.12194440e-4)
	SiLUBound = float32(88)
)

var (
	TanhCoeffs = []float32{0.002292744816178142, -0.008343945515839153, 0.02176891865102821, -0.053959259577204544, 0.1333330355691574, -0.3333333317214036}
	LogCoeffs  = []float32{0.06971611471451172, -0.11479733846637633, 0.1168541992348674, -0.12425687331451106, 0.1424905764569748, -0.16667802319501254, 0.200007157488921, -0.24999996957950882, 0.33333331180030046}
)

// MaxRank is the largest rank of an update in one pass: its factors stay in registers along a row.
const MaxRank = 8

// GemvRows are the rows that share the reading of x.
const GemvRows = 4

// TilePositions is how many positions a tile of a convolution or a pooling holds; window_tiles.go has the same.
const TilePositions = 6
