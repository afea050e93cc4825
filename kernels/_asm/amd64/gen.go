package amd64

import (
	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/gotypes"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"

	"srhmbench/kernels/_asm/ops"
)

// gen is an avo context that knows its tier and speaks in vectors of 16 float32: two YMM registers or
// one ZMM register. The rounding contract fixes 16 lanes for every tier.
type gen struct {
	*build.Context
	tier      ops.Tier
	suffix    string // of function names
	lanes     int    // float32 in a hardware vector
	maskTable Mem
	expConsts expConsts
	block     *reg.OpmaskVirtual // of blocks of channels, one in a function: avo thinks that what sets a mask leaves some of it as it was
}

// vec is 16 float32.
type vec []reg.VecVirtual

func (g *gen) hw() reg.VecVirtual {
	if g.lanes == 16 {
		return g.ZMM()
	}
	return g.YMM()
}

func (g *gen) vec() vec {
	v := make(vec, 16/g.lanes)
	for i := range v {
		v[i] = g.hw()
	}
	return v
}

func (g *gen) function(name, signature, doc string) {
	g.Function(name + g.suffix)
	g.block = nil
	g.Attributes(attr.NOSPLIT)
	g.Pragma("noescape")
	g.SignatureExpr(signature)
	g.Doc(doc)
}

// ret ends a function; every function here touches the upper halves of the vector registers.
func (g *gen) ret() {
	g.VZEROUPPER()
	g.RET()
}

func (g *gen) arg(name string) reg.GPVirtual {
	r := g.GP64()
	g.Load(g.Param(name), r)
	return r
}

// broadcast fills every lane with the float32 argument.
func (g *gen) broadcastArg(name string) reg.VecVirtual {
	b, err := g.Param(name).Resolve()
	if err != nil {
		panic(err)
	}
	// Not MOVSS: a legacy SSE instruction between AVX ones stalls for hundreds of cycles.
	return g.broadcast(b.Addr)
}

// result stores lane 0 of v in a float32 result.
func (g *gen) result(v reg.VecVirtual, c gotypes.Component) {
	b, err := c.Resolve()
	if err != nil {
		panic(err)
	}
	g.VMOVSS(v.AsX(), b.Addr)
}

func (g *gen) broadcast(m Mem) reg.VecVirtual {
	v := g.hw()
	g.VBROADCASTSS(m, v)
	return v
}

func (g *gen) zero(v vec) {
	for _, r := range v {
		g.zeroReg(r)
	}
}

func (g *gen) zeroReg(r reg.VecVirtual) {
	if g.lanes == 16 {
		g.VPXORD(r, r, r)
		return
	}
	g.VXORPS(r, r, r)
}

func (g *gen) load(m Mem, v vec) {
	for i, r := range v {
		g.VMOVUPS(m.Offset(i*4*g.lanes), r)
	}
}

func (g *gen) store(v vec, m Mem) {
	for i, r := range v {
		g.VMOVUPS(r, m.Offset(i*4*g.lanes))
	}
}

// mask selects the first n < 16 lanes for loads and stores.
type mask struct {
	k  reg.OpmaskVirtual
	ks []reg.OpmaskVirtual // of two vectors
	y  []reg.VecVirtual
}

// masks lays down the table AVX2 masks are read from: 32 ones, then 16 zeros.
func (g *gen) masks() {
	if g.lanes == 16 {
		return
	}
	g.maskTable = g.StaticGlobal("laneMasks")
	g.DataAttributes(attr.RODATA | attr.NOPTR)
	for i := 0; i < 48; i++ {
		v := uint32(0)
		if i < 32 {
			v = 0xffffffff
		}
		g.AddDatum(4*i, U32(v))
	}
}

// tailMask makes the mask of the first n lanes, 0 < n < 16.
func (g *gen) tailMask(n reg.GPVirtual) mask {
	if g.lanes == 16 {
		bits, k := g.GP32(), g.K()
		ones := g.GP32()
		g.MOVL(I32(-1), ones)
		g.BZHIL(n.As32(), ones, bits)
		g.KMOVW(bits, k)
		return mask{k: k}
	}
	base, off := g.GP64(), g.GP64()
	g.LEAQ(g.maskTable, base)
	g.MOVQ(n, off)
	g.NEGQ(off)
	m := mask{}
	for i := 0; i < 2; i++ {
		y := g.YMM()
		g.VMOVUPS(Mem{Base: base, Index: off, Scale: 4, Disp: 128 + 32*i}, y)
		m.y = append(m.y, y)
	}
	return m
}

// loadMasked leaves zeros in the lanes that are off.
func (g *gen) loadMasked(m Mem, k mask, v vec) {
	if g.lanes == 16 {
		g.VMOVUPS_Z(m, k.k, v[0])
		return
	}
	for i, r := range v {
		g.VMASKMOVPS(m.Offset(32*i), k.y[i], r)
	}
}

func (g *gen) storeMasked(v vec, k mask, m Mem) {
	if g.lanes == 16 {
		g.VMOVUPS(v[0], k.k, m)
		return
	}
	for i, r := range v {
		g.VMASKMOVPS(r, k.y[i], m.Offset(32*i))
	}
}

// each runs body over n float32 in steps of 16, then once more under a mask for what is left.
// body gets nil pointers to advance; it addresses memory through the offset register off (in bytes).
func (g *gen) each(name string, n reg.GPVirtual, body func(off reg.GPVirtual, k *mask)) {
	off, left := g.GP64(), g.GP64()
	g.XORQ(off, off)
	g.MOVQ(n, left)
	g.Label(name + "_loop")
	g.CMPQ(left, U8(16))
	g.JL(LabelRef(name + "_tail"))
	body(off, nil)
	g.ADDQ(U8(64), off)
	g.SUBQ(U8(16), left)
	g.JMP(LabelRef(name + "_loop"))
	g.Label(name + "_tail")
	g.TESTQ(left, left)
	g.JZ(LabelRef(name + "_done"))
	k := g.tailMask(left)
	body(off, &k)
	g.Label(name + "_done")
}

func (g *gen) loadTail(m Mem, k *mask, v vec) {
	if k == nil {
		g.load(m, v)
		return
	}
	g.loadMasked(m, *k, v)
}

func (g *gen) storeTail(v vec, k *mask, m Mem) {
	if k == nil {
		g.store(v, m)
		return
	}
	g.storeMasked(v, *k, m)
}

func at(base reg.Register, off reg.Register) Mem { return Mem{Base: base, Index: off, Scale: 1} }
