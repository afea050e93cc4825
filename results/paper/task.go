package paper

import "fmt"

// Task is a task of the paper's figures: n_c = v and m = v^(s-1).
type Task struct{ S, V, S0, L int }

// Task returns the task of a point.
func (p Point) Task() Task { return Task{p.S, p.V, p.S0, p.L} }

// String implements fmt.Stringer, for s = 2.
func (t Task) String() string { return fmt.Sprintf("v %d, s0 %d, L %d", t.V, t.S0, t.L) }

// Grammar names the rules that the paper's figures were made with.
const Grammar = "authors:1"
