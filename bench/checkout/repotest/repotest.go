// Package repotest makes git repositories for tests.
package repotest

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"srhmbench/internal/subprocess"
)

// New returns the directory of a new repository with one commit that has the given files, by path.
func New(t testing.TB, files map[string]string) string {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("no git: not tested")
	}
	dir := t.TempDir()
	Git(t, dir, "init", "--quiet")
	Git(t, dir, "config", "user.name", "tester")
	Git(t, dir, "config", "user.email", "tester@example.org")
	Git(t, dir, "config", "commit.gpgsign", "false")
	Commit(t, dir, files)
	return dir
}

// Commit writes files into a repository and commits everything in it.
func Commit(t testing.TB, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		Write(t, dir, name, text)
	}
	Git(t, dir, "add", "--all")
	Git(t, dir, "commit", "--quiet", "--message=x")
}

// Write writes one file, and the directories that lead to it.
func Write(t testing.TB, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// Git runs git in a repository and returns what it prints.
func Git(t testing.TB, dir string, args ...string) string {
	t.Helper()
	out, err := subprocess.Git(t.Context(), dir, args...)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
