// Package nettest checks that a network does what package net asks of it.
package nettest

import (
	"bytes"
	"math"
	"slices"
	"testing"

	"srhmbench/srhm"
	"srhmbench/srhm/net"
)

// Subject is a network planned for a task, and the encoding it reads.
type Subject struct {
	Design   net.Design
	Task     srhm.Task
	Encoding srhm.Encoding
}

const lr, mu = 0.01, 0.9

// Check runs all checks on a design. Tasks and networks should be small.
func Check(t *testing.T, s Subject) {
	t.Run("seed", s.seed)
	t.Run("threads", s.threads)
	t.Run("views", s.views)
	t.Run("aside", s.aside)
	t.Run("state", s.state)
	t.Run("weights", s.weights)
	t.Run("tensors", s.tensors)
	t.Run("sizes", s.sizes)
}

func (s Subject) network(seed uint64, threads int) net.Network {
	return s.Design.New(s.Encoding, seed, threads)
}

// draw returns examples of the task, the same for a number.
func (s Subject) draw(t *testing.T, number uint64, examples int) *srhm.Set {
	t.Helper()
	g, err := srhm.NewGrammar(s.Task)
	if err != nil {
		t.Fatal(err)
	}
	return srhm.Draw(g, number, "nettest", examples)
}

// train makes a few steps on batches of several sizes, and returns the losses.
func (s Subject) train(t *testing.T, n net.Network, number uint64) (losses []float64) {
	t.Helper()
	for i := range 5 {
		losses = append(losses, n.Step(n.NewBatch(s.draw(t, number+uint64(i), 3+4*i)), lr, mu))
	}
	return losses
}

func mustEqual(t *testing.T, what string, got, want []float64) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: %v, want the bits of %v", what, got, want)
	}
}

// The seed decides the initialisation, and a new network is at chance level.
func (s Subject) seed(t *testing.T) {
	a, b, c := s.network(1, 1), s.network(1, 1), s.network(2, 1)
	if net.Hash(a) != net.Hash(b) || net.Hash(a) == net.Hash(c) {
		t.Errorf("hashes %s and %s of one seed, %s of another", net.Hash(a), net.Hash(b), net.Hash(c))
	}
	loss := a.Evaluate(a.NewBatch(s.draw(t, 1, 50))).Loss / 50
	if chance := math.Log(float64(s.Task.NC)); !(loss > chance/3 && loss < 3*chance) {
		t.Errorf("loss %v of a new network, chance is %v", loss, chance)
	}
}

// The number of threads shows in no result.
func (s Subject) threads(t *testing.T) {
	one, three := s.network(1, 1), s.network(1, 3)
	mustEqual(t, "losses on three threads", s.train(t, three, 1), s.train(t, one, 1))
	one.Sync()
	three.Sync()
	if net.Hash(one) != net.Hash(three) {
		t.Error("other weights on three threads")
	}
	b := s.draw(t, 9, 20)
	if x, y := one.Evaluate(one.NewBatch(b)), three.Evaluate(three.NewBatch(b)); x.Loss != y.Loss || x.Wrong != y.Wrong {
		t.Errorf("scores %+v and %+v", x, y)
	}
}

// A view shows the layers that the design names, and equal examples at distance 0.
func (s Subject) views(t *testing.T) {
	n := s.network(1, 1)
	s.train(t, n, 1)
	n.Sync()
	set := s.draw(t, 7, 6)
	set.Append(set.Slice(0, 2)) // examples 6 and 7 are 0 and 1
	names := s.Design.Layers()
	for _, mode := range []net.Mode{net.Evaluation, net.Training} {
		next := 0
		for k, layer := range n.View(n.NewBatch(set), mode) {
			if k != next || k >= len(names) {
				t.Fatalf("layer %d after %d, %d have names", k, next-1, len(names))
			}
			next++
			s.checkLayer(t, names[k], layer, set.Len())
			if last := k == len(names)-1; last && layer.Size() != s.Task.NC {
				t.Errorf("%d logits for %d classes", layer.Size(), s.Task.NC)
			}
			if d := layer.Distance(0, 6); d != 0 && (mode == net.Evaluation || math.IsNaN(d)) {
				t.Errorf("%s: distance %v of equal examples", names[k], d)
			}
		}
		if next != len(names) {
			t.Errorf("%d layers shown, %d have names", next, len(names))
		}
		for range n.View(n.NewBatch(set), mode) {
			break // nothing asks for the other layers
		}
	}
}

// checkLayer compares distances with representations.
func (s Subject) checkLayer(t *testing.T, name string, layer net.Layer, examples int) {
	t.Helper()
	f := make([][]float32, examples)
	for i := range f {
		f[i] = make([]float32, layer.Size())
		for c := range f[i] {
			f[i][c] = float32(math.NaN()) // whatever was there must go
		}
		layer.Representation(f[i], i)
	}
	for i := range f {
		for j := range f {
			want, scale := 0.0, 0.0
			for c := range f[i] {
				x, y := float64(f[i][c]), float64(f[j][c])
				want, scale = want+(x-y)*(x-y), scale+x*x+y*y
			}
			if got := layer.Distance(i, j); !(math.Abs(got-want) <= 1e-5*scale+1e-12) {
				t.Fatalf("%s: distance %v of examples %d and %d, want %v", name, got, i, j, want)
			}
		}
	}
}

