package costs

import (
	"fmt"
	"io"
	"strings"

	"srhmbench/srhm/spec"
	"srhmbench/srhm/train"
)

// Save writes the page as costs.png and costs.svg, replacing each as a whole.
func (s Steps) Save(dir string) error {
	return s.Page().Save(dir, "costs")
}

// Write prints the numbers that the page shows.
func (s Steps) Write(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "| step on %s | ms at s0 = 0 |", s.Machine)
	for _, p := range s.Blanks[0].Points[1:] {
		fmt.Fprintf(&b, " s0 = %d |", p.S0)
	}
	b.WriteString(" weights passed |\n|---|--:|" + strings.Repeat("--:|", len(s.Blanks[0].Points)) + "\n")
	for _, k := range s.Blanks {
		first := k.Points[0]
		fmt.Fprintf(&b, "| %v | %.3g |", k, 1e3*first.Seconds)
		for _, p := range k.Points[1:] {
			fmt.Fprintf(&b, " ×%.2f |", p.Seconds/first.Seconds)
		}
		_, traffic := k.Growth()
		fmt.Fprintf(&b, " ×%.2f |\n", traffic)
	}
	b.WriteString("\n| steps per second | one core | two threads in a step | two trainings |\n|---|--:|--:|--:|\n")
	for _, c := range s.Cores {
		fmt.Fprintf(&b, "| %s, width %d | %.0f | ×%.2f | ×%.2f |\n", strings.ToUpper(c.Net), c.Width, c.Rates[Use{1, 1}], c.Gain(Use{1, 2}), c.Gain(Use{2, 1}))
	}
	fmt.Fprintf(&b, "\n| largest task within %s, width 512 | s0 | cells | P | predicted |\n|---|--:|--:|--:|--:|\n", gigabytes(memoryOfNote))
	for _, task := range noted {
		for _, kind := range []string{spec.LCN, spec.CNN} {
			s0 := largest(kind, task.v, task.l, memoryOfNote)
			run := training(kind, task.v, task.l, s0)
			fmt.Fprintf(&b, "| %s, L = %d, v = %d | %d | %d | %d | %.1f GB |\n", strings.ToUpper(kind), task.l, task.v, s0, run.Task.Cells(), run.P, train.Memory(1, run)/1e9)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
