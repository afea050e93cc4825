package arm64

import "fmt"

// Vector instructions, results first as in the architecture's manual. Those that Go's assembler does not know are words: an
// operation code, with the numbers of the registers put in, and what it says behind it.

func (a *arm64) word(code uint32, format string, operands ...any) {
	a.do("WORD $%#08x // %s", code, fmt.Sprintf(format, operands...))
}

// two writes an instruction of a result and an operand, all of four float32.
func (a *arm64) two(code uint32, name string, d, n vr) {
	a.word(code|uint32(n)<<5|uint32(d), "%s v%d.4s, v%d.4s", name, d, n)
}

// three writes one of a result and two operands.
func (a *arm64) three(code uint32, name string, d, n, m vr) {
	a.word(code|uint32(m)<<16|uint32(n)<<5|uint32(d), "%s v%d.4s, v%d.4s, v%d.4s", name, d, n, m)
}

func (a *arm64) fadd(d, n, m vr) { a.three(0x4e20d400, "fadd", d, n, m) }
func (a *arm64) fsub(d, n, m vr) { a.three(0x4ea0d400, "fsub", d, n, m) }
func (a *arm64) fmul(d, n, m vr) { a.three(0x6e20dc00, "fmul", d, n, m) }
func (a *arm64) fdiv(d, n, m vr) { a.three(0x6e20fc00, "fdiv", d, n, m) }

// fmax and fmin are NaN where an operand is.
func (a *arm64) fmax(d, n, m vr) { a.three(0x4e20f400, "fmax", d, n, m) }
func (a *arm64) fmin(d, n, m vr) { a.three(0x4ea0f400, "fmin", d, n, m) }

// Comparisons set all bits of a lane where they hold, which they do not for NaN.
func (a *arm64) fcmgt(d, n, m vr) { a.three(0x6ea0e400, "fcmgt", d, n, m) }
func (a *arm64) fcmge(d, n, m vr) { a.three(0x6e20e400, "fcmge", d, n, m) }
func (a *arm64) fcmeq(d, n, m vr) { a.three(0x4e20e400, "fcmeq", d, n, m) }

func (a *arm64) fabs(d, n vr)  { a.two(0x4ea0f800, "fabs", d, n) }
func (a *arm64) fsqrt(d, n vr) { a.two(0x6ea1f800, "fsqrt", d, n) }

// frintn rounds to the nearest integer, ties to even, fcvtns makes it an int32, and scvtf makes a float32 of that.
func (a *arm64) frintn(d, n vr) { a.two(0x4e218800, "frintn", d, n) }
func (a *arm64) fcvtns(d, n vr) { a.two(0x4e21a800, "fcvtns", d, n) }
func (a *arm64) scvtf(d, n vr)  { a.two(0x4e21d800, "scvtf", d, n) }

// faddWide and fmulWide are of two float64.
func (a *arm64) faddWide(d, n, m vr) {
	a.word(0x4e60d400|uint32(m)<<16|uint32(n)<<5|uint32(d), "fadd v%d.2d, v%d.2d, v%d.2d", d, n, m)
}

func (a *arm64) fmulWide(d, n, m vr) {
	a.word(0x6e60dc00|uint32(m)<<16|uint32(n)<<5|uint32(d), "fmul v%d.2d, v%d.2d, v%d.2d", d, n, m)
}

// fcvtl and fcvtl2 make float64 of the lower and the upper two float32.
func (a *arm64) fcvtl(d, n vr) {
	a.word(0x0e617800|uint32(n)<<5|uint32(d), "fcvtl v%d.2d, v%d.2s", d, n)
}
func (a *arm64) fcvtl2(d, n vr) {
	a.word(0x4e617800|uint32(n)<<5|uint32(d), "fcvtl2 v%d.2d, v%d.4s", d, n)
}

