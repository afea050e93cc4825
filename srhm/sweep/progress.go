package sweep

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

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

// NewProgress shows progress on a file, usually os.Stderr: a bar if it is a terminal, else
// one line per finished run.
func NewProgress(f *os.File) Progress {
	if term.IsTerminal(int(f.Fd())) {
		return newBar(f)
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

// bar draws a bar, and beside it the last thing that happened.
type bar struct {
	mu  sync.Mutex
	w   io.Writer
	bar *progressbar.ProgressBar
	eta time.Duration
}

func newBar(w io.Writer) *bar { return &bar{w: w} }

func (b *bar) Begin(expected int, eta time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.eta = eta
	b.bar = progressbar.NewOptions(max(1, expected),
		progressbar.OptionSetWriter(b.w),
		progressbar.OptionSetPredictTime(false), // runs differ too much: the ETA is our own
		progressbar.OptionShowCount(),
		progressbar.OptionSetWidth(20),
		progressbar.OptionThrottle(200*time.Millisecond),
	)
	b.describe("")
}

// Check shows the last look at any of the running trainings.
func (b *bar) Check(run spec.Run, c spec.Check) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.describe(fmt.Sprintf("%s epoch %d error %.3f", cell(run), c.Epoch, c.Error))
}

func (b *bar) Finish(f Finished) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.eta = f.ETA
	b.bar.ChangeMax(max(1, f.Expected))
	b.bar.Set(f.Done)
	b.describe(fmt.Sprintf("%s %s error %.3f", cell(f.Run), f.Result.Outcome, f.Result.Error))
}

func (b *bar) End() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.bar.Exit()
	fmt.Fprintln(b.w)
}

func (b *bar) describe(what string) {
	b.bar.Describe(strings.TrimSpace("ETA " + b.eta.Round(time.Second).String() + "  " + what))
}
