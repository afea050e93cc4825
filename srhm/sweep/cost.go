package sweep

import (
	"math"
	"time"

	"srhmbench/srhm/net"
	"srhmbench/srhm/net/zoo"
	"srhmbench/srhm/spec"
)

// Costs on one core with vector kernels. Only their ratio matters, because the scheduler rescales them by what it
// measures.
const (
	nanosecondsPerWeight = 1.0  // read, gradient, momentum and write back: memory traffic
	nanosecondsPerMAC    = 0.03 // a fused multiply-add of forward or backward pass
)

// Predict estimates the time of a run on one core: the number of steps times the time of one.
//
//	step  = weights touched * 1 ns + 3 * batch * multiply-adds of an example * 0.03 ns
//	steps = batches * epochs
//
// The network guesses the epochs, which lie between check-every and max-epochs. An invalid run takes no time.
func Predict(run spec.Run) time.Duration {
	d, err := zoo.Design(run.Network, run.Task)
	if err != nil {
		return 0
	}
	weights, macs := d.Cost()
	step := weights*nanosecondsPerWeight + 3*float64(run.BatchSize())*macs*nanosecondsPerMAC
	return time.Duration(min(steps(d, run)*step, float64(math.MaxInt64/1024))) // room to add up
}

// steps guesses the number of steps of a training.
func steps(d net.Design, run spec.Run) float64 {
	p := run.Protocol
	batches := math.Ceil(float64(run.TrainingSize()) / float64(run.BatchSize()))
	return batches * min(max(d.Epochs(p, batches), float64(p.CheckEvery)), float64(p.MaxEpochs))
}
