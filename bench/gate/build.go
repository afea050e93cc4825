package gate

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// programs are the test binaries of a gate, and where they run.
type programs struct {
	base, head       string
	baseDir, headDir string
	identical        bool
}

// build makes both programs with one toolchain. The checkout of base gets head's benchmarks, so that both
// measure the same.
func build(ctx context.Context, root, base, dir string) (p programs, undo func(), err error) {
	checkout, undo, err := Checkout(ctx, root, base, dir)
	if err != nil {
		return p, undo, err
	}
	benches := filepath.Join(checkout, "bench")
	if err := os.RemoveAll(benches); err != nil {
		return p, undo, err
	}
	if err := os.CopyFS(benches, os.DirFS(filepath.Join(root, "bench"))); err != nil {
		return p, undo, err
	}
	p = programs{
		base: filepath.Join(dir, "base.test"), head: filepath.Join(dir, "head.test"),
		baseDir: benches, headDir: filepath.Join(root, "bench"),
	}
	if err := Compile(ctx, checkout, p.base); err != nil {
		return p, undo, fmt.Errorf("base with the benchmarks of head: %w", err)
	}
	if err := Compile(ctx, root, p.head); err != nil {
		return p, undo, fmt.Errorf("head: %w", err)
	}
	p.identical, err = SameFile(p.base, p.head)
	return p, undo, err
}

// Checkout puts the source of a commit of the repository in root into a directory of its own within dir. undo
// removes it again.
func Checkout(ctx context.Context, root, base, dir string) (checkout string, undo func(), err error) {
	commit, err := Output(ctx, root, "git", "rev-parse", "--verify", "--quiet", "--end-of-options", base+"^{commit}")
	if err != nil {
		return "", func() {}, fmt.Errorf("base %q: want a commit of this repository", base)
	}
	checkout = filepath.Join(dir, "base-source")
	if _, err := Output(ctx, root, "git", "worktree", "add", "--detach", "--force", checkout, commit); err != nil {
		return "", func() {}, err
	}
	return checkout, func() {
		// Not bound to ctx: an interrupted gate tidies up too. What fails, "git worktree prune" mends.
		exec.Command("git", "-C", root, "worktree", "remove", "--force", checkout).Run()
	}, nil
}

// Compile builds the benchmarks of the source in dir into the file to. It leaves out paths and version control, so
// that equal sources make equal programs.
func Compile(ctx context.Context, dir, to string) error {
	_, err := Output(ctx, dir, "go", "test", "-c", "-trimpath", "-buildvcs=false", "-o", to, "./bench")
	return err
}

// Output runs a program, without cgo, and returns what it says; an error has what it complains of.
func Output(ctx context.Context, dir, name string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := cmd.Output()
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) && len(exit.Stderr) > 0 {
		err = errors.New(oneLine(string(exit.Stderr)))
	}
	if err != nil {
		return "", fmt.Errorf("%s %s: %w", name, args[0], err)
	}
	return strings.TrimSpace(string(out)), nil
}

// oneLine keeps errors to a line, the first of which usually says it all.
func oneLine(text string) string {
	lines := strings.FieldsFunc(strings.TrimSpace(text), func(r rune) bool { return r == '\n' })
	return strings.Join(lines[:min(len(lines), 3)], "; ")
}

// SameFile says whether two files have the same contents.
func SameFile(x, y string) (bool, error) {
	a, err := os.ReadFile(x)
	if err != nil {
		return false, err
	}
	b, err := os.ReadFile(y)
	return sha256.Sum256(a) == sha256.Sum256(b), err
}
