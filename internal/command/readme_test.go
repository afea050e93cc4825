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
	tiny := tinyGrid(t)
	t.Chdir(t.TempDir())
	commands, targets := 0, 0
	for line := range strings.Lines(string(text)) {
		line, _, _ = strings.Cut(line, "#")
		words := strings.Fields(line)
		switch {
		case strings.HasPrefix(line, "    go run . "):
			commands++
			if words[3] == "sweep" { // minutes: less of the same
				words[4] = tiny
			}
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

// Every claim the README quotes is in one of the committed reports, number for number.
func TestREADMEClaims(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	var reports string
	for _, dir := range []string{"results", "results/paper-scale"} {
		report, err := os.ReadFile(filepath.Join("..", "..", dir, "claims.md"))
		if err != nil {
			t.Fatal(err)
		}
		reports += string(report)
	}
	quoted := regexp.MustCompile(`(?m)^\| [0-9]+[A-F]? \|.*$`).FindAllString(string(text), -1)
	for _, line := range quoted {
		if !strings.Contains(reports, line) {
			t.Errorf("not in results/claims.md nor results/paper-scale/claims.md: %s", line)
		}
	}
	if len(quoted) < 5 {
		t.Errorf("%d claims quoted", len(quoted))
	}
}

// The interpolated P* that the README lists are those in the notes of the committed claims.
func TestREADMECurves(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	report, err := os.ReadFile(filepath.Join("..", "..", "results", "paper-scale", "claims.md"))
	if err != nil {
		t.Fatal(err)
	}
	words := strings.Join(strings.Fields(string(text)), " ")
	lists := 0
	for _, note := range regexp.MustCompile(`(?m)^[0-9]+\. .* published, .* ours.*$`).FindAllString(string(report), -1) {
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
	text, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	st, err := store.OpenReadOnly(filepath.Join("..", "..", "results", "runs", "paper.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for _, r := range st.Records() {
		task := r.Run.Task
		if task.L != 3 || !strings.Contains(string(text), fmt.Sprintf("\n| %s, P = %d |", strings.ToUpper(r.Run.Network.Kind), r.Run.P)) {
			continue
		}
		rows++
		want := fmt.Sprintf("\n| %s, P = %d | %d | %d | %.3f | %.0f minutes |\n", strings.ToUpper(r.Run.Network.Kind), r.Run.P,
			r.Result.Epochs, r.Result.Steps, r.Result.Error, r.Provenance.Seconds/60)
		if task.V != 6 || task.S0 != 2 || !strings.Contains(string(text), want) {
			t.Errorf("no row %q", want)
		}
	}
	if rows != 3 {
		t.Errorf("%d trainings quoted", rows)
	}
}

// How many kernels win beside other libraries is what the table says, and other numbers are of the run it is of.
func TestREADMEPeers(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	table, err := os.ReadFile(filepath.Join("..", "..", "results", "bench", "amd-epyc-84ec66f8", "peers.md"))
	if err != nil {
		t.Fatal(err)
	}
	score := regexp.MustCompile(`Of ([0-9]+) benchmarks with peers we win ([0-9]+)`).FindSubmatch(table)
	if score == nil {
		t.Fatal("the table does not say how many win")
	}
	run := regexp.MustCompile(`\(peers/\S+\.txt\)`).Find(table)
	if run == nil {
		t.Fatal("the table does not say of which run it is")
	}
	for _, want := range []string{
		fmt.Sprintf("%s of %s win", score[2], score[1]),
		"results/bench/amd-epyc-84ec66f8/" + strings.Trim(string(run), "()"),
	} {
		if !strings.Contains(string(text), want) {
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
