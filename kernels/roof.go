package kernels

import "fmt"

// PeakFMA runs independent fused multiply-adds in registers, so many loops of them, and returns how many
// floating-point operations that was: the compute roof of the active tier when timed.
func PeakFMA(loops int) (flops float64) {
	if loops < 0 {
		panic(fmt.Sprintf("kernels.PeakFMA: %d loops", loops))
	}
	if loops == 0 {
		return 0 // the assembly counts down to zero and would miss it
	}
	return active.Load().PeakFMA(loops)
}

// StreamRead sums a slice as fast as it can be read: the bandwidth roof when timed. The sum's rounding is
// outside the contract; a length that is no multiple of 128 is rounded down.
func StreamRead(src []float32) float32 { return active.Load().StreamRead(src[:len(src)/128*128]) }
