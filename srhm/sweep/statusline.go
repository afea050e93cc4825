package sweep

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/term"
)

// statusLine is the last line of a terminal, written over and over. It needs no escape sequences and no colours, so
// that it looks the same everywhere.
type statusLine struct {
	w       io.Writer
	columns func() int
	shown   int // characters
	last    time.Time
}

// newStatusLine returns the last line of a file that is a terminal and can go back in a line, else nil.
func newStatusLine(f *os.File) *statusLine {
	if !term.IsTerminal(int(f.Fd())) || os.Getenv("TERM") == "dumb" {
		return nil
	}
	return &statusLine{w: f, columns: func() int {
		columns, _, err := term.GetSize(int(f.Fd()))
		if err != nil || columns == 0 {
			return 80
		}
		return columns
	}}
}

// due says whether the line has stood long enough to be read.
func (l *statusLine) due() bool { return time.Since(l.last) >= 100*time.Millisecond }

// show replaces what stands in the line. What does not fit is left out: a terminal would wrap it, and the next
// text would leave a line behind.
func (l *statusLine) show(text string) {
	most := max(0, l.columns()-1) // some terminals wrap once the last column is full
	line := []rune(text)
	line = line[:min(len(line), most)]
	blanks := max(0, min(l.shown, most)-len(line))
	fmt.Fprintf(l.w, "\r%s%s", string(line), strings.Repeat(" ", blanks))
	l.shown, l.last = len(line), time.Now()
}

// clear empties the line for what comes next.
func (l *statusLine) clear() {
	l.show("")
	fmt.Fprint(l.w, "\r")
}
