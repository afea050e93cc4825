package plot

import (
	"slices"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"

	"srhmbench/internal/portable"
)

// raster is the canvas of pixels. It cuts curves and dashes into straight lines itself: vgimg does so in float64, where
// a compiler may fuse products into sums, and everything after that in whole numbers. Glyphs need no cutting. Their
// curves are quadratic and only filled, which vgimg does in whole numbers too.
type raster struct {
	*vgimg.Canvas
	dashes []vg.Length // lengths of dashes and gaps; empty: none
}

func newRaster(w, h vg.Length) *raster {
	return &raster{Canvas: vgimg.NewWith(vgimg.UseWH(w, h), vgimg.UseDPI(pngDPI))}
}

// SetLineDash implements vg.Canvas, for patterns that start with their first dash.
func (r *raster) SetLineDash(pattern []vg.Length, _ vg.Length) { r.dashes = pattern }

// Fill implements vg.Canvas.
func (r *raster) Fill(path vg.Path) { r.Canvas.Fill(straight(path)) }

// Stroke implements vg.Canvas.
func (r *raster) Stroke(path vg.Path) {
	path = straight(path)
	if len(r.dashes) > 0 {
		path = dashed(path, r.dashes)
	}
	r.Canvas.Stroke(path)
}

// straight returns a path with chords of about a pixel in place of its cubic curves.
func straight(path vg.Path) vg.Path {
	var out vg.Path
	var from vg.Point
	for _, c := range path {
		if len(c.Control) == 2 {
			p := []vg.Point{from, c.Control[0], c.Control[1], c.Pos}
			chords := max(3, int(polygonLength(p)*pngDPI/72))
			for i := 1; i < chords; i++ {
				out.Line(bezier(p, float64(i)/float64(chords)))
			}
			out.Line(c.Pos)
		} else {
			out = append(out, c)
		}
		from = c.Pos
	}
	return out
}

func polygonLength(p []vg.Point) (sum float64) {
	for i := 1; i < len(p); i++ {
		sum += distance(p[i-1], p[i])
	}
	return sum
}

func distance(p, q vg.Point) float64 { return portable.Hypot(float64(q.X-p.X), float64(q.Y-p.Y)) }

// bezier returns the point at t of a curve, by de Casteljau's construction.
func bezier(control []vg.Point, t float64) vg.Point {
	p := slices.Clone(control)
	for n := len(p) - 1; n > 0; n-- {
		for i := range n {
			p[i] = between(p[i], p[i+1], t, t)
		}
	}
	return p[0]
}

// dashed returns the dashes of a path of straight lines.
func dashed(path vg.Path, pattern []vg.Length) vg.Path {
	var out vg.Path
	var start, at vg.Point
	d := dasher{pattern: pattern}
	for _, c := range path {
		switch c.Type {
		case vg.MoveComp:
			start, at = c.Pos, c.Pos
			d.begin(&out, at)
		case vg.LineComp:
			d.line(&out, at, c.Pos)
			at = c.Pos
		case vg.CloseComp:
			d.line(&out, at, start)
			at = start
		}
	}
	return out
}

// dasher follows a path.
type dasher struct {
	pattern []vg.Length
	part    int     // index into the pattern; even ones are dashes
	left    float64 // of that part's length
}

func (d *dasher) begin(out *vg.Path, at vg.Point) {
	d.part, d.left = 0, float64(d.pattern[0])
	out.Move(at)
}

func (d *dasher) line(out *vg.Path, from, to vg.Point) {
	for length := distance(from, to); length > d.left; length = distance(from, to) {
		t := d.left / length
		from = between(from, to, t, t)
		d.reach(out, from)
		d.part = (d.part + 1) % len(d.pattern)
		d.left = float64(d.pattern[d.part])
	}
	d.left -= distance(from, to)
	d.reach(out, to)
}

// reach draws a line to a point, or moves there in a gap.
func (d *dasher) reach(out *vg.Path, at vg.Point) {
	if d.part%2 == 0 {
		out.Line(at)
	} else {
		out.Move(at)
	}
}
