package command

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"srhmbench/figures"
	"srhmbench/figures/report"
	"srhmbench/internal/atomicfile"
	"srhmbench/srhm/store"
)

// drawnFile, in the output directory, keeps a drawn.
const drawnFile = ".drawn.json"

// drawn records what a directory's figures were last made from, and the result. They are drawn again unless everything
// is unchanged: the program, byte for byte, the records, the scale, the list of figures, and the files.
type drawn struct {
	Program string            `json:"program"` // SHA-256 of the executable
	Records string            `json:"records"` // SHA-256 of the store's file
	Scale   figures.Scale     `json:"scale"`
	Figures []string          `json:"figures"`
	Claims  string            `json:"claims"` // as printed
	Lacks   []string          `json:"lacks"`  // what was said of records that are not there
	Files   map[string]string `json:"files"`  // SHA-256 by name
}

// drawing returns the inputs of figures that are yet to be drawn.
func drawing(list []figures.Figure, scale figures.Scale, dir string) (drawn, error) {
	program, err := os.Executable()
	if err != nil {
		return drawn{}, err
	}
	d := drawn{Scale: scale}
	if d.Program, err = hashOf(program); err != nil {
		return d, err
	}
	if d.Records, err = hashOf(filepath.Join(dir, store.FileName)); err != nil {
		return d, err
	}
	for _, f := range list {
		d.Figures = append(d.Figures, f.Name)
	}
	return d, nil
}

// from reports whether an earlier drawing had the same inputs.
func (d drawn) from(earlier drawn) bool {
	return d.Program == earlier.Program && d.Records == earlier.Records && d.Scale == earlier.Scale && slices.Equal(d.Figures, earlier.Figures)
}

// readDrawn reads a directory's drawn; the zero value if there is none that can be read.
func readDrawn(dir string) (d drawn) {
	text, err := os.ReadFile(filepath.Join(dir, drawnFile))
	if err != nil || json.Unmarshal(text, &d) != nil {
		return drawn{}
	}
	return d
}

// intact reports whether files still are as they were written.
func (d drawn) intact(dir string, names []string) bool {
	for _, name := range names {
		hash, err := hashOf(filepath.Join(dir, name))
		if err != nil || d.Files[name] != hash {
			return false
		}
	}
	return true
}

// save writes a directory's drawn, with the hashes of the files that are there now.
func (d drawn) save(dir string) error {
	d.Files = map[string]string{}
	for _, name := range append(pagesOf(), filesOf(d.Figures)...) {
		hash, err := hashOf(filepath.Join(dir, name))
		if err != nil {
			return err
		}
		d.Files[name] = hash
	}
	text, err := json.MarshalIndent(d, "", "  ")
	if err != nil {
		return err
	}
	return atomicfile.WriteBytes(filepath.Join(dir, drawnFile), append(text, '\n'))
}

// claimsFile has the claims of all figures.
const claimsFile = "claims.md"

// pagesOf names the files that cover all figures.
func pagesOf() []string { return []string{claimsFile, report.HTMLFile, report.MarkdownFile} }

// filesOf names the files of figures.
func filesOf(names []string) (list []string) {
	for _, name := range names {
		for _, file := range figures.Files(figures.Figure{Name: name}) {
			list = append(list, filepath.Join("figures", file))
		}
	}
	return list
}

func hashOf(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// tidyDrawings removes the half-written files of a process that was killed while it drew.
func tidyDrawings(dir string) {
	pages := append(pagesOf(), drawnFile)
	for into, ours := range map[string]func(string) bool{
		dir:                           func(name string) bool { return slices.Contains(pages, name) },
		filepath.Join(dir, "figures"): func(name string) bool { return strings.HasPrefix(name, "fig") },
	} {
		if err := atomicfile.Tidy(into, ours); err != nil && !errors.Is(err, fs.ErrNotExist) {
			slog.Warn("half-written files could not be removed", "error", err)
		}
	}
}

// again prints what the earlier drawing printed.
func (d drawn) again(p *program, dir string) {
	for _, line := range d.Lacks {
		fmt.Fprintln(p.stderr, line)
	}
	fmt.Fprint(p.stdout, d.Claims)
	fmt.Fprintf(p.stderr, "%d figures in %s, claims in %s: drawn before from the same records\n", len(d.Figures), filepath.Join(dir, "figures"), filepath.Join(dir, claimsFile))
	fmt.Fprintf(p.stderr, "report in %s\n", filepath.Join(dir, report.HTMLFile))
}
