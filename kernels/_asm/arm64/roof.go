package arm64

// roofs: the bounds a kernel can meet: fused multiply-adds in registers, and reading memory.
func (g *neon) roofs() {
	g.function("peakFMA", "func(loops uintptr)", "Independent chains of fused multiply-adds in registers.")
	loops := g.arg("loops")
	acc, x := g.zeros(24), g.zeros(1)[0]
	g.countDown(loops, func() {
		for _, v := range acc {
			g.fmla(v, x, x)
		}
	})
	g.ret()

	g.function("streamRead", "func(src *float32, n uintptr) float32", "Sum of n float32, n a multiple of 128.")
	src, n := g.arg("src"), g.arg("n")
	sums := g.zeros(16)
	g.every(128, n, func() {
		for i := 0; i < 32; i += 4 {
			g.scope(func() {
				v := g.vrList(4)
				g.load(src, 16*i, v)
				for j, r := range v {
					s := sums[(i+j)%len(sums)]
					g.fadd(s, s, r)
				}
			})
		}
		g.advance(512, src)
	})
	for i, v := range sums[4:] {
		g.fadd(sums[i%4], sums[i%4], v)
	}
	g.sum(sums[:4])
	g.result(sums[0], "ret")
	g.ret()
}
