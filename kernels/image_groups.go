package kernels

import "sync"

// groupPositions is how many output positions the gradients of weights add up as one chain, or one image if that has more.
// N positions in groups of n then have an error of at most (n + N/n)·2^-24 of the sum of magnitudes, where one chain has
// N·2^-24. It is a part of the contract, as it decides the bits.
const groupPositions = 1024

// groupImages is the number of images in a group.
func groupImages(v Window) int { return max(1, groupPositions/max(1, oneImage(v).Outputs())) }

func oneImage(v Window) Window {
	v.Batch = 1
	return v
}

// groupSums holds what a group adds up to until it is added to the total.
var groupSums = sync.Pool{New: func() any { return new([]float32) }}

// eachLaterGroup calls f with the first image and the number of images of every group but the first, and with n elements
// to put their sum into.
func eachLaterGroup(v Window, n int, f func(lo, images int, sum []float32)) {
	group := groupImages(v)
	if v.Batch <= group {
		return
	}
	kept := groupSums.Get().(*[]float32)
	defer groupSums.Put(kept)
	if cap(*kept) < n {
		*kept = make([]float32, n)
	}
	for lo := group; lo < v.Batch; lo += group {
		f(lo, min(group, v.Batch-lo), (*kept)[:n])
	}
}

// addWeights adds to weights in the layout of a convolution's, but for the columns that pad a panel.
func addWeights(total, sum []float32, s ConvShape) {
	add := active.Load().Add
	out := s.Out / s.Groups
	if out%16 == 0 {
		add(total[:s.Weights()], total[:s.Weights()], sum)
		return
	}
	rows, size := s.Taps()*s.In/s.Groups, s.Weights()/s.Groups
	for g := range s.Groups {
		t, u := total[g*size:(g+1)*size], sum[g*size:(g+1)*size]
		whole := out / 16 * 16 * rows
		add(t[:whole], t[:whole], u[:whole])
		for at := whole; at < size; at += 16 {
			end := at + out%16
			add(t[at:end], t[at:end], u[at:end])
		}
	}
}
