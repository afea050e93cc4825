package srhm

import "math/rand/v2"

// derivation is the rules used at the nodes of one datum: what turns a class
// into leaves and can be read back from them. It is scratch memory, used for one
// datum after the other.
type derivation struct {
	g     *Grammar
	rules [][]int32 // [step][node]: s^step rule numbers in [0, m)
	up    []Symbol  // symbols of the nodes of one level while parsing
}

func newDerivation(g *Grammar) *derivation {
	d := &derivation{g: g, up: make([]Symbol, g.task.Leaves())}
	for step := range g.task.L {
		d.rules = append(d.rules, make([]int32, pow(g.task.S, step)))
	}
	return d
}

// redraw draws the rules of all nodes of a level uniformly.
func (d *derivation) redraw(level int, r *rand.Rand) {
	rules := d.rules[d.g.task.L-level]
	for i := range rules {
		rules[i] = int32(r.IntN(d.g.task.M))
	}
}

// derive writes the leaves the class is rewritten to.
func (d *derivation) derive(leaves []Symbol, class Symbol) {
	s := d.g.task.S
	leaves[0] = class
	for step, rules := range d.rules {
		// From the right, so that each symbol is read before children overwrite it.
		for i := len(rules) - 1; i >= 0; i-- {
			copy(leaves[i*s:(i+1)*s], d.g.Children(step, int(leaves[i]), int(rules[i])))
		}
	}
}

// parse finds the rules that gave the leaves, and the class.
func (d *derivation) parse(leaves []Symbol) (class Symbol, err error) {
	s := d.g.task.S
	copy(d.up, leaves)
	for step := d.g.task.L - 1; step >= 0; step-- {
		rules := d.rules[step]
		for i := range rules {
			d.up[i], rules[i], err = d.g.ruleOf(step, d.up[i*s:(i+1)*s])
			if err != nil {
				return 0, err
			}
		}
	}
	return d.up[0], nil
}
