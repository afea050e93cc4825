package patch

import (
	"srhmbench/internal/portable"
	"srhmbench/srhm/spec"
)

// epochScale is the epochs of the authors' protocol, times batches^0.45 / v^1.5.
const epochScale = 240

// Cost counts neither biases nor the readout.
func (d *design) Cost() (weights, macs float64) {
	live := float64(d.task.Leaves()) // places that are not blank
	for l, s := range d.shape[:d.depth()] {
		blocks, channels := d.below(l)
		weights += float64(blocks) * float64(channels) * float64(s.units)
		active := float64(channels)
		if l == 0 {
			active = 1 // a symbol adds one row of weights
		}
		macs += live * active * float64(s.units)
		live /= float64(s.fan)
	}
	return weights, macs
}

// Epochs is fitted to the committed records: small training sets take more epochs, larger vocabularies too, a stop loss
// ten times larger four times fewer.
func (d *design) Epochs(p spec.Protocol, batches float64) float64 {
	stop := max(p.StopLoss, 1e-9)
	return epochScale * portable.Pow(float64(d.task.V), 1.5) / portable.Pow(batches, 0.45) * portable.Pow(1e-3/stop, 0.6) * 0.01 / p.LR
}
