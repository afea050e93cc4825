package kerneltest

import (
	"fmt"
	"slices"
)

// Operation is everything the conformance suite, the fuzzer, the benchmarks and the documentation know of one operation
// of the registry. It stands next to its cases.
type Operation struct {
	Name  string // as in kernels.Ops
	Use   Use
	Sizes []Size                            // in the order of benchmark names; none for a roof
	Job   func(sizes map[string]int) Job    // what benchmarks time at these sizes; nil for a roof
	Cases func(s *Source, each func(Call))  // makes the calls of the conformance suite, with values from s
	Any   func(s *Source, pick Picker) Call // makes one call, of sizes that a fuzzer picks
}

// Use tells who calls an operation.
type Use string

// The uses.
const (
	Networks Use = "networks"        // the networks that this project trains
	Library  Use = "library surface" // programs that import package kernels
	Roofs    Use = "roofs"           // the measurements of what a core can do
)

// Size is a dimension of an operation, or whether an operand is transposed.
type Size struct {
	Name     string
	Multiple int // it must be a multiple of; 0 for a switch, which is 0 or 1
}

// Picker picks a number from 0 to n-1.
type Picker func(n int) int

// PickBytes picks by these bytes, one after the other and two for more than 256 choices; after the last it picks 0.
func PickBytes(sizes []byte) Picker {
	next := func() int {
		if len(sizes) == 0 {
			return 0
		}
		b := sizes[0]
		sizes = sizes[1:]
		return int(b)
	}
	return func(n int) int {
		x := next()
		if n > 256 {
			x += 256 * next()
		}
		return x % n
	}
}

func (pick Picker) flag() bool { return pick(2) == 1 }

// Operations describes every operation of the registry, in its order.
var Operations = slices.Concat(
	gemmOperations,
	matMulOperations,
	vectorOperations,
	rowsOperations,
	elementwiseOperations,
	softmaxOperations,
	crossEntropyOperations,
	activationOperations,
	convOperations,
	normOperations,
	poolOperations,
	transposeOperations,
	roofOperations,
)

// Lookup finds an operation by its name.
func Lookup(name string) (Operation, bool) {
	i := slices.IndexFunc(Operations, func(o Operation) bool { return o.Name == name })
	if i < 0 {
		return Operation{}, false
	}
	return Operations[i], true
}

// matchRegistry tells which operation lacks a description, or which description an operation.
func matchRegistry(described []Operation, registered []string) error {
	var names []string
	for _, o := range described {
		names = append(names, o.Name)
	}
	for _, name := range registered {
		if !slices.Contains(names, name) {
			return fmt.Errorf("%s is in the registry and not in kerneltest.Operations: describe it next to its cases", name)
		}
	}
	for _, name := range names {
		if !slices.Contains(registered, name) {
			return fmt.Errorf("%s is in kerneltest.Operations and not in the registry", name)
		}
	}
	if !slices.Equal(names, registered) {
		return fmt.Errorf("kerneltest.Operations lists %v, want the order of the registry: %v", names, registered)
	}
	return nil
}
