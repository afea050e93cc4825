package srhm

import "fmt"

// Grammar holds the rules of one [Task]. It never changes and may be used by
// many goroutines at once.
//
// All rules of one step have different right-hand sides, so leaves can be parsed
// back to the class in one way only.
type Grammar struct {
	task Task
	// rules[step][parent] holds the m right-hand sides of a parent one after the
	// other, s symbols each; nil for a symbol no rule above produces.
	rules [][][]Symbol
	// inverse[step][code] is parent*m+rule of the rule whose right-hand side has
	// that code (see Grammar.code), -1 if none has.
	inverse [][]int32
}

// NewGrammar makes the rules the task names, or returns the error of
// [Task.Validate]. Tuples are numbered in lexicographic order; at every step, from
// the top, parents in increasing order take m consecutive tuples of a random
// permutation of all v^s (SPEC section 1).
//
// For "authors:SEED" the permutation is that of Python's random.seed(SEED)
// followed by one random.shuffle a step, the same for every s0 and sparsity, and
// parents below the top are the symbols that the rules above produce: with m below its
// maximum some symbols may have no rules (nor are they ever needed). Their program
// leaves that order to CPython's sets, which are sure to be increasing if at
// least 3/5 of the symbols occur.
//
// For "random:SEED" the permutation comes from Stream("grammar", SEED) and all v
// symbols have rules.
func NewGrammar(t Task) (*Grammar, error) {
	if err := t.Validate(); err != nil {
		return nil, err
	}
	kind, seed, _ := parseGrammar(t.Grammar)
	g := &Grammar{task: t}
	parents := symbolsBelow(t.NC)
	draw := tupleDrawer(kind, seed)
	for range t.L {
		tuples := draw(pow(t.V, t.S), len(parents)*t.M)
		g.addStep(parents, tuples)
		parents = symbolsBelow(t.V)
		if kind == kindAuthors {
			parents = g.produced(tuples)
		}
	}
	return g, nil
}

// tupleDrawer returns a function that gives the first take entries of a fresh
// random permutation of 0..n-1.
func tupleDrawer(kind string, seed uint64) func(n, take int) []int32 {
	if kind == kindAuthors {
		random := newPythonRandom(seed)
		return func(n, take int) []int32 {
			list := identity(n)
			random.shuffle(list)
			return list[:take]
		}
	}
	r := Stream("grammar", seed)
	return func(n, take int) []int32 {
		list := identity(n)
		for i := range take {
			j := i + r.IntN(n-i)
			list[i], list[j] = list[j], list[i]
		}
		return list[:take]
	}
}

// addStep gives each parent its block of m tuples.
func (g *Grammar) addStep(parents []Symbol, tuples []int32) {
	t := g.task
	lefts := t.V
	if len(g.rules) == 0 {
		lefts = t.NC
	}
	rules := make([][]Symbol, lefts)
	inverse := make([]int32, pow(t.V, t.S))
	for code := range inverse {
		inverse[code] = -1
	}
	for i, parent := range parents {
		sides := make([]Symbol, t.M*t.S)
		for rule, code := range tuples[i*t.M : (i+1)*t.M] {
			g.decode(sides[rule*t.S:(rule+1)*t.S], code)
			inverse[code] = int32(int(parent)*t.M + rule)
		}
		rules[parent] = sides
	}
	g.rules = append(g.rules, rules)
	g.inverse = append(g.inverse, inverse)
}

// produced returns, in increasing order, the symbols that occur in the tuples.
func (g *Grammar) produced(tuples []int32) []Symbol {
	occurs := make([]bool, g.task.V)
	tuple := make([]Symbol, g.task.S)
	for _, code := range tuples {
		g.decode(tuple, code)
		for _, x := range tuple {
			occurs[x] = true
		}
	}
	var list []Symbol
	for x, yes := range occurs {
		if yes {
			list = append(list, Symbol(x))
		}
	}
	return list
}

// code returns the lexicographic number of a tuple, or -1 if a symbol is not in
// the vocabulary.
func (g *Grammar) code(tuple []Symbol) int {
	code := 0
	for _, x := range tuple {
		if int(x) >= g.task.V {
			return -1
		}
		code = code*g.task.V + int(x)
	}
	return code
}

// decode writes the tuple of a lexicographic number.
func (g *Grammar) decode(tuple []Symbol, code int32) {
	v := int32(g.task.V)
	for i := len(tuple) - 1; i >= 0; i-- {
		tuple[i] = Symbol(code % v)
		code /= v
	}
}

// ruleOf returns which rule of which parent has this right-hand side.
func (g *Grammar) ruleOf(step int, tuple []Symbol) (parent Symbol, rule int32, err error) {
	if code := g.code(tuple); code >= 0 {
		if at := g.inverse[step][code]; at >= 0 {
			m := int32(g.task.M)
			return Symbol(at / m), at % m, nil
		}
	}
	return 0, 0, fmt.Errorf("no rule of step %d gives %v", step, tuple)
}

// Task returns the task whose rules these are.
func (g *Grammar) Task() Task { return g.task }

// Children returns the s symbols that a rule writes, to be read only. step is
// in [0, L): 0 rewrites classes into V_L, L-1 rewrites V_2 into leaves. parent is
// in [0, n_c) at step 0 and in [0, v) below, rule in [0, m). A symbol without rules
// (see [NewGrammar]) has no children: nil.
func (g *Grammar) Children(step, parent, rule int) []Symbol {
	sides := g.rules[step][parent]
	if sides == nil {
		return nil
	}
	lo, hi := rule*g.task.S, (rule+1)*g.task.S
	return sides[lo:hi:hi]
}

func identity(n int) []int32 {
	list := make([]int32, n)
	for i := range list {
		list[i] = int32(i)
	}
	return list
}

func symbolsBelow(n int) []Symbol {
	list := make([]Symbol, n)
	for i := range list {
		list[i] = Symbol(i)
	}
	return list
}
