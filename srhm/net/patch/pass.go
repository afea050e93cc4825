package patch

import "srhmbench/srhm/net"

// place is where a pass is: at a layer, with its nodes in the batch and those of the layer below.
type place struct {
	l     int
	nodes *nodes
	below *nodes // nil at layer 0
}

func (b *Batch) at(l int) place {
	p := place{l: l, nodes: &b.levels[l]}
	if l > 0 {
		p.below = &b.levels[l-1]
	}
	return p
}

// forward computes all layers and the logits of a batch.
func (n *Net) forward(b *Batch) {
	n.work.shape(len(n.shape))
	for l := range n.shape {
		at, w := b.at(l), &n.work
		w.z[l] = grow(w.z[l], at.nodes.rows*n.stride(l))
		w.a[l] = grow(w.a[l], at.nodes.rows*n.stride(l))
		switch {
		case n.shape[l].average:
			n.average(at)
			continue
		case l == 0:
			n.forwardInput(at)
		default:
			n.multiply(at)
			n.gather(at)
		}
		n.activate(at)
	}
	n.readout(b)
}

// backward takes the gradients of the logits down through all layers and makes the steps on the way, those of hidden
// weights excepted: see hidden.
func (n *Net) backward(b *Batch) {
	n.backReadout(b)
	for l := len(n.shape) - 1; l > 0; l-- {
		at := b.at(l)
		n.sumPositions(at)
		n.spread(at)
		if n.shape[l].average {
			n.backAverage(at)
		} else {
			n.stepBias(l)
			n.backMultiply(at)
			n.owe(at)
		}
		n.backActivate(b.at(l - 1))
	}
	n.sumPositions(b.at(0))
	n.stepBias(0)
	n.stepInput(b.at(0))
}

// rate is what the steps of an epoch are made with.
type rate struct{ mu, lr float32 }

// Step makes a step at the rate lr·width, or lr if the output's factor is the root.
func (n *Net) Step(batch net.Batch, lr, mu float64) (loss float64) {
	b := batch.(*Batch)
	n.setRate(rate{float32(mu), float32(lr * n.speed)}, mu)
	n.work.a, n.work.owed = n.work.owed, n.work.a
	n.forward(b)
	loss = n.loss(b)
	n.backward(b)
	return loss
}

func (n *Net) setRate(r rate, mu float64) {
	n.first.setRate(mu, float64(r.lr))
	if r != n.rate {
		n.syncHidden()
		n.rate = r
	}
}

// Sync brings parameters up to date that steps have left for later. Results do not depend on when, but for rounding.
func (n *Net) Sync() {
	n.first.sync()
	n.syncHidden()
}

// Evaluate scores a batch.
func (n *Net) Evaluate(batch net.Batch) net.Score {
	b := batch.(*Batch)
	n.syncHidden()
	n.forward(b)
	return n.score(b)
}
