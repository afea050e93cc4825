// Package records draws any records in the style of the paper: figure --kind.
package records

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"srhmbench/figures"
	"srhmbench/figures/pstar"
	"srhmbench/srhm/net/zoo"
	"srhmbench/srhm/spec"
	"srhmbench/srhm/store"
	"srhmbench/srhm/sweep"
)

// kind is a picture that can be drawn of any records.
type kind struct {
	name string
	draw func([]group) (figures.Drawing, error)
}

func kinds() []kind {
	return []kind{{"pstar", drawPStar}, {"curves", drawErrors}, {"sensitivity", drawSensitivity}}
}

// Kinds lists the pictures that Draw knows: P* against its prediction, test errors against P, and sensitivities
// against P.
func Kinds() []string {
	var names []string
	for _, k := range kinds() {
		names = append(names, k.name)
	}
	return names
}

// Draw draws any records in the style of the paper. Trainings that differ only in P, grammar, seed and probe form one
// group; colours and shapes show what else varies. It fails if there is no such kind, or nothing to draw.
func Draw(name string, records []store.Record) (figures.Drawing, error) {
	i := slices.Index(Kinds(), name)
	if i < 0 {
		return figures.Drawing{}, fmt.Errorf("kind %q: want one of %s", name, strings.Join(Kinds(), ", "))
	}
	if len(records) == 0 {
		return figures.Drawing{}, fmt.Errorf("there are no records to draw")
	}
	for _, r := range records {
		if _, err := zoo.Lookup(r.Run.Network.Kind); err != nil {
			return figures.Drawing{}, fmt.Errorf("run %s: %w", r.ID, err)
		}
	}
	return kinds()[i].draw(groups(records))
}

// group is the trainings that differ only in P, grammar, seed and probe.
type group struct {
	run     spec.Run // without what differs
	members []member
}

// member is the trainings of one grammar and seed, by increasing P.
type member struct {
	grammar string
	seed    uint64
	records []store.Record
}

// groups groups records, in the order of their settings.
func groups(records []store.Record) []group {
	var out []group
	place := map[string]int{}
	for _, r := range records {
		common := r.Run
		common.P, common.Seed, common.Task.Grammar, common.Probe = 0, 0, "", spec.Probe{}
		i, known := place[common.ID()]
		if !known {
			i = len(out)
			place[common.ID()] = i
			out = append(out, group{run: common})
		}
		out[i].add(r)
	}
	for _, b := range out {
		b.sort()
	}
	slices.SortFunc(out, func(a, b group) int { return store.CompareRuns(a.run, b.run) })
	return out
}

func (b *group) add(r store.Record) {
	same := func(m member) bool { return m.grammar == r.Run.Task.Grammar && m.seed == r.Run.Seed }
	i := slices.IndexFunc(b.members, same)
	if i < 0 {
		i = len(b.members)
		b.members = append(b.members, member{grammar: r.Run.Task.Grammar, seed: r.Run.Seed})
	}
	b.members[i].records = append(b.members[i].records, r)
}

// sort makes the rest independent of the order of the files.
func (b group) sort() {
	for _, m := range b.members {
		slices.SortFunc(m.records, func(x, y store.Record) int { return cmp.Or(x.Run.P-y.Run.P, store.CompareRuns(x.Run, y.Run)) })
	}
	slices.SortFunc(b.members, func(x, y member) int { return cmp.Or(cmp.Compare(x.grammar, y.grammar), cmp.Compare(x.seed, y.seed)) })
}

// points returns the trainings as a search sees them; with and without a probe they are the same.
func (m member) points() []sweep.Point {
	var out []sweep.Point
	for _, r := range m.records {
		p := sweep.PointOf(r.Run, r.Result)
		if !slices.ContainsFunc(out, func(o sweep.Point) bool { return o.P == p.P }) {
			out = append(out, p)
		}
	}
	return out
}

// prediction returns P* by the law of the kind of network.
func (b group) prediction() float64 { return pstar.Prediction(b.run.Network.Kind, b.run.Task) }

// settingColumns returns the columns that describe a group.
func settingColumns() []store.Column {
	return slices.DeleteFunc(store.RunColumns(), func(c store.Column) bool {
		return slices.Contains([]string{"P", "seed", "grammar", "probe", "probe_times", "probe_training"}, c.Name)
	})
}

// settings returns the values of these columns.
func (b group) settings() []any {
	var out []any
	for _, c := range settingColumns() {
		out = append(out, c.Value(b.run))
	}
	return out
}

// tableWith returns a table of the settings and more columns.
func tableWith(names ...string) figures.Table {
	var t figures.Table
	for _, c := range settingColumns() {
		t.Columns = append(t.Columns, c.Name)
	}
	t.Columns = append(t.Columns, names...)
	return t
}
