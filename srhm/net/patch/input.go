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
	group  []int32 // of each position
	member lists   // the positions of each group

	// Rows are brought up to date when they are used.
	step    int
	updated []int   // by row: steps it has made
	powers  []power // of the momentum
	mu, lr  float64
}

// power is what k missed steps do to a row: w -= drift·m, m *= decay.
type power struct{ decay, drift float32 }

func newInput(n *Net, e srhm.Encoding) input {
	t, units, positions := n.task, n.units(0), n.shape[0].positions
	a := -float64(e.Blank(t.V))
	root := math.Sqrt(n.shape[0].fanIn)
	in := input{
		units: units, groups: 1, size: n.cells.blocks() * t.V, fan: n.shape[0].fan,
		live: float32((1 + a) / root), offset: float32(-a * float64(n.cells.tied) / root),
		group: make([]int32, positions),
	}
	if n.filters == local {
		in.groups, in.group = positions, counting(positions-1, 1)
		in.size /= in.groups
	}
	in.member = lists{counting(in.groups, positions/in.groups), counting(positions-1, 1)}
	in.rows = newParam(in.groups * in.size * units)
	in.shared, in.sum = newParam(in.groups*units), newParam(in.groups*units)
	in.updated = make([]int, in.groups*in.size)
	return in
}

// addUp computes S from U.
func (in *input) addUp() {
	if in.offset == 0 {
		return
	}
	all, start := counting(len(in.updated)-1, 1), counting(in.groups, in.size)
	for _, p := range [][2][]float32{{in.sum.w, in.rows.w}, {in.sum.m, in.rows.m}} {
		kernels.GatherRows(kernels.Gather{
			Dst: pick(p[0], in.units, all[:in.groups]), Src: pick(p[1], in.units, all),
			Start: start, Width: in.units, Scale: 1,
		})
	}
}

// forwardInput adds up the weight rows of the symbols present.
func (n *Net) forwardInput(at place) {
	in, w, u, positions := &n.first, &n.work, n.first.units, n.shape[0].positions
	in.catchUp(at.nodes.used)
	w.live = grow(w.live, positions*u)
	constant := pick(w.z[0], n.stride(0), at.nodes.constant)
	if !n.constants {
		w.g = grow(w.g, positions*u)
		constant = pick(w.g, u, n.patches[0].each)
	}
	n.baseRows(constant)
	n.columns(u, len(at.nodes.children.of), (*Net).addSymbols, at)
}

// baseRows writes the constant term of every position, and what live patches start from.
func (n *Net) baseRows(constant kernels.Rows) {
	in, u := &n.first, n.first.units
	each, ones := n.patches[0].each, n.patches[0].ones
	add := func(dst, base kernels.Rows, src []float32, scale float32) {
		kernels.GatherRows(kernels.Gather{Dst: dst, Base: base, Src: pick(src, u, in.group), Start: ones, Width: u, Scale: scale})
	}
	add(constant, pick(n.bias[0].w, u, each), in.sum.w, in.offset)
	add(constant, constant, in.shared.w, in.offset*float32(in.size))
	add(pick(n.work.live, u, each), constant, in.shared.w, in.live*float32(in.fan))
}

func (n *Net) addSymbols(at place, lo, hi int) {
	in, w, lv := &n.first, &n.work, at.nodes
	kernels.GatherRows(kernels.Gather{
		Dst:  pick(w.z[0][lo:], n.stride(0), lv.row),
		Base: pick(w.live[lo:], in.units, lv.pos),
		Src:  pick(in.rows.w[lo:], in.units, lv.children.of), Start: lv.children.start,
		Width: hi - lo, Scale: in.live,
	})
}

// stepInput updates the rows in use and what all rows share.
func (n *Net) stepInput(at place) {
	in, w, u, lv := &n.first, &n.work, n.first.units, at.nodes
	w.rows = grow(w.rows, len(lv.used)*u)
	w.first(len(lv.used))
	n.columns(u, len(lv.parents.of), (*Net).addUses, at)
	in.step++
	for i, row := range lv.used {
		weights, momenta := in.row(row)
		kernels.Momentum(weights, momenta, w.rows[i*u:(i+1)*u], in.live, n.rate.mu, n.rate.lr)
		in.updated[row] = in.step
	}
	if in.offset != 0 {
		n.stepShared(lv)
	}
}

// addUses adds the gradients of the nodes that use a row.
func (n *Net) addUses(at place, lo, hi int) {
	w, lv := &n.work, at.nodes
	kernels.GatherRows(kernels.Gather{
		Dst: pick(w.rows[lo:], n.first.units, w.first(len(lv.used))),
		Src: pick(w.dz[0][lo:], n.stride(0), lv.parents.of), Start: lv.parents.start,
		Width: hi - lo, Scale: 1,
	})
}

// stepShared updates V by the gradients of all patches, and S by those of live ones.
func (n *Net) stepShared(lv *nodes) {
	in, w, u := &n.first, &n.work, n.first.units
	w.live = grow(w.live, max(n.shape[0].positions, in.groups)*u)
	sums := w.live[:in.groups*u]
	step := func(p param, gradients []float32, stride int, by lists, scale float32) {
		kernels.GatherRows(kernels.Gather{
			Dst: pick(sums, u, w.first(in.groups)), Src: pick(gradients, stride, by.of), Start: by.start,
			Width: u, Scale: 1,
		})
		kernels.Momentum(p.w, p.m, sums, scale, n.rate.mu, n.rate.lr)
	}
	step(in.shared, w.g, u, in.member, in.offset)
	live := lv.at
	if in.groups == 1 {
		live = lv.all
	}
	step(in.sum, w.dz[0], n.stride(0), live, in.live*float32(in.fan))
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
