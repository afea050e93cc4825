package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

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

// program is what every command works with.
type program struct {
	train  trainer
	stdout *output
	stderr *os.File
}

// trainer is the signature of train.Train.
type trainer func(context.Context, spec.Run, train.Options) (spec.Result, error)

// usageError reports a wrong command line.
type usageError struct{ error }

func misuse(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// invalid turns a validation error into a usageError, without the name of the package that found it.
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
	return newProgram(stdout, stderr).main(ctx, args)
}

func newProgram(stdout, stderr *os.File) *program {
	return &program{train: train.Train, stdout: &output{w: stdout}, stderr: stderr}
}

func (p *program) main(ctx context.Context, args []string) int {
	root := p.root()
	if len(args) == 0 {
		overview(p.stderr, root)
		return misused
	}
	root.SetArgs(args)
	c, err := root.ExecuteContextC(ctx)
	return p.exit(c, err)
}

// exit prints an error, if there is one, and returns the exit status.
func (p *program) exit(c *cobra.Command, err error) int {
	if err == nil {
		err = p.stdout.err // a result that could not be written was not delivered
	}
	if err == nil {
		return done
	}
	name := c.CommandPath()
	if c.HasSubCommands() { // the command is what is missing
		name = c.Root().Name()
	}
	fmt.Fprintf(p.stderr, "%s: %s\n", name, message(err))
	switch {
	case errors.As(err, new(usageError)), errors.As(err, new(unmeasured)):
		return misused
	case errors.Is(err, context.Canceled):
		return interrupted
	}
	return failed
}

// message returns an error's text. A canceled context means that the user interrupted.
func message(err error) string {
	if err == context.Canceled {
		return "interrupted"
	}
	return err.Error()
}

// stopped reports that the user interrupted trainings.
type stopped struct{ file string }

// Error says how to go on.
func (s stopped) Error() string {
	return fmt.Sprintf("interrupted: finished trainings are kept in %s; the same command goes on from there", s.file)
}

// Unwrap lets errors.Is recognise the interruption.
func (s stopped) Unwrap() error { return context.Canceled }

// resumable adds to an interruption where finished trainings are kept.
func resumable(err error, st *store.Store) error {
	if errors.Is(err, context.Canceled) {
		return stopped{st.Path()}
	}
	return err
}

// output is stdout. It keeps the first error, so that callers need not check every print.
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
