package ops

import (
	"slices"
	"strings"
	"testing"
)

// written are the functions the list of operations asks of a tier.
func written(t *testing.T, tier Tier) []string {
	t.Helper()
	var names []string
	for _, table := range tier.tables() {
		names = append(names, table.functions...)
	}
	for {
		_, err := Set(tier, names)
		if err == nil {
			return names
		}
		_, name, missing := strings.Cut(err.Error(), "no assembly function ")
		if !missing || len(names) > 1000 {
			t.Fatal(err)
		}
		names = append(names, name+tier.Name)
	}
}

func TestSetNeedsAllAssemblyAndUsesAllOfIt(t *testing.T) {
	for _, tier := range Tiers {
		names := written(t, tier)
		for i, name := range names {
			if _, err := Set(tier, slices.Delete(slices.Clone(names), i, i+1)); err == nil {
				t.Errorf("%s: a set was written without the function %s", tier.Name, name)
			}
		}
		if _, err := Set(tier, append(names, "idle"+tier.Name)); err == nil || !strings.Contains(err.Error(), "no operation uses idle") {
			t.Errorf("%s: a function no operation uses: %v", tier.Name, err)
		}
	}
}

func TestArguments(t *testing.T) {
	types := map[string]string{"x": "[]float32", "idx": "[]int32", "ldx": "int", "rows": "int", "lr": "float32", "on": "bool"}
	for text, want := range map[string]string{
		"x": "first(x)", "idx": "firstInt(idx)", "ldx": "uintptr(4*ldx)", "rows": "uintptr(rows)", "len(x)": "uintptr(len(x))", "lr": "lr", "-lr": "-lr",
	} {
		if got, err := argument(text, types); got != want || err != nil {
			t.Errorf("%s becomes %s, %v, want %s", text, got, err, want)
		}
	}
	for _, text := range []string{"on", "missing"} {
		if got, err := argument(text, types); err == nil {
			t.Errorf("%s becomes %s, want an error", text, got)
		}
	}
}
