package main

import (
	"fmt"
	"maps"
	"slices"

	"srhmbench/kernels"
)

// part is what a library is asked for at a time. Libraries take turns at each part, so that what disturbs the machine
// for long disturbs all of them.
type part struct {
	name      string
	libraries []string // the libraries that have any of it

	products     []string // of these layers
	layers       []layer
	cold         bool // weights come from memory instead of from the caches that hold them
	convolutions []kernels.ConvShape
	vectors      []int // lengths, of steps with momentum
	trainings    []training
}

// coldBytes is the total size of the weights that cold layers use in turn.
const coldBytes = 64 << 20

// The sizes of the goals.
var (
	matMuls = []layer{{64, 64, 64}, {128, 128, 128}, {256, 256, 256}, {512, 512, 512}, {1024, 1024, 1024}, {2048, 2048, 2048}, {37, 53, 91}, {64, 512, 1024}}
	batch4  = []layer{{4, 512, 512}, {4, 512, 1024}, {4, 512, 3072}} // weights of 1, 2 and 6 MiB
	rankKs  = []layer{{256, 256, 4}, {256, 256, 8}, {1024, 1024, 4}, {1024, 1024, 8}}
	inGo    = []layer{{256, 256, 256}}
	steps   = []int{1 << 10, 1 << 14, 1 << 19, 1 << 23} // 12 and 192 KiB, 6 and 96 MiB
	convs   = []kernels.ConvShape{
		square(8, 32, 3, 64, 64, 1), square(8, 16, 3, 128, 128, 1),
		{Window: kernels.Window{Batch: 32, Height: 1, Width: 5, Kernel: [2]int{1, 3}, Stride: [2]int{1, 1}, Pad: [2]int{0, 1}}, In: 512, Out: 512, Groups: 1},
		square(8, 16, 3, 96, 96, 96),
	}
)

func square(batch, side, kernel, in, out, groups int) kernels.ConvShape {
	return kernels.ConvShape{
		Window: kernels.Window{
			Batch: batch, Height: side, Width: side,
			Kernel: [2]int{kernel, kernel}, Stride: [2]int{1, 1}, Pad: [2]int{kernel / 2, kernel / 2},
		},
		In: in, Out: out, Groups: groups,
	}
}

// parts returns everything there is to time.
func parts() ([]part, error) {
	sets, err := layers()
	if err != nil {
		return nil, err
	}
	everybody := []string{"srhmbench", "openblas", "blis", "onednn", "libxsmm", "gonum", "torch"}
	ofLayer := []string{forward, backward, update}
	var list []part
	for _, set := range slices.Sorted(maps.Keys(sets)) {
		list = append(list, part{name: set, libraries: everybody, products: ofLayer, layers: sets[set]})
	}
	list = append(list,
		part{name: "matmul", libraries: everybody, products: []string{matMul}, layers: matMuls},
		part{name: "rank", libraries: everybody, products: []string{rankK}, layers: rankKs},
		part{name: "batch4", libraries: everybody, products: ofLayer, layers: batch4},
		part{name: "cold", libraries: everybody, products: ofLayer, layers: batch4, cold: true},
		part{name: "go", libraries: []string{"srhmbench"}, products: []string{genericMatMul, relaxedMatMul}, layers: inGo},
		part{name: "conv", libraries: []string{"srhmbench", "onednn", "torch"}, convolutions: convs},
		part{name: "momentum", libraries: []string{"srhmbench", "openblas", "blis", "gonum", "cc", "torch"}, vectors: steps},
	)
	for _, width := range widthsTimed {
		for _, kind := range kinds {
			p := part{name: fmt.Sprintf("%s%d", kind, width), libraries: []string{"srhmbench", "torch"}}
			for _, t := range trainings(width) {
				if t.Network.Kind == kind {
					p.trainings = append(p.trainings, t)
				}
			}
			list = append(list, p)
		}
	}
	return list, nil
}

// partOf returns the part of a name that a library has.
func partOf(name, library string) (part, error) {
	if name == blisProbe.name && library == "blis" {
		return blisProbe, nil
	}
	list, err := parts()
	if err != nil {
		return part{}, err
	}
	var names []string
	for _, p := range list {
		if slices.Contains(p.libraries, library) {
			names = append(names, p.name)
			if p.name == name {
				return p, nil
			}
		}
	}
	return part{}, fmt.Errorf("part %q of %s: want one of %v", name, library, names)
}

// copies returns how many copies of a layer's weights the part uses in turn.
func (p part) copies(l layer) int {
	if !p.cold {
		return 1
	}
	bytes := 4 * l.k * l.n
	return (coldBytes + bytes - 1) / bytes
}

func (p part) productName(product string, l layer) string {
	return fmt.Sprintf("%s/shapes=%s/%s", product, p.name, l.name())
}

func (p part) convolutionName(name string, s kernels.ConvShape) string {
	return fmt.Sprintf("%s/shapes=%s/%s", name, p.name, convolutionName(s))
}

func (p part) momentumName(n int) string { return fmt.Sprintf("Momentum/shapes=%s/n=%d", p.name, n) }
