package kerneltest

import "srhmbench/kernels"

// windowSizes are those of operations that move a square window over images, padded by half of it; with a
// height of 1 the window has one, too.
var windowSizes = []Size{{"batch", 1}, {"height", 1}, {"width", 1}, {"kernel", 1}, {"stride", 1}, {"channels", 1}}

func windowOf(s map[string]int) kernels.Window {
	v := kernels.Window{Batch: s["batch"], Height: s["height"], Width: s["width"]}
	for i, n := range []int{v.Height, v.Width} {
		v.Kernel[i], v.Stride[i] = s["kernel"], s["stride"]
		if i == 0 && n == 1 {
			v.Kernel[i], v.Stride[i] = 1, 1
		}
		v.Pad[i] = v.Kernel[i] / 2
	}
	return v
}

// meetings counts the taps that meet the image, over all output positions.
func meetings(v kernels.Window) int {
	total := v.Batch
	for i, in := range []int{v.Height, v.Width} {
		meet := 0
		for o := range []int{v.OutHeight(), v.OutWidth()}[i] {
			for t := range v.Kernel[i] {
				if at := o*v.Stride[i] - v.Pad[i] + t; at >= 0 && at < in {
					meet++
				}
			}
		}
		total *= meet
	}
	return total
}

// pairs visits every tap of a window at every output position, where it meets the image.
func pairs(v kernels.Window, f func(tap, from, to int)) {
	for b := range v.Batch {
		for row := range v.OutHeight() {
			for col := range v.OutWidth() {
				for i := range v.Kernel[0] {
					for j := range v.Kernel[1] {
						y, x := row*v.Stride[0]+i-v.Pad[0], col*v.Stride[1]+j-v.Pad[1]
						if y < 0 || y >= v.Height || x < 0 || x >= v.Width {
							continue
						}
						f(i*v.Kernel[1]+j, (b*v.Height+y)*v.Width+x, (b*v.OutHeight()+row)*v.OutWidth()+col)
					}
				}
			}
		}
	}
}

// windows are images and kernels that reach every kind of edge: taps that meet nothing, strides that leave
// inputs unread, tiles within a row and across images.
func windows() []kernels.Window {
	var all []kernels.Window
	line := func(batch, width, kernel, stride, pad int) {
		all = append(all, kernels.Window{Batch: batch, Height: 1, Width: width, Kernel: [2]int{1, kernel}, Stride: [2]int{1, stride}, Pad: [2]int{0, pad}})
	}
	for _, width := range []int{1, 2, 5, 7} {
		for _, kernel := range []int{1, 2, 3, 5} {
			for _, stride := range []int{1, 2, 3} {
				if pad := kernel / 2; width+2*pad >= kernel {
					line(1+width%3, width, kernel, stride, pad)
				}
			}
		}
	}
	for _, kernel := range []int{3, 5} { // every edge that a row of taps can have
		for pad := range kernel + 1 {
			for _, width := range []int{1, 3, 8, 9, 20} {
				if width+2*pad >= kernel {
					line(1, width, kernel, 1, pad)
				}
			}
		}
	}
	line(0, 4, 3, 1, 1)
	line(1, 3, 1, 4, 0)
	line(2, 2, 3, 2, 4)
	line(9, 5, 3, 1, 1)
	line(60, 5, 3, 1, 1) // in more than one chunk of the gradient of the weights
	all = append(all,
		kernels.Window{Batch: 2, Height: 4, Width: 5, Kernel: [2]int{3, 3}, Stride: [2]int{1, 1}, Pad: [2]int{1, 1}},
		kernels.Window{Batch: 2, Height: 5, Width: 4, Kernel: [2]int{3, 2}, Stride: [2]int{2, 1}, Pad: [2]int{1, 0}},
		kernels.Window{Batch: 1, Height: 6, Width: 3, Kernel: [2]int{2, 3}, Stride: [2]int{1, 2}, Pad: [2]int{0, 2}},
		kernels.Window{Batch: 3, Height: 2, Width: 2, Kernel: [2]int{2, 2}, Stride: [2]int{2, 2}, Pad: [2]int{0, 0}},
		kernels.Window{Batch: 1, Height: 9, Width: 17, Kernel: [2]int{5, 4}, Stride: [2]int{3, 2}, Pad: [2]int{2, 1}},
		kernels.Window{Batch: 2, Height: 8, Width: 21, Kernel: [2]int{3, 3}, Stride: [2]int{1, 1}, Pad: [2]int{1, 1}},
		kernels.Window{Batch: 2, Height: 2, Width: 6, Kernel: [2]int{2, 3}, Stride: [2]int{1, 1}, Pad: [2]int{3, 1}}, // rows that meet nothing
		kernels.Window{Batch: 1, Height: 5, Width: 9, Kernel: [2]int{4, 3}, Stride: [2]int{3, 2}, Pad: [2]int{4, 2}},
	)
	return all
}

// anyWindow makes a window that fits its image.
func anyWindow(pick Picker) kernels.Window {
	v := kernels.Window{Batch: pick(6), Height: 1 + pick(8), Width: 1 + pick(20)}
	for i, in := range []int{v.Height, v.Width} {
		v.Pad[i] = pick(4)
		v.Kernel[i], v.Stride[i] = 1+pick(min(5, in+2*v.Pad[i])), 1+pick(4)
	}
	return v
}
