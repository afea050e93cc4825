package command

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"srhmbench/bench/checkout/repotest"
	"srhmbench/internal/subprocess"
)

var root = filepath.Join("..", "..")

// ciCommands are what a CI recipe runs: "run: COMMAND", and the items of a script.
func ciCommands(recipe string) []string {
	var list []string
	script := false
	for line := range strings.Lines(recipe) {
		line = strings.TrimSpace(line)
		item, isItem := strings.CutPrefix(line, "- ")
		if command, found := strings.CutPrefix(item, "run:"); found {
			list = append(list, strings.TrimSpace(command))
		} else if script && isItem {
			list = append(list, item)
		}
		script = line == "script:" || line == "before_script:" || script && isItem
	}
	return list
}

// emulator is what a recipe installs where it is not root: as root, make test does it by itself.
const emulator = "sudo apt-get update && sudo apt-get install -y qemu-user-static"

// CI recipes run nothing but make, of whose targets each is there and can be planned.
func TestCIRecipes(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(root, "scripts", "ci", "*.yml"))
	if err != nil || len(files) < 2 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), "\t") {
			t.Errorf("%s: YAML has no tabs", file)
		}
		var targets []string
		for _, command := range ciCommands(string(text)) {
			if command == emulator {
				continue
			}
			words := strings.Fields(command)
			if len(words) != 2 || words[0] != "make" {
				t.Errorf("%s: %q: want make and one target", file, command)
				continue
			}
			targets = append(targets, words[1])
		}
		if want := []string{"test", "test-browser", "figures-gate", "bench-gate"}; !slices.Equal(targets, want) {
			t.Errorf("%s: targets %v, want %v", file, targets, want)
		}
		for _, target := range targets {
			cmd := exec.Command("make", "-n", target)
			cmd.Dir, cmd.Env = root, append(os.Environ(), "BASE=HEAD")
			out, err := cmd.CombinedOutput()
			if err != nil || !strings.HasPrefix(target, "test") && !strings.Contains(string(out), "--base 'HEAD'") {
				t.Errorf("%s: make %s: %v\n%s", file, target, err, out)
			}
		}
	}
}

func TestCICommands(t *testing.T) {
	recipe := "a:\n  steps:\n    - uses: x\n    - run: make a\n    - name: y\n      run: rm -r b\n  script:\n    - make c\n    - ls\n  tags:\n    - d\n"
	if got, want := ciCommands(recipe), []string{"make a", "rm -r b", "make c", "ls"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// What make submit packs is a run and a description of the machine, under paths of a checkout.
func TestSubmit(t *testing.T) {
	out := t.TempDir()
	cmd := exec.Command(filepath.Join("scripts", "submit.sh"))
	cmd.Dir, cmd.Env = root, append(os.Environ(), "OUT="+out, "BENCH=PeakFMA|ReLU/shapes=odd", "BENCHTIME=1ms", "COUNT=1")
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	files, err := filepath.Glob(filepath.Join(out, "*"))
	if err != nil || len(files) != 1 || !strings.HasSuffix(files[0], ".tar.gz") {
		t.Fatal(files, err)
	}
	list, err := exec.Command("tar", "-tzf", files[0]).Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`(?m)^results/bench/[^/]+/machine\.json$`, `(?m)^results/bench/[^/]+/\d{8}T\d{6}Z-[^/]*\.txt$`} {
		if !regexp.MustCompile(want).Match(list) {
			t.Errorf("no %s in\n%s", want, list)
		}
	}
}

// In a source archive, which has no git in it, make still sees what gofmt would write differently, and does not wait for
// somebody to type. A gofmt that fails is no success.
func TestFormat(t *testing.T) {
	makefile, err := os.ReadFile(filepath.Join(root, "Makefile"))
	if err != nil {
		t.Fatal(err)
	}
	const good, bad = "package a\n\nvar x = 1\n", "package a\nvar   x=1\n"
	for _, c := range []struct {
		name  string
		files map[string]string
		want  string // what make says, or nothing if all is well
	}{
		{"formatted", map[string]string{"a/a.go": good, "_asm/b.go": good}, ""},
		{"unformatted", map[string]string{"a/a.go": good, "_asm/b.go": bad}, "not as gofmt writes it: _asm/b.go"},
		{"no Go", map[string]string{"a/a.go": "packag"}, "a/a.go:1:1: expected 'package'"},
		{"a gofmt that fails", map[string]string{"a/a.go": good, "bin/gofmt": "#!/bin/sh\nexit 3\n"}, "Error 3"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			repotest.Write(t, dir, "Makefile", string(makefile))
			for name, text := range c.files {
				repotest.Write(t, dir, name, text)
				if err := os.Chmod(filepath.Join(dir, name), 0o777); err != nil {
					t.Fatal(err)
				}
			}
			in, typist, err := os.Pipe() // which nobody closes
			if err != nil {
				t.Fatal(err)
			}
			defer typist.Close()
			defer in.Close()
			ctx, stop := context.WithTimeout(t.Context(), time.Minute)
			defer stop()
			cmd := subprocess.Command(ctx, dir, "make", "format")
			cmd.Env = append(cmd.Env, "PATH="+filepath.Join(dir, "bin")+string(os.PathListSeparator)+os.Getenv("PATH"))
			cmd.Stdin, cmd.WaitDelay = in, time.Second
			out, err := cmd.CombinedOutput()
			if (err == nil) != (c.want == "") || !strings.Contains(string(out), c.want) {
				t.Errorf("%v, %s, want %q", err, out, c.want)
			}
		})
	}
}

