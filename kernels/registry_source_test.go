//go:build (amd64 || arm64) && !purego

package kernels

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The generator lists the assembly functions of each operation. This holds the list to the source: what a tier's set
// reaches in each field is what the registry says.
func TestSetsReachWhatTheRegistrySays(t *testing.T) {
	decls := declarations(t)
	for _, r := range Registry() {
		if r.Tier == Generic {
			continue
		}
		field := setField(t, decls, r)
		reached := map[string]bool{}
		reach(decls, field, reached, map[string]bool{})
		if got := slices.Sorted(maps.Keys(reached)); !slices.Equal(got, r.Uses) {
			t.Errorf("%s on %v reaches %v, the registry says %v", r.Op, r.Tier, got, r.Uses)
		}
	}
}

// declarations are the functions, methods and variables of the package by name, tests and assembly aside.
func declarations(t *testing.T) map[string][]ast.Node {
	decls := map[string][]ast.Node{}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Body != nil {
					decls[d.Name.Name] = append(decls[d.Name.Name], d.Body)
				}
			case *ast.GenDecl:
				for _, s := range d.Specs {
					if v, ok := s.(*ast.ValueSpec); ok && len(v.Values) > 0 {
						decls[v.Names[0].Name] = append(decls[v.Names[0].Name], v.Values[0])
					}
				}
			}
		}
	}
	return decls
}

// setField is the expression a tier's set has for an operation.
func setField(t *testing.T, decls map[string][]ast.Node, r Row) ast.Node {
	name := r.Tier.String() + "Set"
	for _, d := range decls[name] {
		for _, e := range d.(*ast.CompositeLit).Elts {
			if kv := e.(*ast.KeyValueExpr); kv.Key.(*ast.Ident).Name == r.Op {
				return kv.Value
			}
		}
	}
	t.Fatalf("%s has no field %s", name, r.Op)
	return nil
}

// reach collects the assembly functions named in n and in what n names.
func reach(decls map[string][]ast.Node, n ast.Node, found, seen map[string]bool) {
	ast.Inspect(n, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok || seen[id.Name] {
			return true
		}
		seen[id.Name] = true
		if _, assembly := requires[id.Name]; assembly {
			found[id.Name] = true
		}
		for _, d := range decls[id.Name] {
			reach(decls, d, found, seen)
		}
		return true
	})
}
