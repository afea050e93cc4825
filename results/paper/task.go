package paper

import "fmt"

// cell is a point of the figures of P*: a task at n_c = v, m = v^(s-1) and sparsity A.
type Task struct{ S, V, S0, L int }

func (c Task) String() string { return fmt.Sprintf("v %d, s0 %d, L %d", c.V, c.S0, c.L) }

// authorsGrammar is the one the paper's figures were made with.
const Grammar = "authors:1"
