package sweep

import (
	"math"
	"slices"
	"testing"

	"srhmbench/srhm"
	"srhmbench/srhm/spec"
)

// published holds the authors' P* (SPEC section 4), which by their rule are sizes of
// their grid; exact where their program's own numbers are known.
var published = []struct {
	net         string
	s, l, v, s0 int
	p           []int
}{
	{spec.LCN, 2, 2, 4, 0, []int{136}}, {spec.LCN, 2, 2, 4, 1, []int{904}}, {spec.LCN, 2, 2, 4, 2, []int{1928}},
	{spec.LCN, 2, 2, 6, 0, []int{672}}, {spec.LCN, 2, 2, 6, 1, []int{3054}}, {spec.LCN, 2, 2, 6, 2, []int{9504}},
	{spec.LCN, 2, 2, 8, 0, []int{1592}}, {spec.LCN, 2, 2, 8, 1, []int{7240}}, {spec.LCN, 2, 2, 8, 2, []int{15432}},
	{spec.LCN, 2, 2, 8, 4, []int{46000}}, {spec.LCN, 2, 2, 10, 4, []int{89840}},
	{spec.LCN, 2, 2, 10, 0, []int{3110}}, {spec.LCN, 2, 2, 10, 1, []int{14140}}, {spec.LCN, 2, 2, 10, 2, []int{30140}},
	{spec.LCN, 2, 3, 4, 0, []int{1160}}, {spec.LCN, 2, 3, 4, 1, []int{11264}}, {spec.LCN, 2, 3, 4, 2, []int{35064}},
	{spec.LCN, 2, 3, 6, 0, []int{5886}}, {spec.LCN, 2, 3, 6, 1, []int{57042}}, {spec.LCN, 2, 3, 6, 2, []int{121590}},
	{spec.LCN, 2, 3, 8, 0, []int{18608}}, {spec.LCN, 2, 3, 8, 1, []int{123472}}, {spec.LCN, 2, 3, 8, 2, []int{263208}},
	{spec.LCN, 2, 3, 10, 0, []int{31120}}, {spec.LCN, 2, 3, 10, 1, []int{301460}}, {spec.LCN, 2, 3, 10, 2, []int{642610}},
	{spec.LCN, 3, 2, 4, 0, []int{6120}}, {spec.LCN, 3, 2, 4, 1, []int{40956}}, {spec.LCN, 3, 2, 4, 2, []int{92156}}, {spec.LCN, 3, 2, 4, 4, []int{256000}},
	{spec.LCN, 3, 2, 6, 0, []int{46590}}, {spec.LCN, 3, 2, 6, 1, []int{311040}}, {spec.LCN, 3, 2, 6, 2, []int{419526}}, {spec.LCN, 3, 2, 6, 4, []int{1165392}},
	{spec.LCN, 3, 3, 4, 0, []int{211604}}, {spec.LCN, 3, 3, 4, 1, []int{1310720}},
	{spec.CNN, 2, 2, 4, 0, []int{112}},
	{spec.CNN, 3, 2, 4, 0, []int{6120}}, {spec.CNN, 3, 2, 4, 1, []int{26448}}, {spec.CNN, 3, 3, 4, 0, []int{98200}}, {spec.CNN, 3, 3, 4, 2, []int{491520}},
	{spec.FCN, 2, 2, 6, 0, []int{2088}}, {spec.FCN, 2, 2, 6, 1, []int{9504}}, {spec.FCN, 2, 2, 6, 2, []int{20262}},
	{spec.FCN, 2, 2, 8, 0, []int{4952}}, {spec.FCN, 2, 2, 8, 1, []int{22528}}, {spec.FCN, 2, 2, 8, 2, []int{32896}},
	{spec.FCN, 2, 3, 4, 0, []int{7716}}, {spec.FCN, 2, 3, 4, 1, []int{51200}}, {spec.FCN, 2, 3, 8, 1, []int{819192}},
}

