package layers

import "fmt"

// Blocks a stage, from table 1 of He, Zhang, Ren and Sun (2015).
var (
	resNet18 = [4]int{2, 2, 2, 2}
	resNet34 = [4]int{3, 4, 6, 3}
)

// resNet begins with a 3-convolution at stride 1 and ends in a mean over 4 positions, as for CIFAR-10. Where fewer are
// left the mean is over those, and where several means are, over these.
func resNet(b *builder, blocks [4]int) chain {
	net := chain{b.conv("conv1", b.channels(64), 3, 1, 1, false), b.norm("bn1"), b.relu()}
	for i, channels := range [4]int{64, 128, 256, 512} {
		for j := range blocks[i] {
			stride := 1
			if i > 0 && j == 0 {
				stride = 2
			}
			net = append(net, b.basicBlock(fmt.Sprintf("layer%d.%d.", i+1, j), b.channels(channels), stride), b.relu())
		}
	}
	net = append(net, b.meanPool(b.smaller(4)))
	if b.shape.positions() > 1 {
		net = append(net, b.globalMean())
	}
	return append(net, b.linear("linear", b.classes))
}

// basicBlock is a block up to its last ReLU.
func (b *builder) basicBlock(name string, channels, stride int) layer {
	in := b.shape
	branch := chain{
		b.conv(name+"conv1", channels, 3, stride, 1, false), b.norm(name + "bn1"), b.relu(),
		b.conv(name+"conv2", channels, 3, 1, 1, false), b.norm(name + "bn2"),
	}
	var shortcut chain
	if stride > 1 || in.Channels != channels {
		b.shape = in
		shortcut = chain{b.conv(name+"shortcut.0", channels, 1, stride, 0, false), b.norm(name + "shortcut.1")}
	}
	return &add{branch, shortcut, b.shape}
}
