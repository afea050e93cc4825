package patch

import (
	"math"
	"testing"

	"srhmbench/srhm"
	"srhmbench/srhm/net"
)

// values are all numbers of a tensor, checked against its shape.
func values(t *testing.T, x net.Tensor) []float64 {
	t.Helper()
	rest := 1
	for _, k := range x.Shape[1:] {
		rest *= k
	}
	var out []float64
	for i := range x.Shape[0] {
		row := x.Row(nil, i)
		if len(row) != rest {
			t.Fatalf("row of %s has %d numbers, shape %v", x.Name, len(row), x.Shape)
		}
		for _, v := range row {
			out = append(out, float64(v))
		}
	}
	return out
}

// The formula of the documentation, applied to what is exported, gives the logits.
func TestTensorsGiveTheLogits(t *testing.T) {
	for _, c := range testCases() {
		t.Run(c.String(), func(t *testing.T) {
			n, g := c.make(t, 1)
			set := srhm.Draw(g, 3, "test", 20)
			for range 3 { // both parts of the first layer's weights differ from their start
				n.Step(n.NewBatch(set), 0.01, 0.9)
			}
			n.Sync()
			tensors := map[string]net.Tensor{}
			for _, x := range n.Tensors() {
				tensors[x.Name] = x
			}
			logits := viewed(n, n.NewBatch(set))[n.depth()]
			want := make([]float32, logits.Size())
			for i := range set.Len() {
				got := plainForward(t, n, c, tensors, set, i)
				logits.Representation(want, i)
				for k, y := range got {
					if math.Abs(y-float64(want[k])) > 1e-5*(1+math.Abs(y)) {
						t.Fatalf("datum %d, class %d: %v, the network has %v", i, k, y, want[k])
					}
				}
			}
		})
	}
}

// plainForward is y of a datum.
func plainForward(t *testing.T, n *Net, c testCase, tensors map[string]net.Tensor, set *srhm.Set, i int) []float64 {
	dense := make([]float32, c.task.V*c.task.Cells())
	srhm.Encode(dense, c.task, c.enc, set, i)
	x, channels, cells := make([]float64, len(dense)), c.task.V, c.task.Cells()
	for k, v := range dense {
		x[k] = float64(v)
	}
	for l := range n.depth() {
		w, b := tensors[name("w", l)], tensors[name("b", l)]
		weights, bias := values(t, w), values(t, b)
		out, patches := b.Shape[0], b.Shape[1]
		if w.Shape[0] != out || w.Shape[1] != channels || cells%patches != 0 {
			t.Fatalf("%s has shape %v, %s %v for %d channels of %d cells", w.Name, w.Shape, b.Name, b.Shape, channels, cells)
		}
		patch := cells / patches
		next := make([]float64, out*patches)
		for o := range out {
			for q := range patches {
				z := bias[o*patches+q]
				for ch := range channels {
					for p := range patch {
						z += weights[(o*channels+ch)*w.Shape[2]+(q*patch+p)%w.Shape[2]] * x[ch*cells+q*patch+p]
					}
				}
				next[o*patches+q] = max(0, z)
			}
		}
		x, channels, cells = next, out, patches
	}
	beta, nc := values(t, tensors["beta"]), c.task.NC
	y := make([]float64, nc)
	for o := range channels {
		for q := range cells {
			for k := range nc {
				y[k] += x[o*cells+q] / float64(cells) * beta[o*nc+k]
			}
		}
	}
	return y
}
