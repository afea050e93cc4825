package gate

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestWrite(t *testing.T) {
	first := judge(invent(1, quiet, 3, 20, 1.2))
	r := first.Confirmed(judge(invent(2, quiet, 1, 20, 1.2)))
	r.New = []string{"Tanh/n=1"}
	for format, wants := range map[string][]string{
		"text":     {"GEMM/m=0/tier=avx2 ", "SLOWER\n", "20 rounds, 0 dropped for steal; noise floor 2.0 %, slowdowns above 5.0 % show", "new, not compared: Tanh/n=1\n", "second look: regression", "verdict: regression: 1 of 3 benchmarks are slower, in both looks\n"},
		"markdown": {"### Benchmarks: regression\n", "| `GEMM/m=0/tier=avx2` | ", " | SLOWER |\n"},
		"json":     {`"verdict": "regression"`, `"p_holm": `},
	} {
		var b strings.Builder
		if err := r.Write(&b, format); err != nil {
			t.Fatal(err)
		}
		for _, want := range wants {
			if !strings.Contains(b.String(), want) {
				t.Errorf("%s: no %q in\n%s", format, want, &b)
			}
		}
	}
	var b strings.Builder
	if err := r.Write(&b, "xml"); err == nil || !strings.Contains(err.Error(), "want one of text, json, markdown") {
		t.Errorf("xml: %v", err)
	}
	if err := judge([3]Arm{}).Write(&b, "text"); err != nil || !strings.HasSuffix(b.String(), "verdict: could not measure: 0 rounds without steal above 1.0 %: want 10 or more\n") {
		t.Errorf("nothing: %v\n%s", err, &b)
	}
}

// The JSON contains everything in the report.
func TestJSON(t *testing.T) {
	r := judge(invent(1, shared, 3, 20, 1))
	var b strings.Builder
	if err := r.Write(&b, "json"); err != nil {
		t.Fatal(err)
	}
	var back Report
	if err := json.Unmarshal([]byte(b.String()), &back); err != nil || back.Verdict != r.Verdict || len(back.Rows) != 3 || back.Rows[1] != r.Rows[1] {
		t.Errorf("%v, %+v", err, back)
	}
}

func TestRemark(t *testing.T) {
	row := Row{Allocs: [2]float64{-1, 2}, More: true, Slower: true}
	if got := row.remark(); got != "ALLOCATES: 2, was 0" {
		t.Error(got)
	}
}
