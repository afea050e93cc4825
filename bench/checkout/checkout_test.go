package checkout

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"srhmbench/bench/checkout/repotest"
)

func TestExtract(t *testing.T) {
	dir := repotest.New(t, map[string]string{"a": "1", "b/c": "2", "gone": "3", ".gitattributes": "b export-ignore\n"})
	repotest.Git(t, dir, "rm", "--quiet", "gone")
	repotest.Commit(t, dir, map[string]string{"a": "changed"})
	repotest.Write(t, dir, "a", "not committed")
	if runtime.GOOS != "windows" {
		for _, hook := range []string{"post-checkout", "post-index-change"} {
			repotest.Write(t, dir, ".git/hooks/"+hook, "#!/bin/sh\ntouch '"+dir+"/.git/ran'\n")
			if err := os.Chmod(filepath.Join(dir, ".git/hooks", hook), 0o777); err != nil {
				t.Fatal(err)
			}
		}
	}
	repotest.Git(t, dir, "sparse-checkout", "set", "--no-cone", "/a") // runs no hook: repotest.Git keeps them off
	before := repotest.Git(t, dir, "ls-files", "--debug")
	for name, value := range map[string]string{"GIT_DIR": dir, "GIT_INDEX_FILE": filepath.Join(dir, ".git/index"), "GIT_WORK_TREE": dir, "GIT_PREFIX": "b/"} {
		t.Setenv(name, value)
	}
	to := filepath.Join(t.TempDir(), "source")
	if err := Extract(t.Context(), dir, "HEAD~1", to); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, ".git/ran")); err == nil {
		t.Error("a hook of the user ran")
	}
	for name, want := range map[string]string{"a": "1", "b/c": "2", "gone": "3"} {
		if text, err := os.ReadFile(filepath.Join(to, name)); err != nil || string(text) != want {
			t.Errorf("%s: %q, %v", name, text, err)
		}
	}
	if after := repotest.Git(t, dir, "ls-files", "--debug"); after != before {
		t.Errorf("the index is another:\n%s\nwas\n%s", after, before)
	}
	if text, err := os.ReadFile(filepath.Join(dir, "a")); err != nil || string(text) != "not committed" {
		t.Errorf("the user's file is %q, %v", text, err)
	}
	if list, err := os.ReadDir(filepath.Dir(to)); err != nil || len(list) != 1 {
		t.Errorf("%v beside the source, %v", list, err)
	}
	if err := Extract(t.Context(), dir, "HEAD", to); err == nil {
		t.Error("a directory that exists is accepted")
	}
}

// Git's own reason reaches the user.
func TestReasons(t *testing.T) {
	t.Setenv("HOME", t.TempDir()) // no safe.directory of the user
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	dir := repotest.New(t, map[string]string{"a": "1"})
	repotest.Commit(t, dir, map[string]string{"a": "2"})
	shallow := filepath.Join(t.TempDir(), "shallow")
	repotest.Git(t, "", "clone", "--quiet", "--depth=1", "file://"+filepath.ToSlash(dir), shallow)
	for _, c := range []struct{ name, root, base, want string }{
		{"no such commit", dir, "nowhere", `base "nowhere": want a commit of this repository`},
		{"an option", dir, "--all", `base "--all": want a commit of this repository`},
		{"a file", dir, "HEAD:a", `base "HEAD:a": want a commit of this repository`},
		{"shallow", shallow, "HEAD~1", `base "HEAD~1": want a commit that is in this clone, which is shallow: git fetch --unshallow gets all of them`},
		{"no repository", t.TempDir(), "HEAD", "git rev-parse: fatal: not a git repository (or any"},
	} {
		err := Extract(t.Context(), c.root, c.base, filepath.Join(t.TempDir(), "source"))
		if err == nil || !strings.HasPrefix(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
	if err := Extract(t.Context(), shallow, "HEAD", filepath.Join(t.TempDir(), "source")); err != nil {
		t.Errorf("what a shallow clone has: %v", err)
	}
	if _, err := Root(t.Context(), t.TempDir()); err == nil || !strings.HasSuffix(err.Error(), ": want to be within a git checkout of the source") ||
		!strings.Contains(err.Error(), "not a git repository") {
		t.Errorf("%v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := Extract(ctx, dir, "HEAD", filepath.Join(t.TempDir(), "source")); err != context.Canceled {
		t.Errorf("interrupted: %v", err)
	}
	otherOwner(t, dir)
	if _, err := Root(t.Context(), dir); err == nil || !strings.Contains(err.Error(), "dubious ownership") || !strings.Contains(err.Error(), "safe.directory") {
		t.Errorf("another owner: %v", err)
	}
}

// otherOwner gives a repository to somebody else.
func otherOwner(t *testing.T, dir string) {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("only root can give files away: another owner is not tested")
	}
	for _, path := range []string{dir, filepath.Join(dir, ".git")} {
		if err := os.Chown(path, 12345, 12345); err != nil {
			t.Fatal(err)
		}
	}
}

func TestBuild(t *testing.T) {
	dir := repotest.New(t, map[string]string{
		"go.mod": "module invented\n\ngo 1.26\n", "main.go": "package main\n\nfunc main() { println(1) }\n", "bench/x.go": "package bench\n",
	})
	one, other := filepath.Join(t.TempDir(), "one"), filepath.Join(t.TempDir(), "other")
	for _, to := range []string{one, other} {
		if err := BuildProgram(t.Context(), dir, to); err != nil {
			t.Fatal(err)
		}
	}
	if same, err := SameFile(one, other); err != nil || !same {
		t.Errorf("two programs of one source: %t, %v", same, err)
	}
	if _, err := SameFile(one, filepath.Join(dir, "none")); err == nil {
		t.Error("a file that is not there is accepted")
	}
	repotest.Write(t, dir, "main.go", "package main\n\nfunc main() { println(2) }\n")
	if err := BuildProgram(t.Context(), dir, other); err != nil {
		t.Fatal(err)
	}
	if same, err := SameFile(one, other); err != nil || same {
		t.Errorf("programs of two sources: %t, %v", same, err)
	}
	repotest.Write(t, dir, "bench/x.go", "package bench\n\nvar x int = \"\"\n")
	if err := BuildBenchmarks(t.Context(), dir, other); err == nil || !strings.HasPrefix(err.Error(), "go test: ") || strings.Contains(err.Error(), "\n") {
		t.Errorf("%v", err)
	}
}
