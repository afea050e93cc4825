package kernels

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"regexp"
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
	var known []string
	for _, names := range extensions {
		known = append(known, names...)
	}
	for _, name := range known {
		if cpuid.ParseFeature(name) == cpuid.UNKNOWN {
			t.Errorf("extension %s cannot be detected", name)
		}
	}
	for tier, names := range tierFeatures {
		for _, name := range names {
			if !slices.Contains(known, name) {
				t.Errorf("%v asks for %s, which nothing detects", tier, name)
			}
		}
	}
}

// A tier may use the assembly of a narrower one.
func TestTiersWiden(t *testing.T) {
	built := slices.Sorted(maps.Keys(sets)) // of one architecture
	for i, tier := range built[1:] {
		for _, name := range tierFeatures[built[i]] {
			if !slices.Contains(tierFeatures[tier], name) {
				t.Errorf("%v does not ask for %s, the tier below does", tier, name)
			}
		}
	}
}

func TestEveryAssemblyFunctionHasAnOperation(t *testing.T) {
	used := map[string]bool{}
	for _, r := range Registry() {
		for _, name := range r.Uses {
			used[name] = true
			if _, ok := requires[name]; !ok {
				t.Errorf("%s on %v uses %s, which is no assembly function", r.Op, r.Tier, name)
			}
		}
	}
	for name := range requires {
		if !used[name] {
			t.Errorf("no operation uses %s", name)
		}
	}
}

// The table has a column for each tier, and a build knows only the instructions of its own tiers. TestDocumentedUses checks
// the last column.
func TestDocumentedKernelsAreTheRegistry(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	cells := documentedCells(string(doc))
	for _, r := range Registry() {
		cells[cell{r.Op, r.Tier.String()}] = strings.Join(r.Requires, " ")
	}
	if table := documentedTable(cells); !strings.Contains(string(doc), table) {
		t.Errorf("doc.go lacks this table:\n%s", table)
	}
}

type cell struct{ op, column string }

// documentedCells reads the table, whose columns are separated by two blanks.
func documentedCells(doc string) map[cell]string {
	cells := map[cell]string{}
	columns := regexp.MustCompile("  +")
	var head []string
	for line := range strings.Lines(doc) {
		text, inside := strings.CutPrefix(strings.TrimSpace(line), "//\t")
		fields := columns.Split(text, -1)
		switch {
		case !inside:
			head = nil
		case fields[0] == "operation" && fields[1] == Tiers()[1].String():
			head = fields
		case head != nil:
			for i, text := range fields[1:] {
				cells[cell{fields[0], head[i+1]}] = text
			}
		}
	}
	return cells
}

// documentedTable has a line for each operation, a column for each tier's instructions, and one for who uses it.
func documentedTable(cells map[cell]string) string {
	var columns []string
	for _, tier := range Tiers()[1:] {
		columns = append(columns, tier.String())
	}
	columns = append(columns, "used by")
	var b bytes.Buffer
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprint(w, "operation")
	for _, column := range columns {
		fmt.Fprintf(w, "\t%s", column)
	}
	for _, op := range Ops() {
		fmt.Fprintf(w, "\n%s", op)
		for _, column := range columns {
			fmt.Fprintf(w, "\t%s", cells[cell{op, column}])
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
