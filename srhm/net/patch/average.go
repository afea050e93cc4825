package patch

import "srhmbench/kernels"

// average computes the mean over all patches of the layer below, blank ones included.
func (n *Net) average(lv, below *nodes, l int) {
	w, ld, patches, scale := &n.work, n.stride(l), n.shape[l].children, n.shape[l].scale()
	n.columns(n.units(l), len(lv.children.of), func(lo, hi int) {
		z, a := w.z[l][lo:], w.a[l-1][lo:]
		base := kernels.Rows{}
		if n.constants {
			kernels.GatherRows(kernels.Gather{
				Dst:   kernels.Rows{Data: z, Stride: ld, Index: lv.constant},
				Src:   kernels.Rows{Data: a, Stride: ld, Index: below.constant},
				Start: counting(1, patches), Width: hi - lo, Scale: scale,
			})
			base = kernels.Rows{Data: z, Stride: ld, Index: lv.base}
		}
		kernels.GatherRows(kernels.Gather{
			Dst:   kernels.Rows{Data: z, Stride: ld, Index: lv.row},
			Base:  base,
			Src:   kernels.Rows{Data: a, Stride: ld, Index: lv.children.of},
			Start: lv.children.start, Width: hi - lo, Scale: scale,
		})
	})
	copy(w.a[l], w.z[l])
}

// backAverage hands gradients down; spread has given every row its share.
func (n *Net) backAverage(l int) {
	w := &n.work
	w.dz[l-1] = grow(w.dz[l-1], len(w.dy[l]))
	copy(w.dz[l-1], w.dy[l])
}
