package report

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"srhmbench/figures"
	"srhmbench/srhm"
	"srhmbench/srhm/spec"
)

// wants fails unless a text has all these parts.
func wants(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if !strings.Contains(text, p) {
			t.Errorf("%q is not in it", p)
		}
	}
}

// The verdicts come first: their counts, and the claims that fail with a link to each.
func TestVerdictsFirst(t *testing.T) {
	r := reported(t, trained(1, 2, 3), invented("9z", claimOf("up", figures.Holds), claimOf("down", figures.Fails), claimOf("sideways", figures.Undecided)))
	page := htmlOf(t, r)
	head, _, found := strings.Cut(page, `<section class="figure"`)
	if !found {
		t.Fatal("no figure")
	}
	wants(t, head, "<strong>1</strong>", `<a href="#fig09z-claim-2">9Z: down</a>`)
	if strings.Contains(head, "sideways") || strings.Contains(head, "9Z: up") {
		t.Error("claims that do not fail are listed as such")
	}
	wants(t, page, `<tr role="row" id="fig09z-claim-2">`, `class="verdict fails"`, "note on down", "0.9 to 1.1", "2.00 [1.50, 2.50]")
	text := markdownOf(t, r)
	wants(t, text, "Of 3 claims 1 hold, 1 fail, and 1 are undecided at this scale. These fail:\n\n- 9Z: down:", "| 3 | 9Z | sideways |", "2. note on down")
	if s, err := r.Summary(); err != nil || !strings.HasPrefix(s, "Of 3 claims") || strings.Count(s, "\n- ") != 1 {
		t.Errorf("%q, %v", s, err)
	}
	if s, _ := reported(t, trained(1, 2, 3), invented("9z", claimOf("up", figures.Holds))).Summary(); strings.Contains(s, "These fail") {
		t.Errorf("nothing fails, but: %s", s)
	}
}

// What is said about the records of a figure is about those it asked for, each once.
func TestEvidence(t *testing.T) {
	r := reported(t, trained(1, 2, 3, 4), invented("9z"), invented("8"))
	if n := len(r.Entries[0].Used); n != 3 {
		t.Fatalf("%d records used, want 3", n)
	}
	for _, text := range []string{htmlOf(t, r), markdownOf(t, r)} {
		wants(t, text, "3 (fitted 3)", "LCN, width 64", "v 4; n_c 4; m 4; s 2; s0 1; L 2; sparsity A", "authors:1",
			"1, 2, 3", "machine 3; tier generic; go1", "commit1", "commit2 with uncommitted changes", "6.000 core-hours")
		if strings.Contains(text, "machine 4") || strings.Contains(text, "12.000 core-hours") || strings.Contains(text, "6 (fitted 6)") {
			t.Error("records are counted that were not asked for, or twice")
		}
	}
}

func TestMissingRecords(t *testing.T) {
	part := reported(t, trained(2), invented("9z"))
	none := reported(t, records{}, invented("9z"))
	for _, text := range []string{htmlOf(t, part), markdownOf(t, part)} {
		wants(t, text, "The records lack 2 of 3 trainings.", "1 (fitted 1)")
	}
	for _, text := range []string{htmlOf(t, none), markdownOf(t, none)} {
		wants(t, text, "The records lack 3 of 3 trainings.")
	}
	for _, text := range []string{htmlOf(t, reported(t, records{}, theory("7"))), htmlOf(t, reported(t, trained(1, 2, 3), invented("9z")))} {
		if strings.Contains(text, "records lack") {
			t.Error("nothing is missing, but the page says so")
		}
	}
	wants(t, markdownOf(t, reported(t, records{}, theory("7"))), "nothing is trained for this figure")
}

// The data on the page are those drawn, under the hash that the page gives.
func TestData(t *testing.T) {
	r := reported(t, trained(1), invented("9z"))
	want, err := r.Entries[0].Drawing.Data.CSV()
	if err != nil {
		t.Fatal(err)
	}
	list, text := elements(t, htmlOf(t, r))
	i := slices.IndexFunc(list, func(e element) bool { return e.attr["download"] != "" })
	if i < 0 || list[i].attr["download"] != "fig09z.csv" {
		t.Fatal("no download of fig09z.csv")
	}
	got, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(list[i].attr["href"], "data:text/csv;charset=utf-8;base64,"))
	if err != nil || string(got) != string(want) {
		t.Errorf("downloaded %q, %v; want %q", got, err, want)
	}
	wants(t, text, fmt.Sprintf("%x", sha256.Sum256(want)))
}