// read holds the published P* that are only known from figures, to about 0.3 %
// (digitised Figures 4B, 4C and 13).
var read = []struct {
	net         string
	s, l, v, s0 int
	p           float64
}{
	{spec.LCN, 2, 2, 6, 4, 28512},
	{spec.CNN, 2, 2, 8, 0, 1406}, {spec.CNN, 2, 2, 10, 0, 2861},
	{spec.CNN, 2, 2, 3, 1, 257}, {spec.CNN, 2, 2, 4, 1, 464}, {spec.CNN, 2, 2, 6, 1, 2767}, {spec.CNN, 2, 2, 8, 1, 4752}, {spec.CNN, 2, 2, 10, 1, 10048}, {spec.CNN, 2, 2, 12, 1, 18540},
	{spec.CNN, 2, 2, 3, 2, 687}, {spec.CNN, 2, 2, 4, 2, 1161}, {spec.CNN, 2, 2, 6, 2, 4662}, {spec.CNN, 2, 2, 8, 2, 12498}, {spec.CNN, 2, 2, 10, 2, 15529},
	{spec.CNN, 2, 2, 3, 4, 1479}, {spec.CNN, 2, 2, 4, 4, 2654}, {spec.CNN, 2, 2, 6, 4, 11880}, {spec.CNN, 2, 2, 8, 4, 23700},
	{spec.CNN, 2, 2, 3, 6, 3112}, {spec.CNN, 2, 2, 4, 6, 7678},
	{spec.CNN, 2, 3, 4, 1, 3817}, {spec.CNN, 2, 3, 6, 1, 20861}, {spec.CNN, 2, 3, 12, 1, 248832},
	{spec.CNN, 2, 3, 4, 2, 10239}, {spec.CNN, 2, 3, 6, 2, 40276}, {spec.CNN, 2, 3, 8, 2, 87900}, {spec.CNN, 2, 3, 10, 2, 193070},
	{spec.CNN, 2, 3, 4, 4, 40060}, {spec.CNN, 2, 3, 6, 4, 134700}, {spec.CNN, 2, 3, 8, 4, 377632},
	{spec.CNN, 3, 3, 4, 1, 327680}, {spec.CNN, 3, 2, 4, 2, 51255}, {spec.CNN, 3, 2, 4, 4, 85369},
}

func grid(net string, s, l, v, s0 int) []int {
	return AuthorsGrid(srhm.Task{V: v, S: s, S0: s0, L: l}.WithDefaults(), spec.Network{Kind: net, Width: 512})
}

func TestAuthorsGridHasThePublishedPoints(t *testing.T) {
	for _, c := range published {
		g := grid(c.net, c.s, c.l, c.v, c.s0)
		for _, p := range c.p {
			if !slices.Contains(g, p) {
				t.Errorf("%s s=%d L=%d v=%d s0=%d: %d is not in %v", c.net, c.s, c.l, c.v, c.s0, p, g)
			}
		}
	}
	for _, c := range read {
		g := grid(c.net, c.s, c.l, c.v, c.s0)
		if len(g) == 0 || math.Abs(math.Log(float64(nearest(g, c.p))/c.p)) > 0.004 {
			t.Errorf("%s s=%d L=%d v=%d s0=%d: %.0f is not in %v", c.net, c.s, c.l, c.v, c.s0, c.p, g)
		}
	}
}

func TestAuthorsGridWhole(t *testing.T) {
	for _, c := range []struct {
		name string
		got  []int
		want int // sizes
		ends [2]int
	}{
		{"LCN L=2", grid(spec.LCN, 2, 2, 8, 1), 14, [2]int{8 * 63, 8 * 8766}}, // 10^log10(64) is 64 less a rounding error
		{"LCN L=3", grid(spec.LCN, 2, 3, 8, 1), 20, [2]int{8 * 512, 8 * 600 * 512}},
		{"LCN s0=4", grid(spec.LCN, 2, 2, 8, 4), 19, [2]int{8 * 159, 8 * 160000}}, // 10 p occurs twice
		{"CNN L=2", grid(spec.CNN, 2, 2, 8, 1), 14, [2]int{512, 167899}},
	} {
		if n := len(c.got); n != c.want || c.got[0] != c.ends[0] || !slices.IsSorted(c.got) {
			t.Errorf("%s: %d sizes %v, want %d from %d", c.name, n, c.got, c.want, c.ends[0])
		} else if last := float64(c.got[n-1]); math.Abs(last/float64(c.ends[1])-1) > 0.001 {
			t.Errorf("%s: ends at %v, want %d", c.name, last, c.ends[1])
		}
	}
}

func TestAuthorsGridUnknown(t *testing.T) {
	fewer := srhm.Task{V: 8, M: 4}.WithDefaults()
	b := srhm.Task{V: 6, S0: 1, Sparsity: srhm.SparsityB}.WithDefaults()
	deep := srhm.Task{V: 4, L: 4}.WithDefaults()
	for _, task := range []srhm.Task{fewer, b, deep} {
		if g := AuthorsGrid(task, spec.Network{Kind: spec.LCN}); g != nil {
			t.Errorf("%+v: %v", task, g)
		}
	}
	if g := grid(spec.CNN, 3, 2, 6, 0); g != nil {
		t.Errorf("CNN, s=3, v=6: %v", g)
	}
	if g := grid(spec.FCN, 3, 2, 4, 0); g != nil {
		t.Errorf("FCN, s=3: %v", g)
	}
}
