package kernels_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"srhmbench/kernels"
)

// unit is half the distance from 1 to the next float32: the relative error of one rounding.
const unit = 0x1p-24

// column is one channel of a long batch.
type column struct {
	name string
	at   func(r *rand.Rand, row int) float64
}

// columns are the inputs on which sums of one chain went wrong, and on which sums about a badly chosen center would go
// wrong.
var columns = []column{
	{"constant", func(*rand.Rand, int) float64 { return 5.3 }},
	{"nearly constant", func(r *rand.Rand, _ int) float64 { return 5.3 + 0.01*r.NormFloat64() }},
	{"far from 0", func(r *rand.Rand, _ int) float64 { return -1000 + r.NormFloat64() }},
	{"around 0", func(r *rand.Rand, _ int) float64 { return r.NormFloat64() }},
	{"first an outlier", func(r *rand.Rand, row int) float64 {
		if row == 0 {
			return 1e6
		}
		return r.Float64()
	}},
	{"rising", func(_ *rand.Rand, row int) float64 { return float64(row) / 1000 }},
	{"halves that cancel", func(r *rand.Rand, row int) float64 { return float64(1-2*(row&1)) * (3 + r.Float64()) }},
}

// rowCounts of long batches: 32 768 is 512 signals of 64 positions, 802 816 is 256 images of 56×56.
var rowCounts = []int{7, 1000, 32768, 802816, 1_000_003}

// inColumns stores the columns as channels, with the same values every time.
func inColumns(rows int) []float32 {
	x, r := make([]float32, rows*len(columns)), rand.New(rand.NewPCG(1, uint64(rows)))
	for row := range rows {
		for c, kind := range columns {
			x[row*len(columns)+c] = float32(kind.at(r, row))
		}
	}
	return x
}

// A batch's moments keep the bounds stated at BatchNormMoments, however many rows there are.
func TestBatchNormMomentsOfLongBatches(t *testing.T) {
	for _, rows := range rowCounts {
		x, channels, first := inColumns(rows), len(columns), []float32(nil)
		onTiers(t, func(t *testing.T) {
			sums := make([]float32, 2*channels)
			mean, variance := sums[:channels], sums[channels:]
			kernels.BatchNormMoments(mean, variance, x, channels, rows, channels)
			if first == nil {
				first = sums
			} else if !slices.Equal(sums, first) {
				t.Errorf("rows=%d: %v, another tier has %v", rows, sums, first)
			}
			for c, kind := range columns {
				t.Run(fmt.Sprintf("%s/rows=%d", kind.name, rows), func(t *testing.T) {
					var sum, magnitude, squares float64
					for r := range rows {
						sum += float64(x[r*channels+c])
						magnitude += math.Abs(float64(x[r*channels+c]))
					}
					center, n := sum/float64(rows), float64(rows)
					for r := range rows {
						d := float64(x[r*channels+c]) - center
						squares += d * d
					}
					off := 5 * unit * magnitude / n
					wantNear(t, "mean", mean[c], center, off)
					wantNear(t, "variance", variance[c], squares/n, 10*unit*squares/n+1.1*off*off)
					if kind.name == "constant" && (float64(mean[c]) != float64(float32(5.3)) || variance[c] != 0) {
						t.Errorf("of a constant: mean %v, variance %v", mean[c], variance[c])
					}
				})
			}
		})
	}
}

// The gradient's sums keep the bounds stated at BatchNormGradSums.
func TestBatchNormGradSumsOfLongBatches(t *testing.T) {
	for _, rows := range rowCounts {
		dy, channels, first := inColumns(rows), len(columns), []float32(nil)
		x := inColumns(rows + 1)[channels:] // the same kinds of values, but another first row
		mean := make([]float32, channels)
		for c := range mean {
			mean[c] = x[c] + 0.25
		}
		onTiers(t, func(t *testing.T) {
			sums := make([]float32, 2*channels)
			dshift, dscale := sums[:channels], sums[channels:]
			kernels.BatchNormGradSums(dshift, dscale, dy, channels, x, channels, mean, rows, channels)
			if first == nil {
				first = sums
			} else if !slices.Equal(sums, first) {
				t.Errorf("rows=%d: %v, another tier has %v", rows, sums, first)
			}
			for c, kind := range columns {
				t.Run(fmt.Sprintf("%s/rows=%d", kind.name, rows), func(t *testing.T) {
					var sum, magnitude, products, productMagnitude float64
					for r := range rows {
						d, z := float64(dy[r*channels+c]), float64(x[r*channels+c])-float64(mean[c])
						sum, magnitude = sum+d, magnitude+math.Abs(d)
						products, productMagnitude = products+d*z, productMagnitude+math.Abs(d*z)
					}
					wantNear(t, "dshift", dshift[c], sum, 5*unit*magnitude)
					wantNear(t, "dscale", dscale[c], products, 9*unit*productMagnitude)
				})
			}
		})
	}
}

func wantNear(t *testing.T, name string, got float32, want, bound float64) {
	t.Helper()
	if e := math.Abs(float64(got) - want); !(e <= bound) {
		t.Errorf("%s is %v, want %v ± %.2g: off by %.2g", name, got, want, bound, e)
	}
}
