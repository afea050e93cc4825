package bench

import (
	"fmt"
	"math"
	"testing"

	"srhmbench/srhm"
	"srhmbench/srhm/net"
	"srhmbench/srhm/net/zoo"
	"srhmbench/srhm/spec"
)

// BenchmarkTrainingStep is a step of SGD with momentum on 40 data (4 per class) of the paper's Figure 4A:
// v = 10, L = 2, s = 2, s0 = 2.
func BenchmarkTrainingStep(b *testing.B) {
	for _, kind := range []string{spec.LCN, spec.CNN} {
		for _, width := range []int{128, 512} {
			onTiers(b, fmt.Sprintf("net=%s/v=10/s0=2/l=2/width=%d/batch=40/", kind, width), width == 128, func(b *testing.B) {
				stepper{kind: kind, width: width, s0: 2, encoding: srhm.Whitened, batch: 40, threads: 1}.run(b)
			})
		}
	}
}

// stepper makes steps at v = 10, L = 2, s = 2, with biases where the input is whitened.
type stepper struct {
	kind      string
	width, s0 int
	encoding  srhm.Encoding
	batch     int
	threads   int
}

func (s stepper) task() srhm.Task { return srhm.Task{V: 10, S0: s.s0}.WithDefaults() }

func (s stepper) network() spec.Network {
	return spec.Network{Kind: s.kind, Width: s.width, Bias: s.encoding == srhm.Whitened}
}

// start returns a network that has made its first step, and batches for more.
func (s stepper) start(b *testing.B) (net.Network, []net.Batch) {
	b.Helper()
	n, err := zoo.New(s.task(), s.network(), s.encoding, 1, s.threads)
	if err != nil {
		b.Fatal(err)
	}
	batches := batchesOf(b, n, s.task(), s.batch)
	if loss := n.Step(batches[0], 0.01, 0.9) / float64(s.batch); math.Abs(loss-math.Log(10)) > 0.5 {
		b.Fatalf("loss %v of a new network, want about ln 10 a datum", loss)
	}
	return n, batches
}

func (s stepper) run(b *testing.B) {
	n, batches := s.start(b)
	flops, bytes := work(n, batches)
	b.ReportAllocs()
	b.ResetTimer()
	for i := 0; b.Loop(); i++ {
		n.Step(batches[i%len(batches)], 0.01, 0.9)
	}
	report(b, flops, bytes, int(n.Design().Bytes()), s.details())
}

// details are what the name of a benchmark of steps leaves out.
func (s stepper) details() string {
	return fmt.Sprintf("encoding=%v threads=%d rate=0.01 momentum=0.9 batches=%d", s.encoding, s.threads, batchesTimed)
}

// batchesTimed are the mini-batches that a benchmark takes in turn.
const batchesTimed = 50

// work is the mean over batches of what a step on them costs at least.
func work(n net.Network, batches []net.Batch) (flops, bytes float64) {
	for _, batch := range batches {
		f, b := n.Work(batch)
		flops, bytes = flops+f, bytes+b
	}
	return flops / float64(len(batches)), bytes / float64(len(batches))
}

// batchesOf are mini-batches of so many data, as many of each class, or one of each of the first classes.
func batchesOf(b *testing.B, n net.Network, task srhm.Task, size int) []net.Batch {
	b.Helper()
	g, err := srhm.NewGrammar(task)
	if err != nil {
		b.Fatal(err)
	}
	perClass := (size + task.NC - 1) / task.NC
	set, err := srhm.Batches(g, 1, perClass, 0, batchesTimed)
	if err != nil {
		b.Fatal(err)
	}
	var out []net.Batch
	for i := range batchesTimed {
		from := i * perClass * task.NC
		out = append(out, n.NewBatch(set.Slice(from, from+size)))
	}
	return out
}
