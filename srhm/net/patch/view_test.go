package patch

import (
	"math"
	"testing"

	"srhmbench/srhm"
	"srhmbench/srhm/net"
)

// near allows for float32 against the oracle's float64.
func near(got, want, size float64) bool { return math.Abs(got-want) <= 2e-5*size }

// viewed lists all layers of a view: here they all stay valid until the next pass.
func viewed(n *Net, b net.Batch) (layers []net.Layer) {
	for k, layer := range n.View(b, net.Evaluation) {
		if k != len(layers) {
			panic("layers out of order")
		}
		layers = append(layers, layer)
	}
	return layers
}

// mixed returns data together with transformed ones, so that patches are shared, moved and changed.
func mixed(g *srhm.Grammar, n int) *srhm.Set {
	set, r := srhm.Draw(g, 4, "test", n), srhm.Stream("test", 4)
	var exchanged, displaced srhm.Set
	g.ExchangeSynonyms(&exchanged, set, 1, false, r)
	g.Displace(&displaced, set, g.Task().L, false, r)
	all := &srhm.Set{}
	all.Append(set)
	all.Append(&exchanged)
	all.Append(&displaced)
	return all
}

// Representations and distances at every layer are those of the dense network, before and after steps.
func TestViewMatchesOracle(t *testing.T) {
	for _, c := range testCases() {
		t.Run(c.String(), func(t *testing.T) {
			n, g := c.make(t, 1)
			set := mixed(g, 4)
			b := n.NewBatch(set)
			for range 2 {
				checkView(t, n, b, oracleOf(n, c.net, c.enc), set)
				n.Step(b, 0.05, 0.8)
				n.Sync()
			}
		})
	}
}

func checkView(t *testing.T, n *Net, b net.Batch, o *oracle, set *srhm.Set) {
	t.Helper()
	layers := viewed(n, b)
	dense := make([][][]float64, set.Len()) // datum, layer
	for i := range dense {
		xs, logits := o.forward(o.input(set, i))
		for _, x := range xs[1:] {
			dense[i] = append(dense[i], x.x)
		}
		dense[i] = append(dense[i], logits)
	}
	if len(layers) != len(dense[0]) || len(n.Layers()) != len(layers) {
		t.Fatalf("%d layers, names %q, want %d", len(layers), n.Layers(), len(dense[0]))
	}
	for k, layer := range layers {
		got := make([]float32, layer.Size())
		for i := range dense {
			want := dense[i][k]
			for c := range got {
				got[c] = float32(math.NaN()) // whatever was there must go
			}
			layer.Representation(got, i)
			if len(got) != len(want) {
				t.Fatalf("layer %d: %d numbers, want %d", k, len(got), len(want))
			}
			for c := range want {
				if !near(float64(got[c]), want[c], 1+math.Abs(want[c])) {
					t.Fatalf("layer %d, datum %d, number %d: %v, oracle %v", k, i, c, got[c], want[c])
				}
			}
			for j := range dense {
				d, scale := distance(want, dense[j][k])
				if got := layer.Distance(i, j); !near(got, d, d+1e-2*scale) {
					t.Fatalf("layer %d, data %d and %d: distance %v, oracle %v", k, i, j, got, d)
				}
			}
		}
	}
}

func distance(x, y []float64) (d, scale float64) {
	for i := range x {
		d += (x[i] - y[i]) * (x[i] - y[i])
		scale += x[i]*x[i] + y[i]*y[i]
	}
	return d, scale
}

// Equal data are at distance 0 exactly, in whatever batch.
func TestViewOfEqualData(t *testing.T) {
	for _, c := range testCases() {
		n, g := c.make(t, 1)
		set := srhm.Draw(g, 1, "test", 5)
		twice := &srhm.Set{}
		twice.Append(set)
		twice.Append(set)
		for k := range n.Layers() {
			alone := viewed(n, n.NewBatch(set.Slice(4, 5)))[k]
			want, got := make([]float32, alone.Size()), make([]float32, alone.Size())
			alone.Representation(want, 0)
			layer := viewed(n, n.NewBatch(twice))[k]
			layer.Representation(got, 9)
			for c := range want {
				if want[c] != got[c] {
					t.Fatalf("%v, layer %d: %v alone, %v among others", c, k, want[c], got[c])
				}
			}
			for i := range set.Len() {
				if d := layer.Distance(i, i+set.Len()); d != 0 {
					t.Errorf("%v, layer %d: distance %v", c, k, d)
				}
			}
		}
	}
}

// A network with its weights back gives the same bits, whatever it learnt in between.
func TestSaveAndLoad(t *testing.T) {
	for _, c := range testCases() {
		n, g := c.make(t, 1)
		b := n.NewBatch(srhm.Draw(g, 1, "test", 30))
		step := func(part int) {
			n.Step(n.NewBatch(srhm.Draw(g, uint64(part), "train", 7)), 0.05, 0.9)
			n.Sync()
		}
		step(1)
		var w net.Weights
		w.Save(n)
		hash, score := net.Hash(n), n.Evaluate(b)
		step(2)
		if net.Hash(n) == hash {
			t.Fatalf("%v: a step changed nothing", c)
		}
		w.Load(n)
		if got := n.Evaluate(b); net.Hash(n) != hash || got.Loss != score.Loss {
			t.Errorf("%v: loss %v, before %v", c, got.Loss, score.Loss)
		}
	}
}
