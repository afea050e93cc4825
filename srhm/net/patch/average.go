package patch

import "srhmbench/kernels"

// average computes the mean over all patches of the layer below, blank ones included.
func (n *Net) average(at place) {
	n.columns(n.units(at.l), len(at.nodes.children.of), (*Net).averageColumns, at)
	copy(n.work.a[at.l], n.work.z[at.l])
}

func (n *Net) averageColumns(at place, lo, hi int) {
	w, lv, ld, scale := &n.work, at.nodes, n.stride(at.l), n.shape[at.l].scale()
	z, a, base := w.z[at.l][lo:], w.a[at.l-1][lo:], kernels.Rows{}
	if n.constants {
		kernels.GatherRows(kernels.Gather{
			Dst: pick(z, ld, lv.constant),
			Src: pick(a, ld, at.below.constant), Start: n.patches[at.l].places,
			Width: hi - lo, Scale: scale,
		})
		base = pick(z, ld, lv.base)
	}
	kernels.GatherRows(kernels.Gather{
		Dst: pick(z, ld, lv.row), Base: base,
		Src: pick(a, ld, lv.children.of), Start: lv.children.start,
		Width: hi - lo, Scale: scale,
	})
}

// backAverage hands gradients down; spread has given every row its share.
func (n *Net) backAverage(at place) {
	w := &n.work
	w.dz[at.l-1] = grow(w.dz[at.l-1], len(w.dy[at.l]))
	copy(w.dz[at.l-1], w.dy[at.l])
}
