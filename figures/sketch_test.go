package figures

import (
	"slices"
	"testing"

	"srhmbench/srhm"
	"srhmbench/srhm/spec"
)

// What Figure 2 shows of the model is so: rules are those of the grammar, and data are read as they were written.
func TestWorldOfFigure2(t *testing.T) {
	w, err := newModelSketch()
	if err != nil {
		t.Fatal(err)
	}
	for i, d := range append(slices.Clone(w.data), w.displaced) {
		if !slices.Equal(w.grammar.Children(0, d.class, d.highRule), d.high) {
			t.Errorf("datum %d: class %d does not write %v", i, d.class, d.high)
		}
		for k, h := range d.high {
			if !slices.Equal(w.grammar.Children(1, int(h), d.lowRules[k]), d.low[2*k:2*k+2]) {
				t.Errorf("datum %d: %d does not write %v", i, h, d.low[2*k:2*k+2])
			}
			if d.lowCells[2*k]/4 != d.highCells[k] || d.lowCells[2*k+1]/4 != d.highCells[k] {
				t.Errorf("datum %d: leaves %v are not in patch %d", i, d.lowCells, d.highCells[k])
			}
		}
	}
	if x, y := w.data[0], w.displaced; !slices.Equal(x.low, y.low) || slices.Equal(x.lowCells, y.lowCells) {
		t.Errorf("a displacement of %v at %v gives %v at %v", x.low, x.lowCells, y.low, y.lowCells)
	}
}

func TestPlacementsOfFigure2(t *testing.T) {
	for _, sparsity := range []srhm.Sparsity{srhm.SparsityA, srhm.SparsityB} {
		list, err := placementsOf(sparsity)
		if want := sketchedTask(sparsity, 1, 1).Placements(); err != nil || len(list) != want {
			t.Errorf("sparsity %s: %d placements, want %d (%v)", sparsity, len(list), want, err)
		}
	}
}

// The shapes of Figure 3 have the weights of SPEC section 2.1.
func TestShapesOfFigure3(t *testing.T) {
	const v, h, patch, cells = 3, 10, 4, 16
	for kind, want := range map[string]int{
		spec.LCN: cells*v*h + patch*h*h,
		spec.CNN: patch*v*h + patch*h*h,
		spec.FCN: cells*v*patch*h + patch*h*h,
	} {
		n := architectureOf(sketchedTask(srhm.SparsityA, 1, 2), kind)
		if got := n.weights(v, h); got != want || !slices.Equal(n.places, []int{16, 4, 1}) {
			t.Errorf("%s: %d weights, want %d; places %v", kind, got, want, n.places)
		}
		seen := 0
		for below := range n.places[0] {
			if n.shared(below, 0) {
				seen++
			}
		}
		if want := map[string]int{spec.LCN: 1, spec.CNN: 4, spec.FCN: 1}[kind]; seen != want {
			t.Errorf("%s: a weight sees %d cells, want %d", kind, seen, want)
		}
	}
}

// The transformations that Figure 6 draws do what it says: synonyms keep the cells, and at level 1 the features above;
// displacements keep the symbols.
func TestTransformationsOfFigure6(t *testing.T) {
	m, err := newTransformed()
	if err != nil {
		t.Fatal(err)
	}
	x := m.synonyms[0]
	for level, d := range m.synonyms {
		if !slices.Equal(d.lowCells, x.lowCells) || d.class != x.class || level == 1 && !slices.Equal(d.high, x.high) {
			t.Errorf("exchanged at level %d: %+v of %+v", level, d, x)
		}
	}
	for level, d := range m.displacement {
		if !slices.Equal(d.low, x.low) || d.class != x.class || level == 1 && !slices.Equal(d.highCells, x.highCells) {
			t.Errorf("displaced at level %d: %+v of %+v", level, d, x)
		}
	}
	if slices.Equal(m.synonyms[1].low, x.low) || slices.Equal(m.displacement[1].lowCells, x.lowCells) {
		t.Error("nothing changes")
	}
}
