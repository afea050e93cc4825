package figures

import (
	"strings"
	"testing"
)

// Text that looks like markup stays text, in its cell and on its line.
func TestClaimsMarkdownEscapes(t *testing.T) {
	evil := "a|b\n# *c* `d` <e> [f](g) \\"
	got := ClaimsMarkdown([]Claim{{Figure: "1", Sentence: evil, Verdict: Holds, Note: evil}})
	text := `a%b # \*c\* ` + "\\`d\\`" + ` &lt;e> [f\](g) \\`
	for _, want := range []string{"| " + strings.Replace(text, "%", `\|`, 1) + " |", "\n1. " + strings.Replace(text, "%", "|", 1) + "\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
}
