package srhm

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Bounds of what the package is built for. They keep a wrong flag from becoming
// an allocation of gigabytes; the paper stays far below them.
const (
	maxSymbols    = 1 << 16 // a Symbol is 16 bits
	maxLeaves     = 1 << 16
	maxRuleTuples = 1 << 25 // l v^s: each takes four bytes in a Grammar
)

// Validate returns nil if the task can be generated, else one line saying what
// is wrong and what is allowed. It wants:
//
//	2 <= v, n_c <= 65536    1 <= m    2 <= s <= 25    0 <= s0    1 <= l <= 16
//	n_c m <= v^s and v m <= v^s      (rules are drawn without replacement)
//	l v^s <= 2^25                    (the list of all tuples must fit memory)
//	s^l <= 65536, (s(s0+1))^l < 2^32, placements < 2^63-1
//	sparsity A or B, grammar authors:SEED or random:SEED
func (t Task) Validate() error {
	for _, check := range []func(Task) error{
		Task.validateRanges, Task.validateNames, Task.validateSizes, Task.validateRules,
	} {
		if err := check(t); err != nil {
			return fmt.Errorf("srhm: %w", err)
		}
	}
	return nil
}

func (t Task) validateRanges() error {
	for _, f := range []struct {
		name          string
		value, lo, hi int
	}{
		{"v", t.V, 2, maxSymbols},
		{"nc", t.NC, 2, maxSymbols},
		{"m", t.M, 1, maxRuleTuples},
		{"s", t.S, 2, 25},
		{"s0", t.S0, 0, math.MaxInt32 - 1},
		{"l", t.L, 1, 16},
	} {
		if f.value < f.lo || f.value > f.hi {
			return fmt.Errorf("%s = %d: allowed is %d to %d", f.name, f.value, f.lo, f.hi)
		}
	}
	return nil
}

func (t Task) validateNames() error {
	if t.Sparsity != SparsityA && t.Sparsity != SparsityB {
		return fmt.Errorf("sparsity %q: allowed is A or B", string(t.Sparsity))
	}
	_, _, err := parseGrammar(t.Grammar)
	return err
}

func (t Task) validateSizes() error {
	if n := t.Leaves(); n > maxLeaves {
		return fmt.Errorf("s = %d, l = %d: a datum has s^l leaves, allowed is at most %d", t.S, t.L, maxLeaves)
	}
	if d := t.Cells(); uint64(d) > math.MaxUint32 {
		return fmt.Errorf("s = %d, s0 = %d, l = %d: the input has d = (s(s0+1))^l cells, allowed is less than 2^32", t.S, t.S0, t.L)
	}
	if t.Placements() == math.MaxInt {
		return fmt.Errorf("s = %d, s0 = %d, sparsity %s: too many placements of a rule's children, allowed is less than 2^63-1", t.S, t.S0, t.Sparsity)
	}
	return nil
}

func (t Task) validateRules() error {
	tuples := pow(t.V, t.S)
	if mul(t.L, tuples) > maxRuleTuples {
		return fmt.Errorf("v = %d, s = %d, l = %d: l lists of v^s tuples, allowed is l v^s up to 2^25", t.V, t.S, t.L)
	}
	if mul(t.NC, t.M) > tuples {
		return fmt.Errorf("nc = %d, m = %d: no two rules may agree, allowed is nc m up to v^s = %d", t.NC, t.M, tuples)
	}
	if mul(t.V, t.M) > tuples {
		return fmt.Errorf("v = %d, m = %d: no two rules may agree, allowed is m up to v^(s-1) = %d", t.V, t.M, tuples/t.V)
	}
	return nil
}

// The two kinds of grammar.
const (
	kindAuthors = "authors"
	kindRandom  = "random"
)

// parseGrammar splits "kind:SEED". Only the canonical spelling of a seed is
// taken, so that two tasks with the same rules are equal as values.
func parseGrammar(name string) (kind string, seed uint64, err error) {
	kind, digits, _ := strings.Cut(name, ":")
	seed, err = strconv.ParseUint(digits, 10, 64)
	known := kind == kindAuthors || kind == kindRandom
	if !known || err != nil || strconv.FormatUint(seed, 10) != digits {
		return "", 0, fmt.Errorf("grammar %q: allowed is authors:SEED or random:SEED, SEED a plain integer from 0 to 2^64-1", name)
	}
	return kind, seed, nil
}
