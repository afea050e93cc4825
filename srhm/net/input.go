package net

import (
	"math"

	"srhmbench/kernels"
	"srhmbench/srhm"
	"srhmbench/srhm/spec"
)

// input is the first layer. A weight row is W = U + V: U belongs to a cell (or place in the patch) and a
// symbol, V to all rows that share gradients from the constant part of the encoding.
//
// With input x(1+a) - a, a = blank's value negated, a patch q of R rows gives
//
//	z_q = 0.1 b_q - a/√v (ΣU + R·V) + (1+a)/√v Σ_live (U + V),
//
// so the gradient of U is (1+a)/√v Σ dz over the nodes that have the symbol, that of V is -a/√v Σ dz
// over all patches, blank ones included, and S = ΣU follows its own momentum.
type input struct {
	rows   param // U
	shared param // V, one row a group
	sum    param // S = ΣU, one row a group
	units  int   // padded
	groups int   // LCN: positions; else 1
	size   int   // R, rows in a group
	fan    int
	live   float32 // (1+a)/√v
	offset float32 // -a/√v; 0 when blanks are zero

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
	root := math.Sqrt(float64(t.V))
	in := input{
		units: units, groups: 1, size: inputRows(t, n.kind), fan: n.shape[0].fan,
		live: float32((1 + a) / root), offset: float32(-a / root),
	}
	if n.kind == spec.LCN {
		in.groups = n.shape[0].positions
		in.size /= in.groups
	}
	in.rows = newParam(in.groups * in.size * units)
	in.shared, in.sum = newParam(in.groups*units), newParam(in.groups*units)
	in.updated = make([]int, in.groups*in.size)
	return in
}

func (in *input) initialise(d *normals, units int) {
	d.fill(in.rows.w, len(in.updated), units, in.units)
	in.addUp()
}

// addUp computes S from U.
func (in *input) addUp() {
	if in.offset == 0 {
		return
	}
	all := counting(len(in.updated)-1, 1)
	start := counting(in.groups, in.size)
	each, none := counting(in.groups-1, 1), filled(in.groups, -1)
	for _, p := range [][2][]float32{{in.sum.w, in.rows.w}, {in.sum.m, in.rows.m}} {
		kernels.GatherRows(p[0], in.units, each, nil, in.units, none, p[1], in.units, start, all, in.units, 1)
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
	kernels.GatherRows(dst, ld, rows, bias, u, each, in.sum.w, u, one, group, u, in.offset)
	kernels.GatherRows(dst, ld, rows, dst, ld, rows, in.shared.w, u, one, group, u, in.offset*float32(in.size))
	kernels.GatherRows(live, u, each, dst, ld, rows, in.shared.w, u, one, group, u, in.live*float32(in.fan))
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
	in.mu, in.lr = mu, lr
	in.powers = []power{{1, 0}}
	decay, drift := 1.0, 0.0
	for decay > 1e-30 && len(in.powers) < 1<<16 {
		decay = float64(decay * mu)
		drift += float64(lr * decay)
		in.powers = append(in.powers, power{float32(decay), float32(drift)})
	}
}

// sync brings every row up to date and removes the rounding errors of S.
func (in *input) sync() {
	if in.step == 0 {
		return
	}
	in.catchUp(counting(len(in.updated)-1, 1))
	in.addUp()
}

func filled(n int, v int32) []int32 {
	out := make([]int32, n)
	for i := range out {
		out[i] = v
	}
	return out
}
