//go:build (amd64 || arm64) && !purego

package kernels

import "slices"

type convTile func(y, x, w *float32, panel uintptr, at *uintptr, run, cols, xcol, wcol, rows, xrow, wrow, columns, accumulate uintptr)

type convGradTile func(dw *float32, panel uintptr, x, dy *float32, at *uintptr, list *uintptr, n, columns, accumulate uintptr)

// convBlock is how many bytes of weights stay in the second-level cache while all positions pass by them.
const convBlock = 256 << 10

// run computes the chains of a convolution: in and out are all channels of x and y.
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
				if ldx == k && c.srcToTap == 1 && c.tapStep == 1 { // the taps of a row lie together
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

// clearTile zeroes columns of the positions of a tile.
func (sc *scratch) clearTile(y []float32, low, high int) {
	for _, at := range sc.at[tilePositions:] {
		clear(y[int(at)/4+low : int(at)/4+high])
	}
}

// gradChunk is how many positions the gradient of the weights takes at a time, so that they stay in the caches
// while all taps and channels pass by them.
const gradChunk = 256

// run adds the products of all positions to dw, chunk by chunk in ascending order.
func (t convGradTile) run(wide int, dw []float32, x []float32, ldx int, dy []float32, lddy int, s ConvShape, accumulate bool) {
	positions := s.Outputs()
	if positions == 0 && !accumulate {
		clearWeights(dw, s)
	}
	sc := scratches.Get().(*scratch)
	defer scratches.Put(sc)
	for low := 0; low < positions; low += gradChunk {
		high := min(positions, low+gradChunk)
		sc.meet(s.Window, low, high, ldx, wide)
		for g := range s.Groups {
			t.group(wide, sc, dw, x, dy[low*lddy:], lddy, high-low, s, g, accumulate || low > 0)
		}
	}
}

// group adds the products of n positions of dy in one group.
func (t convGradTile) group(wide int, sc *scratch, dw, x, dy []float32, lddy, n int, s ConvShape, g int, accumulate bool) {
	flag := uintptr(0)
	if accumulate {
		flag = 1
	}
	in, out := s.In/s.Groups, s.Out/s.Groups
	depth := s.Taps() * in
	for o := 0; o < out; o += wide {
		columns, panel := min(wide, out-o), 64*depth
		if columns <= 16 {
			panel = 0
		}
		sc.pack(dy[g*out+o:], lddy, n, columns, wide)
		first := 0
		for tap, end := range sc.ends {
			to := dw[g*Panelled(depth, out)+o*depth+tap*in*16:]
			if end == first && !accumulate {
				clearRows(to, depth, in, columns)
			}
			for c := 0; c < in && end > first; c += tilePositions {
				for q := range tilePositions {
					row := min(q, in-1-c)
					sc.at[q], sc.at[tilePositions+q] = uintptr(4*row), uintptr(64*row)
				}
				t(&to[16*c], uintptr(panel), &x[g*in+c], &sc.packed[0], &sc.at[0], &sc.meetings[first].x, uintptr(end-first), uintptr(columns), flag)
			}
			first = end
		}
	}
}

// clearRows zeroes so many rows and columns of panels of so many rows.
func clearRows(panels []float32, depth, rows, columns int) {
	for c := 0; c < columns; c += 16 {
		for r := range rows {
			clear(panels[PanelIndex(depth, r, c):][:min(16, columns-c)])
		}
	}
}

// pack copies n positions of dy next to each other, columns filled up with zeros to wide.
func (sc *scratch) pack(dy []float32, ld, n, columns, wide int) {
	sc.packed = slices.Grow(sc.packed[:0], n*wide)[:n*wide]
	for p := range n {
		row := sc.packed[p*wide : (p+1)*wide]
		clear(row[copy(row, dy[p*ld:p*ld+columns]):])
	}
}
