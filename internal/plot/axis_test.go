package plot

import (
	"testing"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/recorder"
	"pgregory.net/rapid"

	_ "srhmbench/internal/testseed"
)

// All ticks and labels lie on the panel, and all of the data's area is left between them.
func TestAxesFit(t *testing.T) {
	axis := func(t *rapid.T, name string) Axis {
		a := Axis{Label: name, Log: rapid.Bool().Draw(t, name+" logarithmic")}
		a.Min = rapid.Float64Range(1e-3, 1e5).Draw(t, name+" from")
		a.Max = a.Min * rapid.Float64Range(1.5, 1e6).Draw(t, name+" times")
		return a
	}
	rapid.Check(t, func(t *rapid.T) {
		var r recorder.Canvas
		page := vg.Rectangle{Max: vg.Point{X: 300, Y: 200}}
		x, y := axis(t, "x"), axis(t, "y")
		a := newArea(draw.Canvas{Canvas: &r, Rectangle: page}, x, y)
		if a.Min.X >= a.Max.X || a.Min.Y >= a.Max.Y {
			t.Fatalf("no area: %v", a.Rectangle)
		}
		a.drawAxes()
		for _, action := range r.Actions {
			var path vg.Path
			switch action := action.(type) {
			case *recorder.Fill:
				path = action.Path
			case *recorder.Stroke:
				path = action.Path
			}
			const raised = 0.5 // what a superscript may stand out by
			for _, c := range path {
				if c.Type == vg.CloseComp {
					continue
				}
				if p := c.Pos; p.X < 0 || p.X > page.Max.X+hair || p.Y < 0 || p.Y > page.Max.Y+raised {
					t.Fatalf("%v lies outside the panel", p)
				}
				if p := c.Pos; p.X > a.Min.X+hair && p.Y > a.Min.Y+hair && p.X < a.Max.X-hair && p.Y < a.Max.Y-hair {
					t.Fatalf("%v lies among the data", p)
				}
			}
		}
	})
}
