package command

import (
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// number is a numeric flag. Its error says what the flag accepts.
type number[T int | uint64 | float64 | time.Duration] struct {
	to   *T
	read func(string) (T, error)
	want string
}

// String implements pflag.Value.
func (n number[T]) String() string { return fmt.Sprint(*n.to) }

// Type implements pflag.Value.
func (n number[T]) Type() string { return "number" }

// Set implements pflag.Value.
func (n number[T]) Set(s string) error {
	x, err := n.read(s)
	if err != nil {
		return errors.New("want " + n.want)
	}
	*n.to = x
	return nil
}

func intFlag(c *cobra.Command, to *int, name string, value int, usage string) {
	*to = value
	numberFlag(c, number[int]{to, strconv.Atoi, "a whole number below 2^63"}, name, usage)
}

func seedFlag(c *cobra.Command, to *uint64, name string, value uint64, usage string) {
	*to = value
	read := func(s string) (uint64, error) { return strconv.ParseUint(s, 10, 64) }
	numberFlag(c, number[uint64]{to, read, "a whole number from 0 to 2^64-1"}, name, usage)
}

func floatFlag(c *cobra.Command, to *float64, name string, value float64, usage string) {
	*to = value
	read := func(s string) (float64, error) { return strconv.ParseFloat(s, 64) }
	numberFlag(c, number[float64]{to, read, "a number"}, name, usage)
}

func timeFlag(c *cobra.Command, to *time.Duration, name string, value time.Duration, usage string) {
	*to = value
	numberFlag(c, number[time.Duration]{to, time.ParseDuration, "a time such as 30s or 5m"}, name, usage)
}

func numberFlag(c *cobra.Command, value pflag.Value, name, usage string) {
	c.Flags().Var(value, name, usage)
	complete(c, name, cobra.NoFileCompletions)
}

// text is a flag that accepts any text. Unlike pflag's own, its default has no quotes in the help.
type text[T ~string] struct{ to *T }

// String implements pflag.Value.
func (t text[T]) String() string { return string(*t.to) }

// Type implements pflag.Value.
func (t text[T]) Type() string { return "text" }

// Set implements pflag.Value.
func (t text[T]) Set(s string) error {
	*t.to = T(s)
	return nil
}

func textFlag[T ~string](c *cobra.Command, to *T, name string, value T, usage string) {
	*to = value
	c.Flags().Var(text[T]{to}, name, usage)
}

// choiceFlag declares a flag that takes one of a few words. Completion offers them; the command checks the value.
func choiceFlag[T ~string](c *cobra.Command, to *T, name string, value T, choices []string, usage string) {
	textFlag(c, to, name, value, usage)
	complete(c, name, cobra.FixedCompletions(choices, cobra.ShellCompDirectiveNoFileComp))
}

// dirFlag declares a flag that names a directory.
func dirFlag(c *cobra.Command, to *string, name, value, usage string) {
	textFlag(c, to, name, value, usage)
	complete(c, name, cobra.FixedCompletions(nil, cobra.ShellCompDirectiveFilterDirs))
}

// fileFlag declares a flag that names a file with one of some extensions, given without dot.
func fileFlag(c *cobra.Command, to *string, name, usage string, extensions ...string) {
	textFlag(c, to, name, "", usage)
	complete(c, name, cobra.FixedCompletions(extensions, cobra.ShellCompDirectiveFilterFileExt))
}

// complete sets how a shell completes a flag's values.
func complete(c *cobra.Command, name string, with cobra.CompletionFunc) {
	if err := c.RegisterFlagCompletionFunc(name, with); err != nil {
		panic(err) // no flag of this name
	}
}

// listOf completes a list of words separated by commas, each once; "all" stands alone.
func listOf(words []string) cobra.CompletionFunc {
	return func(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
		before := typed[:strings.LastIndex(typed, ",")+1]
		var out []string
		for _, w := range words {
			if before != "" && w == "all" || slices.Contains(strings.Split(before, ","), w) {
				continue
			}
			out = append(out, before+w)
		}
		return out, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
	}
}

// files completes operands that are files with an extension, given without dot.
func files(extension string) cobra.CompletionFunc {
	return cobra.FixedCompletions([]string{extension}, cobra.ShellCompDirectiveFilterFileExt)
}

// flagsOnly refuses operands.
func flagsOnly(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return misuse("unexpected argument %q: flags only, see %s --help", args[0], c.CommandPath())
}

// saveFlag declares --save-every for every command that trains.
func saveFlag(c *cobra.Command, to *time.Duration) {
	timeFlag(c, to, "save-every", time.Minute, "`TIME` between checkpoints of a training under way; 0 makes none")
}

func checkSave(every time.Duration) error {
	if every < 0 {
		return misuse("save-every %v: want a time such as 30s or 5m, or 0 for no checkpoints", every)
	}
	return nil
}

// threadsFlag declares --threads: the number of cores to use.
func threadsFlag(c *cobra.Command, to *int, usage string) {
	intFlag(c, to, "threads", runtime.GOMAXPROCS(0), usage)
	c.Flags().Lookup("threads").DefValue = "all" // the help and man pages are the same on every machine
}

// maxThreads exceeds any machine's cores; it stops a typing error from starting millions of threads.
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
	if strings.Contains(dir, ",") { // --runs and --from could not name it
		return misuse("out %q: want a directory without a comma: lists of them have commas between", dir)
	}
	return nil
}

// flagError turns pflag's errors into one line that says what is allowed.
func flagError(c *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var invalid *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() != "":
		return oneDash(c, unknown.GetSpecifiedShortnames())
	case errors.As(err, &unknown) && c.HasSubCommands():
		return misuse("unknown flag --%s: want a command first, %s", unknown.GetSpecifiedName(), strings.Join(names(c), ", "))
	case errors.As(err, &unknown):
		return unknownFlag(c, unknown.GetSpecifiedName())
	case errors.As(err, &invalid) && invalid.GetFlag().Value.Type() == "bool":
		return misuse("invalid boolean value %q for --%s: want true or false", invalid.GetValue(), invalid.GetFlag().Name)
	case errors.As(err, &invalid):
		return misuse("invalid value %q for flag --%s: %w", invalid.GetValue(), invalid.GetFlag().Name, invalid.Unwrap())
	}
	return usageError{err}
}

// oneDash is the error for a single dash: every flag but -h takes two.
func oneDash(c *cobra.Command, word string) error {
	name, _, _ := strings.Cut(word, "=")
	if c.Flags().Lookup(name) != nil {
		return misuse("unknown flag -%s: want --%s", name, name)
	}
	return misuse("unknown flag -%s: want two dashes and a name, see %s --help", name, c.CommandPath())
}

func unknownFlag(c *cobra.Command, name string) error {
	var all []string
	similar := &cobra.Command{SuggestionsMinimumDistance: min(2, len(name)/2)}
	c.LocalFlags().VisitAll(func(f *pflag.Flag) {
		if f.Name == "help" {
			return
		}
		all = append(all, "--"+f.Name)
		similar.AddCommand(&cobra.Command{Use: f.Name, Run: func(*cobra.Command, []string) {}})
	})
	text := strings.Join(all, ", ")
	if found := similar.SuggestionsFor(name); len(found) > 0 {
		text += "; did you mean --" + strings.Join(found, " or --") + "?"
	}
	return misuse("unknown flag --%s: want %s", name, text)
}
