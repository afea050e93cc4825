package command

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"srhmbench/srhm/store"
	"srhmbench/srhm/sweep"
)

// readmes are the pages whose commands and numbers are tested.
var readmes = []string{"README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "bench/README.md", "figures/README.md", "kernels/README.md", "results/README.md", "srhm/README.md"}

// textOf returns the text of a file of the checkout.
func textOf(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Every command that a page shows works as shown, and every make target it names exists.
func TestREADME(t *testing.T) {
	makefile := textOf(t, "Makefile")
	pages := map[string]string{}
	for _, name := range readmes {
		pages[name] = textOf(t, name)
	}
	tiny := tinyGrid(t)
	runs, err := filepath.Abs(filepath.Join(root, "results", "runs"))
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	commands, targets := map[string]bool{}, 0
	for _, name := range readmes {
		for line := range strings.Lines(pages[name]) {
			line, _, _ = strings.Cut(line, "#")
			words := strings.Fields(line)
			switch {
			case strings.HasPrefix(line, "    go run . ") && !commands[line]:
				commands[line] = true
				if words[3] == "sweep" { // minutes: less of the same
					words[4] = tiny
				}
				for i := range words {
					words[i] = strings.Replace(words[i], "results/runs", runs, 1)
				}
				if code, stdout, stderr := runMain(t, words[3:]); code != 0 || stdout == "" && words[3] != "results" {
					t.Errorf("%s: %s: exit status %d\n%s", name, strings.TrimSpace(line), code, stderr)
				}
			case strings.HasPrefix(line, "    make "):
				targets++
				if !regexp.MustCompile(`(?m)^` + words[1] + `:`).MatchString(makefile) {
					t.Errorf("%s: %s: the Makefile has no target %s", name, strings.TrimSpace(line), words[1])
				}
			}
		}
	}
	if len(commands) < 10 || targets < 10 {
		t.Errorf("%d commands and %d make targets found", len(commands), targets)
	}
}

// Links between the pages lead somewhere, and the first page is one page.
func TestREADMELinks(t *testing.T) {
	for _, name := range readmes {
		for _, link := range regexp.MustCompile(`\]\(([^)]+)\)`).FindAllStringSubmatch(textOf(t, name), -1) {
			target, _, _ := strings.Cut(link[1], "#")
			if strings.Contains(target, "://") || target == "" {
				continue
			}
			if _, err := os.Stat(filepath.Join(root, filepath.Dir(name), target)); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	if n := strings.Count(textOf(t, "README.md"), "\n"); n > 120 {
		t.Errorf("README.md has %d lines, want at most 120", n)
	}
}

// tinyGrid writes the grid that the README shows with fewer and smaller cells, and returns the name of its file.
func tinyGrid(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "srhm", "sweep", "synonyms.toml"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sweep.ReadGrid("synonyms.toml", text); err != nil {
		t.Fatal(err)
	}
	for _, less := range [][2]string{{"v = 8", "v = 4"}, {"m = [2, 3, 4, 6, 8]", "m = 4"}, {`"authors:1", "random:1", "random:2"`, `"authors:1"`}, {"width = 128", "width = 64"}} {
		if !bytes.Contains(text, []byte(less[0])) {
			t.Fatalf("synonyms.toml has no %q", less[0])
		}
		text = bytes.Replace(text, []byte(less[0]), []byte(less[1]), 1)
	}
	file := filepath.Join(t.TempDir(), "synonyms.toml")
	if err := os.WriteFile(file, text, 0o666); err != nil {
		t.Fatal(err)
	}
	return file
}

// Every claim that a page quotes is in one of the committed reports, number for number.
func TestREADMEClaims(t *testing.T) {
	text := textOf(t, "README.md") + textOf(t, "figures/README.md")
	var reports string
	for _, dir := range []string{"results", "results/paper-scale"} {
		reports += textOf(t, dir+"/claims.md")
	}
	quoted := regexp.MustCompile(`(?m)^\| [0-9]+[A-F]? \|.*$`).FindAllString(text, -1)
	for _, line := range quoted {
		if !strings.Contains(reports, line) {
			t.Errorf("not in results/claims.md nor results/paper-scale/claims.md: %s", line)
		}
	}
	if len(quoted) < 5 {
		t.Errorf("%d claims quoted", len(quoted))
	}
}

// The interpolated P* that figures/README.md lists are those in the notes of the committed claims.
func TestREADMECurves(t *testing.T) {
	report := textOf(t, "results/paper-scale/claims.md")
	words := strings.Join(strings.Fields(textOf(t, "figures/README.md")), " ")
	lists := 0
	for _, note := range regexp.MustCompile(`(?m)^[0-9]+\. .* published, .* ours.*$`).FindAllString(report, -1) {
		var published, ours []string
		for _, pair := range regexp.MustCompile(`([0-9]+) published, ([0-9]+) ours`).FindAllStringSubmatch(note, -1) {
			published, ours = append(published, pair[1]), append(ours, pair[2])
		}
		lists++
		if want := strings.Join(published, ", ") + ", ours " + strings.Join(ours, ", "); !strings.Contains(words, want) {
			t.Errorf("no %q", want)
		}
	}
	if lists != 4 {
		t.Errorf("%d lists", lists)
	}
}

// The table of trainings at L = 3 is what their records say.
func TestREADMETrainings(t *testing.T) {
	text := textOf(t, "srhm/README.md")
	st, err := store.OpenReadOnly(filepath.Join("..", "..", "results", "runs", "paper.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for _, r := range st.Records() {
		task := r.Run.Task
		if task.L != 3 || !strings.Contains(text, fmt.Sprintf("\n| %s, P = %d |", strings.ToUpper(r.Run.Network.Kind), r.Run.P)) {
			continue
		}
		rows++
		want := fmt.Sprintf("\n| %s, P = %d | %d | %d | %.3f | %.0f minutes |\n", strings.ToUpper(r.Run.Network.Kind), r.Run.P,
			r.Result.Epochs, r.Result.Steps, r.Result.Error, r.Provenance.Seconds/60)
		if task.V != 6 || task.S0 != 2 || !strings.Contains(text, want) {
			t.Errorf("no row %q", want)
		}
	}
	if rows != 3 {
		t.Errorf("%d trainings quoted", rows)
	}
}

// How many kernels win beside other libraries is what the table says, and other numbers are of the run it is of.
func TestREADMEPeers(t *testing.T) {
	text, table := textOf(t, "bench/README.md"), textOf(t, "results/bench/amd-epyc-84ec66f8/peers.md")
	score := regexp.MustCompile(`Of ([0-9]+) benchmarks with peers we win ([0-9]+)`).FindStringSubmatch(table)
	if score == nil {
		t.Fatal("the table does not say how many win")
	}
	run := regexp.MustCompile(`\(peers/\S+\.txt\)`).FindString(table)
	if run == "" {
		t.Fatal("the table does not say of which run it is")
	}
	for _, want := range []string{
		fmt.Sprintf("%s of %s win", score[2], score[1]),
		"results/bench/amd-epyc-84ec66f8/" + strings.Trim(run, "()"),
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q", want)
		}
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
