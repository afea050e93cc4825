package records

import (
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"srhmbench/figures"
	"srhmbench/figures/figuretest"
	"srhmbench/figures/pstar"
	"srhmbench/figures/style"
	"srhmbench/internal/plot"
	"srhmbench/srhm"
	"srhmbench/srhm/spec"
	"srhmbench/srhm/store"
	"srhmbench/srhm/sweep"
)

// inventedRecords are trainings of a world at sizes around P*, for several v, s0 and kinds of network.
func inventedRecords(w figuretest.Law, change func(*spec.Run)) []store.Record {
	how, err := spec.Preset("authors")
	if err != nil {
		panic(err)
	}
	var out []store.Record
	for _, net := range []string{spec.LCN, spec.CNN} {
		for _, v := range []int{4, 6, 8} {
			for _, s0 := range []int{0, 1, 2} {
				for _, grammar := range []string{"authors:1", "random:1"} {
					for _, x := range []float64{0.5, 0.8, 1.2, 2, 3} {
						task := srhm.Task{V: v, S0: s0, Grammar: grammar}.WithDefaults()
						s := sweep.Search{Task: task, Network: spec.Network{Kind: net, Width: 64, Bias: true}, Protocol: how, Seed: 1}
						run := s.RunAt(int(x * 1.7 * pstar.Prediction(net, task)))
						if change != nil {
							change(&run)
						}
						out = append(out, store.NewRecord(run, w.Train(run), store.Provenance{}))
					}
				}
			}
		}
	}
	return out
}

func columnOf(t *testing.T, table figures.Table, name string) []string {
	t.Helper()
	i := slices.Index(table.Columns, name)
	if i < 0 {
		t.Fatalf("no column %q in %v", name, table.Columns)
	}
	var out []string
	for _, row := range table.Rows {
		out = append(out, row[i])
	}
	return out
}

func drawnKind(t *testing.T, kind string, records []store.Record) figures.Drawing {
	t.Helper()
	d, err := Draw(kind, records)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range d.Data.Rows {
		if len(row) != len(d.Data.Columns) {
			t.Fatalf("%s: %d values in %d columns", kind, len(row), len(d.Data.Columns))
		}
	}
	if n := d.Page.Covered(); n > 0 {
		t.Errorf("%s: legends cover %d marks", kind, n)
	}
	return d
}

// Where P* is known, it is found, for every cell, and the law is in the notes.
func TestKindPStar(t *testing.T) {
	d := drawnKind(t, "pstar", inventedRecords(figuretest.Law{Prefactor: 1.7, Power: 1}, nil))
	predictions, values, searches := columnOf(t, d.Data, "prediction"), columnOf(t, d.Data, "pstar"), columnOf(t, d.Data, "searches")
	if len(values) != 2*3*3 || len(d.Page.Panels) != 2 {
		t.Fatalf("%d cells, %d panels", len(values), len(d.Page.Panels))
	}
	for i := range values {
		x, _ := strconv.ParseFloat(predictions[i], 64)
		y, err := strconv.ParseFloat(values[i], 64)
		if r := y / x; err != nil || math.Abs(math.Log(r/1.7)) > 0.1 || searches[i] != "2" {
			t.Errorf("cell %d: P*/prediction %v of %s searches, want 1.7 of 2 (%v)", i, r, searches[i], err)
		}
	}
	if note := d.Page.Notes[0]; !strings.HasPrefix(note, "LCN, 9 of 9 cells") || !strings.Contains(note, "log-log slope 1.0") && !strings.Contains(note, "log-log slope 0.9") {
		t.Errorf("note %q", note)
	}
}

// What never learns and what always learns are limits, drawn as such.
func TestKindPStarLimits(t *testing.T) {
	records := inventedRecords(figuretest.Law{Prefactor: 1.7, Power: 1}, nil)
	above := slices.DeleteFunc(slices.Clone(records), func(r store.Record) bool { return r.Result.Error <= sweep.DefaultEpsilon })
	below := slices.DeleteFunc(slices.Clone(records), func(r store.Record) bool { return r.Result.Error > sweep.DefaultEpsilon })
	for status, list := range map[string][]store.Record{"not-reached": above, "below-smallest": below} {
		d := drawnKind(t, "pstar", list)
		for i, got := range columnOf(t, d.Data, "status") {
			if got != status || columnOf(t, d.Data, "low")[i] != "" || columnOf(t, d.Data, "pstar")[i] == "" {
				t.Fatalf("%s: row %v", status, d.Data.Rows[i])
			}
		}
	}
	broken := figuretest.Law{Prefactor: 1.7, Power: 1, Outcome: func(spec.Run) (spec.Outcome, bool) { return spec.Diverged, true }}
	if got := columnOf(t, drawnKind(t, "pstar", inventedRecords(broken, nil)).Data, "status"); got[0] != "diverged" {
		t.Errorf("status %q", got[0])
	}
	if _, err := Draw("curves", inventedRecords(broken, nil)); err == nil || !strings.Contains(err.Error(), "collapsed or diverged") {
		t.Errorf("error %v", err)
	}
}

