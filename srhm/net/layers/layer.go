package layers

// layer maps a batch of images to images of another shape.
type layer interface {
	// forward returns the outputs for a batch. They lie in x or in memory of the layer, and stay until its next
	// forward pass; x must stay until the backward pass is over.
	forward(p *pass, x []float32) []float32
	// backward follows a forward pass in training. It takes the gradient with respect to the outputs, which is its to
	// overwrite, makes the step of the parameters, and returns the gradient with respect to the inputs. Both come
	// from the pass's memory. A layer that no gradient is wanted below returns nil.
	backward(p *pass, dy []float32) []float32
	// tensors lists what the layer has learned, in the order in which PyTorch lists it.
	tensors() []*tensor
	// cost is that of one image.
	cost() cost
}

// cost is what a layer takes for one image.
type cost struct {
	multiplyAdds int // forward, as one counts them on paper: taps in the padding included
	done         int // those of them that are done
	outputs      int // numbers that the layer has memory for, whatever the pass
	training     int // and that a pass in training needs besides
	gradient     int // the longest gradient that comes by
}

func (c cost) plus(d cost) cost {
	c.multiplyAdds += d.multiplyAdds
	c.done += d.done
	c.outputs += d.outputs
	c.training += d.training
	c.gradient = max(c.gradient, d.gradient)
	return c
}

// chain runs layers one after the other.
type chain []layer

func (c chain) forward(p *pass, x []float32) []float32 {
	for _, l := range c {
		x = l.forward(p, x)
	}
	return x
}

func (c chain) backward(p *pass, dy []float32) []float32 {
	for i := len(c) - 1; i >= 0; i-- {
		dy = c[i].backward(p, dy)
	}
	return dy
}

func (c chain) tensors() (all []*tensor) {
	for _, l := range c {
		all = append(all, l.tensors()...)
	}
	return all
}

func (c chain) cost() (sum cost) {
	for _, l := range c {
		sum = sum.plus(l.cost())
	}
	return sum
}
