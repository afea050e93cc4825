package bench

import (
	"fmt"
	"testing"

	"srhmbench/srhm"
	"srhmbench/srhm/spec"
	"srhmbench/srhm/train"
)

// BenchmarkTraining is a whole training, from drawing the data to the test error, so small that every tier can do
// it: 40 epochs on 96 data, v = 4, L = 2, s = 2, s0 = 1.
func BenchmarkTraining(b *testing.B) {
	for _, kind := range []string{spec.LCN, spec.CNN} {
		run := shortRun(kind)
		weights := "" // after the training on the first tier
		name := fmt.Sprintf("net=%s/v=%d/s0=%d/l=%d/width=%d/p=%d/", kind, run.Task.V, run.Task.S0, run.Task.L, run.Network.Width, run.P)
		onTiers(b, name, true, func(b *testing.B) {
			define(b, unknown, unknown, fmt.Sprintf("protocol=authors max-epochs=%d test-size=%d", run.Protocol.MaxEpochs, run.Protocol.TestSize))
			b.ReportAllocs()
			for b.Loop() {
				r, err := train.Train(b.Context(), run, train.Options{})
				if err != nil {
					b.Fatal(err)
				}
				if weights == "" {
					weights = r.WeightsHash
				}
				if r.WeightsHash != weights {
					b.Fatalf("weights %s, want %s as on another tier", r.WeightsHash, weights)
				}
			}
		})
	}
}

func shortRun(kind string) spec.Run {
	p, err := spec.Preset("authors")
	if err != nil {
		panic(err) // a preset's name
	}
	p.MaxEpochs, p.TestSize = 40, 200
	return spec.Run{
		Task:    srhm.Task{V: 4, S0: 1}.WithDefaults(),
		Network: spec.Network{Kind: kind, Width: 64, Bias: true}, Protocol: p, P: 96, Seed: 1,
	}
}
