package command

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Every command the README shows works as shown, and every make target it names exists.
func TestREADME(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	makefile, err := os.ReadFile(filepath.Join("..", "..", "Makefile"))
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	commands, targets := 0, 0
	for line := range strings.Lines(string(text)) {
		line, _, _ = strings.Cut(line, "#")
		words := strings.Fields(line)
		switch {
		case strings.HasPrefix(line, "    go run . "):
			commands++
			if code, stdout, stderr := runMain(t, words[3:]); code != 0 || stdout == "" {
				t.Errorf("%s: exit status %d\n%s", strings.TrimSpace(line), code, stderr)
			}
		case strings.HasPrefix(line, "    make "):
			targets++
			if !regexp.MustCompile(`(?m)^` + words[1] + `:`).Match(makefile) {
				t.Errorf("%s: the Makefile has no target %s", strings.TrimSpace(line), words[1])
			}
		}
	}
	if commands < 5 || targets < 5 {
		t.Errorf("%d commands and %d make targets found", commands, targets)
	}
}

// Every claim the README quotes is in the committed report, number for number.
func TestREADMEClaims(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	report, err := os.ReadFile(filepath.Join("..", "..", "results", "claims.md"))
	if err != nil {
		t.Fatal(err)
	}
	quoted := regexp.MustCompile(`(?m)^\| [0-9]+[A-F]? \|.*$`).FindAllString(string(text), -1)
	for _, line := range quoted {
		if !strings.Contains(string(report), line) {
			t.Errorf("not in results/claims.md: %s", line)
		}
	}
	if len(quoted) < 5 {
		t.Errorf("%d claims quoted", len(quoted))
	}
}

// runMain runs a command in this process and returns what it wrote.
func runMain(t *testing.T, args []string) (code int, stdout, stderr string) {
	t.Helper()
	files := make([]*os.File, 2)
	for i := range files {
		f, err := os.CreateTemp(t.TempDir(), "")
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		files[i] = f
	}
	code = Main(t.Context(), args, files[0], files[1])
	texts := make([]string, 2)
	for i, f := range files {
		b, err := os.ReadFile(f.Name())
		if err != nil {
			t.Fatal(err)
		}
		texts[i] = string(b)
	}
	return code, texts[0], texts[1]
}