// What make runs gets none of the variables that git sets for hooks, nor do programs that scripts start.
func TestNoGitVariables(t *testing.T) {
	t.Setenv("GIT_DIR", filepath.Join(t.TempDir(), "none"))
	dir := t.TempDir()
	makefile, err := os.ReadFile(filepath.Join(root, "Makefile"))
	if err != nil {
		t.Fatal(err)
	}
	repotest.Write(t, dir, "Makefile", string(makefile)+"\nseen:\n\tenv\n")
	cmd := exec.Command("make", "seen")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil || strings.Contains(string(out), "GIT_DIR") {
		t.Errorf("%v\n%s", err, out)
	}
	scripts, err := filepath.Glob(filepath.Join(root, "scripts", "*.sh"))
	if err != nil || len(scripts) == 0 {
		t.Fatal(scripts, err)
	}
	for _, script := range scripts {
		text, err := os.ReadFile(script)
		if err != nil {
			t.Fatal(err)
		}
		starts, clean := startsGit.FindIndex(text), strings.Index(string(text), `unset "${!GIT_@}"`)
		if starts != nil && (clean < 0 || clean > starts[0]) {
			t.Errorf("%s starts %s with the caller's git variables", script, text[starts[0]:starts[1]])
		}
	}
}

// startsGit is the beginning of a command that runs git, or go, which asks git for the version.
var startsGit = regexp.MustCompile(`(?m)^[^#\n]*\b(git|go) (build|run|test|vet|worktree|ls-files|diff|rev-parse|status)\b`)

// What make is given reaches the program as it is, whatever a shell would make of it.
func TestMakeVariables(t *testing.T) {
	bin := t.TempDir()
	said := filepath.Join(bin, "said")
	fake := "#!/bin/sh\nfor a; do printf '%s\\n' \"$a\" >>" + said + "; done\n"
	if err := os.WriteFile(filepath.Join(bin, "go"), []byte(fake), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, value := range []string{"out/o'brien", `out/"two" words`, "out/$HOME", "out/$(HOME)", "a;touch b", "`touch b`", "*", `back\slash`, "ends in $"} {
		for target, variables := range map[string][]string{
			"reproduce": {"SCALE", "FIG", "OUT"}, "figures": {"SCALE", "FIG", "OUT"}, "report": {"SCALE", "FIG", "OUT"},
			"bench-baseline": {"ROUNDS", "BASELINE"}, "bench-gate": {"BASE", "ROUNDS"}, "figures-gate": {"BASE"}, "man": {"OUT"},
		} {
			for _, v := range variables {
				os.Remove(said)
				cmd := exec.Command("make", "-s", target, v+"="+value)
				cmd.Dir, cmd.Env = root, append(os.Environ(), "PATH="+bin+":"+os.Getenv("PATH"))
				out, err := cmd.CombinedOutput()
				args, _ := os.ReadFile(said)
				want := "\n" + value + "\n"
				if target == "man" {
					want = "\n" + value + "/man\n"
				}
				if err != nil || !strings.Contains(string(args), want) {
					t.Errorf("make %s %s=%s: %v %s\n%s", target, v, value, err, out, args)
				}
			}
		}
		// These call scripts, and more than go: what they are given is at least whole.
		for target, v := range map[string]string{"bench": "BENCH", "submit": "OUT", "bench-peers": "PEER_ROUNDS", "tiers-emulated": "TIER", "random": "CHECKS"} {
			plan := exec.Command("make", "-n", target, v+"="+value)
			plan.Dir = root
			recipe, err := plan.Output()
			if err != nil {
				t.Fatal(err)
			}
			check := exec.Command("sh", "-n")
			check.Stdin = strings.NewReader(string(recipe))
			if out, err := check.CombinedOutput(); err != nil {
				t.Errorf("make %s %s=%s: %s\n%s", target, v, value, out, recipe)
			}
		}
	}
}
