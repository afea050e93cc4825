//go:build (amd64 || arm64) && !purego

package kernels

type convTile func(y, x, w *float32, panel uintptr, at *uintptr, run, cols, xcol, wcol, rows, xrow, wrow, columns, accumulate uintptr)

// convBlock is how many bytes of weights stay in the second-level cache while all positions pass over them.
const convBlock = 256 << 10

// run computes the chains of a convolution; in and out count all channels of x and y.
func (t convTile) run(wide int, y []float32, ldy, out int, x []float32, ldx, in int, w []float32, s ConvShape, back, accumulate bool) {
	sc := scratches.Get().(*scratch)
	defer scratches.Put(sc)
	walk := sc.walk(s.Window, back, ldy, ldx)
	k, n := in/s.Groups, out/s.Groups
	depth := s.Taps() * k
	block := max(1, convBlock/(4*depth*wide)) * wide
	flag := uintptr(0)
	if accumulate {
		flag = 1
	}
	for g := range s.Groups {
		xg, yg, wg := x[g*k:], y[g*n:], w[g*Panelled(depth, n):]
		for low := 0; low < n; low += block {
			high := min(n, low+block)
			walk.tiles(&sc.at, func(r, c span) {
				if r.taps == 0 || c.taps == 0 {
					if !accumulate {
						sc.clearTile(yg, low, high)
					}
					return
				}
				xs, ws := walk.inSteps(r, c), walk.tapSteps(r, c, 64*k)
				run, cols := k, c.taps
				if ldx == k && c.srcToTap == 1 && c.tapStep == 1 { // the taps of a row are contiguous
					run, cols, xs.col, ws.col = k*cols, 1, uintptr(4*k*cols), uintptr(64*k*cols)
				}
				first := (r.tap*s.Kernel[1] + c.tap) * k * 16
				for o := low; o < high; o += wide {
					columns, panel := min(wide, n-o), 64*depth
					if columns <= 16 {
						panel = 0
					}
					t(&yg[o], &xg[0], &wg[o*depth+first], uintptr(panel), &sc.at[0],
						uintptr(run), uintptr(cols), xs.col-uintptr(4*run), ws.col-uintptr(64*run),
						uintptr(r.taps), xs.row, ws.row, uintptr(columns), flag)
				}
			})
		}
	}
}

// clearTile zeroes channels low to high of the positions of a tile.
func (sc *scratch) clearTile(y []float32, low, high int) {
	for _, at := range sc.at[tilePositions:] {
		clear(y[int(at)/4+low : int(at)/4+high])
	}
}
