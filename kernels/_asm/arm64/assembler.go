package arm64

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"math"
	"math/bits"

	"srhmbench/kernels/_asm/ops"
)

// arm64 writes Go assembly for arm64, which avo cannot. It hands out registers, knows where arguments lie, and has
// the vector arithmetic that Go's assembler lacks (arm64_words.go).
type arm64 struct {
	suffix    string // of function names
	text      bytes.Buffer
	stubs     bytes.Buffer
	functions []string
	constants []float32bits

	arguments map[string]argument
	labels    int
	gps, vrs  registers
}

// float32bits is a constant in memory, four times so that one load fills a vector.
type float32bits uint32

type argument struct {
	offset int
	float  bool
}

// registers are those of one kind that are free.
type registers uint32

const (
	// allGPs leaves out the platform's register 18, 27 (the assembler's own), 28 (the goroutine), 29 and 30 (frame and link).
	allGPs = registers(1<<27-1) &^ (1 << 18)
	allVRs = registers(math.MaxUint32)
)

func (r *registers) take(kind string) int {
	if *r == 0 {
		panic("no " + kind + " register is left")
	}
	n := bits.TrailingZeros32(uint32(*r))
	*r &^= 1 << n
	return n
}

// gp is a general register, vr a vector of four float32, of which scalar instructions use the first lane and clear
// the others.
type (
	gp int
	vr int
)

func (r gp) String() string { return fmt.Sprintf("R%d", int(r)) }

func (v vr) s4() string        { return fmt.Sprintf("V%d.S4", int(v)) }
func (v vr) d2() string        { return fmt.Sprintf("V%d.D2", int(v)) }
func (v vr) b16() string       { return fmt.Sprintf("V%d.B16", int(v)) }
func (v vr) lane(i int) string { return fmt.Sprintf("V%d.S[%d]", int(v), i) }

// f is the name of the register in moves and scalar instructions.
func (v vr) f() string { return fmt.Sprintf("F%d", int(v)) }

func (a *arm64) gp() gp { return gp(a.gps.take("general")) }

func (a *arm64) vr() vr { return vr(a.vrs.take("vector")) }

func (a *arm64) gpList(n int) []gp {
	list := make([]gp, n)
	for i := range list {
		list[i] = a.gp()
	}
	return list
}

func (a *arm64) vrList(n int) []vr {
	list := make([]vr, n)
	for i := range list {
		list[i] = a.vr()
	}
	return list
}

// scope gives the registers back that body takes.
func (a *arm64) scope(body func()) {
	gps, vrs := a.gps, a.vrs
	body()
	a.gps, a.vrs = gps, vrs
}

// do writes an instruction, operands in Go's order: the result last.
func (a *arm64) do(format string, operands ...any) {
	fmt.Fprintf(&a.text, "\t"+format+"\n", operands...)
}

// label is a new name to jump to.
func (a *arm64) label(name string) string {
	a.labels++
	return fmt.Sprintf("%s%d", name, a.labels)
}

func (a *arm64) place(label string) { fmt.Fprintf(&a.text, "\n%s:\n", label) }

// function begins one without a frame.
func (a *arm64) function(name, signature, doc string) {
	name += a.suffix
	a.functions = append(a.functions, name)
	a.arguments = map[string]argument{}
	a.labels, a.gps, a.vrs = 0, allGPs, allVRs
	size := a.layOut(signature)
	fmt.Fprintf(&a.stubs, "\n// %s\n//\n//go:noescape\nfunc %s%s\n", doc, name, signature[len("func"):])
	fmt.Fprintf(&a.text, "\n// func %s%s\nTEXT ·%s(SB), NOSPLIT, $0-%d\n", name, signature[len("func"):], name, size)
}

// layOut finds the offsets of arguments and results, and the size of them all.
func (a *arm64) layOut(signature string) int {
	expr, err := parser.ParseExpr(signature)
	if err != nil {
		panic(err)
	}
	offset := 0
	lay := func(fields *ast.FieldList) {
		if fields == nil {
			return
		}
		for _, f := range fields.List {
			size, float := 8, false
			if id, ok := f.Type.(*ast.Ident); ok && id.Name == "float32" {
				size, float = 4, true
			}
			offset = (offset + size - 1) / size * size
			name := "ret"
			if len(f.Names) == 1 {
				name = f.Names[0].Name
			}
			a.arguments[name] = argument{offset, float}
			offset += size
		}
	}
	lay(expr.(*ast.FuncType).Params)
	if results := expr.(*ast.FuncType).Results; results != nil {
		offset = (offset + 7) / 8 * 8
		lay(results)
	}
	return offset
}

