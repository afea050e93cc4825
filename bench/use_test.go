package bench

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"srhmbench/kernels/kerneltest"
)

// Operations that kerneltest says networks use are those that package srhm and what is below it name.
func TestUses(t *testing.T) {
	var source strings.Builder
	err := filepath.WalkDir("../srhm", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		source.Write(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range kerneltest.Operations {
		named := regexp.MustCompile(`\bkernels\.` + o.Name + `\b`).MatchString(source.String())
		if named != (o.Use == kerneltest.Networks) {
			t.Errorf("%s: srhm names it: %t; its description says %q", o.Name, named, o.Use)
		}
	}
}
