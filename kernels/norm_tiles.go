//go:build (amd64 || arm64) && !purego

package kernels

type (
	batchNormMomentsTile  func(mean, variance, x *float32, ldx, rows, channels uintptr, share float64, chunk uintptr, totals *float64)
	batchNormGradSumsTile func(dshift, dscale, dy *float32, lddy uintptr, x *float32, ldx uintptr, mean *float32, rows, channels, chunk uintptr, shifts, scales *float64)
)

// rowBytes is roughly how much memory the rows of a chunk take: they stay in the second-level cache while the sums of
// one block of channels after the other are formed. It does not change a bit of the result.
var rowBytes = 256 << 10

// rowChunk returns the number of rows in a chunk, a multiple of 16, for rows of the given number of elements.
func rowChunk(elements int) int { return max(1, rowBytes/64/max(elements, 1)) * 16 }

func (t batchNormMomentsTile) run(mean, variance []float32, x []float32, ldx int, rows, channels int) {
	chunk := rowChunk(ldx)
	share, totals := 1/float64(rows), (*float64)(nil)
	if rows > chunk {
		sc := scratches.Get().(*scratch)
		defer scratches.Put(sc)
		sc.totals = grown(sc.totals, Padded(channels))
		totals = &sc.totals[0]
	}
	t(first(mean), first(variance), first(x), uintptr(4*ldx), uintptr(rows), uintptr(channels), share, uintptr(chunk), totals)
}

func (t batchNormGradSumsTile) run(dshift, dscale []float32, dy []float32, lddy int, x []float32, ldx int, mean []float32, rows, channels int) {
	chunk := rowChunk(lddy + ldx)
	shifts, scales := (*float64)(nil), (*float64)(nil)
	if rows > chunk {
		sc := scratches.Get().(*scratch)
		defer scratches.Put(sc)
		sc.totals = grown(sc.totals, 2*Padded(channels))
		shifts, scales = &sc.totals[0], &sc.totals[Padded(channels)]
	}
	t(first(dshift), first(dscale), first(dy), uintptr(4*lddy), first(x), uintptr(4*ldx), first(mean), uintptr(rows), uintptr(channels),
		uintptr(chunk), shifts, scales)
}