func (a *arm64) ret() { a.do("RET") }

func (a *arm64) address(name string) string {
	at, ok := a.arguments[name]
	if !ok {
		panic("no argument " + name)
	}
	return fmt.Sprintf("%s+%d(FP)", name, at.offset)
}

// arg loads an argument.
func (a *arm64) arg(name string) gp {
	r := a.gp()
	a.do("MOVD %s, %v", a.address(name), r)
	return r
}

// scalarArg loads a float32 into the first lane.
func (a *arm64) scalarArg(name string) vr {
	v := a.vr()
	a.do("FMOVS %s, %s", a.address(name), v.f())
	return v
}

// broadcastArg loads a float32 into every lane.
func (a *arm64) broadcastArg(name string) vr {
	v := a.scalarArg(name)
	a.broadcast(v, v)
	return v
}

// wideArg loads a float64 into both halves.
func (a *arm64) wideArg(name string) vr {
	v := a.vr()
	a.do("FMOVD %s, %s", a.address(name), v.f())
	a.do("VDUP %s, %s", fmt.Sprintf("V%d.D[0]", int(v)), v.d2())
	return v
}

// result stores the first lane.
func (a *arm64) result(v vr, name string) { a.do("FMOVS %s, %s", v.f(), a.address(name)) }

func (a *arm64) mov(to, from gp) { a.do("MOVD %v, %v", from, to) }

// copyOf is another register with the same contents.
func (a *arm64) copyOf(r gp) gp {
	c := a.gp()
	a.mov(c, r)
	return c
}

// plus is base + offset in a new register.
func (a *arm64) plus(base, offset gp) gp {
	r := a.gp()
	a.do("ADD %v, %v, %v", offset, base, r)
	return r
}

// rows are pointers to so many rows, ld bytes apart.
func (a *arm64) rows(base, ld gp, n int) []gp {
	list := []gp{a.copyOf(base)}
	for len(list) < n {
		list = append(list, a.plus(list[len(list)-1], ld))
	}
	return list
}

// countDown runs body n > 0 times.
func (a *arm64) countDown(n gp, body func()) {
	again := a.label("again")
	a.place(again)
	a.scope(body)
	a.do("SUBS $1, %v, %v", n, n)
	a.do("BNE %s", again)
}

// every runs body as long as n is at least step, and takes step off it each time.
func (a *arm64) every(step int, n gp, body func()) {
	again, rest := a.label("again"), a.label("rest")
	a.do("SUBS $%d, %v, %v", step, n, n)
	a.do("BLT %s", rest)
	a.place(again)
	a.scope(body)
	a.do("SUBS $%d, %v, %v", step, n, n)
	a.do("BGE %s", again)
	a.place(rest)
	a.do("ADD $%d, %v, %v", step, n, n)
}

// constant loads a float32 or the bits of an integer into every lane of a vector.
func (a *arm64) constant(v vr, table gp, c float32bits) {
	at := -1
	for i, known := range a.constants {
		if known == c {
			at = i
		}
	}
	if at < 0 {
		at = len(a.constants)
		a.constants = append(a.constants, c)
	}
	a.do("FMOVQ %d(%v), %s", 16*at, table, v.f())
}

func float(x float32) float32bits { return float32bits(math.Float32bits(x)) }

// constantTable is the address of the constants.
func (a *arm64) constantTable() gp {
	r := a.gp()
	a.do("MOVD $constants%s<>(SB), %v", a.suffix, r)
	return r
}

// assembly is the finished file.
func (a *arm64) assembly() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "// Code generated by command: "+ops.Generator+". DO NOT EDIT.\n\n//go:build arm64 && !purego\n\n#include \"textflag.h\"\n\n")
	for i, c := range a.constants {
		for lane := range 4 {
			fmt.Fprintf(&b, "DATA constants%s<>+%d(SB)/4, $%#08x\n", a.suffix, 16*i+4*lane, uint32(c))
		}
	}
	fmt.Fprintf(&b, "GLOBL constants%s<>(SB), RODATA|NOPTR, $%d\n", a.suffix, 16*len(a.constants))
	b.Write(a.text.Bytes())
	return b.Bytes()
}

// declarations is the Go file that goes with it.
func (a *arm64) declarations() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "// Code generated by "+ops.Generator+". DO NOT EDIT.\n\n//go:build arm64 && !purego\n\npackage kernels\n")
	b.Write(a.stubs.Bytes())
	return b.Bytes()
}
