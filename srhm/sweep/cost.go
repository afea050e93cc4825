package sweep

import (
	"math"
	"time"

	"srhmbench/internal/portable"
	"srhmbench/srhm/spec"
)

// Constants of Predict: one core with hand-written vector kernels. They only have
// to be right relative to each other, as the scheduler rescales them by what it measures.
const (
	nanosecondsPerWeight = 1.0  // read, gradient, momentum and write back: memory traffic
	nanosecondsPerMAC    = 0.03 // a fused multiply-add of forward or backward pass
	epochScale           = 240  // epochs of the authors' protocol, times batches^0.45 / v^1.5
)

// Predict estimates the time of a run on one core: steps times the time of a step.
//
//	step  = weights touched * 1 ns + 3 * batch * multiply-adds of a datum * 0.03 ns
//	steps = batches * epochs,  epochs = 240 v^1.5/batches^0.45 * (10^-3/stop loss)^0.6 * 0.01/lr
//
// with epochs between check-every and max-epochs, fitted to the committed records: small training sets take more
// epochs, larger vocabularies too, a stop loss ten times larger four times fewer.
// Locally connected and convolutional networks work on patches that are not blank;
// fully connected ones are dense above the input.
func Predict(run spec.Run) time.Duration {
	weights, macs := size(run)
	batch := float64(run.BatchSize())
	batches := math.Ceil(float64(run.TrainingSize()) / batch)
	step := weights*nanosecondsPerWeight + 3*batch*macs*nanosecondsPerMAC
	ns := batches * epochs(run, batches) * step
	return time.Duration(min(ns, float64(math.MaxInt64/1024))) // room to add up
}

// epochs is a guess at how long a training takes.
func epochs(run spec.Run, batches float64) float64 {
	p := run.Protocol
	stop := max(p.StopLoss, 1e-9)
	e := epochScale * portable.Pow(float64(run.Task.V), 1.5) / portable.Pow(batches, 0.45) * portable.Pow(1e-3/stop, 0.6) * 0.01 / p.LR
	return min(max(e, float64(p.CheckEvery)), float64(p.MaxEpochs))
}

// size returns the weights that a step touches and the multiply-adds of one datum,
// forward.
func size(run spec.Run) (weights, macs float64) {
	t, h := run.Task, float64(run.Network.Width)
	patch, symbols := float64(t.PatchCells()), float64(t.V)
	places := float64(t.Cells())   // of the layer below, cells at first
	live := float64(t.Leaves())    // of those, not blank
	inputs, active := symbols, 1.0 // channels a place, and those not zero
	depth := run.Network.Depth(t)
	for l := range depth {
		above := places / patch
		switch run.Network.Kind {
		case spec.FCN:
			above = max(1, portable.Pow(patch, float64(min(depth, t.L)-1-l)))
			weights += places * inputs * h * above
			macs += dense(places, live, inputs, active) * h * above
		case spec.LCN:
			weights += places * inputs * h
			macs += live * active * h
		default:
			weights += patch * inputs * h
			macs += live * active * h
		}
		places, live = above, live/float64(t.S)
		inputs, active = h, h
	}
	return weights, macs
}

// dense is the number of inputs that a fully connected unit adds up: those not blank
// in the input, all above it.
func dense(places, live, inputs, active float64) float64 {
	if active == 1 {
		return live
	}
	return places * inputs
}
