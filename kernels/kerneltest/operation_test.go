package kerneltest

import (
	"slices"
	"strings"
	"testing"

	"srhmbench/kernels"
)

func TestOperationsAreTheRegistry(t *testing.T) {
	if err := matchRegistry(Operations, kernels.Ops()); err != nil {
		t.Error(err)
	}
	ab := []Operation{{Name: "A"}, {Name: "B"}}
	for _, c := range []struct {
		registered []string
		says       string
	}{
		{[]string{"A", "B", "C"}, "C is in the registry and not in"},
		{[]string{"A"}, "B is in kerneltest.Operations and not in"},
		{[]string{"B", "A"}, "lists [A B], want the order"},
	} {
		if err := matchRegistry(ab, c.registered); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%v: %v, want %s", c.registered, err, c.says)
		}
	}
}

// Every description is whole. A job at the least sizes has operands, traffic, and no negative count.
func TestOperationsAreDescribed(t *testing.T) {
	for _, o := range Operations {
		if o.Cases == nil || o.Any == nil || !slices.Contains([]Use{Networks, Library, Roofs}, o.Use) {
			t.Errorf("%s lacks Cases, Any or Use", o.Name)
		}
		if roof := o.Use == Roofs; (o.Job == nil) != roof || (len(o.Sizes) == 0) != roof {
			t.Errorf("%s: every operation but a roof has Sizes and a Job", o.Name)
			continue
		}
		if o.Job == nil {
			continue
		}
		sizes := map[string]int{}
		for _, s := range o.Sizes {
			sizes[s.Name] = s.Multiple
		}
		if j := o.Job(sizes); len(sizes) != len(o.Sizes) || len(j.Lengths) == 0 || j.Bytes <= 0 || j.Flops < 0 || j.Run == nil {
			t.Errorf("%s at %v: %+v", o.Name, sizes, j)
		}
	}
}
