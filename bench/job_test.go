package bench

import (
	"fmt"
	"math/rand/v2"

	"srhmbench/kernels/kerneltest"
)

// job is a kernel at a shape, with what it takes to time it.
type job struct{ kerneltest.Job }

// job of a shape; those that ParseShapes accepts have one.
func (s Shape) job() job {
	op, _ := kerneltest.Lookup(s.Op)
	return job{op.Job(s.Sizes)}
}

// small jobs are those that the generic tier is timed at too.
func (j job) small() bool { return max(j.Flops, j.Bytes) <= 1<<21 }

// total is the number of elements of all operands, each starting on a cache line.
func (j job) total() int {
	n := 0
	for _, l := range j.Lengths {
		n += (l + 15) / 16 * 16
	}
	return n
}

// operands cuts memory into the operands, into f.
func (j job) operands(f [][]float32, memory []float32) {
	at := 0
	for i, l := range j.Lengths {
		f[i] = memory[at : at+l : at+l]
		at += (l + 15) / 16 * 16
	}
}

// values fills memory for all operands with numbers of ordinary size, the same ones every time.
func (j job) values(memory []float32) {
	r := rand.New(rand.NewPCG(1, 2))
	for i := range memory {
		memory[i] = 2*r.Float32() - 1
	}
}

// result is the memory of the operands after the job was done once, on the active tier.
func (j job) result() []float32 {
	memory, f := make([]float32, j.total()), make([][]float32, len(j.Lengths))
	j.values(memory)
	j.operands(f, memory)
	j.Run(f)
	return memory
}

// check holds the active tier's result to the generic tier's bits.
func check(got, want []float32) error {
	for i, x := range got {
		if !kerneltest.Same(x, want[i]) {
			return fmt.Errorf("element %d of the operands is %v, the generic tier has %v", i, x, want[i])
		}
	}
	return nil
}
