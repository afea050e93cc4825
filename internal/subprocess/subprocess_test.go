package subprocess

import (
	"errors"
	"os/exec"
	"strings"
	"testing"
)

// A hook's variables reach no program.
func TestEnvironment(t *testing.T) {
	for _, name := range []string{"GIT_DIR", "GIT_INDEX_FILE", "GIT_NEW_ONE"} {
		t.Setenv(name, "x")
	}
	t.Setenv("GITHUB_SHA", "kept")
	text := strings.Join(Environment("A=b"), "\n")
	if strings.Contains(text, "GIT_") || !strings.Contains(text, "GITHUB_SHA=kept") || !strings.HasSuffix(text, "\nA=b") {
		t.Error(text)
	}
}

func TestOutput(t *testing.T) {
	if out, err := Git(t.Context(), t.TempDir(), "version"); err != nil || !strings.HasPrefix(out, "git version") {
		t.Errorf("%q, %v", out, err)
	}
	_, err := Git(t.Context(), t.TempDir(), "status")
	if err == nil || !strings.HasPrefix(err.Error(), "git status: fatal: not a git repository") || !errors.As(err, new(*exec.ExitError)) {
		t.Errorf("%v", err)
	}
	if _, err := Output(t.Context(), "none", Command(t.Context(), "", "no-such-program")); !errors.Is(err, exec.ErrNotFound) {
		t.Errorf("%v", err)
	}
}

func TestOneLine(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "\n \n": "", "a": "a", "a\n\n\tb \nc\nd\n": "a; b; c",
	} {
		if got := OneLine(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
