package command

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"srhmbench/srhm/net/zoo"
	"srhmbench/srhm/spec"
)

const about = `srhmbench reproduces the figures of "How Deep Networks Learn Sparse and Hierarchical Data:
the Sparse Random Hierarchy Model" (Tomasini and Wyart, ICML 2024) with its own training kernels.
`

const conventions = `
srhmbench COMMAND --help lists the flags of a command, with examples. Results go to stdout, all
else to stderr. Exit status: 0 done, 1 failed, 2 wrong command line, 130 interrupted.

SRHM_TIER=generic|avx2|avx512|neon picks the kernels; by default the widest that the CPU runs, unless its
model is known to be slower at it (srhmbench cpu says so). They all give the same results, bit for bit.
`

// overview prints what all commands are for.
func overview(w io.Writer, root *cobra.Command) {
	fmt.Fprint(w, about+"\nusage: srhmbench COMMAND [FLAG...]\n\n")
	list(w, root)
	fmt.Fprint(w, conventions)
}

func list(w io.Writer, c *cobra.Command) {
	for _, leaf := range leaves(c) {
		fmt.Fprintf(w, "  %-14s %s\n", pathOf(leaf), leaf.Short)
	}
}

// helpCommand is "help COMMAND" for "COMMAND --help".
func helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "show the help of a command",
		Long:  "Prints what srhmbench COMMAND --help prints; without COMMAND, all commands.",
		Args:  cobra.ArbitraryArgs,
		ValidArgsFunction: func(c *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			above, rest, _ := c.Root().Find(args)
			if above == nil || len(rest) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			var words []string
			for _, below := range above.Commands() {
				if below.IsAvailableCommand() {
					words = append(words, cobra.CompletionWithDesc(below.Name(), below.Short))
				}
			}
			return words, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(c *cobra.Command, args []string) error {
			of, rest, err := c.Root().Find(args)
			switch {
			case err != nil:
				return usageError{err}
			case !of.HasParent() && len(rest) > 0:
				return unknownCommand(of, rest)
			case of.HasParent() && of.HasSubCommands():
				return unknownInGroup(of, rest)
			case len(rest) > 0:
				return misuse("unexpected argument %q: want one command", rest[0])
			}
			of.InitDefaultHelpFlag()
			return of.Help()
		},
	}
}

// showHelp prints the help of a command.
func (p *program) showHelp(c *cobra.Command, _ []string) {
	switch {
	case !c.HasParent():
		overview(p.stdout, c)
		return
	case c.HasSubCommands():
		fmt.Fprintf(p.stdout, "usage: %s\n\n", c.UseLine())
		list(p.stdout, c)
		return
	}
	fmt.Fprintf(p.stdout, "usage: %s\n\n%s\n\nflags:\n%s", c.UseLine(), c.Long, c.LocalFlags().FlagUsagesWrapped(p.columns()))
	if c.Example != "" {
		fmt.Fprintf(p.stdout, "\nexamples:\n%s\n", c.Example)
	}
}

// columns is the width of the terminal that the results go to, 0 if it is none.
func (p *program) columns() int {
	f, isFile := p.stdout.w.(*os.File)
	if !isFile {
		return 0
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return 0
	}
	return width
}

// examples are command lines, without the program's name.
func examples(lines ...string) string {
	return "  srhmbench " + strings.Join(lines, "\n  srhmbench ")
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
	b.WriteString("\n\n" + networkDefaults())
	return b.String()
}

// networkDefaults lists what the kinds of network set by themselves, whatever the protocol.
func networkDefaults() string {
	usual, err := spec.Preset(spec.Protocols[0])
	if err != nil {
		panic(err) // a name of the list itself
	}
	var settings []string
	kinds := map[string][]string{}
	for _, k := range zoo.Kinds {
		text, p := fmt.Sprintf("--width %d", k.Network().Width), k.Protocol(usual)
		for _, s := range []struct {
			flag       string
			own, other any
		}{{"lr", p.LR, usual.LR}, {"stop-loss", p.StopLoss, usual.StopLoss}, {"max-epochs", p.MaxEpochs, usual.MaxEpochs}} {
			if s.own != s.other {
				text += fmt.Sprintf(" --%s %v", s.flag, s.own)
			}
		}
		if kinds[text] == nil {
			settings = append(settings, text)
		}
		kinds[text] = append(kinds[text], k.Name())
	}
	lines := []string{"defaults of networks, in any protocol:"}
	for _, text := range settings {
		lines = append(lines, fmt.Sprintf("  %s: %s", strings.Join(kinds[text], ", "), text))
	}
	return strings.Join(lines, "\n")
}
