package sweep

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
)

// setting is a key of a grid file with its values: one, or those of a list.
type setting struct {
	table, key string
	line       int
	values     []any // string, bool, int or float64
}

// gridFile is what a TOML file says, before its keys mean anything.
type gridFile struct {
	name     string
	settings []setting // in the order of the file
}

// errorf is an error at a line of the file.
func (f *gridFile) errorf(line int, format string, args ...any) error {
	return fmt.Errorf("%s:%d: %s", f.name, line, fmt.Sprintf(format, args...))
}

// find returns the setting of a key.
func (f *gridFile) find(table, key string) (setting, bool) {
	i := slices.IndexFunc(f.settings, func(s setting) bool { return s.table == table && s.key == key })
	if i < 0 {
		return setting{}, false
	}
	return f.settings[i], true
}

// readGridFile reads tables of values and of lists of them. name is that of the file, for errors.
func readGridFile(name string, text []byte) (*gridFile, error) {
	f := &gridFile{name: name}
	text = bytes.TrimPrefix(text, []byte("\ufeff")) // a byte-order mark
	var tree map[string]any
	if err := toml.Unmarshal(text, &tree); err != nil {
		return nil, f.syntax(err)
	}
	lines := linesOf(text)
	inOrder := func(keys []string, prefix string) []string {
		slices.SortFunc(keys, func(a, b string) int { return lines[prefix+a] - lines[prefix+b] })
		return keys
	}
	for _, key := range inOrder(slices.Collect(maps.Keys(tree)), "") {
		table, isTable := tree[key].(map[string]any)
		if !isTable {
			if err := f.add("", key, lines[key], tree[key]); err != nil {
				return nil, err
			}
			continue
		}
		for _, inner := range inOrder(slices.Collect(maps.Keys(table)), key+".") {
			if err := f.add(key, inner, lines[key+"."+inner], table[inner]); err != nil {
				return nil, err
			}
		}
		if len(table) == 0 {
			f.settings = append(f.settings, setting{table: key, line: lines[key]})
		}
	}
	return f, nil
}

// syntax gives the library's error the form of all others.
func (f *gridFile) syntax(err error) error {
	var d *toml.DecodeError
	if !errors.As(err, &d) {
		return fmt.Errorf("%s: %w", f.name, err)
	}
	line, _ := d.Position()
	return f.errorf(line, "%s", strings.TrimPrefix(d.Error(), "toml: "))
}

func (f *gridFile) add(table, key string, line int, value any) error {
	list, isList := value.([]any)
	if !isList {
		list = []any{value}
	}
	if len(list) == 0 {
		return f.errorf(line, "%s is an empty list: want one value or more", key)
	}
	s := setting{table: table, key: key, line: line}
	for _, v := range list {
		switch x := v.(type) {
		case int64:
			s.values = append(s.values, int(x))
		case float64:
			s.values = append(s.values, whole(x))
		case string, bool:
			s.values = append(s.values, x)
		default:
			return f.errorf(line, "%s: want a number, a text, true or false, or a list of one of these", key)
		}
	}
	f.settings = append(f.settings, s)
	return nil
}

// whole makes an int of a number that is one, as 1e2 is.
func whole(x float64) any {
	if x == math.Trunc(x) && math.Abs(x) <= 1<<53 {
		return int(x)
	}
	return x
}

// linesOf returns where keys and tables stand, by their names joined with dots. The text is known to be TOML.
func linesOf(text []byte) map[string]int {
	lines := map[string]int{}
	var p unstable.Parser
	p.Reset(text)
	var table []string
	for p.NextExpression() {
		e := p.Expression()
		switch e.Kind {
		case unstable.Table, unstable.ArrayTable:
			table = note(lines, &p, e, nil)
		case unstable.KeyValue:
			noteKey(lines, &p, e, table)
		}
	}
	return lines
}

// noteKey notes a key, and those of the inline table that may be its value.
func noteKey(lines map[string]int, p *unstable.Parser, e *unstable.Node, above []string) {
	path := note(lines, p, e, above)
	if e.Value().Kind != unstable.InlineTable {
		return
	}
	for inner := e.Value().Children(); inner.Next(); {
		noteKey(lines, p, inner.Node(), path)
	}
}

// note notes the line of a key or table, dotted or not, and returns its path.
func note(lines map[string]int, p *unstable.Parser, e *unstable.Node, above []string) []string {
	path := slices.Clone(above)
	for key := e.Key(); key.Next(); {
		path = append(path, string(key.Node().Data))
		if name := strings.Join(path, "."); lines[name] == 0 {
			lines[name] = p.Shape(key.Node().Raw).Start.Line
		}
	}
	return path
}
