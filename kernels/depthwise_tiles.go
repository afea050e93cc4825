//go:build (amd64 || arm64) && !purego

package kernels

type depthwiseTile func(y, x, w *float32, at *uintptr, channels, rows, xrow, wrow, cols, xcol, wcol uintptr)

type depthwiseGradTile func(dw, x, dy *float32, list *uintptr, n, xstep, ystep, channels uintptr)

// depthwiseTiles holds a tier's tiles: one for any window, and some for rows of kernels by their width.
type depthwiseTiles struct {
	any depthwiseTile
	row map[int]depthwiseRow
}

func (t depthwiseTiles) run(y []float32, ldy int, x []float32, ldx int, w []float32, v Window, channels int, back bool) {
	sc := scratches.Get().(*scratch)
	defer scratches.Put(sc)
	walk := sc.walk(v, back, ldy, ldx)
	if row := t.row[v.Kernel[1]]; row != nil && v.Stride[1] == 1 && v.Pad[1] < v.Kernel[1] {
		row.run(sc, walk, y, x, w, v, channels, back)
		return
	}
	walk.tiles(&sc.at, func(r, c span) {
		if r.taps == 0 || c.taps == 0 {
			sc.clearTile(y, 0, channels)
			return
		}
		xs, ws := walk.inSteps(r, c), walk.tapSteps(r, c, 4*channels)
		t.any(&y[0], &x[0], &w[(r.tap*v.Kernel[1]+c.tap)*channels], &sc.at[0], uintptr(channels),
			uintptr(r.taps), xs.row, ws.row, uintptr(c.taps), xs.col, ws.col)
	})
}

// depthwiseChunk is roughly how many elements of x the gradient of the weights takes at a time, so that they stay in
// the first-level cache while all taps pass over them.
const depthwiseChunk = 3 << 10

// depthwiseGradTiles holds a tier's tiles for gradients: one for any window, and some for kernels by their width and
// by the rows of taps they take at once.
type depthwiseGradTiles struct {
	any depthwiseGradTile
	row map[int][]depthwiseRowGrad
}

func (t depthwiseGradTiles) run(dw []float32, x []float32, ldx int, dy []float32, lddy int, v Window, channels int) {
	clear(dw[:v.Taps()*channels])
	sc := scratches.Get().(*scratch)
	defer scratches.Put(sc)
	if rows := t.row[v.Kernel[1]]; rows != nil {
		sc.gradRows(rows, dw, x, ldx, dy, lddy, v, channels)
		return
	}
	positions, chunk := v.Outputs(), max(8, depthwiseChunk/channels)
	for low := 0; low < positions; low += chunk {
		sc.meet(v, low, min(positions, low+chunk), ldx, lddy)
		first := 0
		for tap, end := range sc.ends {
			if end > first {
				t.any(&dw[tap*channels], &x[0], &dy[low*lddy], &sc.meetings[first].x, uintptr(end-first), uintptr(4*ldx*v.Stride[1]), uintptr(4*lddy), uintptr(channels))
			}
			first = end
		}
	}
}
