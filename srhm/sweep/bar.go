package sweep

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"srhmbench/srhm/spec"
)

// bar shows in one line how much is done, how long the rest takes, and the last thing that happened.
type bar struct {
	line *statusLine

	mu             sync.Mutex
	done, expected int
	eta            time.Duration
	what           string
}

// Begin implements Progress.
func (b *bar) Begin(expected int, eta time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.expected, b.eta = expected, eta
	b.draw()
}

// Check shows the last look at any of the running trainings.
func (b *bar) Check(run spec.Run, c spec.Check) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.what = fmt.Sprintf("%s epoch %d error %.3f", cell(run), c.Epoch, c.Error)
	b.drawIfDue()
}

// Finish implements Progress.
func (b *bar) Finish(f Finished) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.done, b.expected, b.eta = f.Done, f.Expected, f.ETA
	b.what = fmt.Sprintf("%s %s error %.3f", cell(f.Run), f.Result.Outcome, f.Result.Error)
	b.drawIfDue()
}

// End implements Progress. The line stays.
func (b *bar) End() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.draw()
	fmt.Fprintln(b.line.w)
}

func (b *bar) drawIfDue() {
	if b.line.due() {
		b.draw()
	}
}

// barWidth is in characters. A terminal that is narrower than wide has better use for them.
const (
	barWidth = 20
	wide     = 80
)

func (b *bar) draw() {
	text := fmt.Sprintf("%d/%d  ETA %s  %s", b.done, b.expected, b.eta.Round(time.Second), b.what)
	if b.line.columns() >= wide {
		full := barWidth * b.done / max(1, b.done, b.expected)
		text = fmt.Sprintf("[%s%s] %s", strings.Repeat("=", full), strings.Repeat(" ", barWidth-full), text)
	}
	b.line.show(text)
}
