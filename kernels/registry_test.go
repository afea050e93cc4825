package kernels

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"

	"github.com/klauspost/cpuid/v2"
)

func TestEveryOperationHasARowOnEveryTier(t *testing.T) {
	have := map[string]bool{}
	for _, r := range Registry() {
		have[r.Op+" "+r.Tier.String()] = true
		if (r.Tier == Generic) != (len(r.Uses) == 0) {
			t.Errorf("%s on %v uses assembly %v", r.Op, r.Tier, r.Uses)
		}
	}
	if len(Ops()) == 0 {
		t.Fatal("no operations")
	}
	for _, op := range Ops() {
		for tier := range sets {
			if !have[op+" "+tier.String()] {
				t.Errorf("%s has no row on %v", op, tier)
			}
		}
	}
}

func TestTierNeverNeedsMoreThanItsGuard(t *testing.T) {
	for _, r := range Registry() {
		for _, name := range r.Requires {
			if !slices.Contains(tierFeatures[r.Tier], name) {
				t.Errorf("%s on %v uses %s, which the tier does not ask the CPU for", r.Op, r.Tier, name)
			}
		}
	}
}

func TestFeaturesAreKnown(t *testing.T) {
	for _, name := range extensions {
		if cpuid.ParseFeature(name) == cpuid.UNKNOWN {
			t.Errorf("extension %s cannot be detected", name)
		}
	}
	for tier, names := range tierFeatures {
		for _, name := range names {
			if !slices.Contains(extensions, name) {
				t.Errorf("%v asks for %s, which nothing detects", tier, name)
			}
		}
	}
}

// A tier may use the assembly of a narrower one.
func TestTiersWiden(t *testing.T) {
	for i, tier := range Tiers()[1:] {
		for _, name := range tierFeatures[Tiers()[i]] {
			if !slices.Contains(tierFeatures[tier], name) {
				t.Errorf("%v does not ask for %s, the tier below does", tier, name)
			}
		}
	}
}

func TestEveryAssemblyFunctionHasOneOperation(t *testing.T) {
	claims := map[string][]string{}
	for _, r := range Registry() {
		for _, name := range r.Uses {
			if borrows[r.Op] == "" && !slices.Contains(claims[name], r.Op) {
				claims[name] = append(claims[name], r.Op)
			}
		}
	}
	for name := range requires {
		if len(claims[name]) != 1 {
			t.Errorf("%s belongs to %v, want one operation", name, claims[name])
		}
	}
}

func TestDocumentedKernelsAreTheRegistry(t *testing.T) {
	if len(sets) < len(Tiers()) {
		t.Skip("this build lacks a tier")
	}
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	if table := documentedTable(); !strings.Contains(string(doc), table) {
		t.Errorf("doc.go lacks this table:\n%s", table)
	}
}

// documentedTable has a line for each operation and a column for each tier's instructions.
func documentedTable() string {
	var b bytes.Buffer
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprint(w, "operation")
	for _, tier := range Tiers()[1:] {
		fmt.Fprintf(w, "\t%v", tier)
	}
	op := ""
	for _, r := range Registry() {
		if r.Op != op {
			op = r.Op
			fmt.Fprintf(w, "\n%s", op)
		}
		if r.Tier != Generic {
			fmt.Fprintf(w, "\t%s", strings.Join(r.Requires, " "))
		}
	}
	fmt.Fprintln(w)
	w.Flush()
	var table strings.Builder
	for line := range strings.Lines(b.String()) {
		fmt.Fprintf(&table, "//\t%s\n", strings.TrimRight(line, " \n"))
	}
	return table.String()
}