// What happens aside, between two steps, leaves no trace; and views and evaluations none in a network in sync.
func (s Subject) aside(t *testing.T) {
	n, other := s.network(1, 1), s.network(1, 1)
	b := n.NewBatch(s.draw(t, 5, 20))
	look := func() {
		other.Evaluate(b)
		for _, mode := range []net.Mode{net.Training, net.Evaluation} {
			for range other.View(b, mode) {
			}
		}
	}
	mustEqual(t, "losses", s.train(t, other, 1), s.train(t, n, 1))
	other.Aside(look)
	mustEqual(t, "losses after a look", s.train(t, other, 11), s.train(t, n, 11))
	n.Sync()
	other.Sync()
	look()
	mustEqual(t, "losses after a look in sync", s.train(t, other, 21), s.train(t, n, 21))
	n.Sync()
	other.Sync()
	if net.Hash(n) != net.Hash(other) {
		t.Error("a look changes the weights")
	}
}

// A network with the state of another of its seed goes on as it does.
func (s Subject) state(t *testing.T) {
	n, other := s.network(1, 1), s.network(1, 1)
	s.train(t, n, 1)
	s.train(t, other, 50)
	s.train(t, other, 60) // more steps: counters differ too
	var b bytes.Buffer
	if err := net.WriteState(&b, n); err != nil {
		t.Fatal(err)
	}
	if int64(b.Len()) != net.StateBytes(n) || net.StateBytes(n) != net.StateBytes(other) {
		t.Errorf("%d bytes of state, predicted %d and %d", b.Len(), net.StateBytes(n), net.StateBytes(other))
	}
	if err := net.ReadState(&b, other); err != nil {
		t.Fatal(err)
	}
	mustEqual(t, "losses", s.train(t, other, 11), s.train(t, n, 11))
	n.Sync()
	other.Sync()
	if net.Hash(n) != net.Hash(other) {
		t.Error("other weights")
	}
}

// A network with its weights back scores as before, whatever it learnt in between; so does another one.
func (s Subject) weights(t *testing.T) {
	n, other := s.network(1, 1), s.network(2, 1)
	b := n.NewBatch(s.draw(t, 5, 20))
	s.train(t, n, 1)
	n.Sync()
	var saved, read net.Weights
	saved.Save(n)
	hash, score := net.Hash(n), n.Evaluate(b)
	s.train(t, n, 11)
	n.Sync()
	if net.Hash(n) == hash {
		t.Fatal("steps change nothing")
	}
	var file bytes.Buffer
	if err := saved.Write(&file); err != nil || int64(file.Len()) != net.WeightsBytes(n) {
		t.Fatalf("%d bytes of weights, predicted %d, error %v", file.Len(), net.WeightsBytes(n), err)
	}
	if err := read.Read(&file, other); err != nil {
		t.Fatal(err)
	}
	saved.Load(n)
	read.Load(other)
	for _, m := range []net.Network{n, other} {
		if got := m.Evaluate(b); net.Hash(m) != hash || got.Loss != score.Loss || got.Wrong != score.Wrong {
			t.Errorf("score %+v, before %+v", got, score)
		}
	}
}

// Tensors have names of their own and the shapes they say.
func (s Subject) tensors(t *testing.T) {
	n := s.network(1, 1)
	seen, total := map[string]bool{}, 0
	for _, x := range n.Tensors() {
		rest := 1
		for _, k := range x.Shape[1:] {
			rest *= k
		}
		for i := range x.Shape[0] {
			if row := x.Row([]float32{1}, i); len(row) != 1+rest || row[0] != 1 {
				t.Fatalf("row of %s has %d numbers, shape %v", x.Name, len(row)-1, x.Shape)
			}
		}
		if seen[x.Name] {
			t.Errorf("two tensors %q", x.Name)
		}
		seen[x.Name], total = true, total+rest*x.Shape[0]
	}
	if total < s.Design.Parameters() {
		t.Errorf("tensors of %d numbers, %d parameters", total, s.Design.Parameters())
	}
}

// enough allows predictions of memory to leave out a little.
const enough = 0.9

// What is predicted is possible, and enough.
func (s Subject) sizes(t *testing.T) {
	n, d := s.network(1, 1), s.Design
	weights, macs := d.Cost()
	if d.Parameters() <= 0 || weights <= 0 || macs <= 0 || d.Chunk() <= 0 {
		t.Errorf("%d parameters, %v weights and %v multiply-adds a step, chunk %d", d.Parameters(), weights, macs, d.Chunk())
	}
	if least := 4 * length(n.State()); d.Bytes() < enough*least {
		t.Errorf("%v bytes predicted, the state has %v", d.Bytes(), least)
	}
	for _, examples := range []int{1, 40, 400} {
		b := n.NewBatch(s.draw(t, 1, examples))
		if b.Len() != examples {
			t.Errorf("batch of %d examples has %d", examples, b.Len())
		}
		if got := d.BatchBytes(examples); got < enough*float64(b.Bytes()) {
			t.Errorf("%v bytes predicted for %d examples, which take %d", got, examples, b.Bytes())
		}
		evaluate, step := d.PassBytes(examples)
		if evaluate <= 0 || step <= 0 {
			t.Errorf("%d examples: %v and %v bytes predicted", examples, evaluate, step)
		}
		if flops, bytes := n.Work(b); flops <= 0 || bytes <= 0 {
			t.Errorf("%d examples: work of %v operations, %v bytes", examples, flops, bytes)
		}
	}
}

func length(parts [][]float32) (n float64) {
	for _, x := range parts {
		n += float64(len(x))
	}
	return n
}
