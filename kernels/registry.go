package kernels

import (
	"reflect"
	"slices"
	"sync"
)

// Row is one kernel: an operation on a tier.
type Row struct {
	Op       string   // name of the exported entry point
	Tier     Tier     // the tier it belongs to
	Uses     []string // its assembly functions, sorted; none on the generic tier
	Requires []string // every instruction-set extension these use, sorted
}

// Ops names the operations, which are the fields of set, in their order.
func Ops() []string {
	var ops []string
	for _, f := range reflect.VisibleFields(reflect.TypeFor[set]()) {
		if f.Type.Kind() == reflect.Func {
			ops = append(ops, f.Name)
		}
	}
	return ops
}

// Registry lists the kernels of this build, an operation after the other and its tiers from narrow to wide,
// whether or not the CPU can run them. Tests, benchmarks and the table in the package comment loop over it.
func Registry() []Row { return slices.Clone(registry()) }

var registry = sync.OnceValue(func() []Row {
	var rows []Row
	for _, op := range Ops() {
		for _, t := range Tiers() {
			if s := sets[t]; s != nil && !reflect.ValueOf(s).Elem().FieldByName(op).IsNil() {
				uses := slices.Clone(s.uses[op])
				rows = append(rows, Row{Op: op, Tier: t, Uses: uses, Requires: required(uses)})
			}
		}
	}
	return rows
})

// required is the union of what the assembly functions use, as the generator read it off their instructions.
func required(functions []string) []string {
	var all []string
	for _, name := range functions {
		all = append(all, requires[name]...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}
