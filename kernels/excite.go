package kernels

import (
	"fmt"
	"math"
)

// Excite multiplies the channels of every image by factors of their own, y = s·x, as a squeeze-and-excitation block
// does with the factors it derives from their averages (Hu, Shen and Sun, 2018). x and y are batch images of the given
// number of positions, s is batch × channels. y may be x, and must not overlap s. Products of -0 are +0.
func Excite(y []float32, ldy int, x []float32, ldx int, s []float32, batch, positions, channels int) {
	const op = "Excite"
	rows := needExciteRows(op, batch, positions, channels)
	yb := needImages(op, "y", y, rows, channels, ldy)
	needSameOrApart(op, yb, needImages(op, "x", x, rows, channels, ldx))
	need(op, "s", len(s), batch, channels, channels)
	needApart(op, yb, block{"s", s, batch, channels, channels})
	if rows == 0 || channels == 0 {
		return
	}
	use, zeros := active.Load(), make([]float32, channels)
	for b := range batch {
		at := b * positions
		use.BatchNorm(y[at*ldy:], ldy, x[at*ldx:], ldx, zeros, s[b*channels:(b+1)*channels], zeros, positions, channels)
	}
}

// ExciteGrad writes the gradients of Excite: ds, batch × channels, holds the sums of dy·x over the positions of an
// image, in the order of BatchNormGradSums; dx = s·dy may be dy or x. ds must not overlap anything.
func ExciteGrad(dx []float32, lddx int, ds, dy []float32, lddy int, x []float32, ldx int, s []float32, batch, positions, channels int) {
	const op = "ExciteGrad"
	rows := needExciteRows(op, batch, positions, channels)
	out, dyb, xb := needImages(op, "dx", dx, rows, channels, lddx), needImages(op, "dy", dy, rows, channels, lddy), needImages(op, "x", x, rows, channels, ldx)
	need(op, "ds", len(ds), batch, channels, channels)
	need(op, "s", len(s), batch, channels, channels)
	sb := block{"s", s, batch, channels, channels}
	needSameOrApart(op, out, dyb)
	needSameOrApart(op, out, xb)
	needApart(op, out, sb)
	needApart(op, block{"ds", ds, batch, channels, channels}, out, dyb, xb, sb)
	if channels == 0 {
		return
	}
	if rows == 0 {
		clear(ds[:batch*channels])
		return
	}
	use, zeros, sums := active.Load(), make([]float32, channels), make([]float32, channels)
	for b := range batch {
		at, from, to := b*positions, b*channels, (b+1)*channels
		use.BatchNormGradSums(sums, ds[from:to], dy[at*lddy:], lddy, x[at*ldx:], ldx, zeros, positions, channels)
		use.BatchNorm(dx[at*lddx:], lddx, dy[at*lddy:], lddy, zeros, s[from:to], zeros, positions, channels)
	}
}

// needExciteRows returns the number of positions of all images together.
func needExciteRows(op string, batch, positions, channels int) int {
	if batch < 0 || positions < 0 || channels < 0 || (positions > 0 && batch > math.MaxInt/positions) {
		panic(fmt.Sprintf("kernels.%s: a batch of %d images of %d positions and %d channels", op, batch, positions, channels))
	}
	return batch * positions
}
