package kernels

import "fmt"

// PeakFMA runs loops of independent fused multiply-adds in registers and returns the number of floating-point
// operations: timed, it gives the compute roof of the active tier.
func PeakFMA(loops int) (flops float64) {
	if loops < 0 {
		panic(fmt.Sprintf("kernels.PeakFMA: %d loops", loops))
	}
	if loops == 0 {
		return 0 // the assembly counts down to zero and would miss it
	}
	return active.Load().PeakFMA(loops)
}

// StreamRead sums a slice as fast as it can be read: timed, it gives the bandwidth roof. The rounding of the sum is
// outside the contract, and the length is rounded down to a multiple of 128.
func StreamRead(src []float32) float32 { return active.Load().StreamRead(src[:len(src)/128*128]) }
