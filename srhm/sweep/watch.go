package sweep

import (
	"fmt"
	"os"
	"sync"
	"time"

	"srhmbench/srhm/spec"
)

// watch shows how a single training goes on.
type watch struct {
	file *os.File
	line *statusLine // nil if the file is no terminal
	mu   sync.Mutex
	last time.Time // of the last line in a file
}

// NewWatch shows on a file, usually os.Stderr, how a single training goes on: one line that changes if it is a terminal
// and is gone in the end, else a line now and then.
func NewWatch(f *os.File) Progress {
	return &watch{file: f, line: newStatusLine(f), last: time.Now()}
}

// pause is the time between two lines in a file: a log should stay readable.
const pause = 3 * time.Second

// Check implements Progress.
func (w *watch) Check(run spec.Run, c spec.Check) {
	w.mu.Lock()
	defer w.mu.Unlock()
	text := fmt.Sprintf("epoch %d/%d  error %.4f  loss %.4g  seed %d", c.Epoch, run.Protocol.MaxEpochs, c.Error, c.Loss, run.Seed)
	switch {
	case w.line != nil && w.line.due():
		w.line.show(text)
	case w.line == nil && time.Since(w.last) >= pause:
		w.last = time.Now()
		fmt.Fprintln(w.file, text)
	}
}

// Begin implements Progress.
func (w *watch) Begin(int, time.Duration) {}

// Finish implements Progress.
func (w *watch) Finish(Finished) {}

// End implements Progress.
func (w *watch) End() {
	if w.line != nil {
		w.line.clear()
	}
}