// The order of files does not matter, and with or without a probe a training counts once.
func TestKindsDependOnTheRecordsOnly(t *testing.T) {
	records := inventedRecords(figuretest.PaperLaw, nil)
	for _, kind := range []string{"pstar", "curves"} {
		want := drawnKind(t, kind, records)
		other := slices.Clone(records)
		rand.New(rand.NewPCG(1, 2)).Shuffle(len(other), func(i, j int) { other[i], other[j] = other[j], other[i] })
		if got := drawnKind(t, kind, other); !reflect.DeepEqual(got.Data, want.Data) || !reflect.DeepEqual(got.Page.Notes, want.Page.Notes) {
			t.Errorf("%s depends on the order of records", kind)
		}
		probed := inventedRecords(figuretest.PaperLaw, func(r *spec.Run) { r.Probe.Inputs = 20 })
		if got := drawnKind(t, kind, slices.Concat(records, probed)); kind == "pstar" && !reflect.DeepEqual(got.Data, want.Data) || len(got.Data.Rows) != len(want.Data.Rows) {
			t.Errorf("%s: probed trainings count as others", kind)
		}
	}
}

func TestKindSensitivity(t *testing.T) {
	ratio := func(x float64) *spec.Estimate { return &spec.Estimate{Value: x, Error: 0.01} }
	records := inventedRecords(figuretest.PaperLaw, nil)
	for i := range records {
		if records[i].Run.Task.V != 4 {
			continue
		}
		table := [][]*spec.Estimate{{ratio(0.7), ratio(0.8)}, {ratio(0.3), nil}, {ratio(0.1), ratio(0.5)}}
		r := &spec.Responses{UpTo: table, Only: table}
		records[i].Result.Sensitivities = &spec.Sensitivities{Inputs: 10, Synonyms: r}
		if records[i].Run.Task.S0 > 0 {
			records[i].Result.Sensitivities.Displacements = r
		}
	}
	d := drawnKind(t, "sensitivity", records)
	// 2 networks, 2 grammars, 5 sizes; at s0 = 0 S only, else both; 5 of 6 defined, twice.
	if want := 2 * 2 * 5 * (1 + 2 + 2) * 10; len(d.Data.Rows) != want {
		t.Errorf("%d rows, want %d", len(d.Data.Rows), want)
	}
	if v := columnOf(t, d.Data, "v"); slices.ContainsFunc(v, func(s string) bool { return s != "4" }) {
		t.Error("trainings without sensitivities are drawn")
	}
	if _, err := Draw("sensitivity", inventedRecords(figuretest.PaperLaw, nil)); err == nil || !strings.Contains(err.Error(), "want trainings with a probe") {
		t.Errorf("error %v", err)
	}
}

// Colours and shapes tell cells apart, and settings that follow from others are not named.
func TestLooks(t *testing.T) {
	all := groups(inventedRecords(figuretest.PaperLaw, nil))
	l := newStyles(all)
	seen := map[string]bool{}
	for _, b := range all {
		seen[l.hueText(b.run)+string(rune('0'+int(l.shapeOf(b.run))))] = true
		if s, want := l.shapeOf(b.run), style.ByS0.Shapes[b.run.Task.S0]; s != want {
			t.Errorf("s0 = %d has shape %v, want %v", b.run.Task.S0, s, want)
		}
	}
	if len(seen) != len(all) {
		t.Errorf("%d looks for %d cells", len(seen), len(all))
	}
	if text := l.hueText(all[0].run); text != "$v=4$, CNN" && text != "$v=4$, LCN" {
		t.Errorf("a colour is called %q", text)
	}
	hues := map[any]bool{}
	for _, b := range all {
		hues[l.hueOf(b.run)] = true
	}
	if len(hues) != 6 {
		t.Errorf("%d colours for 3 v and 2 networks", len(hues))
	}
	if one := newStyles(all[:1]); one.shapeOf(all[0].run) != plot.Circle || len(one.legends()) != 0 {
		t.Error("a single cell has a legend")
	}
}

func TestKindErrors(t *testing.T) {
	if _, err := Draw("scatter", nil); err == nil || !strings.Contains(err.Error(), "want one of pstar, curves, sensitivity") {
		t.Errorf("error %v", err)
	}
	if _, err := Draw("pstar", nil); err == nil || !strings.Contains(err.Error(), "no records") {
		t.Errorf("error %v", err)
	}
	unknown := []store.Record{{Run: spec.Run{Network: spec.Network{Kind: "mlp"}}}}
	for _, kind := range Kinds() {
		if _, err := Draw(kind, unknown); err == nil || !strings.Contains(err.Error(), `net "mlp": want lcn, cnn, `) {
			t.Errorf("%s: error %v", kind, err)
		}
	}
}
