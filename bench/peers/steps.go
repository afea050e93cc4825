package main

import (
	"fmt"

	"srhmbench/srhm"
	"srhmbench/srhm/net"
	"srhmbench/srhm/net/zoo"
	"srhmbench/srhm/spec"
)

// training is a step of SGD with momentum on one mini-batch of one network.
type training struct {
	Task     srhm.Task     `json:"task"`
	Network  spec.Network  `json:"network"`
	Encoding srhm.Encoding `json:"encoding"`
	Batch    int           `json:"batch"` // examples
}

func (t training) name() string {
	return fmt.Sprintf("TrainingStep/net=%s/l=%d/s=%d/s0=%d/v=%d/width=%d/encoding=%s/batch=%d",
		t.Network.Kind, t.Task.L, t.Task.S, t.Task.S0, t.Task.V, t.Network.Width, t.Encoding, t.Batch)
}

// trainings returns the trainings of the paper's text, with mini-batches of 4 and blanks of zeros, and those of the
// authors' program, with 4 examples of each class, whitened, with biases; for tasks from no blanks to mostly blanks.
func trainings(widths ...int) []training {
	var list []training
	for _, kind := range kinds {
		for _, width := range widths {
			for _, c := range []struct{ l, s0, v int }{{2, 0, 10}, {2, 2, 10}, {2, 4, 10}, {3, 0, 8}, {3, 1, 8}, {3, 2, 6}} {
				task := srhm.Task{V: c.v, S0: c.s0, L: c.l}.WithDefaults()
				list = append(list,
					training{task, spec.Network{Kind: kind, Width: width}, srhm.Zero, 4},
					training{task, spec.Network{Kind: kind, Width: width, Bias: true}, srhm.Whitened, 4 * task.NC})
			}
		}
	}
	return list
}

var kinds = []string{spec.LCN, spec.CNN}

// widthsTimed holds the width of quick scale and that of the paper.
var widthsTimed = []int{128, 512}

func (t training) net() (net.Network, error) { return zoo.New(t.Task, t.Network, t.Encoding, 1, 1) }

// batches returns count mini-batches with 4 examples of each class, or of as many classes as a batch has examples.
func (t training) batches(count int) ([]*srhm.Set, error) {
	g, err := srhm.NewGrammar(t.Task)
	if err != nil {
		return nil, err
	}
	perClass := (t.Batch + t.Task.NC - 1) / t.Task.NC
	set, err := srhm.Batches(g, 1, perClass, 0, count)
	if err != nil {
		return nil, err
	}
	var list []*srhm.Set
	for i := range count {
		lo := i * perClass * t.Task.NC
		list = append(list, set.Slice(lo, lo+t.Batch))
	}
	return list, nil
}

// steps times our own steps, beside the least time their operations or their traffic take.
func (t *timer) steps(p part) error {
	for _, s := range p.trainings {
		n, err := s.net()
		if err != nil {
			return err
		}
		sets, err := s.batches(50)
		if err != nil {
			return err
		}
		var batches []net.Batch
		flops, bytes := 0.0, 0.0
		for _, set := range sets {
			batch := n.NewBatch(set)
			f, b := n.Work(batch)
			batches, flops, bytes = append(batches, batch), flops+f/float64(len(sets)), bytes+b/float64(len(sets))
		}
		// Batches that share more weights are quicker, and must not make up the quick slices alone.
		w := workload{flops: flops, read: bytes, set: n.Design().Bytes(), of: len(batches)}
		t.clock(s.name(), w, func(times int) {
			for range times {
				for _, batch := range batches {
					n.Step(batch, stepRate, momentum)
				}
			}
		})
	}
	return nil
}

// stepRate is the paper's rate before it is multiplied by the width.
const stepRate = 0.01
