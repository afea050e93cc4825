package spec

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"srhmbench/srhm"
)

// Kinds of network.
const (
	LCN = "lcn" // locally connected: one weight block per patch position
	CNN = "cnn" // convolutional: one weight block per offset inside the patch, shared by all positions
	FCN = "fcn" // fully connected on the whole input
)

// Network describes an architecture of SPEC section 2.1: L hidden layers with filter = stride = s(s0+1), and
// what may be changed in it. Settings that are the authors' are zero, and no part of a description then.
type Network struct {
	Kind  string `json:"kind"`  // LCN, CNN or FCN
	Width int    `json:"width"` // h: channels per layer (FCN: units of the last hidden layer)
	Bias  bool   `json:"bias"`  // 0.1·b with b ~ N(0,1) trainable, one per channel and position

	Init    string `json:"init,omitempty"`    // AuthorsInit, PatchInit or PyTorchInit
	Readout string `json:"readout,omitempty"` // MeanField or RootReadout
	// Layers is the number of hidden layers; 0 is L. LCN and CNN: with fewer than L, the output averages over
	// the patches that are left, as the authors' program does; there cannot be more, one patch being left
	// after L. FCN: layers are s(s0+1) times as wide as the one above, beyond L all as wide as the last.
	Layers int `json:"layers,omitempty"`
	// Tied lists hidden layers, 1 the lowest, as in "1,2": in these the s0+1 places of a sub-patch share
	// their weights, as if it did not matter where in its sub-patch a child stands. LCN and CNN only.
	Tied string `json:"tied,omitempty"`
}

// Initialisations. With c channels below and q places in a patch, a layer adds up W x times a factor.
const (
	AuthorsInit = ""        // factor c^(-1/2) (FCN above the input: width^(-1/2)), W ~ N(0,1), readout N(0,1)
	PatchInit   = "patch"   // factor (cq)^(-1/2): the whole fan-in; else as the authors
	PyTorchInit = "pytorch" // the same factor, W ~ U(-1,1), biases U(-1,1)·(cq)^(-1/2), readout U(-1,1)
)

// Factors of the output, y = factor·hᵀβ. The step is lr·width with the first and lr with the second, so that
// a step moves the output by as much whatever the width.
const (
	MeanField   = ""     // 1/width
	RootReadout = "sqrt" // 1/sqrt(width): with PyTorchInit, the network that PyTorch's defaults give
)

// What the authors' initialisation and readout are called where they are asked for by name.
const (
	AuthorsInitName = "authors"
	MeanFieldName   = "mean"
)

// Described returns the network as it is in a description: nothing for what is the authors', by whatever name.
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

// Depth is the number of hidden layers on a task.
func (n Network) Depth(t srhm.Task) int {
	if n.Layers == 0 {
		return t.L
	}
	return n.Layers
}

// Ties says whether a hidden layer, 1 the lowest, shares weights inside sub-patches.
func (n Network) Ties(layer int) bool {
	return slices.Contains(strings.Split(n.Tied, ","), strconv.Itoa(layer))
}

// String names the network in a few words: kind, width, and what is not the authors'.
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
