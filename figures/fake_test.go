package figures

import (
	"srhmbench/figures/figuretest"
	"testing"
)

// named returns a figure by name.
func named(t *testing.T, name string) Figure {
	t.Helper()
	list, err := Select(name)
	if err != nil || len(list) != 1 {
		t.Fatalf("Select(%q) = %d figures, %v", name, len(list), err)
	}
	return list[0]
}

// drawn draws a figure in a world.
func drawn(t *testing.T, name string, scale Scale, w figuretest.Law) Drawing {
	t.Helper()
	f := named(t, name)
	d, err := f.Draw(w.Fill(f.Plan(scale)), scale)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
