package arm64

import "fmt"

func (g *neon) momentumGEMM() {
	for r := 1; r <= g.tier.MomentumRows; r++ {
		g.momentumTile(r)
	}
}

// momentumTile: for consecutive blocks of rows of one panel: G = Aᵀ·Z over the samples, ascending;
// M = mu·M + G; W = W - lr·M. Weights and momentum pass memory once.
func (g *neon) momentumTile(rows int) {
	g.function(fmt.Sprintf("momentumGEMM%d", rows),
		"func(w *float32, m *float32, blocks uintptr, a *float32, lda uintptr, z *float32, ldz uintptr, samples uintptr, mu float32, neglr float32)",
		fmt.Sprintf("Gradient and momentum step of blocks of %d rows of a panel of 16 columns, strides in bytes.", rows))
	w, m, a, lda := g.arg("w"), g.arg("m"), g.arg("a"), g.arg("lda")
	z, ldz, samples := g.arg("z"), g.arg("ldz"), g.arg("samples")
	g.countDown(g.arg("blocks"), func() {
		acc := g.tile(rows, 4)
		ap, zp := g.copyOf(a), g.copyOf(z)
		g.every(1, g.copyOf(samples), func() {
			row, x := g.vrList(4), g.vrList(4)
			g.load(zp, 0, row)
			for i := range acc {
				g.loadScalar(ap, 4*i, x[i%4])
				g.fmaRow(acc[i], row, x[i%4])
			}
			g.do("ADD %v, %v, %v", lda, ap, ap)
			g.do("ADD %v, %v, %v", ldz, zp, zp)
		})
		mu, neglr, v := g.scalarArg("mu"), g.scalarArg("neglr"), g.vrList(4)
		for i := range acc {
			g.load(m, 64*i, v)
			g.fmaRow(acc[i], v, mu)
			g.store(acc[i], m, 64*i)
			g.load(w, 64*i, v)
			g.fmaRow(v, acc[i], neglr)
			g.store(v, w, 64*i)
		}
		g.advance(4*rows, a)
		g.advance(64*rows, w, m)
	})
	g.ret()
}
