package costs

import (
	"math"

	"srhmbench/srhm"
	"srhmbench/srhm/net/zoo"
	"srhmbench/srhm/spec"
	"srhmbench/srhm/train"
)

// memoryOfNote is the memory of a common machine.
const memoryOfNote = 24e9

// noted lists the tasks whose memory is drawn, with ever more blanks: the paper's with the most symbols.
var noted = []struct{ v, l int }{{10, 2}, {8, 3}}

// training returns a training at width 512 by the authors' protocol, on as many examples as it is predicted to need.
func training(kind string, v, l, s0 int) spec.Run {
	p, err := spec.Preset("authors")
	if err != nil {
		panic(err) // a preset's name
	}
	t := srhm.Task{V: v, L: l, S0: s0}.WithDefaults()
	size := zoo.Must(kind).Law().PStar(t)
	return spec.Run{Task: t, Network: spec.Network{Kind: kind, Width: 512, Bias: true}, Protocol: p, P: int(math.Round(size)), Seed: 1}
}

// largest returns the most blanks per child, s0, at which such a training fits in the memory and is not rejected for
// its size.
func largest(kind string, v, l int, memory float64) int {
	s0 := 0
	for ; ; s0++ {
		run := training(kind, v, l, s0+1)
		if zoo.Validate(run) != nil || train.Fits(run) != nil || train.Memory(1, run) > memory {
			return s0
		}
	}
}
