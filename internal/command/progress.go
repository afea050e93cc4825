package command

import (
	"fmt"
	"os"
	"sync"
	"time"

	"golang.org/x/term"

	"srhmbench/srhm/spec"
	"srhmbench/srhm/sweep"
)

// watch shows how a single training goes on: a status line on a terminal, else a line now and then.
type watch struct {
	file     *os.File
	terminal bool
	mu       sync.Mutex
	last     time.Time // of the last line shown
}

func newWatch(f *os.File) *watch {
	return &watch{file: f, terminal: term.IsTerminal(int(f.Fd())), last: time.Now()}
}

// pause is the time between two lines: a log should stay readable.
func (w *watch) pause() time.Duration {
	if w.terminal {
		return 100 * time.Millisecond
	}
	return 3 * time.Second
}

// eraseLine goes back to the start of the line and empties it.
const eraseLine = "\r\x1b[K"

// Check implements sweep.Progress.
func (w *watch) Check(run spec.Run, c spec.Check) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if time.Since(w.last) < w.pause() {
		return
	}
	w.last = time.Now()
	line := fmt.Sprintf("seed %d  epoch %d of at most %d  loss %.4g  test error %.4f", run.Seed, c.Epoch, run.Protocol.MaxEpochs, c.Loss, c.Error)
	if w.terminal {
		fmt.Fprint(w.file, eraseLine, line)
		return
	}
	fmt.Fprintln(w.file, line)
}

// Begin implements sweep.Progress.
func (w *watch) Begin(int, time.Duration) {}

// Finish implements sweep.Progress.
func (w *watch) Finish(sweep.Finished) {}

// End implements sweep.Progress. The status line makes room for what comes next.
func (w *watch) End() {
	if w.terminal {
		fmt.Fprint(w.file, eraseLine)
	}
}
