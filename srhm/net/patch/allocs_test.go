package patch

import (
	"testing"

	"srhmbench/srhm"
	"srhmbench/srhm/net"
)

// Once a network has seen its batches, a step on one thread allocates nothing.
func TestStepsAllocateNothing(t *testing.T) {
	for _, c := range testCases() {
		n, g := c.make(t, 1)
		data := srhm.Draw(g, 2, "test", 60)
		var batches []net.Batch
		for i := range 12 {
			batches = append(batches, n.NewBatch(data.Slice(5*i, 5*i+1+i%5)))
		}
		epoch := func() {
			for _, b := range batches {
				n.Step(b, 0.01, 0.9)
			}
		}
		epoch()
		if got := testing.AllocsPerRun(3, epoch); got > 0 {
			t.Errorf("%v: %v allocations in %d steps", c, got, len(batches))
		}
	}
}
