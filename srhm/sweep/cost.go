package sweep

import (
	"math"
	"time"

	"srhmbench/srhm/net"
	"srhmbench/srhm/net/zoo"
	"srhmbench/srhm/spec"
)

// Constants of Predict: one core with hand-written vector kernels. They only have to be right relative to each other,
// as the scheduler rescales them by what it measures.
const (
	nanosecondsPerWeight = 1.0  // read, gradient, momentum and write back: memory traffic
	nanosecondsPerMAC    = 0.03 // a fused multiply-add of forward or backward pass
)

// Predict estimates the time of a run on one core: steps times the time of a step.
//
//	step  = weights touched * 1 ns + 3 * batch * multiply-adds of an example * 0.03 ns
//	steps = batches * epochs
//
// with as many epochs as the network guesses, between check-every and max-epochs. An invalid run takes no time.
func Predict(run spec.Run) time.Duration {
	d, err := zoo.Design(run.Network, run.Task)
	if err != nil {
		return 0
	}
	weights, macs := d.Cost()
	step := weights*nanosecondsPerWeight + 3*float64(run.BatchSize())*macs*nanosecondsPerMAC
	return time.Duration(min(steps(d, run)*step, float64(math.MaxInt64/1024))) // room to add up
}

// steps guesses how many a training takes.
func steps(d net.Design, run spec.Run) float64 {
	p := run.Protocol
	batches := math.Ceil(float64(run.TrainingSize()) / float64(run.BatchSize()))
	return batches * min(max(d.Epochs(p, batches), float64(p.CheckEvery)), float64(p.MaxEpochs))
}
