package patch

import "sync"

// worthwhile is how many multiply-adds take much longer than to wake another thread. Tests change it.
var worthwhile = 1 << 22

// columns calls f on ranges that cover n columns, a multiple of 16, one range a thread; or on all of them, if the work
// is soon done: about so many multiply-adds for each. Threads split outputs only, so their number does not show in the
// results. f is a method, not a closure, which would be allocated at every call.
func (n *Net) columns(cols, each int, f func(n *Net, at place, lo, hi int), at place) {
	panels := cols / 16
	parts := min(n.threads, panels)
	if parts <= 1 || cols*each < worthwhile {
		f(n, at, 0, cols)
		return
	}
	var wg sync.WaitGroup
	for t := 1; t < parts; t++ {
		wg.Go(func() { f(n, at, 16*(panels*t/parts), 16*(panels*(t+1)/parts)) })
	}
	f(n, at, 0, 16*(panels/parts))
	wg.Wait()
}
