//go:build (amd64 || arm64) && !purego

package kernels

// rowOutputs is how many positions of a row the assembly computes at once.
const rowOutputs = 8

// rowTile is a few outputs of a row and the columns they read: outputs o, o+1, … read columns from o on, of which only
// enter to leave exist.
type rowTile struct {
	x, y                  uintptr // offsets in bytes of the first column, which need not exist, and of the first output
	enter, leave, outputs uintptr
}

// depthwiseRow computes n tiles of a row.
type depthwiseRow func(y, x, w *float32, tiles *uintptr, n, channels, rows, xrow, wrow, xcol, ycol, next uintptr)

// run computes one row of outputs after the other. Backward it goes from right to left, as the taps then go through
// dy; this makes it a convolution padded by what the kernel reaches beyond the padding.
func (t depthwiseRow) run(sc *scratch, k windowWalk, y, x, w []float32, v Window, channels int, back bool) {
	pad, xfirst, yfirst, xcol, ycol := v.Pad[1], 0, 0, k.ldin, k.ld
	if back {
		pad, xfirst, yfirst, xcol, ycol = k.kernelWidth-1-pad, k.inWidth-1, k.width-1, -k.ldin, -k.ld
	}
	sc.rowTiles(k, pad, 4*xcol, 4*ycol)
	for b := range k.batch {
		for _, r := range k.rows {
			xrow := 4 * k.ldin * r.srcToTap * k.inWidth
			next := 0
			if back {
				next = -(r.taps + 1) * xrow
			}
			for i := range r.n {
				to := y[k.ld*((b*k.height+r.at+i*r.step)*k.width):]
				if r.taps == 0 {
					clearPositions(to, k.width, k.ld, channels)
					continue
				}
				from := k.ldin * ((b*k.inHeight+r.src+i*r.srcStep)*k.inWidth + xfirst)
				t(&to[k.ld*yfirst], &x[from], &w[r.tap*k.kernelWidth*channels], &sc.tiles[0].x, uintptr(len(sc.tiles)), uintptr(channels), uintptr(r.taps),
					uintptr(xrow), uintptr(4*r.tapStep*k.kernelWidth*channels), uintptr(4*xcol), uintptr(4*ycol), uintptr(next))
			}
		}
	}
}

// rowTiles cuts a row of outputs; xcol and ycol are the bytes between columns.
func (s *scratch) rowTiles(k windowWalk, pad, xcol, ycol int) {
	s.tiles = s.tiles[:0]
	for o := 0; o < k.width; o += rowOutputs {
		n := min(rowOutputs, k.width-o)
		enter, leave := max(0, pad-o), min(n+k.kernelWidth-1, k.inWidth+pad-o)
		s.tiles = append(s.tiles, rowTile{uintptr(xcol * (o - pad)), uintptr(ycol * o), uintptr(enter), uintptr(leave), uintptr(n)})
	}
}

// clearPositions zeroes the channels of n positions.
func clearPositions(y []float32, n, ld, channels int) {
	for p := range n {
		clear(y[p*ld : p*ld+channels])
	}
}

// gradSpan is outputs of a row that meet the same columns of the kernel, enter to leave. x is the offset in bytes of
// where column 0 lies for the first output, which need not exist.
type gradSpan struct{ x, dy, enter, leave, outputs uintptr }

// depthwiseRowGrad adds the spans of one or more rows of outputs to the gradients of one or more rows of taps.
type depthwiseRowGrad func(dw, x, dy *float32, spans *uintptr, n, channels, xrow, xcol, xstep, ystep uintptr)

// gradRows takes one or more rows of outputs after the other, each with as many rows of taps at once as there are
// tiles for.
func (sc *scratch) gradRows(tiles []depthwiseRowGrad, dw, x []float32, ldx int, dy []float32, lddy int, v Window, channels int) {
	rows, cols := v.axis(0), v.axis(1)
	xrow, yrow := 4*ldx*cols.in, 4*lddy*cols.out
	sc.gradSpans(cols, 4*ldx, 4*lddy)
	if len(sc.spans) == 0 {
		return
	}
	spans, most := len(sc.spans), rowsAtOnce(v, ldx)
	for r := 1; r < most; r++ {
		for _, p := range sc.spans[:spans] {
			p.x, p.dy = p.x+uintptr(r*rows.stride*xrow), p.dy+uintptr(r*yrow)
			sc.spans = append(sc.spans, p)
		}
	}
	for b := range v.Batch {
		for o, n := 0, 0; o < rows.out; o += n {
			first := o*rows.stride - rows.pad
			low, high := max(0, -first), min(rows.kernel, rows.in-first)
			n = 1
			if low == 0 && high == rows.kernel {
				n = min(most, (rows.in-high-first)/rows.stride+1)
			}
			for i := low; i < high; {
				taps := min(high-i, len(tiles)-1)
				tiles[taps](&dw[i*cols.kernel*channels], &x[ldx*(b*rows.in+first+i)*cols.in], &dy[lddy*(b*rows.out+o)*cols.out], &sc.spans[0].x, uintptr(n*spans), uintptr(channels),
					uintptr(xrow), uintptr(4*ldx), uintptr(4*ldx*cols.stride), uintptr(4*lddy))
				i += taps
			}
		}
	}
}

// gradShares is how many bytes the rows that one row of outputs reads must have before several rows share sums in
// registers. Less than that stays in the first-level cache until the next row reads it.
var gradShares = 16 << 10

// rowsAtOnce returns how many rows of outputs share sums, such that what they read for one block of channels stays in
// the first-level cache for the next block, which uses the other half of each line.
func rowsAtOnce(v Window, ldx int) int {
	rows, cols := v.axis(0), v.axis(1)
	most := 1
	if 4*ldx*(rows.kernel*cols.in+cols.out) <= gradShares {
		return most
	}
	for most < 4 && (rows.kernel+most*rows.stride)*cols.in+(most+1)*cols.out <= linesApart(ldx)*3/4 {
		most++
	}
	return most
}

// gradSpans cuts a row of outputs; xcol and ycol are the bytes between columns.
func (sc *scratch) gradSpans(cols axis, xcol, ycol int) {
	sc.cols, sc.spans = cols.forwardSpans(sc.cols), sc.spans[:0]
	for _, c := range sc.cols {
		if c.taps > 0 {
			sc.spans = append(sc.spans, gradSpan{uintptr(xcol * (c.src - c.tap)), uintptr(ycol * c.at), uintptr(c.tap), uintptr(c.tap + c.taps), uintptr(c.n)})
		}
	}
}
