package patch

import (
	"fmt"
	"strconv"
	"strings"

	"srhmbench/srhm"
	"srhmbench/srhm/spec"
)

const (
	maxWidth  = 1 << 16
	maxLayers = 16 // of a dense network; others have at most L
)

// validate says in one line what is wrong with a network on a valid task, and what is allowed.
func (k kind) validate(n spec.Network, t srhm.Task) error {
	switch {
	case n.Width < 1 || n.Width > maxWidth:
		return fmt.Errorf("width %d: want 1 to %d", n.Width, maxWidth)
	case n.Init != spec.AuthorsInit && n.Init != spec.PatchInit && n.Init != spec.PyTorchInit:
		return fmt.Errorf("init %q: want %s, %s or %s", n.Init, spec.AuthorsInitName, spec.PatchInit, spec.PyTorchInit)
	case n.Readout != spec.MeanField && n.Readout != spec.RootReadout:
		return fmt.Errorf("readout %q: want %s or %s", n.Readout, spec.MeanFieldName, spec.RootReadout)
	}
	if err := k.validateDepth(n, t); err != nil {
		return err
	}
	return k.validateTied(n, t)
}

func (k kind) validateDepth(n spec.Network, t srhm.Task) error {
	switch {
	case k.filters == dense && (n.Layers < 0 || n.Layers > maxLayers):
		return fmt.Errorf("layers %d: want 1 to %d, or 0 for L", n.Layers, maxLayers)
	case k.filters != dense && (n.Layers < 0 || n.Layers > t.L):
		return fmt.Errorf("layers %d: want 1 to L = %d: each joins s(s0+1) patches, and after L layers one is left", n.Layers, t.L)
	case n.Layers == t.L:
		return fmt.Errorf("layers %d: want 0, which means L = %d: equal networks have one description", n.Layers, t.L)
	}
	return nil
}

func (k kind) validateTied(n spec.Network, t srhm.Task) error {
	if n.Tied == "" {
		return nil
	}
	if k.filters == dense {
		return fmt.Errorf("tied %q: an fcn has no patches: want lcn or cnn", n.Tied)
	}
	last := 0
	for text := range strings.SplitSeq(n.Tied, ",") {
		layer, err := strconv.Atoi(text)
		if err != nil || layer <= last || layer > n.Depth(t) || strconv.Itoa(layer) != text {
			return fmt.Errorf("tied %q: want layers from 1 to %d, increasing, with commas between", n.Tied, n.Depth(t))
		}
		last = layer
	}
	return nil
}