// Text that looks like markup is shown as text, wherever it comes from.
func TestHostileText(t *testing.T) {
	const evil = "</td></svg></style><script>alert('1')</script>\n\n# x | `y` [z](javascript:alert) \"onload=\"& {{.}}"
	c := claimOf(evil, figures.Fails)
	c.Paper, c.Ours, c.Bound, c.Note = evil, evil, evil, evil
	f := invented("9z", c)
	f.Title = evil
	draw := f.Draw
	f.Draw = func(src figures.Source, s figures.Scale) (figures.Drawing, error) {
		d, err := draw(src, s)
		d.Page.Title, d.Page.Description, d.Data.Rows = evil, evil, [][]string{{evil, evil}}
		return d, err
	}
	from := trained(1)
	for id, r := range from {
		r.Provenance.Machine, r.Provenance.Commit, r.Provenance.Tier = evil, evil, evil
		from[id] = r
	}
	r := reported(t, from, f)
	list, text := elements(t, htmlOf(t, r))
	for _, e := range list {
		if e.name == "script" || e.attr["onload"] != "" {
			t.Errorf("text became <%s> %v", e.name, e.attr)
		}
	}
	if n := strings.Count(text, "<script>alert('1')</script>"); n < 10 {
		t.Errorf("shown %d times", n)
	}
	for line := range strings.Lines(markdownOf(t, r)) {
		if strings.Contains(line, "<") || strings.Contains(line, "z](j") && !strings.Contains(line, `z\](j`) || strings.HasPrefix(line, "# x") {
			t.Errorf("Markdown takes it for markup: %s", line)
		}
	}
}

// The notes of a picture, whose letters are outlines, are text in its caption.
func TestCaption(t *testing.T) {
	r := reported(t, trained(1), invented("9z"))
	for _, text := range []string{htmlOf(t, r), markdownOf(t, r)} {
		wants(t, text, "What it shows. A note on P.")
	}
}

func TestProtocol(t *testing.T) {
	for _, name := range spec.Protocols {
		p, err := spec.Preset(name)
		if err != nil || protocol(p) != name {
			t.Errorf("%s is called %s (%v)", name, protocol(p), err)
		}
	}
	p, _ := spec.Preset("text")
	p.StopLoss, p.MaxEpochs = 0.5, 7
	if got := protocol(p); got != "text with stop_loss 0.5, max_epochs 7" {
		t.Error(got)
	}
	p.Encoding = srhm.Encoding("other")
	if got := protocol(p); !strings.Contains(got, "encoding other") {
		t.Error(got)
	}
}

// Names inside pictures do not meet, and still refer to each other.
func TestPicturesOwnTheirNames(t *testing.T) {
	const svg = `<svg><clipPath id="c"/><path id="p" clip-path="url(#c)"/><use xlink:href="#p"/><a href="https://x"/></svg>`
	const want = `<svg><clipPath id="f$1-c"/><path id="f$1-p" clip-path="url(#f$1-c)"/><use xlink:href="#f$1-p"/><a href="https://x"/></svg>`
	if got := string(own([]byte(svg), "f$1")); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestInline(t *testing.T) {
	const file = "<?xml version=\"1.0\"?>\n<!-- by -->\n<svg width=\"9\">\n<title>T</title><g id=\"a\"><title>U</title></g></svg>\n"
	const want = `<svg class="plot" role="img" aria-labelledby="f-picture" aria-describedby="f-caption" style="--natural:72pt" width="9">` +
		"\n<title id=\"f-picture\">T</title><g id=\"f-a\"><title>U</title></g></svg>"
	if got, err := inline([]byte(file), "f", 72); err != nil || string(got) != want {
		t.Errorf("%v\ngot  %s\nwant %s", err, got, want)
	}
	if _, err := inline([]byte("nothing"), "f", 72); err == nil {
		t.Error("a file without a picture is taken for one")
	}
}

func TestWrite(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "place")
	r := reported(t, trained(1), invented("9z"))
	if err := r.Write(dir); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{HTMLFile: htmlOf(t, r), MarkdownFile: markdownOf(t, r)} {
		if got, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(got) != want {
			t.Errorf("%s: %v, or another content", name, err)
		}
	}
	if err := r.Write(filepath.Join(dir, HTMLFile)); err == nil || strings.Contains(err.Error(), "\n") {
		t.Errorf("a file in place of the directory: %v", err)
	}
}

func TestFigureThatFails(t *testing.T) {
	f := invented("9z")
	f.Draw = func(figures.Source, figures.Scale) (figures.Drawing, error) {
		return figures.Drawing{}, errors.New("no ink")
	}
	if _, err := Draw(f, records{}, figures.Smoke); err == nil || err.Error() != "figure 9z: no ink" {
		t.Error(err)
	}
}
