package command

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"srhmbench/kernels"
	"srhmbench/srhm/spec"
	"srhmbench/srhm/store"
	"srhmbench/srhm/train"
)

// Exit statuses.
const (
	done        = 0
	failed      = 1
	misused     = 2
	interrupted = 130 // what a shell reports for a program that Ctrl-C ended
)

// command is one of the words that may follow the program's name.
type command struct {
	name     string   // one word, or a group's and its own, as in "bench gate"
	operands string   // what follows the flags, as in "FILE..."; "" for nothing
	brief    string   // a line of the list of commands
	text     string   // what it does, for its own help
	examples []string // without the program's name
	// declare adds the command's flags and returns what it does once they are parsed.
	declare func(*flag.FlagSet) action
}

// action does what a command is for. An error of the caller's making is a usageError.
type action func(context.Context, *program) error

// commands lists all, in the order of the help.
func commands() []command {
	return []command{reproduceCommand, figureCommand, reportCommand, trainCommand, searchCommand, sweepCommand,
		datasetCommand, resultsExportCommand, resultsMergeCommand, cpuCommand, benchGateCommand,
		benchFiguresCommand, benchCompareCommand, benchLadderCommand, benchTrendCommand, benchCostsCommand}
}

// program is what commands are given.
type program struct {
	train  trainer
	stdout *output
	stderr *os.File
}

// trainer is the signature of train.Train.
type trainer func(context.Context, spec.Run, train.Options) (spec.Result, error)

// usageError is a command line that is wrong.
type usageError struct{ error }

func misuse(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// invalid makes a usageError of what a description of a run finds wrong with itself. Which package
// found it is of no interest here.
func invalid(err error) error {
	if err == nil {
		return nil
	}
	text := strings.TrimPrefix(err.Error(), "sweep: ")
	return misuse("%s", strings.TrimPrefix(text, "srhm: "))
}

// Main runs a command line, without the program's name, and returns the exit status. When the
// context ends, the command stops in good order.
func Main(ctx context.Context, args []string, stdout, stderr *os.File) int {
	p := &program{train: train.Train, stdout: &output{w: stdout}, stderr: stderr}
	return p.main(ctx, args)
}

func (p *program) main(ctx context.Context, args []string) int {
	if len(args) == 0 {
		overview(p.stderr)
		return misused
	}
	if isHelp(args[0]) || args[0] == "help" {
		return p.exit("help", p.help(args[1:]))
	}
	c, rest, err := find(args)
	if err != nil {
		return p.exit("", err)
	}
	return p.exit(c.name, p.run(ctx, c, rest))
}

func isHelp(word string) bool { return word == "--help" || word == "-help" || word == "-h" }

// find returns the command that the arguments, of which there is one, begin with, and what follows it.
func find(args []string) (command, []string, error) {
	var names, group []string
	for _, c := range commands() {
		words := strings.Fields(c.name)
		if n := len(words); n <= len(args) && slices.Equal(words, args[:n]) {
			return c, args[n:], nil
		}
		if len(words) > 1 && words[0] == args[0] {
			group = append(group, c.name)
		}
		names = append(names, c.name)
	}
	if group != nil {
		return command{}, nil, misuse("command %q: want %s", args[0], strings.Join(group, ", "))
	}
	return command{}, nil, misuse("unknown command %q: want %s or help", args[0], strings.Join(names, ", "))
}

// run parses a command's flags and does it.
func (p *program) run(ctx context.Context, c command, args []string) error {
	flags := flag.NewFlagSet(c.name, flag.ContinueOnError)
	flags.SetOutput(io.Discard) // errors are printed once, by exit
	flags.Usage = func() {}
	do := c.declare(flags)
	err := parseAll(flags, args, c.operands != "")
	switch {
	case errors.Is(err, flag.ErrHelp):
		c.usage(p.stdout, flags)
		return nil
	case err != nil:
		return usageError{clearer(err, flags)}
	case flags.NArg() > 0 && c.operands == "":
		return misuse("unexpected argument %q: flags only, see srhmbench %s --help", flags.Arg(0), c.name)
	}
	if err := kernels.Select(); err != nil {
		return usageError{err}
	}
	return do(ctx, p)
}

// parseAll parses flags and, where there may be operands, those that come after an operand too.
func parseAll(flags *flag.FlagSet, args []string, operands bool) error {
	err := flags.Parse(args)
	if !operands {
		return err
	}
	var found []string
	for err == nil && flags.NArg() > 0 {
		found = append(found, flags.Arg(0))
		err = flags.Parse(flags.Args()[1:])
	}
	if err != nil {
		return err
	}
	return flags.Parse(append([]string{"--"}, found...))
}

// exit prints an error, if there is one, and returns the exit status.
func (p *program) exit(name string, err error) int {
	if err == nil {
		err = p.stdout.err // a result that could not be written was not delivered
	}
	if err == nil {
		return done
	}
	fmt.Fprintln(p.stderr, strings.TrimSpace("srhmbench "+name)+": "+message(err))
	switch {
	case errors.As(err, new(usageError)), errors.As(err, new(unmeasured)):
		return misused
	case errors.Is(err, context.Canceled):
		return interrupted
	}
	return failed
}

// message is the line of an error. The only one that is not its own is that of a context, which ends
// when the user interrupts.
func message(err error) string {
	if err == context.Canceled {
		return "interrupted"
	}
	return err.Error()
}

// stopped is an interruption in the midst of trainings.
type stopped struct{ file string }

// Error says how to go on.
func (s stopped) Error() string {
	return fmt.Sprintf("interrupted: finished trainings are kept in %s; the same command goes on from there", s.file)
}

// Unwrap makes it known as an interruption.
func (s stopped) Unwrap() error { return context.Canceled }

// resumable says, of an error in the midst of trainings, where they are kept.
func resumable(err error, dir string) error {
	if errors.Is(err, context.Canceled) {
		return stopped{filepath.Join(dir, store.FileName)}
	}
	return err
}

// output is stdout. It keeps the first error, so that not every print needs to look.
type output struct {
	w   io.Writer
	err error
}

// Write implements io.Writer.
func (o *output) Write(b []byte) (int, error) {
	if o.err != nil {
		return 0, o.err
	}
	n, err := o.w.Write(b)
	o.err = err
	return n, err
}
