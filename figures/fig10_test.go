package figures

import (
	"math"
	"testing"
)

// The factor of s is read as the power that it is, whatever the prefactor.
func TestPatchPower(t *testing.T) {
	for _, power := range []float64{0.5, 1, 2} {
		var data []pair
		for _, c := range []cell{{2, 4, 1, 2}, {2, 4, 1, 3}, {3, 4, 1, 2}, {3, 4, 1, 3}} {
			x := prediction("lcn", c.task(authorsGrammar))
			root := math.Pow(float64(c.s), float64(c.l)/2)
			data = append(data, pair{cell: c, x: x, y: 1.9 * x / root * math.Pow(root, power)})
		}
		if got := patchPower(data); math.Abs(got-power) > 1e-9 {
			t.Errorf("power %v, want %v", got, power)
		}
		if got, want := residual(data), math.Pow(1.5, power-1); math.Abs(got-want) > 1e-9 {
			t.Errorf("residual %v, want %v", got, want)
		}
	}
	if got := residual([]pair{{cell: cell{2, 4, 1, 2}, x: 1, y: 1}}); !math.IsNaN(got) {
		t.Errorf("residual %v without s = 3", got)
	}
}

// Learning rates at the scale of the paper are the authors' (SPEC section 2.2); smaller scales have one.
func TestLearningRates(t *testing.T) {
	for _, c := range []struct {
		f    family
		cell cell
		want float64
	}{
		{lcn2, cell{2, 6, 2, 2}, 0.01}, {lcn2, cell{2, 6, 4, 2}, 0.003}, {lcn3, cell{3, 6, 1, 2}, 0.003},
		{cnn2, cell{2, 4, 1, 3}, 0.01}, {cnn2, cell{2, 4, 6, 2}, 0.001},
		{cnn3, cell{3, 4, 1, 2}, 0.003}, {cnn3, cell{3, 6, 1, 2}, 0.01}, {cnn3, cell{3, 6, 4, 2}, 0.003}, {cnn3, cell{3, 4, 6, 2}, 0.0003},
	} {
		if got := protocol(Paper, c.f.kind, c.cell).LR; got != c.want {
			t.Errorf("%v, %v: lr %v, want %v", c.f, c.cell, got, c.want)
		}
		if got := protocol(Quick, c.f.kind, c.cell).LR; got != 0.01 {
			t.Errorf("%v, %v: lr %v at quick scale", c.f, c.cell, got)
		}
	}
}
