package train

import (
	"fmt"
	"slices"

	"srhmbench/internal/portable"
	"srhmbench/srhm/net"
	"srhmbench/srhm/net/zoo"
	"srhmbench/srhm/probe"
	"srhmbench/srhm/spec"
)

// Memory predicts the peak memory in bytes of a process that runs trainings, workers at a time: what the largest hold
// when they coincide, and some garbage. By default Go lets garbage grow to the size of what is held; a process with a
// limit (runtime/debug.SetMemoryLimit) collects it earlier. Invalid runs, which nobody trains, count for nothing.
func Memory(workers int, runs ...spec.Run) float64 {
	var each []float64
	for _, r := range runs {
		if m, err := memoryOf(r); err == nil {
			each = append(each, m.total())
		}
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

// maxBytes bounds each part of a training's memory; every training of the paper takes far less.
const maxBytes = 8 << 30

// Fits returns an error of one line if a run is refused for its size, however much memory there is.
func Fits(run spec.Run) error {
	m, err := memoryOf(run)
	if err != nil {
		return err
	}
	if err := dataFits(run); err != nil {
		return err
	}
	n := run.Network
	if err := fits(m.pass, "activations", "batches of %d examples at width %d", m.passed, n.Width); err != nil {
		return err
	}
	return fits(m.network, "parameters", "%s of width %d on %d cells", n.Kind, n.Width, run.Task.Cells())
}

// dataFits refuses training sets that are too large.
func dataFits(run spec.Run) error {
	return fits(trainingBytes(run), "training data", "training-set size P = %d", run.P)
}

func fits(bytes float64, of, format string, args ...any) error {
	if bytes <= maxBytes {
		return nil
	}
	return fmt.Errorf(format+": %.1f GiB of %s, want at most %d GiB", append(args, bytes/(1<<30), of, maxBytes>>30)...)
}

// memory is what a training holds in memory, in bytes.
type memory struct {
	network float64 // weights and momenta
	copies  float64 // of them
	data    float64 // rules, training and test sets, and their batches
	pass    float64 // the activations of the largest batch, and a step
	passed  int     // examples of that batch
}

func (m memory) total() float64 { return m.network + m.copies + m.data + m.pass }

// memoryOf predicts what a training holds. It returns an error if the run is invalid.
func memoryOf(run spec.Run) (memory, error) {
	d, err := zoo.Design(run.Network, run.Task)
	if err != nil {
		return memory{}, err
	}
	m := memory{network: d.Bytes()}
	m.data = grammarBytes(run) + trainingBytes(run) + batchBytes(run, d) + testSets(run)*testBytes(run, d)
	evaluated := min(d.Chunk(), run.Protocol.TestSize)
	if run.Probe.Inputs > 0 {
		evaluated = max(evaluated, probe.Batch(d, run.Task))
		m.copies += m.network / 2 // of the check that counts
		m.data += float64(run.Probe.Inputs) * float64(4*run.Task.L*(exampleBytes(run)+8*len(d.Layers())))
	}
	if run.Probe.Times > 0 {
		m.copies += m.network // what a look puts back, at most
	}
	m.passed = max(evaluated, run.BatchSize())
	evaluate, _ := d.PassBytes(m.passed)
	_, step := d.PassBytes(run.BatchSize())
	m.pass = evaluate + step + d.BatchBytes(evaluated)
	return m, nil
}

// testSets counts the unseen, the fresh and the validation set.
func testSets(run spec.Run) float64 {
	if run.Protocol.Checkpoint == spec.BestValidation {
		return 3
	}
	return 2
}

// grammarBytes counts the rules, their index by tuple, and the list that they are drawn from.
func grammarBytes(run spec.Run) float64 {
	t := run.Task
	tuples := portable.Pow(float64(t.V), float64(t.S))
	return float64(t.L)*tuples*float64(4+2*t.S) + 4*tuples
}

// exampleBytes returns the size of an example.
func exampleBytes(run spec.Run) int { return 2 + 6*run.Task.Leaves() }

// trainingBytes counts the training set and its index.
func trainingBytes(run spec.Run) float64 {
	return float64(run.TrainingSize()) * float64(exampleBytes(run)+16)
}

// batchBytes counts the order of the training set, and the batches that are kept.
func batchBytes(run spec.Run, d net.Design) float64 {
	total, size := float64(run.TrainingSize()), run.BatchSize()
	bytes := 8 * total
	if run.Protocol.Batching == spec.Fixed {
		bytes += min(keepBytes, total/float64(size)*d.BatchBytes(size))
	}
	return bytes
}

// testBytes counts a test set, as drawn and in batches.
func testBytes(run spec.Run, d net.Design) float64 {
	size, chunk := run.Protocol.TestSize, d.Chunk()
	whole, rest := size/chunk, size%chunk
	return float64(size*exampleBytes(run)) + float64(whole)*d.BatchBytes(chunk) + d.BatchBytes(rest)
}
