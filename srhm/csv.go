package srhm

import (
	"bufio"
	"fmt"
	"io"
)

// WriteCSV writes every rule as one line, with the header
//
//	step,parent,rule,child0,...
//
// ordered by step from the top, parent and rule; blanks are not part of a rule.
// Symbols without rules have no lines. The error is that of w.
func (g *Grammar) WriteCSV(w io.Writer) error {
	b := bufio.NewWriter(w)
	fmt.Fprint(b, "step,parent,rule")
	for j := range g.task.S {
		fmt.Fprintf(b, ",child%d", j)
	}
	fmt.Fprintln(b)
	for step, parents := range g.rules {
		for parent, sides := range parents {
			for rule := range len(sides) / g.task.S {
				fmt.Fprintf(b, "%d,%d,%d", step, parent, rule)
				for _, x := range g.Children(step, parent, rule) {
					fmt.Fprintf(b, ",%d", x)
				}
				fmt.Fprintln(b)
			}
		}
	}
	return b.Flush()
}
