package train

import (
	"slices"

	"srhmbench/internal/portable"
	"srhmbench/srhm/net"
	"srhmbench/srhm/probe"
	"srhmbench/srhm/spec"
)

// Memory predicts the bytes that a process needs at its peak which does trainings, so many at a time: if the
// largest meet, what those hold, and some garbage. Left alone, Go lets the garbage grow to as much as is held;
// a process with a limit (runtime/debug.SetMemoryLimit) collects it before it gets there.
func Memory(workers int, runs ...spec.Run) float64 {
	var each []float64
	for _, r := range runs {
		each = append(each, held(r))
	}
	slices.Sort(each)
	total := 0.0
	for _, bytes := range each[max(0, len(each)-workers):] {
		total += bytes
	}
	return processBytes + garbage*total
}

const (
	processBytes = 24 << 20
	garbage      = 1.4
)

// held is what a training holds: the network, its data, and the largest batch on its way through it.
func held(run spec.Run) float64 {
	t, n := run.Task, run.Network
	tests := 2 // on unseen and on fresh data
	if run.Protocol.Checkpoint == spec.BestValidation {
		tests++
	}
	bytes := net.Bytes(t, n) + grammarBytes(run) + trainingBytes(run) + float64(tests)*testBytes(run)
	passed := min(chunk, run.Protocol.TestSize)
	if run.Probe.Inputs > 0 {
		passed = max(passed, probe.MaxBatch)
		bytes += net.Bytes(t, n) / 2 // the best weights
		bytes += float64(run.Probe.Inputs) * float64(4*t.L*(datum(run)+8*(t.L+1)))
	}
	if run.Probe.Times > 0 {
		bytes += net.Bytes(t, n) // what a look puts back, at most
	}
	evaluate, _ := net.PassBytes(t, n, max(passed, run.BatchSize()))
	_, step := net.PassBytes(t, n, run.BatchSize())
	return bytes + evaluate + step + net.BatchBytes(t, n, passed)
}

// grammarBytes are the rules, where each tuple stands in them, and the list that they are drawn from.
func grammarBytes(run spec.Run) float64 {
	t := run.Task
	tuples := portable.Pow(float64(t.V), float64(t.S))
	return float64(t.L)*tuples*float64(4+2*t.S) + 4*tuples
}

// datum is the size of one.
func datum(run spec.Run) int { return 2 + 6*run.Task.Leaves() }

// trainingBytes are the training set, its index, and the batches that are kept.
func trainingBytes(run spec.Run) float64 {
	size := float64(run.TrainingSize())
	bytes := size * float64(datum(run)+16+8)
	if run.Protocol.Batching == spec.Fixed {
		bytes += min(keepBytes, size/float64(run.BatchSize())*net.BatchBytes(run.Task, run.Network, run.BatchSize()))
	}
	return bytes
}

// testBytes is one test set, as drawn and arranged.
func testBytes(run spec.Run) float64 {
	size := run.Protocol.TestSize
	whole, rest := size/chunk, size%chunk
	return float64(size*datum(run)) + float64(whole)*net.BatchBytes(run.Task, run.Network, chunk) + net.BatchBytes(run.Task, run.Network, rest)
}
