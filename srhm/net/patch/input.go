package patch

import (
	"math"

	"srhmbench/kernels"
	"srhmbench/srhm"
)

// input is the first layer. A weight row is W = U + V: U belongs to a cell (or place in the patch) and a
// symbol, V to all rows that share gradients from the constant part of the encoding.
//
// With input x(1+a) - a, a = blank's value negated, and fan-in c (v, unless the network says otherwise), a
// patch q of R rows gives
//
//	z_q = 0.1 b_q - a/√c (ΣU + R·V) + (1+a)/√c Σ_live (U + V),
//
// so the gradient of U is (1+a)/√c Σ dz over the nodes that have the symbol, that of V is -a/√c Σ dz
// over all patches, blank ones included, and S = ΣU follows its own momentum. Where t cells are tied, a
// row belongs to all of them, and its constant part counts t times.
type input struct {
	rows   param // U
	shared param // V, one row a group
	sum    param // S = ΣU, one row a group
	units  int   // padded
	groups int   // LCN: positions; else 1
	size   int   // R, rows in a group
	fan    int
	live   float32 // (1+a)/√c
	offset float32 // -ta/√c; 0 when blanks are zero

	// Rows are brought up to date when they are used.
	step    int
	updated []int   // by row: steps it has made
	powers  []power // of the momentum
	mu, lr  float64
}

// power is what k missed steps do to a row: w -= drift·m, m *= decay.
type power struct{ decay, drift float32 }

func newInput(n *Net, e srhm.Encoding) input {
	t, units := n.task, n.units(0)
	a := -float64(e.Blank(t.V))
	root := math.Sqrt(n.shape[0].fanIn)
	in := input{
		units: units, groups: 1, size: n.cells.blocks() * t.V, fan: n.shape[0].fan,
		live: float32((1 + a) / root), offset: float32(-a * float64(n.cells.tied) / root),
	}
	if n.filters == local {
		in.groups = n.shape[0].positions
		in.size /= in.groups
	}
	in.rows = newParam(in.groups * in.size * units)
	in.shared, in.sum = newParam(in.groups*units), newParam(in.groups*units)
	in.updated = make([]int, in.groups*in.size)
	return in
}

func (in *input) initialise(d law, units int) {
	fill(d, in.rows.w, len(in.updated), units, in.units)
	in.addUp()
}

// addUp computes S from U.
func (in *input) addUp() {
	if in.offset == 0 {
		return
	}
	all := counting(len(in.updated)-1, 1)
	start := counting(in.groups, in.size)
	each := counting(in.groups-1, 1)
	for _, p := range [][2][]float32{{in.sum.w, in.rows.w}, {in.sum.m, in.rows.m}} {
		kernels.GatherRows(kernels.Gather{
			Dst:   kernels.Rows{Data: p[0], Stride: in.units, Index: each},
			Src:   kernels.Rows{Data: p[1], Stride: in.units, Index: all},
			Start: start, Width: in.units, Scale: 1,
		})
	}
}

// bases writes the constant term of every position, and what live patches start from. dst, of stride ld, has its
// row for position p at rows[p].
func (in *input) bases(dst []float32, ld int, rows []int32, live []float32, bias []float32) {
	positions := len(rows)
	each, one := counting(positions-1, 1), counting(positions, 1)
	group := each
	if in.groups == 1 {
		group = make([]int32, positions)
	}
	u := in.units
	kernels.GatherRows(kernels.Gather{
		Dst:   kernels.Rows{Data: dst, Stride: ld, Index: rows},
		Base:  kernels.Rows{Data: bias, Stride: u, Index: each},
		Src:   kernels.Rows{Data: in.sum.w, Stride: u, Index: group},
		Start: one, Width: u, Scale: in.offset,
	})
	kernels.GatherRows(kernels.Gather{
		Dst:   kernels.Rows{Data: dst, Stride: ld, Index: rows},
		Base:  kernels.Rows{Data: dst, Stride: ld, Index: rows},
		Src:   kernels.Rows{Data: in.shared.w, Stride: u, Index: group},
		Start: one, Width: u, Scale: in.offset * float32(in.size),
	})
	kernels.GatherRows(kernels.Gather{
		Dst:   kernels.Rows{Data: live, Stride: u, Index: each},
		Base:  kernels.Rows{Data: dst, Stride: ld, Index: rows},
		Src:   kernels.Rows{Data: in.shared.w, Stride: u, Index: group},
		Start: one, Width: u, Scale: in.live * float32(in.fan),
	})
}

// catchUp makes the steps that the rows have missed.
func (in *input) catchUp(rows []int32) {
	for _, r := range rows {
		if missed := in.step - in.updated[r]; missed > 0 && in.updated[r] > 0 {
			p := in.powers[min(missed, len(in.powers)-1)]
			w, m := in.row(r)
			kernels.CatchUp(w, m, p.decay, p.drift)
		}
		in.updated[r] = in.step
	}
}

func (in *input) row(r int32) (w, m []float32) {
	lo, hi := int(r)*in.units, int(r+1)*in.units
	return in.rows.w[lo:hi], in.rows.m[lo:hi]
}

// setRate prepares the powers of the momentum.
func (in *input) setRate(mu, lr float64) {
	if mu == in.mu && lr == in.lr && in.powers != nil {
		return
	}
	in.sync()
	in.mu, in.lr, in.powers = mu, lr, powersOf(mu, lr)
}

// powersOf returns what 0, 1, 2, … missed steps do, up to where the momentum is gone.
func powersOf(mu, lr float64) []power {
	powers := []power{{1, 0}}
	decay, drift := 1.0, 0.0
	for decay > 1e-30 && len(powers) < 1<<16 {
		decay = float64(decay * mu)
		drift += float64(lr * decay)
		powers = append(powers, power{float32(decay), float32(drift)})
	}
	return powers
}

// sync brings every row up to date and removes the rounding errors of S.
func (in *input) sync() {
	if in.step == 0 {
		return
	}
	in.catchUp(counting(len(in.updated)-1, 1))
	in.addUp()
}
