package sweep

import (
	"math"
	"slices"
	"time"

	"srhmbench/results"
	"srhmbench/srhm/net"
	"srhmbench/srhm/spec"
)

// Outlook is what a plan comes to before it starts.
type Outlook struct {
	Searches, Singles int           // asked for
	Stored            int           // runs of the plan that the store has
	Runs              int           // to be trained; for searches a guess
	Core              time.Duration // of one core, by Predict
	Memory            float64       // bytes, with so many trainings at a time
}

// Outlook says what is left of a plan when a store is there, with so many trainings at a time.
func (p Plan) Outlook(store *results.Store, workers int) Outlook {
	o := Outlook{Searches: len(p.Searches), Singles: len(p.Runs)}
	get := func(id string) (spec.Result, bool) {
		r, ok := store.Get(id)
		return r.Result, ok
	}
	stored := map[string]bool{}
	waiting := map[string]bool{} // as in Execute, a run that several wait for is trained once
	var memory []float64
	wait := func(run spec.Run, runs int) {
		id := run.ID()
		if waiting[id] {
			return
		}
		waiting[id] = true
		o.Runs += runs
		o.Core += time.Duration(runs) * Predict(run)
		memory = append(memory, Memory(run))
	}
	for _, s := range p.Searches {
		points, next, done := s.Replay(get)
		for _, x := range points {
			stored[x.ID] = true
		}
		if !done {
			wait(s.RunAt(next), s.left(points))
		}
	}
	for _, r := range p.Runs {
		if _, known := get(r.ID()); known {
			stored[r.ID()] = true
			continue
		}
		wait(r, 1)
	}
	o.Stored = len(stored)
	slices.Sort(memory)
	o.Memory = processBytes
	for _, m := range memory[max(0, len(memory)-workers):] {
		o.Memory += m
	}
	return o
}

// Constants of Memory, from the resident memory of small and large runs.
const (
	processBytes = 25 << 20 // of the program itself
	leafBytes    = 100      // of a datum, arranged in batches, for each of its leaves
	chunk        = 8192     // test data evaluated at once
)

// Memory estimates the bytes of a training, to a factor of two: weights and momenta, what the widest pass keeps of
// each layer, and data.
func Memory(run spec.Run) float64 {
	weights := net.Bytes(run.Task, run.Network)
	if run.Probe.Inputs > 0 {
		weights += weights / 2
	}
	const passes = 3 * 4 // float32s before and after the ReLU and before the sum
	batch := float64(max(run.BatchSize(), min(chunk, run.Protocol.TestSize)))
	data := float64(run.TrainingSize()) + 2*float64(run.Protocol.TestSize)
	return weights + passes*activations(run, batch) + leafBytes*data*float64(run.Task.Leaves())
}

// activations is how many a pass on so many data has. Equal patches at one position are computed once, but in fully
// connected networks.
func activations(run spec.Run, data float64) (sum float64) {
	t, width := run.Task, float64(run.Network.Width)
	if run.Network.Kind == spec.FCN {
		for l := range t.L {
			sum += data * width * math.Pow(float64(t.PatchCells()), float64(l))
		}
		return sum
	}
	node := float64(t.M) * float64(t.Placements())
	for l := 1; l <= t.L; l++ {
		live := data * math.Pow(float64(t.S), float64(t.L-l))
		nodes := (math.Pow(float64(t.S), float64(l)) - 1) / float64(t.S-1)
		different := float64(t.V) * math.Pow(node, nodes) * math.Pow(float64(t.PatchCells()), float64(t.L-l))
		sum += min(live, different) * width
	}
	return sum
}
