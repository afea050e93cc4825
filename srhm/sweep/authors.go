package sweep

import (
	"srhmbench/srhm"
	"srhmbench/srhm/net/zoo"
	"srhmbench/srhm/spec"
)

// AuthorsGrid returns the training-set sizes of the authors' runs for a task and a kind of network, increasing, all
// classes together (SPEC section 2.3). It returns nil where they are not known: unless n_c = v, m = v^(s-1), L is 2 or 3
// and the sparsity A, and for some tasks that the kinds leave out.
func AuthorsGrid(t srhm.Task, n spec.Network) []int {
	t = t.WithDefaults()
	usual := srhm.Task{V: t.V, S: t.S, S0: t.S0, L: t.L, Grammar: t.Grammar}.WithDefaults()
	kind, err := zoo.Lookup(n.Kind)
	if err != nil || t != usual || t.L != 2 && t.L != 3 {
		return nil
	}
	return kind.Authors(t).Sizes
}
