package store

import (
	"bytes"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"time"

	"srhmbench/srhm/spec"
)

// decodeFast reads a line as decode does, several times as fast, or reports that it
// cannot. It knows only JSON as encode writes it: the fields in order, without spaces
// or escapes, strings in ASCII. That is nearly every line of nearly every store.
func decodeFast(line []byte, texts *texts, r *Record) bool {
	c := &cursor{rest: line, texts: texts}
	plans := plansOfRecord()
	*r = Record{}
	if !c.skip(`{"schema":`) || !c.string(&r.Schema) || !c.skip(`,"id":`) || !c.string(&r.ID) || !c.skip(`,"run":`) {
		return false
	}
	run := c.rest
	if !plans.run(c, reflect.ValueOf(&r.Run).Elem()) || spec.IDOf(run[:len(run)-len(c.rest)]) != r.ID ||
		!c.skip(`,"result":`) || !plans.result(c, reflect.ValueOf(&r.Result).Elem()) || r.Result.Outcome == "" ||
		!c.skip(`,"provenance":`) || !plans.provenance(c, reflect.ValueOf(&r.Provenance).Elem()) {
		return false
	}
	switch r.Schema {
	case Schema:
		text := line[:len(line)-len(c.rest)]
		sum := checksum(append(text[:len(text):len(text)], '}'))
		return string(c.rest) == beforeChecksum+sum+afterChecksum
	case unsummed:
		r.migrate()
		return string(c.rest) == "}"
	}
	return false
}

// plansOfRecord are for the parts of a record that have many fields.
var plansOfRecord = sync.OnceValue(func() (p struct{ run, result, provenance plan }) {
	by := planner{}
	p.run = by.planOf(reflect.TypeFor[spec.Run]())
	p.result = by.planOf(reflect.TypeFor[spec.Result]())
	p.provenance = by.planOf(reflect.TypeFor[Provenance]())
	return p
})

// A plan reads a value of one type from where the cursor stands, or reports that it
// cannot.
type plan func(*cursor, reflect.Value) bool

// planner has the plans of structs, which may be inside themselves.
type planner map[reflect.Type]plan

// planOf is for the types that records are made of; a plan for any other reads nothing.
func (by planner) planOf(t reflect.Type) plan {
	if t == reflect.TypeFor[time.Time]() {
		return (*cursor).time
	}
	if t.Implements(reflect.TypeFor[unmarshaler]()) || reflect.PointerTo(t).Implements(reflect.TypeFor[unmarshaler]()) {
		return nothing
	}
	switch t.Kind() {
	case reflect.Bool:
		return (*cursor).bool
	case reflect.Int:
		return (*cursor).int
	case reflect.Uint64:
		return (*cursor).uint
	case reflect.Float64:
		return (*cursor).float
	case reflect.String:
		return func(c *cursor, v reflect.Value) bool {
			var s string
			ok := c.string(&s)
			v.SetString(s)
			return ok
		}
	case reflect.Pointer:
		return by.pointerPlan(t.Elem())
	case reflect.Slice:
		return by.slicePlan(t.Elem())
	case reflect.Struct:
		return by.structPlan(t)
	}
	return nothing
}

// unmarshaler is a type that has JSON of its own.
type unmarshaler interface{ UnmarshalJSON([]byte) error }

func nothing(*cursor, reflect.Value) bool { return false }

func (by planner) pointerPlan(to reflect.Type) plan {
	inner := by.planOf(to)
	return func(c *cursor, v reflect.Value) bool {
		if c.skip("null") {
			return true
		}
		v.Set(reflect.New(to))
		return inner(c, v.Elem())
	}
}

func (by planner) slicePlan(of reflect.Type) plan {
	element, empty := by.planOf(of), reflect.MakeSlice(reflect.SliceOf(of), 0, 0)
	return func(c *cursor, v reflect.Value) bool {
		switch {
		case c.skip("null"):
			return true
		case c.skip("[]"):
			v.Set(empty)
			return true
		case !c.skip("["):
			return false
		}
		// Good for a list of flat objects; a list of others grows further.
		v.Grow(max(1, bytes.Count(c.rest[:max(0, bytes.IndexByte(c.rest, ']'))], []byte("{"))))
		for n := 0; ; n++ {
			if n == v.Cap() {
				v.Grow(1)
			}
			v.SetLen(n + 1)
			switch {
			case !element(c, v.Index(n)):
				return false
			case c.skip("]"):
				return true
			case !c.skip(","):
				return false
			}
		}
	}
}

// member is a field of a struct.
type member struct {
	name     string // with the quotes and the colon
	optional bool   // left out where it is zero
	plan     plan
}

func (by planner) structPlan(t reflect.Type) plan {
	if p := by[t]; p != nil {
		return p
	}
	var read plan
	by[t] = func(c *cursor, v reflect.Value) bool { return read(c, v) }
	read = by.readStruct(t)
	return read
}

