package store

import (
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"srhmbench/srhm/spec"
)

// anyFloat draws finite floats of all sizes.
func anyFloat(t *rapid.T, name string) float64 {
	return rapid.Float64().Filter(func(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }).Draw(t, name)
}

func anyRecord(t *rapid.T, p int) Record {
	r := sample(p)
	r.Run.Seed = rapid.Uint64().Draw(t, "seed")
	r.Run.Protocol.LR = anyFloat(t, "lr")
	r.Run.Probe.Inputs = rapid.SampledFrom([]int{0, 2, spec.ProbeInputs}).Draw(t, "inputs")
	if r.Run.Probe.Inputs > 0 {
		r.Run.Probe.Times = rapid.IntRange(0, 2).Draw(t, "times")
		r.Result.Sensitivities = anySensitivities(t)
		for i := range r.Run.Probe.Times {
			s := anySensitivities(t)
			r.Result.Trajectory = append(r.Result.Trajectory, spec.Moment{Step: i, Error: anyFloat(t, "e"), Synonyms: s.Synonyms, Displacements: s.Displacements})
		}
	}
	r.ID = r.Run.ID()
	r.Result.Outcome = rapid.SampledFrom([]spec.Outcome{spec.Fitted, spec.Decided, spec.Exhausted, spec.Collapsed, spec.Diverged}).Draw(t, "outcome")
	r.Result.Error, r.Result.Loss = anyFloat(t, "error"), anyFloat(t, "loss")
	r.Result.Checks = nil
	for i := range rapid.IntRange(0, 3).Draw(t, "checks") {
		r.Result.Checks = append(r.Result.Checks, spec.Check{Epoch: i, Loss: anyFloat(t, "l"), FreshError: anyFloat(t, "f")})
	}
	r.Provenance.Machine = cleanText(rapid.String().Draw(t, "machine"))
	r.Provenance.Seconds = anyFloat(t, "seconds")
	r.Provenance.Started = time.Unix(rapid.Int64Range(0, 1<<33).Draw(t, "started"), 12345).UTC()
	return r
}

// anySensitivities draws some that are defined and some that are not.
func anySensitivities(t *rapid.T) *spec.Sensitivities {
	e := &spec.Estimate{Value: anyFloat(t, "s"), Error: anyFloat(t, "se")}
	r := &spec.Responses{UpTo: [][]*spec.Estimate{{e, nil}, {nil, e}}, Only: [][]*spec.Estimate{{nil}}}
	s := &spec.Sensitivities{Epoch: 10, Inputs: 2, Synonyms: r}
	if rapid.Bool().Draw(t, "displaced") {
		s.Displacements = r
	}
	return s
}

func TestReopenedStoreIsEqual(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		d, err := os.MkdirTemp(dir, "")
		if err != nil {
			t.Fatal(err)
		}
		n := rapid.IntRange(0, 8).Draw(t, "n")
		var want []Record
		for i := 0; i < n; {
			s := mustOpen(d)
			for range rapid.IntRange(1, 4).Draw(t, "session") {
				r := anyRecord(t, i+1)
				if err := s.Append(r); err != nil {
					t.Fatal(err)
				}
				want = append(want, r)
				i++
			}
			s.Close()
		}
		s := mustOpen(d)
		defer s.Close()
		if got := s.Records(); !reflect.DeepEqual(got, want) && len(got)+len(want) > 0 {
			t.Fatalf("got  %+v\nwant %+v", got, want)
		}
		for _, w := range want {
			if got, ok := s.Get(w.ID); !ok || !reflect.DeepEqual(got, w) {
				t.Fatalf("Get(%s) = %+v, %v", w.ID, got, ok)
			}
		}
	})
}

