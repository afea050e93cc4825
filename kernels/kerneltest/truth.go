package kerneltest

import "math"

// Truth is what a float64 computation gives for an element.
type Truth struct {
	Value float64
	Bound float64 // the error allowed; +Inf if float32 may overflow, NaN if the element must be NaN
}

// unit is half the distance from 1 to the next float32: the relative error of one rounding.
const unit = 1.0 / (1 << 24)

// smallest is the least positive float32, an upper bound of the error of a rounding to a denormal.
const smallest = 0x1p-149

func exactly(x float64) Truth { return Truth{x, 0} }

// sum follows a chain of fused multiply-adds: each step rounds once, by no more than unit times the sum
// of magnitudes so far. The bound is therefore steps·unit·Σ|a||b|, wherever the operands cancel.
type sum struct {
	value, magnitude float64
	steps            int
	tiny             float64 // the part of the error that denormals cause
	overflow         bool    // an intermediate result may have left the range of float32
}

func from(start float32) sum { return sum{value: float64(start), magnitude: math.Abs(float64(start))} }

// add is a step with a product of two inputs.
func (s *sum) add(a, b float32) { s.addScaled(a, from(b)) }

// addScaled is a step with the product of an input and the result of another chain.
func (s *sum) addScaled(a float32, b sum) {
	f := float64(a)
	s.value += f * b.value
	s.magnitude += math.Abs(f * b.magnitude)
	s.steps += b.steps + 1
	s.tiny += smallest + math.Abs(f)*b.tiny
	s.overflow = s.overflow || b.overflow || b.magnitude > math.MaxFloat32/2
}

func (s *sum) truth() Truth {
	bound := 1.01*float64(s.steps)*unit*s.magnitude + s.tiny
	if math.IsNaN(s.magnitude) {
		bound = math.NaN()
	} else if s.overflow || s.magnitude > math.MaxFloat32/2 {
		bound = math.Inf(1)
	}
	return Truth{s.value, bound}
}

// holds says whether x is what t allows.
func (t Truth) holds(x float32) bool {
	switch {
	case math.IsNaN(t.Bound) || (t.Bound == 0 && math.IsNaN(t.Value)):
		return x != x
	case math.IsInf(t.Bound, 1):
		return true
	case t.Bound == 0 || math.IsInf(t.Value, 0):
		return float64(x) == t.Value && math.Signbit(float64(x)) == math.Signbit(t.Value)
	}
	return math.Abs(float64(x)-t.Value) <= t.Bound
}
