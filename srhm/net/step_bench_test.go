package net

import (
	"testing"

	"srhmbench/srhm"
	"srhmbench/srhm/spec"
)

func BenchmarkTrainingStep(b *testing.B) {
	for _, kind := range []string{spec.LCN, spec.CNN} {
		for _, width := range []string{"128", "512"} {
			b.Run("net="+kind+"/width="+width, func(b *testing.B) {
				w := map[string]int{"128": 128, "512": 512}[width]
				c := testCase{srhm.Task{V: 10, S0: 2}.WithDefaults(), spec.Network{Kind: kind, Width: w, Bias: true}, srhm.Whitened}
				n, g := c.make(b, 1)
				set, err := srhm.Batches(g, 1, 4, 0, 50)
				if err != nil {
					b.Fatal(err)
				}
				var bs []*Batch
				for i := range 50 {
					bs = append(bs, n.NewBatch(set.Slice(40*i, 40*i+40)))
				}
				for i := 0; b.Loop(); i++ {
					n.Step(bs[i%50], 0.01, 0.9)
				}
			})
		}
	}
}
