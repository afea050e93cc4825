package layers

import "fmt"

// stage is a row of table 1 of Tan and Le (2019).
type stage struct{ expand, channels, blocks, kernel, stride int }

var efficientNetB0 = []stage{
	{1, 16, 1, 3, 1},
	{6, 24, 2, 3, 2},
	{6, 40, 2, 5, 2},
	{6, 80, 3, 3, 2},
	{6, 112, 3, 5, 1},
	{6, 192, 4, 5, 2},
	{6, 320, 1, 3, 1},
}

// efficientNet begins with a 3-convolution at stride 1 and ends without the table's last convolution, as for CIFAR-10.
// The authors' drop-connect is never on, and is left out.
func efficientNet(b *builder, table []stage) chain {
	net := chain{b.conv("conv1", b.channels(32), 3, 1, 1, false), b.norm("bn1"), b.silu()}
	number := 0
	for _, s := range table {
		for i := range s.blocks {
			stride := 1
			if i == 0 {
				stride = s.stride
			}
			net = append(net, b.inverted(fmt.Sprintf("layers.%d.", number), s, stride))
			number++
		}
	}
	return append(net, b.globalMean(), b.dropout(0.2), b.linear("linear", b.classes))
}

// inverted is an inverted residual block with squeeze and excitation.
func (b *builder) inverted(name string, s stage, stride int) layer {
	in, channels := b.shape, b.channels(s.channels)
	var branch chain
	expand := chain{b.conv(name+"conv1", s.expand*in.Channels, 1, 1, 0, false), b.norm(name + "bn1")}
	if s.expand > 1 {
		branch = append(expand, b.silu())
	} else { // the authors' block makes these all the same
		branch = chain{idle(expand.tensors())}
	}
	branch = append(branch, b.depthwise(name+"conv2", s.kernel, stride, s.kernel/2), b.norm(name+"bn2"), b.silu())
	branch = append(branch, b.squeezeExcite(name+"se.", max(1, in.Channels/4)))
	branch = append(branch, b.conv(name+"conv3", channels, 1, 1, 0, false), b.norm(name+"bn3"))
	if stride == 1 && in.Channels == channels {
		return &add{branch: branch, shape: b.shape}
	}
	return branch
}

// squeezeExcite weighs channels by what it makes of their means (Hu, Shen and Sun, 2017).
func (b *builder) squeezeExcite(name string, hidden int) layer {
	in := b.shape
	branch := chain{
		b.globalMean(),
		b.conv(name+"se1", hidden, 1, 1, 0, true), b.silu(),
		b.conv(name+"se2", in.Channels, 1, 1, 0, true), b.sigmoid(),
	}
	b.shape = in
	return &scale{branch: branch, shape: in}
}
