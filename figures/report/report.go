package report

import (
	"fmt"
	"os"
	"path/filepath"

	"srhmbench/figures"
	"srhmbench/internal/atomicfile"
)

// Report is a set of drawn figures, all at one scale.
type Report struct {
	Scale   figures.Scale
	Entries []Entry
}

// Names of the files that Write makes.
const (
	HTMLFile     = "report.html"
	MarkdownFile = "report.md"
)

// Claims lists the claims of all figures.
func (r Report) Claims() []figures.Claim {
	var all []figures.Claim
	for _, e := range r.Entries {
		all = append(all, e.Drawing.Claims...)
	}
	return all
}

// Write puts both forms of the report into a directory.
func (r Report) Write(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	for _, file := range []struct {
		name    string
		content func() ([]byte, error)
	}{{HTMLFile, r.HTML}, {MarkdownFile, r.Markdown}} {
		content, err := file.content()
		if err != nil {
			return err
		}
		if err := atomicfile.WriteBytes(filepath.Join(dir, file.name), content); err != nil {
			return err
		}
	}
	return nil
}
