package sweep

import (
	"fmt"
	"iter"
	"maps"
	"regexp"
	"slices"
	"strings"

	"srhmbench/srhm"
	"srhmbench/srhm/net/zoo"
	"srhmbench/srhm/spec"
	"srhmbench/srhm/store"
)

// maxCells bounds a grid: a slip of the pen should not train for a month.
const maxCells = 100_000

// ReadGrid reads a grid of runs from TOML. Errors name the file. Each key is a flag of the commands train and search; its
// value is what the flag takes, or a list. The plan has all combinations.
//
//	P = [500, 1000]     # single runs, with probe = INPUTS, and probe-times and probe-training if wanted; or
//	search = true       # searches for P*; or a table with epsilon, ratio, authors-grid
//	seed = [1, 2]
//	[task]              # v, nc, m, s, s0, L, sparsity, grammar
//	[network]           # net, width, bias, init, readout, layers, tied
//	[protocol]          # name: authors, text or careful; or setting by setting, lr, stop-loss, ...
//
// Errors are one line with file, line number and what is allowed.
func ReadGrid(name string, text []byte) (Plan, error) {
	file, err := readGridFile(name, text)
	if err != nil {
		return Plan{}, err
	}
	g := runGrid{gridFile: file}
	if err := g.check(); err != nil {
		return Plan{}, err
	}
	return g.plan()
}

type runGrid struct {
	*gridFile
	axes   []axis
	search *Search // epsilon and ratio; nil for single runs
	asks   bool    // for the authors' grid
}

// axis is a setting with the values that the grid runs through.
type axis struct {
	setting
	column store.Column
}

// Keys that are not those of a run.
const (
	keyName   = "name"   // of a protocol
	keySearch = "search" // true, or a table
)

// keysOf returns the keys that a table may have.
func keysOf(table string) []string {
	switch table {
	case keySearch:
		return []string{"epsilon", "ratio", "authors-grid"}
	case "":
		return append(columnKeys(table), keySearch)
	case "protocol":
		return append([]string{keyName}, columnKeys(table)...)
	}
	return columnKeys(table)
}

var tables = []string{"task", "network", "protocol", keySearch}

func columnKeys(table string) []string {
	var keys []string
	for _, c := range store.RunColumns() {
		if c.Part() == table {
			keys = append(keys, keyOf(c))
		}
	}
	return keys
}

// keyOf returns the flag that sets a column.
func keyOf(c store.Column) string { return strings.ReplaceAll(c.Name, "_", "-") }

// check validates all keys, and the types of their values.
func (g *runGrid) check() error {
	for _, s := range g.settings {
		if s.table != "" && !slices.Contains(tables, s.table) {
			return g.errorf(s.line, "unknown table [%s]: want [%s]", s.table, strings.Join(tables, "], ["))
		}
		if s.key == "" { // an empty table
			if s.table == keySearch {
				g.search = &Search{}
			}
			continue
		}
		if !slices.Contains(keysOf(s.table), s.key) {
			return g.unknown(s)
		}
		if err := g.checkType(s); err != nil {
			return err
		}
	}
	if _, ok := g.find("task", "v"); !ok {
		return fmt.Errorf("%s: v is missing in [task]: the vocabulary size, 2 or more", g.name)
	}
	p, single := g.find("", "P")
	probe, probed := g.find("", "probe")
	for _, key := range []string{"probe-times", "probe-training"} {
		if more, ok := g.find("", key); ok && !probed {
			probe, probed = more, ok
		}
	}
	switch {
	case single && g.search != nil:
		return g.errorf(p.line, "P and search: want single runs (P) or searches for P* (search), not both")
	case !single && g.search == nil:
		return fmt.Errorf("%s: neither P nor search: want P = [SIZES] for single runs, or search = true for P*", g.name)
	case probed && g.search != nil:
		return g.errorf(probe.line, "%s and search: want P = [SIZES], a search does not probe", probe.key)
	}
	return nil
}

// unknown returns an error that says what is allowed, or in which table the key belongs.
func (g *runGrid) unknown(s setting) error {
	where, want := "", strings.Join(keysOf(s.table), ", ")
	if s.table != "" {
		where = " in [" + s.table + "]"
	} else {
		want += fmt.Sprintf(", or a table [%s]", strings.Join(tables, "], ["))
	}
	for _, table := range tables {
		if slices.Contains(keysOf(table), s.key) {
			want = "it in [" + table + "]"
		}
	}
	return g.errorf(s.line, "unknown key %q%s: want %s", s.key, where, want)
}

func (g *runGrid) checkType(s setting) error {
	if s.table == keySearch || s.key == keySearch {
		return g.setSearch(s)
	}
	if s.key == keyName {
		for _, v := range s.values {
			name, _ := v.(string)
			if _, err := spec.Preset(name); err != nil {
				return g.errorf(s.line, "%s = %s: want one of %s", s.key, literal(v), strings.Join(spec.Protocols, ", "))
			}
		}
		return nil
	}
	for _, c := range store.RunColumns() {
		if c.Part() != s.table || keyOf(c) != s.key {
			continue
		}
		for _, v := range s.values {
			if err := c.Set(&spec.Run{}, v); err != nil {
				return g.errorf(s.line, "%s = %s: %v, or a list of such", s.key, literal(v), err)
			}
		}
		g.axes = append(g.axes, axis{s, c})
	}
	return nil
}

// literal returns a value as the file has it.
func literal(v any) string {
	if s, ok := v.(string); ok {
		return fmt.Sprintf("%q", s)
	}
	return fmt.Sprint(v)
}

