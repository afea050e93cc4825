package patch

import "srhmbench/kernels"

// What the patches at a position have in common: a bias, and the constant row of the blank ones.

// patches lists the positions of a layer, for its constant rows.
type patches struct {
	each    []int32 // 0, 1, 2, …
	ones    []int32 // starts of lists of one
	places  []int32 // starts of the lists of places in the layer below
	parents []int32 // of each position of the layer below; nil at layer 0
}

func newPatches(l int, s level) patches {
	p := patches{ones: counting(s.positions, 1), places: counting(s.positions, s.children)}
	p.each = p.ones[:s.positions]
	if l > 0 {
		for i := range s.positions * s.children {
			p.parents = append(p.parents, int32(i/s.children))
		}
	}
	return p
}

// activate applies the ReLU; below the top, live rows then hold the difference to their constant row.
func (n *Net) activate(at place) {
	w, lv, ld := &n.work, at.nodes, n.stride(at.l)
	kernels.ReLU(w.a[at.l], w.z[at.l])
	if n.constants && n.shape[at.l].blocks() > 0 {
		live := pick(w.a[at.l], ld, lv.row)
		kernels.GatherRows(kernels.Gather{
			Dst: live, Base: live,
			Src: pick(w.a[at.l], ld, lv.base), Start: w.first(len(lv.row) + 1),
			Width: n.units(at.l), Scale: -1,
		})
	}
}

// backActivate takes the gradients through the ReLU. A live row was the difference to its constant row, which therefore
// gets the opposite gradient.
func (n *Net) backActivate(at place) {
	w, lv, ld := &n.work, at.nodes, n.stride(at.l)
	if n.constants {
		constant := pick(w.dz[at.l], ld, lv.constant)
		kernels.GatherRows(kernels.Gather{
			Dst: constant, Base: constant,
			Src: pick(w.dz[at.l], ld, lv.at.of), Start: lv.at.start,
			Width: n.units(at.l), Scale: -1,
		})
	}
	kernels.ReLUGrad(w.dz[at.l], w.dz[at.l], w.z[at.l])
}

// sumPositions adds the gradients of all patches at a position, blank ones included.
func (n *Net) sumPositions(at place) {
	positions := n.shape[at.l].positions
	n.work.g = grow(n.work.g, positions*n.units(at.l))
	n.columns(n.units(at.l), len(at.nodes.at.of), (*Net).sumColumns, at)
}

func (n *Net) sumColumns(at place, lo, hi int) {
	w, lv, ld := &n.work, at.nodes, n.stride(at.l)
	g := kernels.Gather{
		Dst: pick(w.g[lo:], n.units(at.l), n.patches[at.l].each),
		Src: pick(w.dz[at.l][lo:], ld, lv.at.of), Start: lv.at.start,
		Width: hi - lo, Scale: 1,
	}
	if n.constants && n.shape[at.l].blocks() > 0 {
		g.Base = pick(w.dz[at.l][lo:], ld, lv.constant)
	}
	kernels.GatherRows(g)
}

// spread gives every row below the gradients of what it is part of.
func (n *Net) spread(at place) {
	n.work.dy[at.l] = grow(n.work.dy[at.l], at.below.rows*n.stride(at.l))
	n.columns(n.units(at.l), len(at.nodes.parents.of), (*Net).spreadColumns, at)
}

func (n *Net) spreadColumns(at place, lo, hi int) {
	w, lv, ld, scale := &n.work, at.nodes, n.stride(at.l), n.shape[at.l].scale()
	dy := w.dy[at.l][lo:]
	kernels.GatherRows(kernels.Gather{
		Dst: pick(dy, ld, lv.used),
		Src: pick(w.dz[at.l][lo:], ld, lv.parents.of), Start: lv.parents.start,
		Width: hi - lo, Scale: scale,
	})
	if !n.constants {
		return
	}
	kernels.GatherRows(kernels.Gather{
		Dst: pick(dy, ld, at.below.constant),
		Src: pick(w.g[lo:], n.units(at.l), n.patches[at.l].parents), Start: n.patches[at.l-1].ones,
		Width: hi - lo, Scale: scale,
	})
}

func (n *Net) stepBias(l int) {
	if n.spec.Bias {
		kernels.Momentum(n.bias[l].w, n.bias[l].m, n.work.g, biasScale*biasScale, n.rate.mu, n.rate.lr)
	}
}
