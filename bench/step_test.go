package bench

import (
	"fmt"
	"math"
	"testing"

	"srhmbench/srhm"
	"srhmbench/srhm/net"
	"srhmbench/srhm/spec"
)

// BenchmarkTrainingStep is a step of SGD with momentum on 40 data (4 per class) of the paper's Figure 4A:
// v = 10, L = 2, s = 2, s0 = 2.
func BenchmarkTrainingStep(b *testing.B) {
	for _, kind := range []string{spec.LCN, spec.CNN} {
		for _, width := range []int{128, 512} {
			onTiers(b, fmt.Sprintf("net=%s/v=10/s0=2/l=2/width=%d/batch=40/", kind, width), width == 128, func(b *testing.B) {
				trainingStep(b, spec.Network{Kind: kind, Width: width, Bias: true})
			})
		}
	}
}

func trainingStep(b *testing.B, network spec.Network) {
	task := srhm.Task{V: 10, S0: 2}.WithDefaults()
	n, err := net.New(task, network, srhm.Whitened, 1, 1)
	if err != nil {
		b.Fatal(err)
	}
	batches := batchesOf(b, n, task)
	flops, bytes := n.Work(batches[0])
	if loss := n.Step(batches[0], 0.01, 0.9); math.Abs(loss/40-math.Log(10)) > 0.5 {
		b.Fatalf("loss %v of a new network, want about ln 10 a datum", loss/40)
	}
	b.ReportAllocs()
	b.ResetTimer()
	for i := 0; b.Loop(); i++ {
		n.Step(batches[i%len(batches)], 0.01, 0.9)
	}
	report(b, flops, bytes, int(bytes*2/5)) // of the five passes two read weights and momenta
}

func batchesOf(b *testing.B, n *net.Net, task srhm.Task) []*net.Batch {
	g, err := srhm.NewGrammar(task)
	if err != nil {
		b.Fatal(err)
	}
	const count, size = 50, 40
	set, err := srhm.Batches(g, 1, 4, 0, count)
	if err != nil {
		b.Fatal(err)
	}
	var out []*net.Batch
	for i := range count {
		out = append(out, n.NewBatch(set.Slice(size*i, size*(i+1))))
	}
	return out
}