func TestDamageIsRefusedAndLeftAlone(t *testing.T) {
	good, other := sample(1), sample(2)
	wrongID := good
	wrongID.ID = other.ID
	differs := good
	differs.Result.Error = math.Nextafter(good.Result.Error, 1)
	newer := good
	newer.Schema = "srhm-record/99"
	nameless := good
	nameless.Result.Outcome = ""
	l := string(line(good))
	for _, c := range []struct{ name, text, want string }{
		{"half a line in the middle", l[:50] + "\n" + string(line(other)), ":1: "},
		{"id of another run", string(lines(other, wrongID)), ":2: id"},
		{"changed number in the run", strings.Replace(l, `"p":1,`, `"p":3,`, 1), ":1: id"},
		{"two results", string(lines(good, other, differs)), ":3: id " + good.ID},
		{"newer schema", string(lines(other, newer)), ":2: schema"},
		{"no outcome", string(line(nameless)), ":1: id"},
		{"unknown field", strings.Replace(l, `"loss"`, `"lozz"`, 1), ":1: json: unknown field"},
		{"two records in a line", strings.TrimSpace(l) + l + string(line(other)), ":1: more than one"},
	} {
		dir := t.TempDir()
		name := filepath.Join(dir, FileName)
		write(t, name, []byte(c.text))
		_, err := Open(dir)
		if err == nil || !strings.Contains(err.Error(), name+c.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: error %v, want one line with %q", c.name, err, name+c.want)
		}
		if _, err := OpenReadOnly(dir); err == nil {
			t.Errorf("%s: read-only opens", c.name)
		}
		if got := read(t, name); string(got) != c.text {
			t.Errorf("%s: the file was changed", c.name)
		}
	}
}

func TestEqualDuplicatesAreOne(t *testing.T) {
	again := sample(1)
	again.Provenance.Commit = "another"
	dir := t.TempDir()
	write(t, filepath.Join(dir, FileName), lines(sample(1), sample(2), again))
	s := mustOpen(dir)
	defer s.Close()
	if r := s.Records(); len(r) != 2 || r[0].Provenance.Commit != "c" {
		t.Errorf("records %+v", r)
	}
	size := s.own.size
	if err := s.Append(again); err != nil || s.own.size != size {
		t.Errorf("a second append: %v, %d bytes more", err, s.own.size-size)
	}
	again.Result.Loss++
	if err := s.Append(again); err == nil || !strings.Contains(err.Error(), again.ID) {
		t.Errorf("a contradiction gave %v", err)
	}
}

func TestAppendRefuses(t *testing.T) {
	s := mustOpen(t.TempDir())
	nan, wrong := sample(1), sample(1)
	nan.Result.Loss = math.NaN()
	wrong.ID = "0"
	for _, r := range []Record{nan, wrong} {
		if err := s.Append(r); err == nil {
			t.Errorf("appended %+v", r)
		}
	}
	if s.own.size != 0 || len(read(t, s.own.name)) != 0 {
		t.Error("a refused record left something in the file")
	}
	s.Close()
	if err := s.Append(sample(1)); err == nil {
		t.Error("a closed store appends")
	}
	if s.Close() != nil {
		t.Error("a second Close is an error")
	}
}

func TestOpenReadOnlyMerges(t *testing.T) {
	dir, file := t.TempDir(), filepath.Join(t.TempDir(), "more.jsonl")
	write(t, filepath.Join(dir, "b.jsonl"), lines(sample(2), sample(1)))
	write(t, filepath.Join(dir, "a.jsonl"), lines(sample(3)))
	write(t, filepath.Join(dir, "notes.txt"), []byte("not a record"))
	write(t, file, lines(sample(1), sample(4)))
	s, err := OpenReadOnly(dir, file)
	if err != nil {
		t.Fatal(err)
	}
	var got []int
	for _, r := range s.Records() {
		got = append(got, r.Run.P)
	}
	if !slices.Equal(got, []int{3, 2, 1, 4}) {
		t.Errorf("P in order: %v", got)
	}
	if err := s.Append(sample(5)); err == nil {
		t.Error("a read-only store appends")
	}
	if _, err := OpenReadOnly(filepath.Join(dir, "missing")); err == nil {
		t.Error("a missing path is no error")
	}
}

func TestHere(t *testing.T) {
	p := Here("avx2", 3)
	if p.Tier != "avx2" || p.Threads != 3 || p.Go == "" || p.Commit == "" || !strings.HasSuffix(p.Machine, " cores") || p.Started.IsZero() {
		t.Errorf("%+v", p)
	}
	if _, _, err := checkout("example.org/other"); err == nil {
		t.Error("a checkout of another module is taken for ours")
	}
}

func write(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
