package sweep

import (
	"fmt"
	"io"
	"os"
	"time"

	"srhmbench/srhm/spec"
)

// Progress is told how a plan goes on. Check may be called by several goroutines at
// once, and together with the others, which come one after the other.
type Progress interface {
	Begin(expected int, eta time.Duration) // runs to be trained
	Check(run spec.Run, c spec.Check)
	Finish(f Finished)
	End()
}

// Finished is a training that ended and is in the store.
type Finished struct {
	Run      spec.Run
	Result   spec.Result
	Seconds  float64       // wall-clock time
	Done     int           // runs trained by this Execute
	Expected int           // Done and those still expected: searches find out as they go
	ETA      time.Duration // until the end of the plan
}

// NewProgress shows progress on a file, usually os.Stderr: one line that changes if it is a terminal,
// else a line for each finished run.
func NewProgress(f *os.File) Progress {
	if line := newStatusLine(f); line != nil {
		return &bar{line: line}
	}
	return &lines{w: f}
}

// Describe names the cell of a run in a few words: network, task, P.
func Describe(run spec.Run) string {
	t := run.Task
	return fmt.Sprintf("%s v=%d s=%d s0=%d L=%d %s %s seed=%d P=%d",
		run.Network, t.V, t.S, t.S0, t.L, t.Sparsity, t.Grammar, run.Seed, run.TrainingSize())
}

// cell is Describe for a narrow terminal.
func cell(run spec.Run) string {
	t := run.Task
	return fmt.Sprintf("%s v=%d s0=%d L=%d P=%d", run.Network.Kind, t.V, t.S0, t.L, run.TrainingSize())
}

func (f Finished) String() string {
	return fmt.Sprintf("%d/%d  %s  error %.4f  %s  %.1f s  ETA %s",
		f.Done, f.Expected, Describe(f.Run), f.Result.Error, f.Result.Outcome, f.Seconds, f.ETA.Round(time.Second))
}

type silent struct{}

func (silent) Begin(int, time.Duration)   {}
func (silent) Check(spec.Run, spec.Check) {}
func (silent) Finish(Finished)            {}
func (silent) End()                       {}

// lines writes a line per finished run.
type lines struct{ w io.Writer }

func (l *lines) Begin(expected int, eta time.Duration) {
	fmt.Fprintf(l.w, "about %d runs to train, ETA %s\n", expected, eta.Round(time.Second))
}
func (l *lines) Check(spec.Run, spec.Check) {}
func (l *lines) Finish(f Finished)          { fmt.Fprintln(l.w, f) }
func (l *lines) End()                       {}
