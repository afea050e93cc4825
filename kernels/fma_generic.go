package kernels

import "math"

// fma32 is the float32 fused multiply-add, rounded once. The float64 product is exact. The float64 sum is made
// exact-or-odd (its last bit is set when anything was lost), so the final rounding to float32 is right, because
// float64 has more than two bits to spare. A compiler may fuse the product into the sum: the product is exact, so that
// changes nothing.
func fma32(a, b, c float32) float32 {
	p := float64(a) * float64(b)
	z := float64(c)
	s := p + z
	bits := math.Float64bits(s)
	// Only a sum whose discarded bits look like a tie, or one that is tiny, can round differently.
	if bits&0x1fffffff != 0x10000000 && bits&0x7ff0000000000000 >= 0x3810000000000000 {
		return float32(s)
	}
	return roundOdd(p, z, s)
}

func roundOdd(p, z, s float64) float32 {
	bits := math.Float64bits(s)
	if bits&1 == 1 || math.IsNaN(s) || math.IsInf(s, 0) {
		return float32(s)
	}
	t := s - p
	lost := (p - (s - t)) + (z - t)
	if lost == 0 {
		return float32(s)
	}
	if (lost > 0) == (s > 0) {
		bits++
	} else {
		bits--
	}
	return float32(math.Float64frombits(bits))
}
