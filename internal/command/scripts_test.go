package command

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
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
		if want := []string{"test", "figures-gate", "bench-gate"}; !slices.Equal(targets, want) {
			t.Errorf("%s: targets %v, want %v", file, targets, want)
		}
		for _, target := range targets {
			cmd := exec.Command("make", "-n", target)
			cmd.Dir, cmd.Env = root, append(os.Environ(), "BASE=HEAD")
			out, err := cmd.CombinedOutput()
			if err != nil || target != "test" && !strings.Contains(string(out), "--base 'HEAD'") {
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
