package patch

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"srhmbench/srhm"
	"srhmbench/srhm/spec"
)

// kinds are the networks of this package by name.
var kinds = map[string]kind{spec.LCN: LCN.(kind), spec.CNN: CNN.(kind), spec.FCN: FCN.(kind)}

func build(t testing.TB, task srhm.Task, n spec.Network, e srhm.Encoding, seed uint64, threads int) *Net {
	t.Helper()
	d, err := kinds[n.Kind].Design(n, task)
	if err != nil {
		t.Fatal(err)
	}
	return d.New(e, seed, threads).(*Net)
}

type testCase struct {
	task srhm.Task
	net  spec.Network
	enc  srhm.Encoding
}

func (c testCase) String() string {
	t := c.task
	return strings.ReplaceAll(fmt.Sprintf("%v_v%d_s%d_s0%d_L%d_%s_bias%v_%s", c.net, t.V, t.S, t.S0, t.L, t.Sparsity, c.net.Bias, c.enc), " ", "_")
}

func testCases() []testCase {
	var out []testCase
	for _, kind := range []string{spec.LCN, spec.CNN, spec.FCN} {
		for _, e := range []srhm.Encoding{srhm.Whitened, srhm.Zero} {
			for _, bias := range []bool{true, false} {
				for _, t := range []srhm.Task{{V: 4, S0: 0}, {V: 3, S0: 1}, {V: 3, S0: 1, L: 3, Sparsity: srhm.SparsityB}, {V: 3, S: 3, S0: 1}, {V: 5, S0: 1, L: 1}} {
					if kind == spec.FCN && t.L == 3 {
						continue
					}
					t.Grammar = "random:3"
					out = append(out, testCase{t.WithDefaults(), spec.Network{Kind: kind, Width: 12, Bias: bias}, e})
				}
			}
		}
	}
	return append(out, settingCases()...)
}

// settingCases are networks that are not the authors'.
func settingCases() []testCase {
	var out []testCase
	tasks := []srhm.Task{{V: 3, S0: 1}, {V: 3, S0: 2, Sparsity: srhm.SparsityB}, {V: 3, S0: 1, L: 3, Sparsity: srhm.SparsityB}}
	for _, n := range []spec.Network{
		{Init: spec.PatchInit}, {Init: spec.PyTorchInit, Readout: spec.RootReadout}, {Readout: spec.RootReadout},
		{Layers: 1}, {Layers: 1, Tied: "1"}, {Layers: 2, Tied: "2"}, {Layers: 3},
		{Tied: "1"}, {Tied: "2"}, {Tied: "1,2", Init: spec.PyTorchInit}, {Tied: "2,3"},
	} {
		for _, kind := range []string{spec.LCN, spec.CNN, spec.FCN} {
			for i, e := range []srhm.Encoding{srhm.Whitened, srhm.Whitened, srhm.Zero} {
				t := tasks[i]
				if n.Layers == 2 || n.Tied == "2,3" {
					t = tasks[2]
				}
				n.Kind, n.Width, n.Bias, t.Grammar = kind, 12, i != 1, "random:3"
				t = t.WithDefaults()
				if kinds[kind].validate(n, t) == nil && (kind != spec.FCN || t.L == 2) {
					out = append(out, testCase{t, n, e})
				}
			}
		}
	}
	return out
}

func (c testCase) make(t testing.TB, threads int) (*Net, *srhm.Grammar) {
	t.Helper()
	n := build(t, c.task, c.net, c.enc, 7, threads)
	g, err := srhm.NewGrammar(c.task)
	if err != nil {
		t.Fatal(err)
	}
	return n, g
}

// The oracle's gradients are those of its loss: finite differences.
func TestOracleGradients(t *testing.T) {
	for _, c := range testCases() {
		t.Run(c.String(), func(t *testing.T) {
			n, g := c.make(t, 1)
			o := oracleOf(n, c.net, c.enc)
			set := srhm.Draw(g, 1, "test", 3)
			grads := o.gradients(set)
			r := srhm.Stream("test", 5)
			params := o.params()
			for _, p := range params {
				for range max(1, min(4, 60/len(params))) {
					i := r.IntN(len(p.x))
					old := p.x[i]
					const eps = 1e-6
					p.x[i] = old + eps
					up := o.loss(set)
					p.x[i] = old - eps
					down := o.loss(set)
					p.x[i] = old
					want := (up - down) / (2 * eps * float64(set.Len()))
					if got := grads[p].x[i]; math.Abs(got-want) > 1e-7+1e-4*math.Abs(want) {
						t.Errorf("gradient %g, finite difference %g", got, want)
					}
				}
			}
		})
	}
}

// Steps on batches of changing data give the oracle's loss, errors and weights: nodes shared within a
// batch, constant rows, and rows updated late lose nothing.
func TestStepsMatchOracle(t *testing.T) {
	for _, c := range testCases() {
		t.Run(c.String(), func(t *testing.T) {
			n, g := c.make(t, 1)
			o := oracleOf(n, c.net, c.enc)
			data := srhm.Draw(g, 2, "test", 60)
			const lr, mu = 0.05, 0.8
			for step := range 12 {
				set := data.Slice(5*step, 5*step+1+step%5)
				want := o.loss(set)
				got := n.Step(n.NewBatch(set), lr, mu)
				if math.Abs(got-want) > 2e-5*(1+want) {
					t.Fatalf("step %d: loss %v, oracle %v", step, got, want)
				}
				o.step(set, lr, mu)
			}
			n.Sync()
			compare(t, o, oracleOf(n, c.net, c.enc))
			loss := n.Evaluate(n.NewBatch(data)).Loss
			if want := o.loss(data); math.Abs(loss-want) > 1e-4*want {
				t.Errorf("loss %v, oracle %v", loss, want)
			}
		})
	}
}

func compare(t *testing.T, want, got *oracle) {
	t.Helper()
	ps, qs := want.params(), got.params()
	for k := range ps {
		for i := range ps[k].x {
			if d := math.Abs(ps[k].x[i] - qs[k].x[i]); d > 1e-4 || math.IsNaN(d) {
				t.Fatalf("parameter %d, element %d of %d: %v, oracle %v", k, i, len(ps[k].x), qs[k].x[i], ps[k].x[i])
			}
		}
	}
}
