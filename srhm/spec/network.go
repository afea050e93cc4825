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

// maxLayers bounds the depth of an FCN.
const maxLayers = 16

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

// Validate says in one line what is wrong with a network on a valid task, and what is allowed.
func (n Network) Validate(t srhm.Task) error {
	switch n.Kind {
	case LCN, CNN, FCN:
	default:
		return fmt.Errorf("net %q: want lcn, cnn or fcn", n.Kind)
	}
	switch {
	case n.Width < 1 || n.Width > 1<<16:
		return fmt.Errorf("width %d: want 1 to %d", n.Width, 1<<16)
	case n.Init != AuthorsInit && n.Init != PatchInit && n.Init != PyTorchInit:
		return fmt.Errorf("init %q: want %s, %s or %s", n.Init, AuthorsInitName, PatchInit, PyTorchInit)
	case n.Readout != MeanField && n.Readout != RootReadout:
		return fmt.Errorf("readout %q: want %s or %s", n.Readout, MeanFieldName, RootReadout)
	}
	if err := n.validateDepth(t); err != nil {
		return err
	}
	return n.validateTied(t)
}

func (n Network) validateDepth(t srhm.Task) error {
	switch {
	case n.Kind == FCN && (n.Layers < 0 || n.Layers > maxLayers):
		return fmt.Errorf("layers %d: want 1 to %d, or 0 for L", n.Layers, maxLayers)
	case n.Kind != FCN && (n.Layers < 0 || n.Layers > t.L):
		return fmt.Errorf("layers %d: want 1 to L = %d: each joins s(s0+1) patches, and after L layers one is left", n.Layers, t.L)
	case n.Layers == t.L:
		return fmt.Errorf("layers %d: want 0, which means L = %d: equal networks have one description", n.Layers, t.L)
	}
	return nil
}

func (n Network) validateTied(t srhm.Task) error {
	if n.Tied == "" {
		return nil
	}
	if n.Kind == FCN {
		return fmt.Errorf("tied %q: an fcn has no patches: want lcn or cnn", n.Tied)
	}
	last := 0
	for text := range strings.SplitSeq(n.Tied, ",") {
		k, err := strconv.Atoi(text)
		if err != nil || k <= last || k > n.Depth(t) || strconv.Itoa(k) != text {
			return fmt.Errorf("tied %q: want layers from 1 to %d, increasing, with commas between", n.Tied, n.Depth(t))
		}
		last = k
	}
	return nil
}
