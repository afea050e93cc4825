package sweep

import (
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"

	"srhmbench/srhm/spec"
)

// onTerminal calls a function with a terminal of so many columns, and returns what was written to it.
func onTerminal(t *testing.T, columns int, do func(*os.File)) string {
	t.Helper()
	control, tty, err := pty.Open()
	if err != nil {
		t.Skip("no terminal to be had: ", err)
	}
	defer control.Close()
	if err := pty.Setsize(control, &pty.Winsize{Rows: 24, Cols: uint16(columns)}); err != nil {
		t.Fatal(err)
	}
	written := make(chan string)
	go func() {
		text, _ := io.ReadAll(control) // an error once the other side is closed
		written <- string(text)
	}()
	do(tty)
	tty.Close()
	return <-written
}

// rows is what a terminal of so many columns shows after a text, blank lines left out.
func rows(text string, columns int) (shown []string) {
	screen, row, column := map[int][]rune{}, 0, 0
	for _, r := range text {
		switch {
		case r == '\r':
			column = 0
		case r == '\n':
			row++
		default:
			if column == columns { // it wraps when there is one more to write
				row, column = row+1, 0
			}
			if screen[row] == nil {
				screen[row] = []rune(strings.Repeat(" ", columns))
			}
			screen[row][column] = r
			column++
		}
	}
	for i := range row + 1 {
		if line := strings.TrimRight(string(screen[i]), " "); line != "" {
			shown = append(shown, line)
		}
	}
	return shown
}

// tell tells of some trainings as Execute does.
func tell(p Progress) {
	run := aSearch().RunAt(7240)
	p.Begin(20, time.Hour)
	for i := range 20 {
		for epoch := range 3 {
			p.Check(run, spec.Check{Epoch: 10 * epoch, Loss: 1.23456, Error: 0.5})
			time.Sleep(5 * time.Millisecond)
		}
		p.Finish(Finished{Run: run, Result: learned(0.0971), Done: i + 1, Expected: 20, ETA: time.Duration(20-i) * time.Minute})
	}
	p.End()
}

// On a terminal progress is one line, whatever its width, and what may be of more use stands first.
func TestProgressIsOneLine(t *testing.T) {
	t.Setenv("TERM", "xterm")
	for _, columns := range []int{20, 40, 41, 80, 200} {
		text := onTerminal(t, columns, func(tty *os.File) { tell(NewProgress(tty)) })
		if strings.Contains(text, "\x1b") {
			t.Errorf("%d columns: escape sequences in %q", columns, text)
		}
		if got := rows(text, columns); len(got) != 1 || !strings.Contains(got[0], "20/20") {
			t.Errorf("%d columns: %d lines:\n%s", columns, len(got), strings.Join(got, "\n"))
		}
	}
}

// A terminal that cannot go back in a line gets lines.
func TestDumbTerminal(t *testing.T) {
	t.Setenv("TERM", "dumb")
	text := onTerminal(t, 200, func(tty *os.File) { tell(NewProgress(tty)) })
	if got := rows(text, 200); len(got) != 21 || strings.Contains(strings.ReplaceAll(text, "\r\n", "\n"), "\r") {
		t.Errorf("%d lines:\n%s", len(got), text)
	}
}

// A single training is one line too, and it is gone in the end.
func TestWatchIsOneLine(t *testing.T) {
	t.Setenv("TERM", "xterm")
	for _, columns := range []int{20, 40, 80} {
		text := onTerminal(t, columns, func(tty *os.File) {
			w := NewWatch(tty)
			w.Begin(1, time.Hour)
			for epoch := range 50 {
				w.Check(aSearch().RunAt(7240), spec.Check{Epoch: epoch, Loss: 1.23456, Error: 0.5})
				time.Sleep(5 * time.Millisecond)
			}
			w.End()
			io.WriteString(tty, "next")
		})
		if got := rows(text, columns); len(got) != 1 || got[0] != "next" || !strings.Contains(text, "epoch ") {
			t.Errorf("%d columns: %d lines:\n%s", columns, len(got), strings.Join(got, "\n"))
		}
	}
}
