package spec

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"srhmbench/srhm"
)

// The paper's own kinds of network. Package zoo lists all kinds there are.
const (
	LCN = "lcn" // locally connected: one weight block per patch position
	CNN = "cnn" // convolutional: one weight block per offset inside the patch, shared by all positions
	FCN = "fcn" // fully connected on the whole input
)

// Network describes a network: its kind, its size and, for LCN, CNN and FCN, what differs from the authors'
// (SPEC section 2.1: L hidden layers with filter = stride = s(s0+1)). The authors' settings are zero values, which are
// left out of the description. The kind decides which settings are valid.
type Network struct {
	Kind  string `json:"kind"`
	Width int    `json:"width"` // h: channels per layer (FCN: units of the last hidden layer; VGG and others: see their kind)
	Bias  bool   `json:"bias"`  // LCN, CNN, FCN: a trainable 0.1·b, b ~ N(0,1), per channel and position

	Init    string `json:"init,omitempty"`    // AuthorsInit, PatchInit or PyTorchInit
	Readout string `json:"readout,omitempty"` // MeanField or RootReadout
	// Layers is the number of hidden layers; 0 means L. LCN and CNN have at most L, which leave one patch; with
	// fewer, the output averages over the patches left, as in the authors' program. Each layer of an FCN is s(s0+1)
	// times as wide as the one above; those beyond L are as wide as the last.
	Layers int `json:"layers,omitempty"`
	// Tied lists hidden layers, counted from 1 at the bottom, as in "1,2": there the s0+1 places of a sub-patch share
	// weights, so that a child's place in its sub-patch does not matter. LCN and CNN only.
	Tied string `json:"tied,omitempty"`
}

// Initialisations. A layer computes factor·Wx; c channels below and q places in a patch give the factor.
const (
	AuthorsInit = ""        // factor c^(-1/2) (FCN above the input: width^(-1/2)), W ~ N(0,1), readout N(0,1)
	PatchInit   = "patch"   // factor (cq)^(-1/2): the whole fan-in; else as the authors
	PyTorchInit = "pytorch" // the same factor, W ~ U(-1,1), biases U(-1,1)·(cq)^(-1/2), readout U(-1,1)
)

// Factors of the output, y = factor·hᵀβ. The learning rate is lr·width with the first and lr with the second: a step
// then moves the output equally far at every width.
const (
	MeanField   = ""     // 1/width
	RootReadout = "sqrt" // 1/sqrt(width): with PyTorchInit, the network that PyTorch's defaults give
)

// Names of the authors' initialisation and readout, which a description leaves out.
const (
	AuthorsInitName = "authors"
	MeanFieldName   = "mean"
)

// Described returns the network as a description has it, with zero values for the authors' settings.
func (n Network) Described(t srhm.Task) Network {
	if n.Init == AuthorsInitName {
		n.Init = AuthorsInit
	}
	if n.Readout == MeanFieldName {
		n.Readout = MeanField
	}
	if n.Layers == t.L {
		n.Layers = 0
	}
	return n
}

// Depth returns the number of hidden layers of an LCN, CNN or FCN on a task.
func (n Network) Depth(t srhm.Task) int {
	if n.Layers == 0 {
		return t.L
	}
	return n.Layers
}

// Ties reports whether a hidden layer, counted from 1 at the bottom, shares weights inside sub-patches.
func (n Network) Ties(layer int) bool {
	return slices.Contains(strings.Split(n.Tied, ","), strconv.Itoa(layer))
}

// String returns kind, width and whatever differs from the authors' settings.
func (n Network) String() string {
	text := fmt.Sprintf("%s h=%d", n.Kind, n.Width)
	if n.Layers != 0 {
		text += fmt.Sprintf(" layers=%d", n.Layers)
	}
	for _, s := range []struct{ name, value string }{{"init", n.Init}, {"readout", n.Readout}, {"tied", n.Tied}} {
		if s.value != "" {
			text += " " + s.name + "=" + s.value
		}
	}
	return text
}
