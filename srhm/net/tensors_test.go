package net

import (
	"strings"
	"testing"
)

// Tensors are the parameters that the oracle computes with, before and after a step.
func TestTensors(t *testing.T) {
	for _, c := range testCases() {
		t.Run(c.String(), func(t *testing.T) {
			n, g := c.make(t, 1)
			b := n.NewBatch(mixed(g, 4))
			for range 2 {
				want := flat(oracleOf(n, c.net, c.enc))
				for _, x := range n.Tensors() {
					checkTensor(t, x, want)
				}
				if len(want) != 0 {
					t.Errorf("%d parameters are in no tensor", len(want))
				}
				n.Step(b, 0.05, 0.8)
				n.Sync()
			}
		})
	}
}

// flat lists the oracle's parameters by the names of tensors.
func flat(o *oracle) map[string][]float64 {
	out := map[string][]float64{"readout": o.read.x}
	for l := range o.w {
		number := string(rune('1' + l))
		for _, m := range o.w[l] {
			out["weight "+number] = append(out["weight "+number], m.x...)
		}
		if o.net.Bias {
			out["bias "+number] = o.bias[l].x
		}
	}
	return out
}

func checkTensor(t *testing.T, x Tensor, want map[string][]float64) {
	t.Helper()
	size := 1
	for _, d := range x.Shape {
		size *= d
	}
	w, scale := want[x.Name], 1.0
	if strings.HasPrefix(x.Name, "bias") {
		scale = biasScale
	}
	if len(x.Data) != size || len(w) != size {
		t.Fatalf("%s %v: %d numbers, want %d", x.Name, x.Shape, len(x.Data), len(w))
	}
	for i, v := range x.Data {
		if !near(float64(v), scale*w[i], 1) {
			t.Fatalf("%s: element %d is %v, want %v", x.Name, i, v, scale*w[i])
		}
	}
	delete(want, x.Name)
}
