//go:build (amd64 || arm64) && !purego

package kernels

type averagePoolTile func(y, x, w *float32, at *uintptr, channels, rows, xrow, wrow, cols, xcol, wcol uintptr, scale float32)

type maxPoolTile func(y, which, x, w *float32, at *uintptr, channels, rows, xrow, wrow, cols, xcol, wcol uintptr)

type maxPoolGradTile func(y, x, which, w *float32, at *uintptr, channels, rows, xrow, wrow, cols, xcol, wcol uintptr)

func (t averagePoolTile) run(y []float32, ldy int, x []float32, ldx int, v Window, channels int, back bool) {
	sc := scratches.Get().(*scratch)
	defer scratches.Put(sc)
	walk := sc.walk(v, back, ldy, ldx)
	walk.tiles(&sc.at, func(r, c span) {
		if r.taps == 0 || c.taps == 0 {
			sc.clearTile(y, 0, channels)
			return
		}
		xs := walk.inSteps(r, c)
		t(&y[0], &x[0], &nothing, &sc.at[0], uintptr(channels), uintptr(r.taps), xs.row, 0, uintptr(c.taps), xs.col, 0, averaging(v))
	})
}

func (t maxPoolTile) run(y, which []float32, ldy int, x []float32, ldx int, v Window, channels int) {
	sc := scratches.Get().(*scratch)
	defer scratches.Put(sc)
	walk, numbers := sc.walk(v, false, ldy, ldx), sc.tapNumbers(v.Taps())
	walk.tiles(&sc.at, func(r, c span) {
		xs, ws := walk.inSteps(r, c), walk.tapSteps(r, c, 4)
		t(&y[0], &which[0], &x[0], &numbers[r.tap*v.Kernel[1]+c.tap], &sc.at[0], uintptr(channels),
			uintptr(r.taps), xs.row, ws.row, uintptr(c.taps), xs.col, ws.col)
	})
}

func (t maxPoolGradTile) run(dx []float32, lddx int, dy, which []float32, lddy int, v Window, channels int) {
	sc := scratches.Get().(*scratch)
	defer scratches.Put(sc)
	walk, numbers := sc.walk(v, true, lddx, lddy), sc.tapNumbers(v.Taps())
	walk.tiles(&sc.at, func(r, c span) {
		if r.taps == 0 || c.taps == 0 {
			sc.clearTile(dx, 0, channels)
			return
		}
		xs, ws := walk.inSteps(r, c), walk.tapSteps(r, c, 4)
		t(&dx[0], &dy[0], &which[0], &numbers[r.tap*v.Kernel[1]+c.tap], &sc.at[0], uintptr(channels),
			uintptr(r.taps), xs.row, ws.row, uintptr(c.taps), xs.col, ws.col)
	})
}

// tapNumbers returns 0, 1, … as the floats that the assembly reads.
func (s *scratch) tapNumbers(n int) []float32 {
	for i := len(s.numbers); i < n; i++ {
		s.numbers = append(s.numbers, float32(i))
	}
	return s.numbers
}
