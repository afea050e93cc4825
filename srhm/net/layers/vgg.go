package layers

import "fmt"

// pool stands in the tables of VGG for a max-pooling by 2.
const pool = 0

// The tables are columns A and D of table 1 of Simonyan and Zisserman (2014): channels of 3-convolutions, each followed
// by a batch norm, which is of later date, and a ReLU.
var (
	vgg11 = []int{64, pool, 128, pool, 256, 256, pool, 512, 512, pool, 512, 512, pool}
	vgg16 = []int{64, 64, pool, 128, 128, pool, 256, 256, 256, pool, 512, 512, 512, pool, 512, 512, 512, pool}
)

// vgg ends in one linear layer, as for CIFAR-10. Images too small to be halved five times are halved as often as they
// can be; of those so large that more than one position is left, the mean is taken.
func vgg(b *builder, table []int) chain {
	var net chain
	number := 0 // as in PyTorch's Sequential
	for _, channels := range table {
		if channels == pool {
			if b.smaller(2) == 2 {
				net = append(net, b.maxPool(2, 2))
			}
			number++
			continue
		}
		net = append(net,
			b.conv(fmt.Sprintf("features.%d", number), b.channels(channels), 3, 1, 1, true),
			b.norm(fmt.Sprintf("features.%d", number+1)),
			b.relu())
		number += 3
	}
	if b.shape.positions() > 1 {
		net = append(net, b.globalMean())
	}
	return append(net, b.linear("classifier", b.classes))
}
