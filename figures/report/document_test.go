package report

import (
	"encoding/xml"
	"errors"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"srhmbench/figures"
	"srhmbench/srhm/store"
)

// element is a tag of a page with its attributes.
type element struct {
	name  string
	attr  map[string]string
	depth int
}

// elements parses a page. It is written so that it is well-formed XML too, which makes a tag that is not
// closed, or text that was taken for a tag, an error.
func elements(t *testing.T, page string) (list []element, text string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(page))
	d.Entity = xml.HTMLEntity
	depth := 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return list, text
		}
		if err != nil {
			t.Fatal(err)
		}
		switch x := token.(type) {
		case xml.StartElement:
			e := element{x.Name.Local, map[string]string{}, depth}
			for _, a := range x.Attr {
				e.attr[a.Name.Local] = a.Value
			}
			list = append(list, e)
			depth++
		case xml.EndElement:
			depth--
		case xml.CharData:
			text += string(x)
		}
	}
}

// committed are all figures from the records that come with the source.
func committed(t *testing.T) Report {
	t.Helper()
	st, err := store.OpenReadOnly(filepath.Join("..", "..", "results", "runs"))
	if err != nil {
		t.Fatal(err)
	}
	r := Report{Scale: figures.Quick}
	for _, f := range figures.All() {
		e, err := Draw(f, st, r.Scale)
		if err != nil {
			t.Fatal(err)
		}
		r.Entries = append(r.Entries, e)
	}
	return r
}

// The page of the real figures is one document with landmarks, headings in order, headers for its tables,
// a name for every picture, links that lead somewhere, ids that are there once; and it needs nothing from
// elsewhere and runs nothing. Made twice it is the same.
func TestDocument(t *testing.T) {
	r := committed(t)
	page := htmlOf(t, r)
	if again := committed(t); htmlOf(t, again) != page || markdownOf(t, again) != markdownOf(t, r) {
		t.Error("made twice, the report differs")
	}
	list, _ := elements(t, page)
	count := map[string]int{}
	for _, e := range list {
		count[e.name]++
	}
	for name, want := range map[string]int{"html": 1, "header": 1, "main": 1, "nav": 1, "footer": 1, "h1": 1, "svg": len(r.Entries), "script": 0, "link": 0, "img": 0, "iframe": 0} {
		if count[name] != want {
			t.Errorf("%d <%s>, want %d", count[name], name, want)
		}
	}
	if list[0].name != "html" || list[0].attr["lang"] != "en" {
		t.Errorf("the document begins %+v", list[0])
	}
	checkNames(t, list)
	checkHeadings(t, list)
	for _, e := range list {
		if e.name == "th" && e.attr["scope"] == "" {
			t.Error("a table header without scope")
		}
		if e.name == "svg" && (e.attr["role"] != "img" || e.attr["aria-labelledby"] == "" || e.attr["aria-describedby"] == "") {
			t.Errorf("a picture without a name: %v", e.attr)
		}
	}
}

// checkNames looks at ids and at what refers to them, or to anything else.
func checkNames(t *testing.T, list []element) {
	t.Helper()
	ids := map[string]bool{}
	for _, e := range list {
		if id, ok := e.attr["id"]; ok {
			if id == "" || ids[id] {
				t.Errorf("the id %q is there twice", id)
			}
			ids[id] = true
		}
	}
	for _, e := range list {
		refs := strings.Fields(e.attr["aria-labelledby"] + " " + e.attr["aria-describedby"])
		if to, local := strings.CutPrefix(e.attr["href"], "#"); local {
			refs = append(refs, to)
		} else if to != "" && !strings.HasPrefix(to, "data:text/csv;") {
			t.Errorf("a link to %.60s", to)
		}
		if e.attr["src"] != "" {
			t.Errorf("<%s> loads %.60s", e.name, e.attr["src"])
		}
		for _, ref := range refs {
			if !ids[ref] {
				t.Errorf("<%s> refers to %q, which is not there", e.name, ref)
			}
		}
	}
}

// checkHeadings wants no level left out.
func checkHeadings(t *testing.T, list []element) {
	t.Helper()
	last := 0
	for _, e := range list {
		if len(e.name) == 2 && e.name[0] == 'h' && e.name[1] >= '1' && e.name[1] <= '6' {
			level := int(e.name[1] - '0')
			if level > last+1 {
				t.Errorf("<h%d> under <h%d>", level, last)
			}
			last = level
		}
	}
}
