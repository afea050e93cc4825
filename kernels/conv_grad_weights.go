//go:build (amd64 || arm64) && !purego

package kernels

type convGradTile func(dw *float32, panel uintptr, x, dy *float32, dypanel uintptr, at *uintptr, list *uintptr, n, xstep, ystep, columns, accumulate uintptr)

// gradBlocking is how the gradient of the weights is cut and what is copied. None of it changes a bit of the result.
type gradBlocking struct {
	positions int // outputs at a time: 16 columns of so many stay in the first-level cache, and six channels of what they read
	packX     int // reads of a position of x, times elements to what the next output reads, from which on x is copied
}

var gradBlocks = gradBlocking{positions: 256, packX: 2000}

// gradInput is x or a copy of it, in tiles of six channels.
type gradInput struct {
	data        []float32
	group, tile int     // elements from a group to the next, from a tile to the next
	step        uintptr // bytes from what an output reads to what the next one in the row reads
}

// run adds the products of all positions to dw, chunk by chunk in ascending order.
func (t convGradTile) run(wide int, dw []float32, x []float32, ldx int, dy []float32, lddy int, s ConvShape, accumulate bool) {
	positions := s.Outputs()
	if positions == 0 && !accumulate {
		clearWeights(dw, s)
	}
	sc := scratches.Get().(*scratch)
	defer scratches.Put(sc)
	for low := 0; low < positions; low += gradBlocks.positions {
		n := min(gradBlocks.positions, positions-low)
		sc.meet(s.Window, low, low+n, 1, 16)
		in := sc.gradInput(x, ldx, s)
		for g := range s.Groups {
			t.group(wide, sc, dw, in, dy[low*lddy:], lddy, n, s, g, accumulate || low > 0)
		}
	}
}

// group adds the products of n positions in one group. dy is packed 64 columns at a time, in panels of 16.
func (t convGradTile) group(wide int, sc *scratch, dw []float32, x gradInput, dy []float32, lddy, n int, s ConvShape, g int, accumulate bool) {
	in, out := s.In/s.Groups, s.Out/s.Groups
	depth := s.Taps() * in
	dw = dw[g*Panelled(depth, out):]
	sc.packed = grown(sc.packed, 64*n)
	for o := 0; o < out; o += wide {
		if o%64 == 0 {
			active.Load().Pack(sc.packed, dy[g*out+o:], lddy, n, min(64, out-o))
		}
		for c := 0; c < in; c += tilePositions {
			t.taps(sc, dw[o*depth+16*c:], x.data[g*x.group+c/tilePositions*x.tile:], x.step, sc.packed[o%64*n:], n, in, min(tilePositions, in-c), depth, min(wide, out-o), accumulate)
		}
	}
}

// taps adds the products of up to six channels, of in, and so many columns, tap after tap, while both stay in the cache.
func (t convGradTile) taps(sc *scratch, dw, x []float32, xstep uintptr, dy []float32, n, in, channels, depth, columns int, accumulate bool) {
	panel, dypanel, flag := uintptr(64*depth), uintptr(64*n), uintptr(0)
	if columns <= 16 {
		panel, dypanel = 0, 0
	}
	if accumulate {
		flag = 1
	}
	for q := range tilePositions {
		row := min(q, channels-1)
		sc.at[q], sc.at[tilePositions+q] = uintptr(4*row), uintptr(64*row)
	}
	first := 0
	for tap, end := range sc.ends {
		to := dw[16*in*tap:]
		if end > first {
			t(&to[0], panel, &x[0], &dy[0], dypanel, &sc.at[0], &sc.meetings[first].x, uintptr(end-first), xstep, 64, uintptr(columns), flag)
		} else if !accumulate {
			clearRows(to, depth, channels, columns)
		}
		first = end
	}
}

// gradInput is what the meetings read, at one element per position till now: x, or a copy of the positions that they reach.
// The farther apart positions are, the fewer sets of the caches they fall into; a copy costs about two reads.
func (sc *scratch) gradInput(x []float32, ldx int, s ConvShape) gradInput {
	in := s.In / s.Groups
	low, positions, reads := sc.reads(s.Stride[1])
	reads *= Padded(s.Out/s.Groups) / 16
	if reads*ldx*s.Stride[1] < gradBlocks.packX*positions || positions > 8*gradBlocks.positions {
		sc.spread(0, ldx)
		return gradInput{x, in, tilePositions, uintptr(4 * ldx * s.Stride[1])}
	}
	sc.spread(low, tilePositions)
	tiles := (in + tilePositions - 1) / tilePositions
	tile := (Padded(tilePositions*positions)/16 | 1) * 16 // an odd number of cache lines, so that tiles fall into all sets
	sc.x = grown(sc.x, s.Groups*tiles*tile)
	for p := range positions {
		for g := range s.Groups {
			packSixes(sc.x[g*tiles*tile+p*tilePositions:], tile, x[(low+p)*ldx+g*in:][:in])
		}
	}
	return gradInput{sc.x, tiles * tile, tile, uintptr(4 * tilePositions * s.Stride[1])}
}

// reads is which positions of x the meetings reach from the first to the last, and how many reads of six channels that is.
func (sc *scratch) reads(stride int) (low, positions, reads int) {
	if len(sc.meetings) == 0 {
		return 0, 0, 0
	}
	first, last := sc.meetings[0].x, uintptr(0)
	for _, m := range sc.meetings {
		first, last = min(first, m.x), max(last, m.x+(m.n-1)*uintptr(4*stride))
		reads += int(m.n)
	}
	return int(first / 4), int(last/4-first/4) + 1, reads
}

// spread makes meetings count from a position, and so many elements per position.
func (sc *scratch) spread(low, ld int) {
	for i := range sc.meetings {
		m := &sc.meetings[i]
		m.x = (m.x - uintptr(4*low)) * uintptr(ld)
	}
}

// packSixes copies six channels at a time to places ld apart.
func packSixes(to []float32, ld int, from []float32) {
	at := 0
	for ; len(from) >= tilePositions; from = from[tilePositions:] {
		d, s := (*[tilePositions]float32)(to[at:]), (*[tilePositions]float32)(from)
		d[0], d[1], d[2], d[3], d[4], d[5] = s[0], s[1], s[2], s[3], s[4], s[5] // becomes three moves; copy, a call
		at += ld
	}
	if len(from) > 0 {
		copy(to[at:], from)
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
