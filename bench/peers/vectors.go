package main

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// vectors holds the operands of a step of momentum: weights, momentum and gradient, all of one length.
type vectors struct{ w, mom, grad []float32 }

func newVectors(n int) *vectors {
	r := rand.New(rand.NewPCG(1, 2))
	return &vectors{randomValues(r, n), randomValues(r, n), randomValues(r, n)}
}

func vectorsName(n int) string { return fmt.Sprintf("Momentum n=%d", n) }

// stepWork returns the workload of a step on n weights.
func stepWork(n int) workload {
	size := 4 * float64(n)
	return workload{flops: flops("Momentum", map[string]int{"n": n}), read: 3 * size, moved: 5 * size, set: 3 * size, unit: "GB/s"}
}

// check takes a step, mom = mu·mom + grad and w -= lr·mom, and compares it with one in float64.
func (v *vectors) check(step func()) error {
	start := newVectors(len(v.w))
	step()
	for i, g := range start.grad {
		mom := momentum*float64(start.mom[i]) + float64(g)
		w := float64(start.w[i]) - rate*mom
		if got, size := float64(v.mom[i]), 1+math.Abs(float64(g)); !near(got, mom, size) {
			return fmt.Errorf("%s: momentum %d is %v, want %v", vectorsName(len(v.w)), i, got, mom)
		}
		if got := float64(v.w[i]); !near(got, w, 1) {
			return fmt.Errorf("%s: weight %d is %v, want %v", vectorsName(len(v.w)), i, got, w)
		}
	}
	return nil
}
