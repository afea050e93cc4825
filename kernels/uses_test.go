package kernels_test

import (
	"os"
	"regexp"
	"testing"

	"srhmbench/kernels/kerneltest"
)

// The table in the package comment ends its lines with what kerneltest says of each operation's use.
func TestDocumentedUses(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range kerneltest.Operations {
		if !regexp.MustCompile(`(?m)^//\t` + o.Name + `  .*  ` + string(o.Use) + `$`).Match(doc) {
			t.Errorf("doc.go: the line of %s in the table of operations does not end with %q", o.Name, o.Use)
		}
	}
}
