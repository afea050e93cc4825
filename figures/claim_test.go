package figures

import (
	"encoding/json"
	"math"
	"srhmbench/figures/stat"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestJudge(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		e    stat.Estimate
		want Verdict
	}{
		{stat.Estimate{Value: 1, Low: 0.95, High: 1.05}, Holds},
		{stat.Estimate{Value: 1, Low: 0.8, High: 1.05}, Undecided},
		{stat.Estimate{Value: 1, Low: 0.5, High: 1.5}, Undecided},
		{stat.Estimate{Value: 0.7, Low: 0.6, High: 0.8}, Fails},
		{stat.Estimate{Value: 1.3, Low: 1.2, High: 1.4}, Fails},
		{stat.Estimate{Value: 1, Low: nan, High: nan}, Holds},
		{stat.Estimate{Value: 2, Low: nan, High: nan}, Fails},
		{stat.Unknown, Undecided},
	} {
		if got := judge(c.e, 0.9, 1.1); got != c.want {
			t.Errorf("%v: %s, want %s", c.e, got, c.want)
		}
	}
}

func TestTooFewDataDecideNothing(t *testing.T) {
	c := check{ours: stat.Exact(1), lo: 0, hi: 2, few: "Two cells.", note: "More."}.claim()
	if c.Verdict != Undecided || c.Note != "Two cells. More." {
		t.Errorf("%+v", c)
	}
}

func TestClaimJSON(t *testing.T) {
	b, err := json.Marshal(Claim{Value: math.NaN(), Low: 1, High: math.Inf(1), Verdict: Holds})
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(b, &got); err != nil {
		t.Fatal(err)
	}
	if got["value"] != nil || got["high"] != nil || got["low"] != 1.0 || got["verdict"] != "holds" {
		t.Errorf("%s", b)
	}
}

func TestTables(t *testing.T) {
	claims := []Claim{
		{Figure: "4B", Sentence: "slope of P*", Ours: "0.95 [0.9, 1]", Verdict: Holds, Note: "a|b"},
		{Figure: "5", Sentence: "ε", Ours: "–", Verdict: Undecided},
	}
	lines := strings.Split(strings.TrimSpace(ClaimsTable(claims)), "\n")
	if len(lines) != 3 {
		t.Fatalf("%d lines", len(lines))
	}
	column := func(line, word string) int { return utf8.RuneCountInString(line[:strings.Index(line, word)]) }
	if a, b := column(lines[1], "holds"), column(lines[2], "undecided"); a != b || a != column(lines[0], "verdict") {
		t.Errorf("verdicts in columns %d and %d", a, b)
	}
	md := ClaimsMarkdown(claims)
	if !strings.Contains(md, `slope of P\*`) || !strings.Contains(md, "\n1. a|b\n") || strings.Contains(md, "\n2. ") {
		t.Errorf("%s", md)
	}
	for _, line := range strings.Split(md, "\n")[:4] {
		if strings.Count(line, "|") != 8 {
			t.Errorf("%q has not eight bars", line)
		}
	}
}

func TestShort(t *testing.T) {
	for x, want := range map[float64]string{30140: "30140", 12.3297: "12.33", 0.954: "0.95", 0.0123: "0.012", 0: "0.00", -2.5: "-2.50"} {
		if got := stat.Short(x); got != want {
			t.Errorf("short(%v) = %q, want %q", x, got, want)
		}
	}
}

// A share is judged by its interval: 9 of 9 do not show nine tenths, 36 of 36 do, and 1 of 6 denies it.
func TestShareTakesMany(t *testing.T) {
	for _, c := range []struct {
		part, total int
		want        Verdict
	}{{9, 9, Undecided}, {35, 35, Undecided}, {36, 36, Holds}, {60, 62, Undecided}, {1, 6, Fails}, {0, 0, Undecided}} {
		got := share("6", "", c.part, c.total, 0.9, "")
		if got.Verdict != c.want || (c.total == 9) != strings.Contains(got.Note, "36 of 36 would") && c.total != 35 && c.total != 62 {
			t.Errorf("%d of %d: %s, %s (%s)", c.part, c.total, got.Ours, got.Verdict, got.Note)
		}
	}
}
