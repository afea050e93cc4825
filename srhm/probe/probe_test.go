package probe

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"srhmbench/kernels"
	"srhmbench/srhm"
	"srhmbench/srhm/net"
	"srhmbench/srhm/net/zoo"
	"srhmbench/srhm/spec"
)

type subject struct {
	net net.Network
	g   *srhm.Grammar
}

// newSubject returns a network that has made a few steps: then no layer is as it was drawn.
func newSubject(t testing.TB, task srhm.Task, spc spec.Network, e srhm.Encoding, threads, steps int) subject {
	t.Helper()
	g, err := srhm.NewGrammar(task.WithDefaults())
	if err != nil {
		t.Fatal(err)
	}
	n, err := zoo.New(g.Task(), spc, e, 3, threads)
	if err != nil {
		t.Fatal(err)
	}
	for i := range steps {
		n.Step(n.NewBatch(srhm.Draw(g, uint64(i), "train", 20)), 0.05, 0.9)
	}
	n.Sync()
	return subject{n, g}
}

func (s subject) measure(t testing.TB, seed uint64, inputs int) spec.Sensitivities {
	t.Helper()
	m, err := Measure(context.Background(), s.net, net.Evaluation, s.g, seed, inputs)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// subjects are small networks of all kinds on tasks of all shapes.
func subjects(t testing.TB, threads int) map[string]subject {
	out := map[string]subject{}
	for _, kind := range []string{spec.LCN, spec.CNN, spec.FCN} {
		for i, c := range []struct {
			task srhm.Task
			enc  srhm.Encoding
			bias bool
		}{
			{srhm.Task{V: 4, S0: 1}, srhm.Whitened, true},
			{srhm.Task{V: 4, S0: 2, Sparsity: srhm.SparsityB}, srhm.Zero, false},
			{srhm.Task{V: 3, S0: 1, L: 3}, srhm.Zero, true},
			{srhm.Task{V: 4}, srhm.Whitened, true},
			{srhm.Task{V: 3, S: 3, M: 2, NC: 4, S0: 1, L: 1, Grammar: "random:5"}, srhm.Whitened, false},
		} {
			out[fmt.Sprint(kind, i)] = newSubject(t, c.task, spec.Network{Kind: kind, Width: 12, Bias: c.bias}, c.enc, threads, 5)
		}
	}
	out["vgg11"] = newSubject(t, srhm.Task{V: 4, S0: 1}, spec.Network{Kind: "vgg11", Width: 4, Bias: true}, srhm.Whitened, threads, 5)
	return out
}

// In training mode a part of the inputs and all their transforms share the moments of batch norm.
func TestTrainingMode(t *testing.T) {
	const inputs, seed = 200, 11 // in two parts
	s := newSubject(t, srhm.Task{V: 4, S0: 1}, spec.Network{Kind: "vgg11", Width: 4, Bias: true}, srhm.Whitened, 1, 5)
	got, err := Measure(t.Context(), s.net, net.Training, s.g, seed, inputs)
	if err != nil {
		t.Fatal(err)
	}
	want := spec.Sensitivities{Synonyms: newResponses(9, 2), Displacements: newResponses(9, 2)}
	x := srhm.Draw(s.g, seed, "probe", inputs)
	moved := transforms(s.g, x, seed, &want)
	part := s.net.Design().Chunk() / (1 + len(moved))
	layers := make([][][][]float32, 9) // by layer, and which transform, 0 the inputs
	for lo := 0; lo < inputs; lo += part {
		hi := min(lo+part, inputs)
		all := &srhm.Set{}
		all.Append(x.Slice(lo, hi))
		for _, m := range moved {
			all.Append(m.set.Slice(lo, hi))
		}
		for k, layer := range s.net.View(s.net.NewBatch(all), net.Training) {
			if layers[k] == nil {
				layers[k] = make([][][]float32, 1+len(moved))
			}
			for i := range all.Len() {
				f := make([]float32, layer.Size())
				layer.Representation(f, i)
				layers[k][i/(hi-lo)] = append(layers[k][i/(hi-lo)], f)
			}
		}
	}
	evaluation := s.measure(t, seed, inputs)
	same := true
	for k, f := range layers {
		for j, m := range moved {
			want, table, other := literal(f[0], f[1+j]), got.Synonyms, evaluation.Synonyms
			if j >= len(moved)/2 {
				table, other = got.Displacements, evaluation.Displacements
			}
			e, o := table.Only[k][m.level-1], other.Only[k][m.level-1]
			if m.upTo {
				e, o = table.UpTo[k][m.level-1], other.UpTo[k][m.level-1]
			}
			if e == nil || math.Abs(e.Value-want) > 1e-5*(1+want) {
				t.Errorf("layer %d, level %d (up to: %v): %v, want %v", k+1, m.level, m.upTo, e, want)
			}
			same = same && e.Value == o.Value
		}
	}
	if same {
		t.Error("training mode gives what evaluation gives")
	}
}

// dense returns the representations of a set at every layer, all numbers of them.
func (s subject) dense(set *srhm.Set) (layers [][][]float32) {
	for _, layer := range s.net.View(s.net.NewBatch(set), net.Evaluation) {
		var data [][]float32
		for i := range set.Len() {
			f := make([]float32, layer.Size())
			layer.Representation(f, i)
			data = append(data, f)
		}
		layers = append(layers, data)
	}
	return layers
}

func apart(x, y []float32) float64 {
	sum := 0.0
	for c := range x {
		sum += (float64(x[c]) - float64(y[c])) * (float64(x[c]) - float64(y[c]))
	}
	return sum
}

// Every sensitivity is the definition, taken literally: a sum over all pairs of dense representations.
func TestMeasureIsTheDefinition(t *testing.T) {
	const inputs, seed = 23, 11
	for name, s := range subjects(t, 1) {
		got := s.measure(t, seed, inputs)
		x := srhm.Draw(s.g, seed, "probe", inputs)
		f := s.dense(x)
		check := func(r *spec.Responses, purpose string, apply func(dst, src *srhm.Set, level int, upTo bool, r *rand.Rand)) {
			for level := 1; level <= s.g.Task().L; level++ {
				for _, upTo := range []bool{true, false} {
					drawn := uint64(0)
					if upTo || level == 1 {
						drawn = 1
					}
					var moved srhm.Set
					apply(&moved, x, level, upTo, srhm.Stream(purpose, seed, uint64(level), drawn))
					h := s.dense(&moved)
					if len(r.UpTo) != len(f) || len(r.Only) != len(f) {
						t.Fatalf("%s: %d layers, want %d", name, len(r.UpTo), len(f))
					}
					for k := range f {
						e := r.Only[k][level-1]
						if upTo {
							e = r.UpTo[k][level-1]
						}
						if want := literal(f[k], h[k]); e == nil || math.Abs(e.Value-want) > 1e-5*(1+want) {
							t.Errorf("%s: %s, layer %d, level %d (up to: %v): %v, want %v", name, purpose, k+1, level, upTo, e, want)
						}
					}
				}
			}
		}
		check(got.Synonyms, "probe synonyms", s.g.ExchangeSynonyms)
		if s.g.Task().S0 > 0 {
			check(got.Displacements, "probe displacements", s.g.Displace)
		} else if got.Displacements != nil {
			t.Errorf("%s: displacements where nothing can move", name)
		}
	}
}

func literal(f, h [][]float32) float64 {
	above, below, pairs := 0.0, 0.0, 0.0
	for i := range f {
		above += apart(f[i], h[i])
		for j := range f {
			if i != j {
				below += apart(f[i], f[j])
				pairs++
			}
		}
	}
	return above / float64(len(f)) / (below / pairs)
}

// More inputs than fit a pass are the same as all at once.
func TestParts(t *testing.T) {
	s := newSubject(t, srhm.Task{V: 3, S0: 1}, spec.Network{Kind: spec.LCN, Width: 4, Bias: true}, srhm.Whitened, 1, 3)
	const inputs = maxBatch + 100
	got := s.measure(t, 1, inputs)
	var moved srhm.Set
	x := srhm.Draw(s.g, 1, "probe", inputs)
	s.g.Displace(&moved, x, 2, true, srhm.Stream("probe displacements", 1, 2, 1))
	x.Append(&moved)
	above, square, mean := 0.0, 0.0, []float64(nil)
	for _, layer := range s.net.View(s.net.NewBatch(x), net.Evaluation) {
		f := make([]float32, layer.Size())
		mean = make([]float64, layer.Size())
		for i := range inputs {
			above += layer.Distance(i, i+inputs) / inputs
			layer.Representation(f, i)
			for c, y := range f {
				mean[c] += float64(y) / inputs
				square += float64(y) * float64(y) / inputs
			}
		}
		break // the first layer
	}
	for _, y := range mean {
		square -= y * y
	}
	want := above / (2 * square * inputs / (inputs - 1))
	if e := got.Displacements.UpTo[0][1]; math.Abs(e.Value-want) > 1e-6 {
		t.Errorf("%v, want %v", e.Value, want)
	}
}

// all calls f for every estimate.
func all(s spec.Sensitivities, f func(where string, e *spec.Estimate)) {
	for name, r := range map[string]*spec.Responses{"S": s.Synonyms, "D": s.Displacements} {
		if r == nil {
			continue
		}
		for convention, table := range map[string][][]*spec.Estimate{"up to": r.UpTo, "only": r.Only} {
			for k := range table {
				for l, e := range table[k] {
					f(fmt.Sprintf("%s, layer %d, %s level %d", name, k+1, convention, l+1), e)
				}
			}
		}
	}
}

// A tied layer cannot tell where in its sub-patch a child stands: D of level 1 is 0 exactly in a network that
// is tied in layer 1, and not in others.
func TestTied(t *testing.T) {
	for _, kind := range []string{spec.LCN, spec.CNN} {
		for _, tied := range []string{"", "1", "1,2", "2"} {
			s := newSubject(t, srhm.Task{V: 4, S0: 2}, spec.Network{Kind: kind, Width: 8, Bias: true, Tied: tied}, srhm.Whitened, 1, 3)
			d := s.measure(t, 1, 50).Displacements
			for k := range d.Only {
				if e := d.Only[k][0]; (e.Value == 0) != (tied == "1" || tied == "1,2") {
					t.Errorf("%s, tied %q, layer %d: level 1 gives %v", kind, tied, k+1, *e)
				}
				if e := d.Only[k][1]; e.Value == 0 {
					t.Errorf("%s, tied %q, layer %d: level 2 gives 0", kind, tied, k+1)
				}
			}
		}
	}
}

// A network with fewer layers than levels has so many less to show.
func TestShallow(t *testing.T) {
	s := newSubject(t, srhm.Task{V: 3, S0: 1, L: 3}, spec.Network{Kind: spec.CNN, Width: 8, Bias: true, Layers: 2}, srhm.Whitened, 1, 3)
	if m := s.measure(t, 1, 20); len(m.Synonyms.UpTo) != 3 || len(m.Synonyms.UpTo[0]) != 3 || m.Synonyms.UpTo[2][2] == nil {
		t.Errorf("%s", text(m))
	}
}

// With one rule a symbol there are no synonyms, and S is 0 exactly; D is not.
func TestWithoutSynonyms(t *testing.T) {
	for _, kind := range []string{spec.LCN, spec.CNN, spec.FCN} {
		s := newSubject(t, srhm.Task{V: 4, M: 1, S0: 1, Grammar: "random:2"}, spec.Network{Kind: kind, Width: 8, Bias: true}, srhm.Whitened, 1, 3)
		all(s.measure(t, 1, 50), func(where string, e *spec.Estimate) {
			if e == nil || where[0] == 'S' && *e != (spec.Estimate{}) || where[0] == 'D' && e.Value <= 0 {
				t.Errorf("%s: %s is %v", kind, where, e)
			}
		})
	}
}

// To a network that has learnt nothing, data with all rules redrawn are other data. More levels redrawn
// are further away.
func TestUntrained(t *testing.T) {
	for _, kind := range []string{spec.LCN, spec.CNN, spec.FCN} {
		s := newSubject(t, srhm.Task{V: 6}, spec.Network{Kind: kind, Width: 64, Bias: true}, srhm.Whitened, 1, 0)
		r := s.measure(t, 1, 600).Synonyms
		for k := range r.UpTo {
			if e := r.UpTo[k][1]; math.Abs(e.Value-1) > 0.1 {
				t.Errorf("%s, layer %d: all rules redrawn give %v, want about 1", kind, k+1, *e)
			}
			if one, both := r.UpTo[k][0].Value, r.UpTo[k][1].Value; !(one < both) {
				t.Errorf("%s, layer %d: %v for level 1, %v for levels 1 and 2", kind, k+1, one, both)
			}
		}
	}
}

// At level 1 the two conventions are one number; at level 2, redrawing level 1 as well moves data further.
func TestOnlyAndUpToDiffer(t *testing.T) {
	s := newSubject(t, srhm.Task{V: 4, S0: 1}, spec.Network{Kind: spec.LCN, Width: 32, Bias: true}, srhm.Whitened, 1, 0)
	m := s.measure(t, 1, 300)
	for name, r := range map[string]*spec.Responses{"S": m.Synonyms, "D": m.Displacements} {
		for k := range r.UpTo {
			if *r.UpTo[k][0] != *r.Only[k][0] {
				t.Errorf("%s, layer %d: level 1 is %v and %v", name, k+1, *r.UpTo[k][0], *r.Only[k][0])
			}
			if !(r.Only[k][1].Value < r.UpTo[k][1].Value) {
				t.Errorf("%s, layer %d: level 2 only %v, with level 1 %v", name, k+1, *r.Only[k][1], *r.UpTo[k][1])
			}
		}
	}
}

// The standard error is the spread between measurements with other inputs.
func TestStandardErrors(t *testing.T) {
	s := newSubject(t, srhm.Task{V: 4, S0: 1}, spec.Network{Kind: spec.CNN, Width: 16, Bias: true}, srhm.Whitened, 1, 5)
	const seeds = 60
	values, errs := map[string][]float64{}, map[string]float64{}
	for seed := range uint64(seeds) {
		all(s.measure(t, seed, 60), func(where string, e *spec.Estimate) {
			values[where] = append(values[where], e.Value)
			errs[where] += e.Error / seeds
		})
	}
	for where, x := range values {
		mean, square := sum(x)/seeds, 0.0
		for _, v := range x {
			square += (v - mean) * (v - mean) / (seeds - 1)
		}
		// The spread of 60 normal values is known to 9 %.
		if r := errs[where] / math.Sqrt(square); r < 0.7 || r > 1.4 {
			t.Errorf("%s: mean error %v, spread %v", where, errs[where], math.Sqrt(square))
		}
	}
}

// What has no value is nil, and JSON holds all of it: networks that are dead, or not finite.
func TestUndefined(t *testing.T) {
	s := newSubject(t, srhm.Task{V: 4, S0: 1}, spec.Network{Kind: spec.LCN, Width: 8}, srhm.Whitened, 1, 0)
	for range 8 {
		s.net.Step(s.net.NewBatch(srhm.Draw(s.g, 1, "train", 8)), 1e12, 0.9)
	}
	s.net.Sync()
	m := s.measure(t, 1, 20)
	undefined := 0
	all(m, func(_ string, e *spec.Estimate) {
		if e == nil {
			undefined++
		}
	})
	if undefined == 0 {
		t.Error("everything is defined")
	}
	b, err := json.Marshal(m)
	var back spec.Sensitivities
	if err != nil || json.Unmarshal(b, &back) != nil || !reflect.DeepEqual(back, m) {
		t.Errorf("%s: %v", b, err)
	}
	if ratio([]float64{0, 0}, []float64{0, 0}) != nil || ratio([]float64{1, 2}, []float64{math.Inf(1), 1}) != nil {
		t.Error("a ratio that is not a number")
	}
}

// All numbers are the same bits on every tier and number of threads.
func TestSameBits(t *testing.T) {
	want := map[string]spec.Sensitivities{}
	for name, s := range subjects(t, 1) {
		want[name] = s.measure(t, 1, 40)
	}
	for _, tier := range kernels.Tiers() {
		undo, err := kernels.Force(tier)
		if err != nil {
			t.Logf("skip %v: %v", tier, err)
			continue
		}
		for name, s := range subjects(t, 3) {
			if got := s.measure(t, 1, 40); !reflect.DeepEqual(got, want[name]) {
				t.Errorf("%s, %v: %s, want %s", name, tier, text(got), text(want[name]))
			}
		}
		undo()
	}
}

func text(s spec.Sensitivities) string {
	b, _ := json.Marshal(s)
	return string(b)
}

// Measuring changes nothing in the network.
func TestNetworkStays(t *testing.T) {
	for name, s := range subjects(t, 1) {
		before := net.Hash(s.net)
		s.measure(t, 1, 20)
		if net.Hash(s.net) != before {
			t.Errorf("%s: other weights", name)
		}
	}
}

func TestCancel(t *testing.T) {
	s := newSubject(t, srhm.Task{V: 4}, spec.Network{Kind: spec.LCN, Width: 4}, srhm.Zero, 1, 0)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Measure(ctx, s.net, net.Evaluation, s.g, 1, 10); !errors.Is(err, context.Canceled) || strings.Contains(err.Error(), "\n") {
		t.Errorf("error %v", err)
	}
}
