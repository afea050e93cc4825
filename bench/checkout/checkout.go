// Package checkout finds the source that the user is in, takes the source of another commit out of its repository, and
// builds programs from either. It writes nothing into the repository: no worktree, no index, no lock.
package checkout

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"

	"srhmbench/internal/subprocess"
)

// Root returns the top directory of the git checkout that directory dir is in. The error has git's own reason.
func Root(ctx context.Context, dir string) (string, error) {
	top, err := subprocess.Git(ctx, dir, "rev-parse", "--show-toplevel")
	if err != nil {
		return "", fmt.Errorf("%w: want to be within a git checkout of the source", err)
	}
	return filepath.FromSlash(top), nil
}

// Extract writes the source of a commit of the repository in root into the new directory to. That is no checkout of its
// own: there is no git in it.
func Extract(ctx context.Context, root, commit, to string) error {
	hash, err := resolve(ctx, root, commit)
	if err != nil {
		return err
	}
	if err := os.Mkdir(to, 0o777); err != nil {
		return err
	}
	index := to + ".index"
	defer os.Remove(index)
	settings := []string{"GIT_INDEX_FILE=" + index, "GIT_WORK_TREE=" + to} // the user's stay as they are
	if _, err := subprocess.GitWith(ctx, root, settings, "read-tree", "--no-sparse-checkout", hash); err != nil {
		return err
	}
	_, err = subprocess.GitWith(ctx, root, settings, "checkout-index", "--all")
	return err
}

// resolve returns the hash of a commit, or an error that says why there is none.
func resolve(ctx context.Context, root, commit string) (string, error) {
	shallow, err := subprocess.Git(ctx, root, "rev-parse", "--is-shallow-repository")
	if err != nil {
		return "", err
	}
	hash, err := subprocess.Git(ctx, root, "rev-parse", "--verify", "--quiet", "--end-of-options", commit+"^{commit}")
	switch {
	case ctx.Err() != nil:
		return "", ctx.Err()
	case err == nil:
		return hash, nil
	case shallow == "true":
		return "", fmt.Errorf("base %q: want a commit that is in this clone, which is shallow: git fetch --unshallow gets all of them", commit)
	}
	return "", fmt.Errorf("base %q: want a commit of this repository", commit)
}

// BuildBenchmarks compiles package bench of the source in directory source to the file to, without paths and version
// control, so that equal sources make equal programs.
func BuildBenchmarks(ctx context.Context, source, to string) error {
	return build(ctx, source, "test", "-c", "-trimpath", "-buildvcs=false", "-o", to, "./bench")
}

// BuildProgram does the same for the main package.
func BuildProgram(ctx context.Context, source, to string) error {
	return build(ctx, source, "build", "-trimpath", "-buildvcs=false", "-o", to, ".")
}

func build(ctx context.Context, source string, args ...string) error {
	cmd := subprocess.Command(ctx, source, "go", args...)
	cmd.Env = append(cmd.Env, "CGO_ENABLED=0")
	_, err := subprocess.Output(ctx, "go "+args[0], cmd)
	return err
}

// SameFile reports whether two files have the same contents.
func SameFile(x, y string) (bool, error) {
	a, err := os.ReadFile(x)
	if err != nil {
		return false, err
	}
	b, err := os.ReadFile(y)
	return err == nil && bytes.Equal(a, b), err
}