func (by planner) readStruct(t reflect.Type) plan {
	var members []member
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous || !f.IsExported() || name == "" || options != "" && options != "omitempty" && options != "omitzero" {
			return nothing
		}
		members = append(members, member{strconv.Quote(name) + ":", options != "", by.planOf(f.Type)})
	}
	return func(c *cursor, v reflect.Value) bool {
		if c.depth++; c.depth > maxDepth || !c.skip("{") {
			return false
		}
		defer func() { c.depth-- }()
		first := true
		for i := range members {
			m := &members[i]
			before := c.rest
			if !first && !c.skip(",") || !c.skip(m.name) {
				if c.rest = before; m.optional {
					continue
				}
				return false
			}
			if first = false; !m.plan(c, v.Field(i)) {
				return false
			}
		}
		return c.skip("}")
	}
}

// maxDepth bounds how deep structs may be inside structs, far above what records need.
const maxDepth = 100

// cursor stands in a line.
type cursor struct {
	rest  []byte
	depth int // structs that it is in
	texts *texts
}

// skip goes over a text, if it comes next.
func (c *cursor) skip(text string) bool {
	if len(c.rest) < len(text) || string(c.rest[:len(text)]) != text {
		return false
	}
	c.rest = c.rest[len(text):]
	return true
}

// string reads a string that needs no second look.
func (c *cursor) string(s *string) bool {
	text, ok := c.quoted()
	*s = c.texts.of(text)
	return ok
}

// quoted goes over a string and returns what is between its quotes.
func (c *cursor) quoted() ([]byte, bool) {
	if !c.skip(`"`) {
		return nil, false
	}
	for i, b := range c.rest {
		if b == '"' {
			text := c.rest[:i]
			c.rest = c.rest[i+1:]
			return text, true
		}
		if b < ' ' || b == '\\' || b >= 0x7f {
			return nil, false
		}
	}
	return nil, false
}

func (c *cursor) time(v reflect.Value) bool {
	before := c.rest
	if _, ok := c.quoted(); !ok {
		return false
	}
	return v.Addr().Interface().(*time.Time).UnmarshalJSON(before[:len(before)-len(c.rest)]) == nil
}

func (c *cursor) bool(v reflect.Value) bool {
	if c.skip("true") {
		v.SetBool(true)
		return true
	}
	return c.skip("false")
}

// digits goes over a whole number of 0 or more and returns its digits.
func (c *cursor) digits() []byte {
	n := 0
	for n < len(c.rest) && '0' <= c.rest[n] && c.rest[n] <= '9' {
		n++
	}
	d := c.rest[:n]
	if n > 1 && d[0] == '0' {
		return nil
	}
	c.rest = c.rest[n:]
	return d
}

func (c *cursor) int(v reflect.Value) bool {
	negative := c.skip("-")
	d := c.digits()
	if len(d) == 0 || len(d) > 18 {
		return false
	}
	n := int64(0)
	for _, b := range d {
		n = 10*n + int64(b-'0')
	}
	if negative {
		n = -n
	}
	v.SetInt(n)
	return c.wholeEnds()
}

func (c *cursor) uint(v reflect.Value) bool {
	n, err := strconv.ParseUint(string(c.digits()), 10, 64)
	v.SetUint(n)
	return err == nil && c.wholeEnds()
}

// wholeEnds reports that no fraction or exponent follows.
func (c *cursor) wholeEnds() bool {
	return len(c.rest) > 0 && (c.rest[0] == ',' || c.rest[0] == '}' || c.rest[0] == ']')
}

// float reads a number by the grammar of JSON, which is narrower than that of strconv.
func (c *cursor) float(v reflect.Value) bool {
	before := c.rest
	c.skip("-")
	if len(c.digits()) == 0 || c.skip(".") && !c.anyDigits() {
		return false
	}
	if c.skip("e") || c.skip("E") {
		if !c.skip("+") {
			c.skip("-")
		}
		if !c.anyDigits() {
			return false
		}
	}
	x, err := strconv.ParseFloat(string(before[:len(before)-len(c.rest)]), 64)
	v.SetFloat(x)
	return err == nil
}

// anyDigits goes over one digit or more.
func (c *cursor) anyDigits() bool {
	n := 0
	for n < len(c.rest) && '0' <= c.rest[n] && c.rest[n] <= '9' {
		n++
	}
	c.rest = c.rest[n:]
	return n > 0
}

// texts keeps one copy of strings that come again and again, as most of a store's do.
type texts [1 << 10]string

// of returns a string of the bytes.
func (t *texts) of(b []byte) string {
	h := uint32(2166136261) // FNV-1a
	for _, c := range b {
		h = (h ^ uint32(c)) * 16777619
	}
	s := &t[h%uint32(len(t))]
	if *s != string(b) {
		*s = string(b)
	}
	return *s
}
