package layers

import (
	"fmt"
	"math"

	"srhmbench/internal/portable"
	"srhmbench/srhm"
	"srhmbench/srhm/net"
	"srhmbench/srhm/spec"
)

// architecture is a kind of network.
type architecture struct {
	name, title string
	build       func(b *builder) chain
	ratio       float64 // of the published P* to Eq. 4
	sizes       []int   // of the authors' training sets, per class
}

// The kinds, with the P* that figure 9 shows.
var (
	VGG11          net.Kind = &architecture{"vgg11", "VGG11", func(b *builder) chain { return vgg(b, vgg11) }, 6477. / 9000, authorsSizes}
	VGG16          net.Kind = &architecture{"vgg16", "VGG16", func(b *builder) chain { return vgg(b, vgg16) }, 4420. / 9000, authorsSizes}
	ResNet18       net.Kind = &architecture{"resnet18", "ResNet18", func(b *builder) chain { return resNet(b, resNet18) }, 7472. / 9000, authorsSizesResNet}
	ResNet34       net.Kind = &architecture{"resnet34", "ResNet34", func(b *builder) chain { return resNet(b, resNet34) }, 6286. / 9000, authorsSizesResNet}
	EfficientNetB0 net.Kind = &architecture{"efficientnetb0", "EfficientNetB0", func(b *builder) chain { return efficientNet(b, efficientNetB0) }, 9259. / 9000, authorsSizes}
)

func (a *architecture) Name() string  { return a.name }
func (a *architecture) Title() string { return a.title }

// publishedWidth is the width of the networks as published.
const publishedWidth = 64

// Network is the published one.
func (a *architecture) Network() spec.Network {
	return spec.Network{Kind: a.name, Width: publishedWidth, Bias: true}
}

// What the authors' script does (SPEC section 2.4). Its rate is 1e-4 times a width that is always 64.
const (
	authorsLR        = 6.4e-3
	authorsStopLoss  = 1e-2
	authorsMaxEpochs = 250
)

func (a *architecture) Protocol(p spec.Protocol) spec.Protocol {
	p.LR, p.StopLoss, p.MaxEpochs = authorsLR, authorsStopLoss, authorsMaxEpochs
	return p
}

// Law is Eq. 4: these networks share their filters between positions.
func (a *architecture) Law() net.Law {
	law := net.SharedLaw
	law.Ratio = a.ratio
	return law
}

// authorsSizes are those of SPEC section 2.3; ResNets have one more.
var (
	authorsSizes = []int{
		10, 17, 29, 50, 87, 150, 259, 440, 447, 540, 640, 740, 769, 840, 940, 1040, 1140, 1240, 1324, 1340, 1440, 2279, 3923, 6752, 11620,
	}
	authorsSizesResNet = append(authorsSizes[:len(authorsSizes):len(authorsSizes)], 20000)
)

// Authors knows the sizes for the one task of figures 1, 9 and 17.
func (a *architecture) Authors(t srhm.Task) net.Authors {
	how := net.Authors{Width: publishedWidth, LR: authorsLR, StopLoss: authorsStopLoss}
	if t.V == 10 && t.S == 2 && t.S0 == 2 && t.L == 2 {
		for _, p := range a.sizes {
			how.Sizes = append(how.Sizes, p*t.NC)
		}
	}
	return how
}

const maxWidth = 1024

func (a *architecture) Design(n spec.Network, t srhm.Task) (net.Design, error) {
	switch {
	case n.Width < 1 || n.Width > maxWidth:
		return nil, fmt.Errorf("width %d: want 1 to %d; %s as published is %d wide", n.Width, maxWidth, a.title, publishedWidth)
	case !n.Bias:
		return nil, fmt.Errorf("bias false: %s has biases where it was published with them: want true", a.title)
	case n.Init != spec.AuthorsInit:
		return nil, fmt.Errorf("init %q: %s begins as PyTorch begins, which is what its authors did: want %s", n.Init, a.title, spec.AuthorsInitName)
	case n.Readout != spec.MeanField:
		return nil, fmt.Errorf("readout %q: %s ends in a linear layer: want %s", n.Readout, a.title, spec.MeanFieldName)
	case n.Layers != 0:
		return nil, fmt.Errorf("layers %d: %s has those of its table: want 0", n.Layers, a.title)
	case n.Tied != "":
		return nil, fmt.Errorf("tied %q: %s has no patches: want none", n.Tied, a.title)
	}
	d := &design{architecture: a, spec: n, task: t}
	b, layers := d.assemble()
	d.nodes, d.cost, d.tensors = b.nodes, layers.cost(), layers.tensors()
	return d, nil
}

// design is a network planned.
type design struct {
	*architecture
	spec    spec.Network
	task    srhm.Task
	nodes   []string
	cost    cost
	tensors []*tensor // without memory
}

// assemble builds the network; no weights take memory yet.
func (d *design) assemble() (*builder, chain) {
	b := &builder{dims: 1, width: d.spec.Width, classes: d.task.NC, shape: d.input()}
	return b, d.build(b)
}

// input is an example: v channels of d cells.
func (d *design) input() Shape { return Shape{1, d.task.Cells(), d.task.V} }

func (d *design) New(e srhm.Encoding, seed uint64, threads int) net.Network {
	_, layers := d.assemble()
	n := newNet(layers, d.input(), d.task.NC, seed, threads)
	n.design, n.encode = d, encoder(d.task, e)
	return n
}

// Layers are the nodes and the output.
func (d *design) Layers() []string { return append(d.nodes[:len(d.nodes):len(d.nodes)], "output") }

func (d *design) Parameters() int {
	sum := 0
	for _, t := range d.tensors {
		if t.learned {
			sum += t.size()
		}
	}
	return sum
}

func (d *design) Bytes() float64 {
	sum := 0.0
	for _, t := range d.tensors {
		sum += 4 * float64(t.length)
		if t.learned {
			sum += 4 * float64(t.length)
		}
	}
	return sum
}

// BatchBytes is what the examples take.
func (d *design) BatchBytes(examples int) float64 {
	return float64(examples) * float64(2+6*d.task.Leaves())
}

// gradients is how many gradients are on their way at most: that of a branch, before and after a layer, and that of its
// shortcut.
const gradients = 4

func (d *design) PassBytes(examples int) (evaluate, step float64) {
	n := 4 * float64(examples)
	return n * float64(d.input().size()+d.cost.outputs), n * float64(d.cost.training+gradients*d.cost.gradient)
}

// Chunk is about as many examples as the authors passed at a time in their probes, so that batch norm in training mode has
// as good moments.
func (d *design) Chunk() int { return 1024 }

func (d *design) Cost() (weights, macs float64) {
	return float64(d.Parameters()), float64(d.cost.multiplyAdds)
}

// Epochs is a guess.
func (d *design) Epochs(p spec.Protocol, batches float64) float64 {
	stop := max(p.StopLoss, 1e-9)
	return (10 + 200/math.Sqrt(batches)) * portable.Pow(authorsStopLoss/stop, 0.3) * authorsLR / p.LR
}