// fcvtn rounds two float64 to the lower float32 and clears the upper ones, fcvtn2 to the upper ones.
func (a *arm64) fcvtn(d, n vr) {
	a.word(0x0e616800|uint32(n)<<5|uint32(d), "fcvtn v%d.2s, v%d.2d", d, n)
}
func (a *arm64) fcvtn2(d, n vr) {
	a.word(0x4e616800|uint32(n)<<5|uint32(d), "fcvtn2 v%d.4s, v%d.2d", d, n)
}

// sshr shifts signed integers right.
func (a *arm64) sshr(d, n vr, by int) {
	a.word(0x4f000400|uint32(64-by)<<16|uint32(n)<<5|uint32(d), "sshr v%d.4s, v%d.4s, #%d", d, n, by)
}

// fmla is d += n·m, and fmls d -= n·m, each rounded once.
func (a *arm64) fmla(d, n, m vr) { a.do("VFMLA %s, %s, %s", m.s4(), n.s4(), d.s4()) }
func (a *arm64) fmls(d, n, m vr) { a.do("VFMLS %s, %s, %s", m.s4(), n.s4(), d.s4()) }

// fmlaScalar is d += n·(first lane of m): a factor that a scalar load suffices for.
func (a *arm64) fmlaScalar(d, n, m vr) {
	a.word(0x4f801000|uint32(m)<<16|uint32(n)<<5|uint32(d), "fmla v%d.4s, v%d.4s, v%d.s[0]", d, n, m)
}

// fmlaLane is d += n·(one lane of m).
func (a *arm64) fmlaLane(d, n, m vr, lane int) {
	high, low := uint32(lane)>>1, uint32(lane)&1
	a.word(0x4f801000|low<<21|high<<11|uint32(m)<<16|uint32(n)<<5|uint32(d), "fmla v%d.4s, v%d.4s, v%d.s[%d]", d, n, m, lane)
}

func (a *arm64) add(d, n, m vr)             { a.do("VADD %s, %s, %s", m.s4(), n.s4(), d.s4()) }
func (a *arm64) sub(d, n, m vr)             { a.do("VSUB %s, %s, %s", m.s4(), n.s4(), d.s4()) }
func (a *arm64) and(d, n, m vr)             { a.do("VAND %s, %s, %s", m.b16(), n.b16(), d.b16()) }
func (a *arm64) orr(d, n, m vr)             { a.do("VORR %s, %s, %s", m.b16(), n.b16(), d.b16()) }
func (a *arm64) shl(d, n vr, by int)        { a.do("VSHL $%d, %s, %s", by, n.s4(), d.s4()) }
func (a *arm64) zero(d vr)                  { a.do("VEOR %s, %s, %s", d.b16(), d.b16(), d.b16()) }
func (a *arm64) copyTo(d, n vr)             { a.do("VMOV %s, %s", n.b16(), d.b16()) }
func (a *arm64) broadcast(d, n vr)          { a.do("VDUP %s, %s", n.lane(0), d.s4()) }
func (a *arm64) highHalf(d, n vr)           { a.do("VEXT $8, %s, %s, %s", n.b16(), n.b16(), d.b16()) }
func (a *arm64) toLane(d vr, i int, n vr)   { a.do("VMOV %s, %s", n.lane(0), d.lane(i)) }
func (a *arm64) fromLane(d vr, n vr, i int) { a.do("VMOV %s, %s", n.lane(i), d.lane(0)) }

// bit copies the bits of n that are set in mask to d, bif those that are not.
func (a *arm64) bit(d, n, mask vr) { a.do("VBIT %s, %s, %s", mask.b16(), n.b16(), d.b16()) }
func (a *arm64) bif(d, n, mask vr) { a.do("VBIF %s, %s, %s", mask.b16(), n.b16(), d.b16()) }

func (a *arm64) zeros(n int) []vr {
	list := a.vrList(n)
	for _, v := range list {
		a.zero(v)
	}
	return list
}
