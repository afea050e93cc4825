package figures

import (
	"math"
	"srhmbench/figures/pstar"
	"srhmbench/figures/stat"
	"srhmbench/results/paper"
	"testing"
)

// The factor of s is read as the power that it is, whatever the prefactor.
func TestPatchPower(t *testing.T) {
	for _, power := range []float64{0.5, 1, 2} {
		var data []stat.Pair
		for _, c := range []paper.Task{{S: 2, V: 4, S0: 1, L: 2}, {S: 2, V: 4, S0: 1, L: 3}, {S: 3, V: 4, S0: 1, L: 2}, {S: 3, V: 4, S0: 1, L: 3}} {
			x := pstar.Prediction("lcn", on(paper.Grammar, c))
			root := math.Pow(float64(c.S), float64(c.L)/2)
			data = append(data, stat.Pair{Task: c, X: x, Y: 1.9 * x / root * math.Pow(root, power)})
		}
		if got := patchPower(data); math.Abs(got-power) > 1e-9 {
			t.Errorf("power %v, want %v", got, power)
		}
		if got, want := residual(data), math.Pow(1.5, power-1); math.Abs(got-want) > 1e-9 {
			t.Errorf("residual %v, want %v", got, want)
		}
	}
	if got := residual([]stat.Pair{{Task: paper.Task{S: 2, V: 4, S0: 1, L: 2}, X: 1, Y: 1}}); !math.IsNaN(got) {
		t.Errorf("residual %v without s = 3", got)
	}
}

// Learning rates at the scale of the paper are the authors' (SPEC section 2.2); smaller scales have one.
func TestLearningRates(t *testing.T) {
	for _, c := range []struct {
		f    family
		task paper.Task
		want float64
	}{
		{lcn2, paper.Task{S: 2, V: 6, S0: 2, L: 2}, 0.01}, {lcn2, paper.Task{S: 2, V: 6, S0: 4, L: 2}, 0.003}, {lcn3, paper.Task{S: 3, V: 6, S0: 1, L: 2}, 0.003},
		{cnn2, paper.Task{S: 2, V: 4, S0: 1, L: 3}, 0.01}, {cnn2, paper.Task{S: 2, V: 4, S0: 6, L: 2}, 0.001},
		{cnn3, paper.Task{S: 3, V: 4, S0: 1, L: 2}, 0.003}, {cnn3, paper.Task{S: 3, V: 6, S0: 1, L: 2}, 0.01}, {cnn3, paper.Task{S: 3, V: 6, S0: 4, L: 2}, 0.003}, {cnn3, paper.Task{S: 3, V: 4, S0: 6, L: 2}, 0.0003},
	} {
		if got := protocol(Paper, c.f.kind, c.task).LR; got != c.want {
			t.Errorf("%v, %v: lr %v, want %v", c.f, c.task, got, c.want)
		}
		if got := protocol(Quick, c.f.kind, c.task).LR; got != 0.01 {
			t.Errorf("%v, %v: lr %v at quick scale", c.f, c.task, got)
		}
	}
}
