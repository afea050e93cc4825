package command

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"srhmbench/bench/checkout/repotest"
	"srhmbench/internal/subprocess"
)

// Git tells its hooks which repository, directory and index a commit is being made from. A gate that takes this for its
// own would put the source of base into the user's commit.
func TestGatesInHook(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the hook is a shell script")
	}
	program := build(t, "")
	for _, gate := range []string{
		"figures --base HEAD", "figures --base HEAD~1",
		"gate --rounds 10 --benchtime 1ms --base HEAD", "gate --rounds 10 --benchtime 1ms --base HEAD~1",
	} {
		t.Run(gate, func(t *testing.T) {
			dir := repotest.New(t, hookedSource)
			repotest.Commit(t, dir, map[string]string{"LICENSE": "second\n"})
			linked := filepath.Join(t.TempDir(), "linked") // there git says more to its hooks
			repotest.Git(t, dir, "worktree", "add", "--quiet", linked)
			hook := "#!/bin/sh\n'" + program + "' bench " + gate + " >\"$(dirname \"$0\")/said\" 2>&1 || true\n"
			for name, text := range map[string]string{"pre-commit": hook, "post-checkout": "#!/bin/sh\ntouch checked-out\n"} {
				repotest.Write(t, dir, ".git/hooks/"+name, text)
				if err := os.Chmod(filepath.Join(dir, ".git/hooks", name), 0o777); err != nil {
					t.Fatal(err)
				}
			}
			for _, dir := range []string{dir, linked} {
				commitWithHooks(t, dir)
				said, err := os.ReadFile(filepath.Join(hooksOf(t, dir), "said"))
				if err != nil || !strings.Contains(string(said), "verdict: ") || strings.Contains(string(said), "could not") {
					t.Errorf("%v: bench %s says %s", err, gate, said)
				}
				if changed := repotest.Git(t, dir, "show", "--name-only", "--format=", "HEAD"); changed != "LICENSE" {
					t.Errorf("the commit changes %q, want LICENSE", changed)
				}
				if text := repotest.Git(t, dir, "show", "HEAD:LICENSE"); text != "third" {
					t.Errorf("the commit has %q, want third", text)
				}
				if status := repotest.Git(t, dir, "status", "--porcelain"); status != "" {
					t.Errorf("the index and the files are not those of the commit:\n%s", status)
				}
			}
			if list := repotest.Git(t, dir, "worktree", "list"); strings.Count(list, "\n") != 1 {
				t.Errorf("worktrees:\n%s", list)
			}
		})
	}
}

func hooksOf(t *testing.T, dir string) string {
	t.Helper()
	return filepath.Join(repotest.Git(t, dir, "rev-parse", "--path-format=absolute", "--git-common-dir"), "hooks")
}

// commitWithHooks changes LICENSE and commits it as a user does.
func commitWithHooks(t *testing.T, dir string) {
	t.Helper()
	repotest.Write(t, dir, "LICENSE", "third\n")
	if _, err := subprocess.Output(t.Context(), "git commit", subprocess.Command(t.Context(), dir, "git", "commit", "--quiet", "--all", "--message=third")); err != nil {
		t.Fatal(err)
	}
}

// hookedSource is a program and benchmarks that take no time to build.
var hookedSource = map[string]string{
	"LICENSE": "first\n", "go.mod": "module invented\n\ngo 1.26\n", "main.go": "package main\n\nfunc main() {}\n",
	"bench/doc.go": "package bench\n", "bench/main_test.go": "package bench\n\nimport \"testing\"\n\nfunc TestMain(*testing.M) {}\n",
}
