package bench

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"srhmbench/bench/benchfile"
	"srhmbench/bench/machine"
)

// defined are the benchmarks that have run, by name without tier.
var defined = map[string]benchfile.Definition{}

// unknown is a count that does not apply, or depends on the tier.
var unknown = math.NaN()

// define says what a benchmark measures: its name, which has the operation, its sizes and the state of the caches, the
// operations of an iteration, and details that the name leaves out. Who changes what is timed without changing any of these
// adds a detail, or times of two different things would be compared.
func define(b *testing.B, operations, bytes float64, details ...any) {
	name, _ := benchfile.CutMaker(strings.TrimPrefix(b.Name(), "Benchmark"))
	text := fmt.Sprintf("%s\noperations %.6g\n%v\n", name, operations, details)
	defined[name] = benchfile.Definition{Version: machine.Hash(text), Operations: operations, Bytes: bytes}
}

// printDefinitions writes those of the benchmarks that have run, as comments for package compare.
func printDefinitions() {
	for _, name := range slices.Sorted(maps.Keys(defined)) {
		fmt.Println(defined[name].Comment(name))
	}
}

// A definition changes with the name, the operations and the details, and with nothing else.
func TestDefine(t *testing.T) {
	defer maps.Copy(defined, maps.Clone(defined))
	versions := map[string]string{}
	for _, c := range []struct {
		name              string
		operations, bytes float64
		details           []any
		same              string // the case that it must equal
	}{
		{"a", 8, 4, nil, "a"},
		{"more bytes", 8, 5, nil, "a"},
		{"operations", 9, 4, nil, "operations"},
		{"details", 8, 4, []any{"threads=2"}, "details"},
		{"unknown", unknown, unknown, nil, "unknown"},
	} {
		clear(defined)
		testing.Benchmark(func(b *testing.B) { define(b, c.operations, c.bytes, c.details...) })
		if len(defined) != 1 {
			t.Fatal(defined)
		}
		for _, d := range defined {
			versions[c.name] = d.Version
		}
		if versions[c.name] != versions[c.same] {
			t.Errorf("%s is not as %s", c.name, c.same)
		}
	}
	if len(versions) != 5 || len(slices.Compact(slices.Sorted(maps.Values(versions)))) != 4 {
		t.Errorf("%v", versions)
	}
}
