package net

import "srhmbench/kernels"

// average computes the mean over all patches of the layer below, blank ones included.
func (n *Net) average(lv, below *nodes, l int) {
	w, ld, patches, scale := &n.work, n.stride(l), n.shape[l].children, n.shape[l].scale()
	n.columns(n.units(l), len(lv.children.of), func(lo, hi int) {
		z, a := w.z[l][lo:], w.a[l-1][lo:]
		base, at := []float32(nil), filled(len(lv.row), -1)
		if n.constants {
			kernels.GatherRows(z, ld, lv.constant, nil, ld, filled(1, -1), a, ld, counting(1, patches), below.constant, hi-lo, scale)
			base, at = z, lv.base
		}
		kernels.GatherRows(z, ld, lv.row, base, ld, at, a, ld, lv.children.start, lv.children.of, hi-lo, scale)
	})
	copy(w.a[l], w.z[l])
}

// backAverage hands gradients down; spread has given every row its share.
func (n *Net) backAverage(l int) {
	w := &n.work
	w.dz[l-1] = grow(w.dz[l-1], len(w.dy[l]))
	copy(w.dz[l-1], w.dy[l])
}