func (g *runGrid) setSearch(s setting) error {
	number, isNumber := s.values[0].(float64)
	if n, ok := s.values[0].(int); ok {
		number, isNumber = float64(n), true
	}
	yes, isBool := s.values[0].(bool)
	wrong := func(want string) error {
		return g.errorf(s.line, "%s = %s: want %s", s.key, literal(s.values[0]), want)
	}
	if len(s.values) > 1 {
		return g.errorf(s.line, "%s: want one value, not a list", s.key)
	}
	if g.search == nil && s.key != keySearch {
		g.search = &Search{}
	}
	switch s.key {
	case keySearch:
		if !isBool {
			return wrong("true, or a table with " + strings.Join(keysOf(keySearch), ", "))
		}
		if yes {
			g.search = &Search{}
		}
	case "authors-grid":
		if !isBool {
			return wrong("true or false")
		}
		g.asks = yes
	case "epsilon":
		if !isNumber || !(number > 0 && number < 1) {
			return wrong("a number between 0 and 1")
		}
		g.search.Epsilon = number
	case "ratio":
		if !isNumber || !(number > 1) {
			return wrong("a number above 1")
		}
		g.search.Ratio = number
	}
	return nil
}

// plan lists all combinations; the last key of the file changes fastest.
func (g *runGrid) plan() (Plan, error) {
	protocols := []any{spec.Protocols[0]}
	if s, ok := g.find("protocol", keyName); ok {
		protocols = s.values
	}
	total := len(protocols)
	for _, a := range g.axes {
		if total *= len(a.values); total > maxCells {
			return Plan{}, fmt.Errorf("%s: the grid has more than %d cells", g.name, maxCells)
		}
	}
	var plan Plan
	for _, name := range protocols {
		for cell := range total / len(protocols) {
			run, err := g.run(name.(string), cell)
			if err == nil {
				err = g.add(&plan, run)
			}
			if err != nil {
				return Plan{}, g.locate(err)
			}
		}
	}
	return Plan{}.Merge(plan), nil
}

// values yields each axis with its value in a cell.
func (g *runGrid) values(cell int) iter.Seq2[axis, any] {
	return func(yield func(axis, any) bool) {
		for _, a := range slices.Backward(g.axes) {
			n := len(a.values)
			if !yield(a, a.values[cell%n]) {
				return
			}
			cell /= n
		}
	}
}

// unset returns a cell with defaults only, which depend on its kind of network.
func (g *runGrid) unset(protocol string, cell int) (spec.Run, error) {
	how, err := spec.Preset(protocol)
	if err != nil {
		return spec.Run{}, err
	}
	run := spec.Run{Network: zoo.Default.Network()}
	for a, value := range g.values(cell) {
		if a.table == "network" && a.key == "net" {
			if err := a.column.Set(&run, value); err != nil {
				return run, err
			}
		}
	}
	kind, err := zoo.Lookup(run.Network.Kind)
	if err != nil {
		return run, err
	}
	return spec.Run{Task: srhm.Task{}.WithDefaults(), Network: kind.Network(), Protocol: kind.Protocol(how), P: 1, Seed: 1}, nil
}

// run returns the run of a cell.
func (g *runGrid) run(protocol string, cell int) (spec.Run, error) {
	run, err := g.unset(protocol, cell)
	if err != nil {
		return run, err
	}
	for a, value := range g.values(cell) {
		if err := a.column.Set(&run, value); err != nil {
			return run, err
		}
	}
	full := srhm.Task{V: run.Task.V, S: run.Task.S}.WithDefaults()
	if _, ok := g.find("task", "nc"); !ok {
		run.Task.NC = full.NC
	}
	if _, ok := g.find("task", "m"); !ok {
		run.Task.M = full.M
	}
	run.Network = run.Network.Described(run.Task)
	return run, zoo.Validate(run)
}

// add adds a cell to the plan, with P rounded up to whole batches.
func (g *runGrid) add(plan *Plan, run spec.Run) error {
	s := Search{Task: run.Task, Network: run.Network, Protocol: run.Protocol, Seed: run.Seed}
	if g.search == nil {
		whole := s.RunAt(run.P)
		whole.Probe = run.Probe
		plan.Runs = append(plan.Runs, whole)
		return zoo.Validate(whole)
	}
	s.Epsilon, s.Ratio = g.search.Epsilon, g.search.Ratio
	if g.asks {
		s.Grid = AuthorsGrid(s.Task, s.Network)
		switch {
		case s.Grid == nil:
			return fmt.Errorf("authors-grid: their sizes are not known for %s: want nc = v, m = v^(s-1), L 2 or 3, sparsity A", Describe(run))
		case s.Protocol.StopError > 0:
			return fmt.Errorf("authors-grid: their rule needs whole trainings: want stop-error 0")
		}
	}
	plan.Searches = append(plan.Searches, s.withDefaults())
	return s.Validate()
}

// locate prefixes an error with the line of the key that it is about: the last one it names before it says what is
// allowed.
func (g *runGrid) locate(err error) error {
	text := strings.TrimPrefix(strings.TrimPrefix(err.Error(), "sweep: "), "srhm: ")
	about, _, _ := strings.Cut(text, ": ")
	named := map[int]int{} // line by place in the text
	for _, s := range g.settings {
		word := regexp.MustCompile(`(?i)(^|[ (])` + regexp.QuoteMeta(s.key) + `\b`)
		if at := word.FindStringIndex(about); at != nil && s.key != "" {
			named[at[0]] = s.line
		}
	}
	if len(named) == 0 {
		return fmt.Errorf("%s: %s", g.name, text)
	}
	return g.errorf(named[slices.Max(slices.Collect(maps.Keys(named)))], "%s", text)
}
