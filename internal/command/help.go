package command

import (
	"flag"
	"fmt"
	"io"
	"strings"

	"srhmbench/srhm/spec"
)

// overview prints what all commands are for.
func overview(w io.Writer) {
	fmt.Fprint(w, `srhmbench reproduces the figures of "How Deep Networks Learn Sparse and Hierarchical Data:
the Sparse Random Hierarchy Model" (Tomasini and Wyart, ICML 2024) with its own training kernels.

usage: srhmbench COMMAND [FLAG...]

`)
	for _, c := range commands() {
		fmt.Fprintf(w, "  %-14s %s\n", c.name, c.brief)
	}
	fmt.Fprint(w, `
srhmbench COMMAND --help lists the flags of a command, with examples. Results go to stdout, all
else to stderr. Exit status: 0 done, 1 failed, 2 wrong command line, 130 interrupted.

SRHM_TIER=generic|avx2|avx512|neon picks the kernels; by default the widest that the CPU runs, unless its
model is known to be slower at it (srhmbench cpu says so). They all give the same results, bit for bit.
`)
}

// help prints the overview, or the help of one command.
func (p *program) help(args []string) error {
	if len(args) == 0 {
		overview(p.stdout)
		return nil
	}
	c, rest, err := find(args)
	if err != nil {
		return err
	}
	if len(rest) > 0 {
		return misuse("unexpected argument %q: want one command", rest[0])
	}
	flags := flag.NewFlagSet(c.name, flag.ContinueOnError)
	c.declare(flags)
	c.usage(p.stdout, flags)
	return nil
}

// usage prints the help of a command.
func (c command) usage(w io.Writer, flags *flag.FlagSet) {
	fmt.Fprintf(w, "usage: srhmbench %s\n\n%s\n\nflags:\n", strings.TrimSpace(c.name+" [FLAG...] "+c.operands), c.text)
	flags.VisitAll(func(f *flag.Flag) { fmt.Fprintln(w, describe(f)) })
	fmt.Fprintln(w, "\nexamples:")
	for _, e := range c.examples {
		fmt.Fprintf(w, "  srhmbench %s\n", e)
	}
}

// describe is the line of a flag. A default that the text names, and a switch that is off, go without.
func describe(f *flag.Flag) string {
	value, text := flag.UnquoteUsage(f)
	line := fmt.Sprintf("  --%-17s %s", strings.TrimSpace(f.Name+" "+value), text)
	if f.DefValue != "" && f.DefValue != "false" && !strings.Contains(text, "default") {
		line += " (default " + f.DefValue + ")"
	}
	return line
}

// protocols lists the presets with their settings, so that the help cannot differ from what is done.
func protocols() string {
	var b strings.Builder
	b.WriteString("protocols (a flag given beside --protocol changes that one setting):")
	for _, name := range spec.Protocols {
		p, err := spec.Preset(name)
		if err != nil {
			panic(err) // a name of the list itself
		}
		fmt.Fprintf(&b, "\n  %-8s --encoding %s --batching %s --batch %d --lr %v --momentum %v --stop-loss %v\n"+
			"           --stop-error %v --max-epochs %d --check-every %d --checkpoint %s --test-size %d",
			name, p.Encoding, p.Batching, p.Batch, p.LR, p.Momentum, p.StopLoss,
			p.StopError, p.MaxEpochs, p.CheckEvery, p.Checkpoint, p.TestSize)
	}
	return b.String()
}
