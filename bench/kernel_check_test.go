package bench

import (
	"slices"
	"testing"

	"srhmbench/kernels"
)

// Every small job leaves the same bits on every tier, does not allocate, and is found out when it does not.
func TestJobs(t *testing.T) {
	shapes, err := Shapes()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range shapes {
		j := s.job()
		if j.Bytes <= 0 || j.Flops < 0 || j.total() < 1 {
			t.Errorf("%s %s: %v flops, %v bytes, %d elements", s.Op, s.Name(), j.Flops, j.Bytes, j.total())
		}
		if !j.small() {
			continue
		}
		checkJob(t, s, j)
	}
}

func checkJob(t *testing.T, s Shape, j job) {
	var want []float32
	for _, tier := range kernels.Available() {
		undo, err := kernels.Force(tier)
		if err != nil {
			t.Fatal(err)
		}
		defer undo()
		got := j.result()
		if want == nil {
			want = slices.Clone(got) // what follows runs the job again
		}
		if err := check(got, want); err != nil {
			t.Errorf("%s %s on %v: %v", s.Op, s.Name(), tier, err)
		}
		f := make([][]float32, len(j.Lengths))
		j.operands(f, got)
		if n := testing.AllocsPerRun(3, func() { j.Run(f) }); n != 0 {
			t.Errorf("%s %s on %v: %v allocations", s.Op, s.Name(), tier, n)
		}
		wrong := slices.Clone(want)
		wrong[0]++
		if check(wrong, want) == nil {
			t.Errorf("%s %s: a wrong result is not noticed", s.Op, s.Name())
		}
	}
}

// A walk through the copies comes to each before it comes to any again.
func TestStride(t *testing.T) {
	for n := 1; n < 300; n++ {
		seen, at := map[int]bool{}, 0
		for range n {
			seen[at] = true
			at = (at + stride(n)) % n
		}
		if len(seen) != n {
			t.Errorf("%d of %d copies are visited", len(seen), n)
		}
	}
}
