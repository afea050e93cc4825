package layers

import "srhmbench/kernels"

// Shape is that of an image. A signal in one dimension has height 1.
type Shape struct{ Height, Width, Channels int }

func (s Shape) positions() int { return s.Height * s.Width }

// size is how many numbers an image has.
func (s Shape) size() int { return s.positions() * s.Channels }

// over is the window with which a kernel moves over so many images of the shape.
func (s Shape) over(kernel, stride, pad [2]int) kernels.Window {
	return kernels.Window{Height: s.Height, Width: s.Width, Kernel: kernel, Stride: stride, Pad: pad}
}

// after is the shape that a window leaves, with other channels.
func after(v kernels.Window, channels int) Shape {
	return Shape{v.OutHeight(), v.OutWidth(), channels}
}

// meetings counts the taps of all outputs of an image that are not in the padding.
func meetings(v kernels.Window) int {
	return axisMeetings(v.Height, v.OutHeight(), v.Kernel[0], v.Stride[0], v.Pad[0]) *
		axisMeetings(v.Width, v.OutWidth(), v.Kernel[1], v.Stride[1], v.Pad[1])
}

func axisMeetings(in, out, kernel, stride, pad int) int {
	n := 0
	for o := range out {
		first := o*stride - pad
		n += max(0, min(in, first+kernel)-max(0, first))
	}
	return n
}

// of is the window on so many images.
func of(v kernels.Window, images int) kernels.Window {
	v.Batch = images
	return v
}
