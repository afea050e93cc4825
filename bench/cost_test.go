package bench

import (
	"fmt"
	"runtime"
	"sync"
	"testing"

	"srhmbench/srhm"
	"srhmbench/srhm/spec"
)

// BenchmarkCostOfBlanks is a step with ever more blanks, which leave as much to learn from: 4 data as in the
// paper's text, 40 with and without whitening as in the authors' program.
func BenchmarkCostOfBlanks(b *testing.B) {
	for _, kind := range []string{spec.LCN, spec.CNN} {
		for _, width := range []int{128, 512} {
			for _, input := range []struct {
				encoding srhm.Encoding
				batch    int
			}{{srhm.Zero, 4}, {srhm.Zero, 40}, {srhm.Whitened, 40}} {
				for _, s0 := range []int{0, 1, 2, 4, 6} {
					name := fmt.Sprintf("net=%s/v=10/l=2/width=%d/encoding=%s/batch=%d/s0=%d/", kind, width, input.encoding, input.batch, s0)
					onTiers(b, name, false, func(b *testing.B) {
						stepper{kind: kind, width: width, s0: s0, encoding: input.encoding, batch: input.batch, threads: 1}.run(b)
					})
				}
			}
		}
	}
}

// BenchmarkCostOfCores is the step of BenchmarkTrainingStep on two cores: two threads in a step, or two trainings at
// a time, as a sweep makes them.
func BenchmarkCostOfCores(b *testing.B) {
	for _, kind := range []string{spec.LCN, spec.CNN} {
		for _, width := range []int{128, 512} {
			for _, use := range []struct{ trainings, threads int }{{1, 1}, {1, 2}, {2, 1}} {
				name := fmt.Sprintf("net=%s/v=10/s0=2/l=2/width=%d/batch=40/trainings=%d/threads=%d/", kind, width, use.trainings, use.threads)
				onTiers(b, name, false, func(b *testing.B) {
					s := stepper{kind: kind, width: width, s0: 2, encoding: srhm.Whitened, batch: 40, threads: use.threads}
					s.runTogether(b, use.trainings)
				})
			}
		}
	}
}

// runTogether runs so many steppers at a time and reports the steps of all.
func (s stepper) runTogether(b *testing.B, trainings int) {
	cores := s.threads * trainings
	if runtime.NumCPU() < cores {
		b.Skipf("%d processors, want %d", runtime.NumCPU(), cores)
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
	var ready []func()
	for range trainings {
		n, batches := s.start(b)
		ready = append(ready, func() {
			for i := range b.N {
				n.Step(batches[i%len(batches)], 0.01, 0.9)
			}
		})
	}
	b.ResetTimer()
	var group sync.WaitGroup
	for _, f := range ready {
		group.Go(f)
	}
	group.Wait()
	b.ReportMetric(float64(trainings*b.N)/b.Elapsed().Seconds(), "steps/s")
	define(b, unknown, unknown, s.details())
}
