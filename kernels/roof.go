package kernels

// PeakFMA runs independent fused multiply-adds in registers and returns how many floating-point
// operations that was: the compute roof of the active tier when timed.
func PeakFMA(loops int) (flops float64) { return active.Load().peakFMA(loops) }

// StreamRead sums a slice as fast as it can be read: the bandwidth roof when timed. The sum's rounding is
// outside the contract; a length that is no multiple of 128 is rounded down.
func StreamRead(src []float32) float32 { return active.Load().streamRead(src) }
