package kernels

import (
	"reflect"
	"regexp"
	"slices"
	"strings"
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
				uses := assemblyOf(op, t)
				rows = append(rows, Row{Op: op, Tier: t, Uses: uses, Requires: required(uses)})
			}
		}
	}
	return rows
})

// assemblyName takes the name of an assembly function apart: operation, tile, tier.
var assemblyName = regexp.MustCompile(`^(\D+?)(\d+(?:x\d+)?)?(AVX2|AVX512|NEON)$`)

// borrows names, for an operation that has no assembly of its own, the one whose assembly it runs.
var borrows = map[string]string{"MatMul": "GEMM", "BatchMatMul": "GEMM", "GEMVT": "RankK", "GER": "RankK", "SoftmaxCrossEntropy": "Softmax"}

// assemblyOf lists the assembly functions of an operation on a tier. A tier that has none of its own
// uses those of the next narrower one.
func assemblyOf(op string, t Tier) []string {
	if lender := borrows[op]; lender != "" {
		op = lender
	}
	for ; t > Generic; t-- {
		var uses []string
		for name := range requires {
			if p := assemblyName.FindStringSubmatch(name); p != nil && strings.EqualFold(p[1], op) && strings.EqualFold(p[3], t.String()) {
				uses = append(uses, name)
			}
		}
		if len(uses) > 0 {
			slices.Sort(uses)
			return uses
		}
	}
	return nil
}

// required is the union of what the assembly functions use, as the generator read it off their instructions.
func required(functions []string) []string {
	var all []string
	for _, name := range functions {
		all = append(all, requires[name]...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}
