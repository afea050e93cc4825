package layers

import (
	"sync"

	"srhmbench/kernels"
)

// conv is a convolution, and with a kernel and an image of one position a linear layer.
type conv struct {
	kernels.ConvShape
	in, out Shape
	weight  *tensor
	bias    *tensor // nil for none
	bottom  bool    // no gradient is wanted below

	x, y                 []float32
	sums, zeros, squares []float32 // for the gradient of the bias; squares is not used
}

func (c *conv) forward(p *pass, x []float32) []float32 {
	c.x, c.y = x, grown(c.y, p.images*c.out.size())
	p.split(p.images, 1, p.images*c.cost().multiplyAdds, func(lo, hi int) {
		s := c.ConvShape
		s.Batch = hi - lo
		y := c.y[lo*c.out.size() : hi*c.out.size()]
		if c.bias != nil {
			repeat(y, c.bias.w)
		}
		kernels.Conv(y, s.Out, x[lo*c.in.size():], s.In, c.weight.w, s, c.bias != nil)
	})
	return c.y
}

// repeat fills rows with a row.
func repeat(rows, row []float32) {
	for n := copy(rows, row); n < len(rows); n *= 2 {
		copy(rows[n:], rows[:n])
	}
}

// cacheBytes is how much of the weights is worked on at a time, so that the turned weights, the gradient and the
// momentum of that part stay in the second-level cache together. It does not change a bit of the result. Tests change it.
var cacheBytes = 192 << 10

// backward goes by blocks of input channels. The weights of a block are read from memory once, for the gradient with
// respect to the inputs and for the step, and neither the turned weights nor the gradient leave the cache.
func (c *conv) backward(p *pass, dy []float32) []float32 {
	if c.bias != nil {
		c.stepBias(p, dy)
	}
	var dx []float32
	if !c.bottom {
		dx = p.take(p.images * c.in.size())
	}
	perChannel := c.Taps() * kernels.Padded(c.Out)
	block := max(16, cacheBytes/(4*perChannel)/16*16)
	p.split(c.In, 16, 2*p.images*c.cost().multiplyAdds, func(lo, hi int) {
		sc := blocks.Get().(*blockMemory)
		defer blocks.Put(sc)
		for ; lo < hi; lo += block {
			c.backwardBlock(p, sc, dx, dy, lo, min(lo+block, hi))
		}
	})
	p.give(dy)
	return dx
}

// blockMemory holds turned weights and gradients of a block of input channels.
type blockMemory struct{ turned, gradient []float32 }

var blocks = sync.Pool{New: func() any { return new(blockMemory) }}

// backwardBlock does what concerns the input channels from lo to hi.
func (c *conv) backwardBlock(p *pass, sc *blockMemory, dx, dy []float32, lo, hi int) {
	s := c.ConvShape
	s.Batch, s.In = p.images, hi-lo
	if dx != nil {
		sc.turned = grown(sc.turned, s.TurnedWeights())
		c.turn(sc.turned, lo, hi)
		kernels.ConvGradInput(dx[lo:], c.In, dy, c.Out, sc.turned, s, false)
	}
	sc.gradient = grown(sc.gradient, s.Weights())
	if s.Out%16 != 0 {
		clear(sc.gradient) // the padding, too
	}
	kernels.ConvGradWeights(sc.gradient, c.x[lo:], c.In, dy, c.Out, s, false)
	rows, depth := s.Taps()*s.In, c.Taps()*c.In
	for o := 0; o < s.Out; o += 16 {
		for tap := range s.Taps() {
			from, to := o*rows+16*tap*s.In, o*depth+16*(tap*c.In+lo)
			n := 16 * s.In
			kernels.Momentum(c.weight.w[to:to+n], c.weight.m[to:to+n], sc.gradient[from:from+n], 1, p.mu, p.lr)
		}
	}
}

// turn is kernels.TurnWeights of some input channels.
func (c *conv) turn(to []float32, lo, hi int) {
	depth, turned := c.Taps()*c.In, c.Taps()*c.Out
	for tap := range c.Taps() {
		for i := lo; i < hi; i += 16 {
			for o := 0; o < c.Out; o += 16 {
				kernels.Transpose(to[kernels.PanelIndex(turned, tap*c.Out+o, i-lo):], 16,
					c.weight.w[kernels.PanelIndex(depth, tap*c.In+i, o):], 16, min(16, hi-i), min(16, c.Out-o))
			}
		}
	}
}

// stepBias sums the gradient over all positions.
func (c *conv) stepBias(p *pass, dy []float32) {
	if c.sums == nil {
		c.sums, c.zeros, c.squares = make([]float32, c.Out), make([]float32, c.Out), make([]float32, c.Out)
	}
	// The sums that batch norm takes have an error bound however many rows there are.
	kernels.BatchNormGradSums(c.sums, c.squares, dy, c.Out, dy, c.Out, c.zeros, len(dy)/c.Out, c.Out)
	p.step(c.bias, c.sums)
}

func (c *conv) tensors() []*tensor {
	if c.bias == nil {
		return []*tensor{c.weight}
	}
	return []*tensor{c.weight, c.bias}
}

func (c *conv) cost() cost {
	k := c.In * c.Out
	return cost{c.out.positions() * c.Taps() * k, meetings(c.Window) * k, c.out.size(), 0, max(c.in.size(), c.out.size())}
}
