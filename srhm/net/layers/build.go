package layers

import (
	"fmt"

	"srhmbench/kernels"
)

// builder puts layers together. shape is that of the images after the layer built last.
type builder struct {
	dims    int // 1 or 2
	width   int // channels are those of the published network times width/64
	classes int
	shape   Shape
	built   bool     // whether anything is
	nodes   []string // where the network can be probed, in order of use
}

// channels is a published number of channels at the builder's width.
func (b *builder) channels(published int) int {
	return max(1, (published*b.width+publishedWidth/2)/publishedWidth)
}

// square is a size in every dimension; in one dimension what lies across is unit.
func (b *builder) square(n, unit int) [2]int {
	if b.dims == 1 {
		return [2]int{unit, n}
	}
	return [2]int{n, n}
}

func (b *builder) window(kernel, stride, pad int) kernels.Window {
	return b.shape.over(b.square(kernel, 1), b.square(stride, 1), b.square(pad, 0))
}

// conv is a convolution to so many channels, with a bias or without.
func (b *builder) conv(name string, channels, kernel, stride, pad int, biased bool) layer {
	c := &conv{in: b.shape, bottom: !b.built}
	c.ConvShape = kernels.ConvShape{Window: b.window(kernel, stride, pad), In: b.shape.Channels, Out: channels, Groups: 1}
	c.out = after(c.Window, channels)
	c.weight = convTensor(name+".weight", c.ConvShape, b.dims)
	if biased {
		c.bias = vector(name+".bias", channels, true, 0)
		c.bias.fanIn = c.weight.fanIn
	}
	b.shape, b.built = c.out, true
	return c
}

// linear is a linear layer on images of one position, with a bias.
func (b *builder) linear(name string, outputs int) layer {
	c := b.conv(name, outputs, 1, 1, 0, true).(*conv)
	c.weight.shape = c.weight.shape[:2]
	return c
}

// depthwise is a convolution of each channel by itself.
func (b *builder) depthwise(name string, kernel, stride, pad int) layer {
	d := &depthwise{window: b.window(kernel, stride, pad), in: b.shape}
	d.out = after(d.window, b.shape.Channels)
	d.weight = depthwiseTensor(name+".weight", d.window, b.shape.Channels, b.dims)
	b.shape = d.out
	return d
}

func (b *builder) norm(name string) layer {
	c := b.shape.Channels
	return &norm{
		shape: b.shape,
		gamma: vector(name+".weight", c, true, 1), beta: vector(name+".bias", c, true, 0),
		mean: vector(name+".running_mean", c, false, 0), variance: vector(name+".running_var", c, false, 1),
	}
}

func (b *builder) relu() layer {
	b.node("relu")
	return &relu{shape: b.shape}
}

func (b *builder) silu() layer {
	b.node("sigmoid")
	return &silu{shape: b.shape}
}

func (b *builder) sigmoid() layer {
	b.node("sigmoid")
	return &sigmoid{shape: b.shape}
}

func (b *builder) node(kind string) {
	b.nodes = append(b.nodes, fmt.Sprintf("%s %d", kind, len(b.nodes)+1))
}

func (b *builder) dropout(p float64) layer { return &dropout{shape: b.shape, keep: 1 - p} }

func (b *builder) maxPool(kernel, stride int) layer {
	m := &maxPool{window: b.window(kernel, stride, 0), in: b.shape}
	m.out = after(m.window, b.shape.Channels)
	b.shape = m.out
	return m
}

// meanPool takes means of windows side by side.
func (b *builder) meanPool(kernel int) layer { return b.mean(b.window(kernel, kernel, 0)) }

// globalMean takes the mean of all positions.
func (b *builder) globalMean() layer {
	all := [2]int{b.shape.Height, b.shape.Width}
	return b.mean(b.shape.over(all, all, [2]int{}))
}

func (b *builder) mean(v kernels.Window) layer {
	m := &meanPool{window: v, in: b.shape, out: after(v, b.shape.Channels)}
	b.shape = m.out
	return m
}

// smaller is a kernel no larger than the image.
func (b *builder) smaller(kernel int) int {
	if b.dims == 1 {
		return min(kernel, b.shape.Width)
	}
	return min(kernel, b.shape.Width, b.shape.Height)
}

// idle lists tensors of layers that the network has and does not use.
type idle []*tensor

func (i idle) forward(_ *pass, x []float32) []float32   { return x }
func (i idle) backward(_ *pass, dy []float32) []float32 { return dy }
func (i idle) tensors() []*tensor                       { return i }
func (i idle) cost() cost                               { return cost{} }
