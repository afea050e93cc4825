package benchfile

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Definition says what a benchmark measures. Times of two runs can be compared if both measured the same.
type Definition struct {
	Version    string  // a hash of the operation, its sizes, the state of the caches and the like; "" if not known
	Operations float64 // floating-point operations of one iteration; NaN if not known
	Bytes      float64 // least traffic of one iteration; NaN if not known
}

// Unknown is the definition of a benchmark of which the file says nothing.
var Unknown = Definition{"", math.NaN(), math.NaN()}

// definedMark begins the comment that defines a benchmark: "# defined NAME VERSION operations=N bytes=N". Its name has no
// kernel tier or library at the end.
const definedMark = "defined "

// Comment is the line of a file that defines a benchmark.
func (d Definition) Comment(name string) string {
	line := "# " + definedMark + name + " " + d.Version
	for _, count := range []struct {
		key string
		n   float64
	}{{" operations=", d.Operations}, {" bytes=", d.Bytes}} {
		if !math.IsNaN(count.n) {
			line += count.key + strconv.FormatFloat(count.n, 'g', -1, 64)
		}
	}
	return line
}

// define reads such a comment; anything else is none.
func (f *File) define(text string) {
	rest, ok := strings.CutPrefix(text, definedMark)
	words := strings.Fields(rest)
	if !ok || len(words) < 2 {
		return
	}
	d := Unknown
	d.Version = words[1]
	for _, word := range words[2:] {
		key, number, _ := strings.Cut(word, "=")
		n, err := strconv.ParseFloat(number, 64)
		if err != nil || !(n >= 0) || math.IsInf(n, 0) {
			continue
		}
		switch key {
		case "operations":
			d.Operations = n
		case "bytes":
			d.Bytes = n
		}
	}
	f.defined[words[0]] = d
}

// Definition returns that of a result. Files older than such comments have none; then what is counted follows from rates
// and times.
func (f *File) Definition(r Result) Definition {
	name, _ := CutMaker(r.Name)
	if d, ok := f.defined[name]; ok {
		return d
	}
	d := Unknown
	seconds, ok := r.Values["cpu-sec/op"] // which the rates of bench/peers are of
	if !ok {
		seconds = r.Values["sec/op"]
	}
	if rate := r.Values["GFLOP/s"]; rate > 0 && seconds > 0 {
		d.Operations = rate * 1e9 * seconds
	}
	if rate := r.Values["GB/s"]; rate > 0 && seconds > 0 {
		d.Bytes = rate * 1e9 * seconds
	}
	return d
}

// tolerance is more than rates and times lose to the four digits they are written with.
const tolerance = 0.01

// Differs says why values of a unit cannot be compared between two benchmarks of one name, or nothing if they can.
func (d Definition) Differs(from Definition, unit string) string {
	apart := func(a, b float64) bool { return math.Abs(a-b) > tolerance*max(a, b) } // not NaN
	switch {
	case d.Version != "" && from.Version != "" && d.Version != from.Version:
		return fmt.Sprintf("defined otherwise (version %s, not %s)", d.Version, from.Version)
	case apart(d.Operations, from.Operations):
		return fmt.Sprintf("other operations (%.4g, not %.4g)", d.Operations, from.Operations)
	case (unit == "GB/s" || strings.HasSuffix(unit, "%roof")) && apart(d.Bytes, from.Bytes):
		return fmt.Sprintf("bytes counted otherwise (%.4g, not %.4g)", d.Bytes, from.Bytes)
	}
	return ""
}

// CutMaker splits off a name what did the work: a kernel tier, or a library of bench/peers; "any" if it does not say.
func CutMaker(name string) (benchmark, maker string) {
	for _, key := range []string{"/tier=", "/lib="} {
		if i := strings.LastIndex(name, key); i >= 0 {
			return name[:i], name[i+len(key):]
		}
	}
	return name, "any"
}
