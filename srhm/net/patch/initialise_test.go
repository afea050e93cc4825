package patch

import (
	"math"
	"testing"

	"srhmbench/srhm"
	"srhmbench/srhm/spec"
)

// Every initialisation has its law: the mean squares of what is drawn, and the bounds of what is uniform.
func TestInitialisations(t *testing.T) {
	task := srhm.Task{V: 6, S0: 1}.WithDefaults()
	const width, places = 64, 4
	for init, want := range map[string]struct{ law, bias, hidden, bound float64 }{
		spec.AuthorsInit: {1, biasScale * biasScale, 1 / math.Sqrt(width), math.Inf(1)},
		spec.PatchInit:   {1, biasScale * biasScale, 1 / math.Sqrt(width*places), math.Inf(1)},
		spec.PyTorchInit: {1. / 3, 1. / 3 / (width * places), 1 / math.Sqrt(width*places), 1},
	} {
		n := build(t, task, spec.Network{Kind: spec.LCN, Width: width, Bias: true, Init: init}, srhm.Whitened, 1, 1)
		check := func(what string, w []float32, want, bound float64) {
			square, count := 0.0, 0.0
			for _, x := range w {
				if x != 0 { // padding
					square, count = square+float64(x)*float64(x), count+1
				}
				if math.Abs(float64(x)) > bound {
					t.Errorf("init %q, %s: %v is above %v", init, what, x, bound)
				}
			}
			if got := square / count; math.Abs(got/want-1) > 5/math.Sqrt(count) {
				t.Errorf("init %q, %s: mean square %v, want %v", init, what, got, want)
			}
		}
		check("input", n.first.rows.w, want.law, want.bound)
		check("hidden", n.hidden[0].w, want.law, want.bound)
		check("readout", n.read.w, want.law, want.bound)
		check("bias", n.bias[1].w, want.bias, want.bound)
		if got := float64(n.shape[1].scale()); math.Abs(got-want.hidden) > 1e-8 {
			t.Errorf("init %q: factor %v, want %v", init, got, want.hidden)
		}
	}
}

// With either factor of the output, a step moves the logits by as much whatever the width: about as much
// at width 64 as at 512.
func TestStepOfReadout(t *testing.T) {
	task := srhm.Task{V: 4, S0: 1}.WithDefaults()
	g, err := srhm.NewGrammar(task)
	if err != nil {
		t.Fatal(err)
	}
	set := srhm.Draw(g, 1, "test", 16)
	for _, readout := range []string{spec.MeanField, spec.RootReadout} {
		var moved []float64
		for _, width := range []int{64, 512} {
			total := 0.0
			for seed := range uint64(6) {
				n := build(t, task, spec.Network{Kind: spec.CNN, Width: width, Readout: readout}, srhm.Whitened, seed, 1)
				b := n.NewBatch(set)
				before := n.Step(b, 1e-3, 0)
				total += before - n.Evaluate(b).Loss
			}
			moved = append(moved, total)
		}
		if r := moved[0] / moved[1]; r < 0.5 || r > 2 || moved[1] <= 0 {
			t.Errorf("readout %q: the loss falls by %v at width 64, by %v at 512", readout, moved[0], moved[1])
		}
	}
}
