// Package series holds networks that are trained on one task at several training-set sizes: what to train, what a
// source has of it, and where an error or a sensitivity crosses a value.
package series

import (
	"srhmbench/srhm"
	"srhmbench/srhm/spec"
	"srhmbench/srhm/sweep"
)

// Series is one network on one task, to be trained at several sizes.
type Series struct {
	Task     srhm.Task
	Network  spec.Network
	Protocol spec.Protocol
	Seed     uint64
	Probe    spec.Probe // of every training; zero: none
	Sizes    []int      // of the training set, increasing
}

// Run returns the training at a size.
func (s Series) Run(size int) spec.Run {
	search := sweep.Search{Task: s.Task, Network: s.Network, Protocol: s.Protocol, Seed: s.Seed}
	run := search.RunAt(size)
	run.Probe = s.Probe
	return run
}

// Plan returns the trainings of several series.
func Plan(list ...Series) sweep.Plan {
	var p sweep.Plan
	for _, s := range list {
		for _, size := range s.Sizes {
			p.Runs = append(p.Runs, s.Run(size))
		}
	}
	return p
}
