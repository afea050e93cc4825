package compare

import (
	"cmp"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"srhmbench/bench/benchfile"
)

// Column is what a column of the table is of.
type Column struct {
	Machine string `json:"machine"`
	Tier    string `json:"tier"` // or library
}

// key is a cell and the unit of its values.
type key struct {
	row    string
	column Column
	unit   string
}

// Set is what of some files can be compared.
type Set struct {
	Machines map[string]map[string]string // configuration of the newest run of each
	Emulated []Emulated                   // machines that were left out because there are real ones
	Notes    []string                     // what else was left out, and why
	cells    map[place]*cell
	values   map[key][]float64
}

// Emulated is a machine whose results were right and whose times mean nothing.
type Emulated struct {
	Machine, Emulator, Commit string
	Tiers                     []string
	Benchmarks                int // checked, in all tiers
}

// Read reads files and takes the newest run of each benchmark on each machine.
func Read(paths []string) (*Set, error) { return ReadCommit(paths, "") }

// ReadCommit is Read for the runs of one commit, which the beginning of its hash names; "" stands for all commits.
func ReadCommit(paths []string, commit string) (*Set, error) {
	var files []*benchfile.File
	for i, path := range paths {
		if slices.Contains(paths[:i], path) {
			continue
		}
		f, err := benchfile.Read(path)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	return newSet(files, commit)
}

func newSet(files []*benchfile.File, commit string) (*Set, error) {
	s := &Set{Machines: map[string]map[string]string{}, values: map[key][]float64{}}
	cells, err := s.newestOf(files, commit)
	if err != nil {
		return nil, err
	}
	if len(cells) == 0 {
		return nil, fmt.Errorf("commit %q: no run of it in these files", commit)
	}
	s.cells = s.withoutEmulated(cells)
	s.describe()
	s.compare()
	return s, nil
}

// Split returns the kernels by tier and the libraries of bench/peers each as a set of its own, without notes.
func (s *Set) Split() (kernels, libraries *Set) {
	part := func(library bool) *Set {
		p := &Set{Machines: map[string]map[string]string{}, cells: map[place]*cell{}, values: map[key][]float64{}}
		for at, c := range s.cells {
			if c.column.isLibrary() == library {
				p.cells[at] = c
			}
		}
		for k, v := range s.values {
			if k.column.isLibrary() == library {
				p.values[k] = v
			}
		}
		p.describe()
		return p
	}
	return part(false), part(true)
}

func (c Column) isLibrary() bool { return c.Tier != "any" && !slices.Contains(tiers, c.Tier) }

// IsEmulated reports whether the machines are emulated ones, which are only compared among themselves.
func (s *Set) IsEmulated() bool {
	for _, config := range s.Machines {
		return emulator(config) != ""
	}
	return false
}

// place is a benchmark on a machine by a tier or library.
type place struct {
	row    string
	column Column
}

// cell is what the newest run says of a place.
type cell struct {
	place
	run        run
	cpus       int
	config     map[string]string
	definition benchfile.Definition
	values     map[string][]float64 // by unit
}

// run is a part of a file that is of one program. Later ones compare greater.
type run struct {
	age    string // time, as in the names of files
	file   int
	commit string
	dirty  string
}

func (r run) compare(other run) int {
	return cmp.Or(strings.Compare(r.age, other.age), cmp.Compare(r.file, other.file))
}

// ageOf is when a file was begun: as it says, or as its name does.
func ageOf(f *benchfile.File) string {
	if !f.Started.IsZero() {
		return f.Started.UTC().Format("20060102T150405Z")
	}
	return filepath.Base(f.Name)
}

// newestOf takes for every place its newest run, and in that the results on the fewest CPUs.
func (s *Set) newestOf(files []*benchfile.File, commit string) (map[place]*cell, error) {
	cells := map[place]*cell{}
	older, moreCPUs := map[place]bool{}, 0
	for i, f := range files {
		for _, p := range slices.Concat(f.Problems, f.Failures) {
			s.Notes = append(s.Notes, p.Error())
		}
		for _, r := range f.Results {
			c, err := newCell(f, i, r)
			if err != nil {
				return nil, err
			}
			if !strings.HasPrefix(c.run.commit, commit) {
				continue
			}
			old := cells[c.place]
			switch {
			case old == nil:
				cells[c.place] = c
			case old.run == c.run && old.cpus == c.cpus:
				old.add(r)
			case old.run == c.run:
				moreCPUs++
				if c.cpus < old.cpus {
					cells[c.place] = c
				}
			default:
				older[c.place] = true
				if c.run.compare(old.run) >= 0 { // a later part of one file is newer, too
					cells[c.place] = c
				}
			}
		}
	}
	byMachine := map[string]int{}
	for at := range older {
		byMachine[at.column.Machine]++
	}
	for _, machine := range slices.Sorted(maps.Keys(byMachine)) {
		s.note("%s: of %d benchmarks there are several runs; the newest of each counts", machine, byMachine[machine])
	}
	if moreCPUs > 0 {
		s.note("%d results on more CPUs are left out: the same run has them on fewer", moreCPUs)
	}
	return cells, nil
}

func newCell(f *benchfile.File, file int, r benchfile.Result) (*cell, error) {
	machine := r.Config["machine"]
	if machine == "" {
		return nil, fmt.Errorf("%s:%d: %s is of no machine: want a line machine: NAME, as make bench writes it", f.Name, r.Line, r.Name)
	}
	row, maker := benchfile.CutMaker(r.Name)
	c := &cell{
		place: place{row, Column{machine, maker}}, run: run{ageOf(f), file, r.Config["commit"], r.Config["dirty"]},
		cpus: r.CPUs, config: r.Config, definition: f.Definition(r), values: map[string][]float64{},
	}
	c.add(r)
	return c, nil
}

func (c *cell) add(r benchfile.Result) {
	for unit, x := range r.Values {
		c.values[unit] = append(c.values[unit], x)
	}
}

func (s *Set) note(format string, args ...any) {
	s.Notes = append(s.Notes, fmt.Sprintf(format, args...))
}

func emulator(config map[string]string) string {
	if e := config["emulator"]; e != "none" {
		return e
	}
	return ""
}

// withoutEmulated leaves out emulated machines if there are real ones.
func (s *Set) withoutEmulated(cells map[place]*cell) map[place]*cell {
	real, byMachine := map[place]*cell{}, map[string]*Emulated{}
	for _, at := range inOrder(cells) {
		c := cells[at]
		if emulator(c.config) == "" {
			real[at] = c
			continue
		}
		e := byMachine[at.column.Machine]
		if e == nil {
			e = &Emulated{Machine: at.column.Machine, Emulator: emulator(c.config), Commit: c.run.commit}
			byMachine[e.Machine] = e
		}
		if !slices.Contains(e.Tiers, at.column.Tier) {
			e.Tiers = append(e.Tiers, at.column.Tier)
			slices.SortFunc(e.Tiers, byTier)
		}
		e.Benchmarks++
	}
	if len(real) == 0 {
		return cells
	}
	for _, name := range slices.Sorted(maps.Keys(byMachine)) {
		e := byMachine[name]
		s.Emulated = append(s.Emulated, *e)
		s.note("%s is emulated (%s): its %d results are not compared with those of real machines", name, e.Emulator, e.Benchmarks)
	}
	return real
}

// inOrder are the places by machine, tier and name.
func inOrder(cells map[place]*cell) []place {
	return slices.SortedFunc(maps.Keys(cells), func(a, b place) int {
		return cmp.Or(a.column.compare(b.column), natural(a.row, b.row))
	})
}

// describe takes the configuration of each machine's newest run.
func (s *Set) describe() {
	newest := map[string]run{}
	for _, at := range inOrder(s.cells) {
		c := s.cells[at]
		if last, known := newest[at.column.Machine]; !known || c.run.compare(last) > 0 {
			newest[at.column.Machine], s.Machines[at.column.Machine] = c.run, c.config
		}
	}
}

// compare keeps the values of each benchmark that were measured as its newest run has measured them.
func (s *Set) compare() {
	var refused refusals
	byRow := map[string][]*cell{}
	for _, at := range inOrder(s.cells) {
		byRow[at.row] = append(byRow[at.row], s.cells[at])
	}
	for _, row := range slices.SortedFunc(maps.Keys(byRow), natural) {
		list := byRow[row]
		slices.SortStableFunc(list, func(a, b *cell) int { return b.run.compare(a.run) })
		version, byMaker := benchfile.Unknown, map[string]benchfile.Definition{}
		for _, c := range list {
			if version.Version == "" {
				version.Version = c.definition.Version
			}
			if _, known := byMaker[c.column.Tier]; !known {
				byMaker[c.column.Tier] = c.definition // what is counted can depend on the tier, as in PeakFMA
			}
			for unit, values := range c.values {
				why := cmp.Or(c.definition.Differs(version, unit), c.definition.Differs(byMaker[c.column.Tier], unit))
				if why != "" {
					refused.add(c, unit, why)
					continue
				}
				s.values[key{row, c.column, unit}] = values
			}
		}
	}
	s.Notes = append(s.Notes, refused.notes()...)
	s.noteUndefined()
}

// noteUndefined says so if definitions could not be compared.
func (s *Set) noteUndefined() {
	with, without, hashes := 0, map[string]int{}, map[string]bool{}
	for _, c := range s.cells {
		if c.definition.Version != "" {
			with++
			continue
		}
		without[c.column.Machine]++
		hashes[c.config["bench-version"]] = true
	}
	if with == 0 && len(hashes) < 2 {
		return
	}
	for _, machine := range slices.Sorted(maps.Keys(without)) {
		s.note("%s: %d benchmarks are of files without definitions and are taken by name", machine, without[machine])
	}
}

// refusals are the values that were left out, by machine and reason.
type refusals struct {
	order []string
	rows  map[string][]string
	units map[string][]string
}

func (r *refusals) add(c *cell, unit, why string) {
	kind, _, _ := strings.Cut(why, " (")
	id := c.column.Machine + ": " + kind
	if r.rows == nil {
		r.rows, r.units = map[string][]string{}, map[string][]string{}
	}
	if r.rows[id] == nil {
		r.order = append(r.order, id)
	}
	if name := c.row + " " + c.column.Tier; !slices.Contains(r.rows[id], name) {
		r.rows[id] = append(r.rows[id], name)
	}
	if !slices.Contains(r.units[id], unit) {
		r.units[id] = append(r.units[id], unit)
	}
}

// namesNoted is how many benchmarks a note names.
const namesNoted = 20

func (r *refusals) notes() []string {
	slices.Sort(r.order)
	var notes []string
	for _, id := range r.order {
		slices.SortFunc(r.rows[id], natural)
		slices.Sort(r.units[id])
		names, more := r.rows[id], ""
		if len(names) > namesNoted {
			names, more = names[:namesNoted], fmt.Sprintf(" and %d more", len(names)-namesNoted)
		}
		notes = append(notes, fmt.Sprintf("%s than in the newest run, not compared (%s): %s%s", id, strings.Join(r.units[id], ", "), strings.Join(names, ", "), more))
	}
	return notes
}
