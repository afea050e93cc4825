package kerneltest

import "slices"

// Job is an operation at some sizes: the operands it needs, what it does with them, and how much that is. Scalars are
// such that no value grows, or shrinks to denormals, however often the job is repeated.
type Job struct {
	Lengths []int               // elements of each operand
	Run     func(f [][]float32) // does it once, without allocating
	Flops   float64
	Bytes   float64 // least traffic: every input read once, every result written once
}

// productJob counts two operations for each multiplication.
func productJob(out, left, right, multiplications int, run func(f [][]float32)) Job {
	return Job{
		Lengths: []int{out, left, right}, Run: run,
		Flops: 2 * float64(multiplications), Bytes: 4 * float64(out+left+right),
	}
}

// vectorSizes are those of operations on vectors of one length.
var vectorSizes = []Size{{"n", 1}}

// vectorJob makes jobs on a number of vectors, with operations and accesses for each element.
func vectorJob(vectors int, flops, accesses float64, run func(f [][]float32)) func(map[string]int) Job {
	return func(s map[string]int) Job {
		n := s["n"]
		return Job{
			Lengths: slices.Repeat([]int{n}, vectors), Run: run,
			Flops: flops * float64(n), Bytes: 4 * accesses * float64(n),
		}
	}
}
