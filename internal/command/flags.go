package command

import (
	"errors"
	"flag"
	"fmt"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// number is the value of a flag that says what it wants when it gets something else.
type number[T int | uint64 | float64 | time.Duration] struct {
	to   *T
	read func(string) (T, error)
	want string
}

// String implements flag.Value.
func (n number[T]) String() string {
	if n.to == nil { // package flag asks a zero value
		return ""
	}
	return fmt.Sprint(*n.to)
}

// Set implements flag.Value.
func (n number[T]) Set(s string) error {
	x, err := n.read(s)
	if err != nil {
		return errors.New("want " + n.want)
	}
	*n.to = x
	return nil
}

func intFlag(f *flag.FlagSet, to *int, name string, value int, usage string) {
	*to = value
	f.Var(number[int]{to, strconv.Atoi, "a whole number below 2^63"}, name, usage)
}

func seedFlag(f *flag.FlagSet, to *uint64, name string, value uint64, usage string) {
	*to = value
	read := func(s string) (uint64, error) { return strconv.ParseUint(s, 10, 64) }
	f.Var(number[uint64]{to, read, "a whole number from 0 to 2^64-1"}, name, usage)
}

func floatFlag(f *flag.FlagSet, to *float64, name string, value float64, usage string) {
	*to = value
	read := func(s string) (float64, error) { return strconv.ParseFloat(s, 64) }
	f.Var(number[float64]{to, read, "a number"}, name, usage)
}

// saveFlag declares --save-every, which means the same everywhere.
func saveFlag(f *flag.FlagSet, to *time.Duration) {
	*to = time.Minute
	f.Var(number[time.Duration]{to, time.ParseDuration, "a time such as 30s or 5m"}, "save-every",
		"`TIME` between checkpoints of a training under way; 0 makes none")
}

func checkSave(every time.Duration) error {
	if every < 0 {
		return misuse("save-every %v: want a time such as 30s or 5m, or 0 for no checkpoints", every)
	}
	return nil
}

// threadsFlag declares --threads, which means the same everywhere: how many cores to keep busy.
func threadsFlag(f *flag.FlagSet, to *int, usage string) {
	intFlag(f, to, "threads", runtime.GOMAXPROCS(0), usage)
}

// maxThreads is far above any machine and keeps a slip of the keyboard from starting millions.
const maxThreads = 4096

func checkThreads(n int) error {
	if n < 1 || n > maxThreads {
		return misuse("threads %d: want 1 to %d", n, maxThreads)
	}
	return nil
}

func checkDir(dir string) error {
	if strings.TrimSpace(dir) == "" {
		return misuse("out %q: want a directory", dir)
	}
	return nil
}

// given lists the flags that stand on the command line.
func given(f *flag.FlagSet) map[string]bool {
	set := map[string]bool{}
	f.Visit(func(g *flag.Flag) { set[g.Name] = true })
	return set
}

// clearer rewrites an error of package flag: two dashes, as in the help, and what is allowed.
func clearer(err error, f *flag.FlagSet) error {
	text := err.Error()
	if name, found := strings.CutPrefix(text, "flag provided but not defined: -"); found {
		var names []string
		f.VisitAll(func(g *flag.Flag) { names = append(names, "--"+g.Name) })
		return fmt.Errorf("unknown flag --%s: want %s", name, strings.Join(names, ", "))
	}
	// The messages name a flag after these words; only switches fail with "parse error".
	for _, word := range []string{"for flag -", "needs an argument: -", "for -"} {
		text = strings.Replace(text, word, word+"-", 1)
	}
	return errors.New(strings.TrimSuffix(strings.Replace(text, ": parse error", ": want true or false", 1), "\n"))
}
