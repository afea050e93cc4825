package main

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"

	"srhmbench/srhm/net"
)

// example is a step in the form peers.py reads: JSON, and beside it the numbers of all tensors of package net, float32
// in little-endian order, one tensor after the other, those before the step and then those after it.
type example struct {
	training
	Name     string       `json:"name"`
	Rate     float64      `json:"rate"` // already multiplied by the width
	Momentum float64      `json:"momentum"`
	Labels   []uint16     `json:"labels"`
	Symbols  []int        `json:"symbols"` // leaf by leaf, example by example
	Cells    []int        `json:"cells"`   // their positions
	Losses   [2]float64   `json:"losses"`  // mean cross-entropy before and after the step
	Tensors  []tensorInfo `json:"tensors"`
}

type tensorInfo struct {
	Name  string `json:"name"`
	Shape []int  `json:"shape"`
}

// exampleRate is so large that gradients show in the parameters to the last digits.
const exampleRate = 10

// export takes a step of every training, on small networks, and writes it into dir.
func export(dir string) error {
	for i, t := range trainings(24) {
		if err := t.export(filepath.Join(dir, fmt.Sprint(i))); err != nil {
			return fmt.Errorf("%s: %w", t.name(), err)
		}
	}
	return nil
}

func (t training) export(path string) error {
	n, err := t.net()
	if err != nil {
		return err
	}
	sets, err := t.batches(1)
	if err != nil {
		return err
	}
	e := example{training: t, Name: t.name(), Rate: exampleRate * float64(t.Network.Width), Momentum: momentum, Labels: sets[0].Labels}
	for i := range sets[0].Symbols {
		e.Symbols, e.Cells = append(e.Symbols, int(sets[0].Symbols[i])), append(e.Cells, int(sets[0].Cells[i]))
	}
	b := n.NewBatch(sets[0])
	var numbers bytes.Buffer
	e.Tensors = appendTensors(&numbers, n)
	e.Losses[0] = n.Step(b, exampleRate, momentum) / float64(t.Batch)
	n.Sync()
	e.Losses[1] = n.Evaluate(b).Loss / float64(t.Batch)
	appendTensors(&numbers, n)
	text, err := json.Marshal(e)
	if err != nil {
		return err
	}
	if err := os.WriteFile(path+".f32", numbers.Bytes(), 0o666); err != nil {
		return err
	}
	return os.WriteFile(path+".json", text, 0o666)
}

// appendTensors writes the numbers of all tensors and returns their names and shapes.
func appendTensors(numbers *bytes.Buffer, n net.Network) []tensorInfo {
	var list []tensorInfo
	for _, x := range n.Tensors() {
		list = append(list, tensorInfo{x.Name, x.Shape})
		for i := range x.Shape[0] {
			for _, v := range x.Row(nil, i) {
				numbers.Write(binary.LittleEndian.AppendUint32(nil, math.Float32bits(v)))
			}
		}
	}
	return list
}
