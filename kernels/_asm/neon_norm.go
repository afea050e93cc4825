package main

func (g *neon) norm() {
	g.batchNormMoments()
	g.batchNormGradSums()
	g.batchNorm()
	g.batchNormGrad()
}

// fourRows runs body on rows 0, 1, 2 and 3 of every four, and on what is left; body moves the pointers on.
func (g *neon) fourRows(rows gp, body func(chain int)) {
	g.every(4, rows, func() {
		for i := range 4 {
			g.scope(func() { body(i) })
		}
	})
	done := g.label("done")
	for i := range 3 {
		g.do("CMP $%d, %v", i, rows)
		g.do("BLE %s", done)
		g.scope(func() { body(i) })
	}
	g.place(done)
}

// foldRows adds the four chains as (0 + 2) + (1 + 3).
func (g *neon) foldRows(c []vr) vr {
	g.fadd(c[0], c[0], c[2])
	g.fadd(c[1], c[1], c[3])
	g.fadd(c[0], c[0], c[1])
	return c[0]
}

func (g *neon) batchNormMoments() {
	g.function("batchNormMoments",
		"func(mean *float32, variance *float32, x *float32, ldx uintptr, rows uintptr, channels uintptr, count float32)",
		"Means and variances over rows, ldx bytes apart; count is their number.")
	mean, variance, x, ldx, rows := g.arg("mean"), g.arg("variance"), g.arg("x"), g.arg("ldx"), g.arg("rows")
	count := g.broadcastArg("count")
	g.each(g.arg("channels"), 4, func(c chunk) {
		means := g.vrList(c.vectors())
		ofRows := func(result []vr, add func(j int, v, chain vr)) {
			g.scope(func() {
				chains, p := g.tile(c.vectors(), 4), g.copyOf(x)
				g.fourRows(g.copyOf(rows), func(i int) {
					for j, v := range g.loadChunk(c, p) {
						add(j, v, chains[j][i])
					}
					g.do("ADD %v, %v, %v", ldx, p, p)
				})
				for j := range chains {
					g.fdiv(result[j], g.foldRows(chains[j]), count)
				}
			})
		}
		ofRows(means, func(_ int, v, chain vr) { g.fadd(chain, chain, v) })
		g.storeChunk(c, means, mean)
		variances := g.vrList(c.vectors())
		ofRows(variances, func(j int, v, chain vr) {
			g.fsub(v, v, means[j])
			g.fmla(chain, v, v)
		})
		g.storeChunk(c, variances, variance)
		g.advance(c.bytes(), mean, variance, x)
	})
	g.ret()
}

func (g *neon) batchNormGradSums() {
	g.function("batchNormGradSums",
		"func(dshift *float32, dscale *float32, dy *float32, lddy uintptr, x *float32, ldx uintptr, mean *float32, rows uintptr, channels uintptr)",
		"Sums over rows of dy and of dy·(x - mean), rows lddy and ldx bytes apart.")
	dshift, dscale, mean := g.arg("dshift"), g.arg("dscale"), g.arg("mean")
	dy, lddy, x, ldx, rows := g.arg("dy"), g.arg("lddy"), g.arg("x"), g.arg("ldx"), g.arg("rows")
	g.each(g.arg("channels"), 2, func(c chunk) {
		sums, products := g.tile(c.vectors(), 4), g.tile(c.vectors(), 4)
		means, dp, xp := g.loadChunk(c, mean), g.copyOf(dy), g.copyOf(x)
		g.fourRows(g.copyOf(rows), func(i int) {
			d, v := g.loadChunk(c, dp), g.loadChunk(c, xp)
			for j := range d {
				g.fsub(v[j], v[j], means[j])
				g.fadd(sums[j][i], sums[j][i], d[j])
				g.fmla(products[j][i], v[j], d[j])
			}
			g.do("ADD %v, %v, %v", lddy, dp, dp)
			g.do("ADD %v, %v, %v", ldx, xp, xp)
		})
		var shifts, scales []vr
		for j := range sums {
			shifts, scales = append(shifts, g.foldRows(sums[j])), append(scales, g.foldRows(products[j]))
		}
		g.storeChunk(c, shifts, dshift)
		g.storeChunk(c, scales, dscale)
		g.advance(c.bytes(), dshift, dscale, mean, dy, x)
	})
	g.ret()
}

func (g *neon) batchNorm() {
	g.function("batchNorm",
		"func(y *float32, ldy uintptr, x *float32, ldx uintptr, mean *float32, scale *float32, shift *float32, rows uintptr, channels uintptr)",
		"y = fma(x - mean, scale, shift), rows ldy and ldx bytes apart.")
	y, ldy, x, ldx := g.arg("y"), g.arg("ldy"), g.arg("x"), g.arg("ldx")
	mean, scale, shift, channels := g.arg("mean"), g.arg("scale"), g.arg("shift"), g.arg("channels")
	g.countDown(g.arg("rows"), func() {
		yp, xp, m, s, b := g.copyOf(y), g.copyOf(x), g.copyOf(mean), g.copyOf(scale), g.copyOf(shift)
		g.each(g.copyOf(channels), 4, func(c chunk) {
			v, means, scales, result := g.loadChunk(c, xp), g.loadChunk(c, m), g.loadChunk(c, s), g.loadChunk(c, b)
			for j := range v {
				g.fsub(v[j], v[j], means[j])
				g.fmla(result[j], v[j], scales[j])
			}
			g.storeChunk(c, result, yp)
			g.advance(c.bytes(), yp, xp, m, s, b)
		})
		g.do("ADD %v, %v, %v", ldy, y, y)
		g.do("ADD %v, %v, %v", ldx, x, x)
	})
	g.ret()
}

func (g *neon) batchNormGrad() {
	g.function("batchNormGrad",
		"func(dx *float32, lddx uintptr, dy *float32, lddy uintptr, x *float32, ldx uintptr, mean *float32, byDy *float32, byX *float32, constant *float32, rows uintptr, channels uintptr)",
		"dx = fma(dy, byDy, fma(x - mean, byX, constant)), strides in bytes.")
	pointers := []gp{g.arg("dx"), g.arg("dy"), g.arg("x")}
	strides := []gp{g.arg("lddx"), g.arg("lddy"), g.arg("ldx")}
	perChannel := []gp{g.arg("mean"), g.arg("byDy"), g.arg("byX"), g.arg("constant")}
	channels := g.arg("channels")
	g.countDown(g.arg("rows"), func() {
		var at []gp
		for _, p := range append(pointers[:3:3], perChannel...) {
			at = append(at, g.copyOf(p))
		}
		dx, dy, x, mean, byDy, byX, constant := at[0], at[1], at[2], at[3], at[4], at[5], at[6]
		g.each(g.copyOf(channels), 4, func(c chunk) {
			v, means, factors, result := g.loadChunk(c, x), g.loadChunk(c, mean), g.loadChunk(c, byX), g.loadChunk(c, constant)
			d, byD := g.loadChunk(c, dy), g.loadChunk(c, byDy)
			for j := range v {
				g.fsub(v[j], v[j], means[j])
				g.fmla(result[j], v[j], factors[j])
				g.fmla(result[j], d[j], byD[j])
			}
			g.storeChunk(c, result, dx)
			g.advance(c.bytes(), at...)
		})
		for i, p := range pointers {
			g.do("ADD %v, %v, %v", strides[i], p, p)
		}
	})
	g.ret()
}
