package layers

import (
	"sync"

	"srhmbench/kernels"
)

// mode says which moments batch norms use, and what else a pass does.
type mode int

const (
	evaluating mode = iota // running moments
	training               // those of the batch, which move the running ones; dropout
	probing                // as in training, but nothing moves: what the authors' probes see
)

// pass is one way of a batch through the network.
type pass struct {
	mode    mode
	images  int
	threads int
	mu, lr  float32
	longest int         // gradient of an image
	free    [][]float32 // memory for gradients, each of images times the longest

	// look is shown every node of a view, in the order of the builder's names, as it comes by; nil without a view.
	look func(values []float32, s Shape)
}

// take returns memory for a gradient of n numbers, of any value. What was given back last is likely to be in the cache
// still.
func (p *pass) take(n int) []float32 {
	for len(p.free) > 0 {
		last := len(p.free) - 1
		x := p.free[last]
		p.free = p.free[:last]
		if cap(x) >= n { // else it is of a smaller batch
			return x[:n]
		}
	}
	return make([]float32, n, p.images*p.longest)
}

// give returns what take gave.
func (p *pass) give(x []float32) { p.free = append(p.free, x) }

// grown returns a slice of n numbers, in old's memory where it suffices.
func grown(old []float32, n int) []float32 {
	if cap(old) >= n {
		return old[:n]
	}
	return make([]float32, n)
}

// worthwhile is how many multiply-adds take much longer than to wake another thread, or a quarter as many numbers to
// move. Tests change it.
var worthwhile = 1 << 21

// split calls f on ranges that cover 0 to n-1, a range a thread, each but the last a multiple of unit long; on one
// range if the whole work, in multiply-adds, is soon done. Threads divide outputs only, so that their number does not
// show in the results.
func (p *pass) split(n, unit, work int, f func(lo, hi int)) {
	units := (n + unit - 1) / unit
	parts := min(p.threads, units)
	if parts <= 1 || work < worthwhile {
		f(0, n)
		return
	}
	end := func(t int) int { return min(n, unit*(units*t/parts)) }
	var wg sync.WaitGroup
	for t := 1; t < parts; t++ {
		wg.Go(func() { f(end(t), end(t+1)) })
	}
	f(0, end(1))
	wg.Wait()
}

// perNumber is how many multiply-adds take as long as to read and write a number.
const perNumber = 8

// each splits n numbers.
func (p *pass) each(n int, f func(lo, hi int)) { p.split(n, 16, perNumber*n, f) }

// step makes the step of a parameter.
func (p *pass) step(t *tensor, gradient []float32) {
	kernels.Momentum(t.w, t.m, gradient, 1, p.mu, p.lr)
}
