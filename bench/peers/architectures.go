package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"srhmbench/kernels"
	"srhmbench/srhm"
	"srhmbench/srhm/net"
	common "srhmbench/srhm/net/layers"
)

// architecture is a step of a common architecture in the form architectures.py reads: JSON, and beside it two NPZ
// files with what package net exports before and after the step.
type architecture struct {
	training
	Rate     float64    `json:"rate"`
	Momentum float64    `json:"momentum"`
	Labels   []uint16   `json:"labels"`
	X        []float32  `json:"x"`      // examples × cells × channels
	Logits   []float32  `json:"logits"` // in evaluation mode, before the step
	Losses   [1]float64 `json:"losses"` // mean cross-entropy in training mode
	Mask     []float32  `json:"mask"`   // the mask of dropout, if there is any
}

// architectures lists the common architectures, all narrow.
var architectures = []net.Kind{common.VGG11, common.VGG16, common.ResNet18, common.ResNet34, common.EfficientNetB0}

// exportArchitectures takes some steps of each architecture, every one on its own mini-batch, and writes them into
// dir.
func exportArchitectures(dir string) error {
	for _, kind := range architectures {
		n := kind.Network()
		n.Width = 16
		t := training{srhm.Task{V: 10, S0: 2}.WithDefaults(), n, srhm.Whitened, 10}
		sets, err := t.batches(4)
		if err != nil {
			return err
		}
		for i, set := range sets {
			if err := t.exportArchitecture(filepath.Join(dir, fmt.Sprintf("%s-%d", kind.Name(), i)), set); err != nil {
				return fmt.Errorf("%s: %w", kind.Name(), err)
			}
		}
	}
	return nil
}

func (t training) exportArchitecture(path string, set *srhm.Set) error {
	n, err := t.net()
	if err != nil {
		return err
	}
	a := architecture{training: t, Rate: exampleRate, Momentum: momentum, Labels: set.Labels}
	v, cells := t.Task.V, t.Task.Cells()
	x := make([]float32, v*cells)
	for i := range set.Len() {
		srhm.Encode(x, t.Task, t.Encoding, set, i)
		for c := range cells {
			for s := range v {
				a.X = append(a.X, x[s*cells+c])
			}
		}
	}
	batch := n.NewBatch(set)
	names := n.Design().Layers()
	for k, layer := range n.View(batch, net.Evaluation) {
		if k == len(names)-1 {
			for i := range set.Len() {
				a.Logits = append(a.Logits, make([]float32, layer.Size())...)
				layer.Representation(a.Logits[len(a.Logits)-layer.Size():], i)
			}
		}
	}
	if t.Network.Kind == common.EfficientNetB0.Name() { // as package layers draws it
		a.Mask = make([]float32, set.Len()*320*t.Network.Width/64)
		kernels.DropoutMask(a.Mask, srhm.Source("net dropout", 1, 0).Uint64(), 0, 0.8)
	}
	if err := writeNPZ(path+".npz", n); err != nil {
		return err
	}
	a.Losses[0] = n.Step(batch, exampleRate, momentum) / float64(set.Len())
	n.Sync()
	if err := writeNPZ(path+".after.npz", n); err != nil {
		return err
	}
	text, err := json.Marshal(a)
	if err != nil {
		return err
	}
	return os.WriteFile(path+".json", text, 0o666)
}

func writeNPZ(path string, n net.Network) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := net.WriteNPZ(f, n); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

// checkArchitectures compares outputs and gradients of the common architectures with ours.
func (t *torch) checkArchitectures(ctx context.Context, dir string) ([]byte, error) {
	if err := os.Mkdir(dir, 0o777); err != nil {
		return nil, err
	}
	if err := exportArchitectures(dir); err != nil {
		return nil, err
	}
	other := *t
	other.script = filepath.Join(filepath.Dir(t.script), "architectures.py")
	return other.run(ctx, nil, dir)
}
