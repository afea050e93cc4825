package srhm

import (
	"math"
	"math/big"
)

// Symbol is a symbol of any vocabulary, or a class: an integer in [0, v) or
// [0, n_c).
type Symbol = uint16

// Sparsity says how a rule's s children may stand in a patch of s(s0+1) cells.
type Sparsity string

// The two sparsities of the paper (Figure 2, SPEC section 1).
const (
	// SparsityA puts child j uniformly into the j-th sub-patch of s0+1 cells,
	// independently of the others: (s0+1)^s placements.
	SparsityA Sparsity = "A"
	// SparsityB puts the children, in their order, on a uniform subset of s of
	// the s(s0+1) cells: C(s(s0+1), s) placements.
	SparsityB Sparsity = "B"
)

// Task is one instance of the model: all that decides which data exist, and
// with what label. The zero value of a field other than V and S0 means its
// default; see [Task.WithDefaults] and [Task.Validate]. The methods below are
// meant for a valid task.
type Task struct {
	V        int      `json:"v"`        // vocabulary size v of every level, 2 to 65536
	NC       int      `json:"nc"`       // classes n_c, 2 to 65536
	M        int      `json:"m"`        // rules (synonyms) per class and per symbol, at least 1
	S        int      `json:"s"`        // children per rule, at least 2
	S0       int      `json:"s0"`       // blanks per child, at least 0
	L        int      `json:"l"`        // levels, at least 1
	Sparsity Sparsity `json:"sparsity"` // A or B
	// Grammar says which rules: "authors:SEED", those of the authors' program,
	// or "random:SEED", our own; SEED is a decimal integer below 2^64. The
	// paper's figures use authors:1.
	Grammar string `json:"grammar"`
}

// WithDefaults fills what is unset: s = 2, n_c = v, m = v^(s-1), L = 2,
// sparsity A, grammar authors:1. v has no default and s0 = 0 is a choice.
func (t Task) WithDefaults() Task {
	if t.S == 0 {
		t.S = 2
	}
	if t.NC == 0 {
		t.NC = t.V
	}
	if t.M == 0 {
		t.M = pow(t.V, t.S-1)
	}
	if t.L == 0 {
		t.L = 2
	}
	if t.Sparsity == "" {
		t.Sparsity = SparsityA
	}
	if t.Grammar == "" {
		t.Grammar = "authors:1"
	}
	return t
}

// PatchCells returns s(s0+1), the cells one rule writes.
func (t Task) PatchCells() int { return mul(t.S, t.S0+1) }

// Cells returns d = (s(s0+1))^L, the length of the input.
func (t Task) Cells() int { return pow(t.PatchCells(), t.L) }

// Leaves returns s^L, the number of cells of a datum that are not blank.
func (t Task) Leaves() int { return pow(t.S, t.L) }

// Placements returns the number of ways one rule's children can stand in their
// patch: (s0+1)^s for sparsity A, C(s(s0+1), s) for B. More than an int holds
// is given as math.MaxInt, which [Task.Validate] refuses.
func (t Task) Placements() int {
	if t.Sparsity == SparsityA {
		return pow(t.S0+1, t.S)
	}
	n := new(big.Int).Binomial(int64(t.PatchCells()), int64(t.S))
	if !n.IsInt64() || n.Int64() > math.MaxInt {
		return math.MaxInt
	}
	return int(n.Int64())
}

// PMax returns the number of distinct data. A datum determines the rule and the
// placement at each of its (s^L-1)/(s-1) nodes, so this is
// n_c (m placements)^((s^L-1)/(s-1)) exactly.
func (t Task) PMax() *big.Int {
	n := t.perClassMax()
	return n.Mul(n, big.NewInt(int64(t.NC)))
}

// perClassMax is the number of distinct data of each class.
func (t Task) perClassMax() *big.Int {
	node := new(big.Int).Mul(big.NewInt(int64(t.M)), big.NewInt(int64(t.Placements())))
	nodes := (t.Leaves() - 1) / (t.S - 1)
	return node.Exp(node, big.NewInt(int64(nodes)), nil)
}

// mul returns a*b, or math.MaxInt where that overflows. It is for a, b >= 0.
func mul(a, b int) int {
	if a > 0 && b > math.MaxInt/a {
		return math.MaxInt
	}
	return a * b
}

// pow returns base^exp, or math.MaxInt where that overflows, and 1 for exp <= 0.
func pow(base, exp int) int {
	if base <= 1 && exp > 0 {
		return base
	}
	p := 1
	for range exp {
		p = mul(p, base)
		if p == math.MaxInt {
			break
		}
	}
	return p
}
