package command

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"srhmbench/kernels"
)

func init() { cobra.EnableCommandSorting = false } // the help lists commands in the order below

// root returns the tree of all commands.
func (p *program) root() *cobra.Command {
	root := group("srhmbench", "reproduce the Sparse Random Hierarchy Model with kernels of its own", p.reproduceCommand(), p.figureCommand(), p.reportCommand(), p.trainCommand(),
		p.searchCommand(), p.sweepCommand(), p.networksCommand(), p.datasetCommand(),
		group("results", "export records, merge, verify and compact them", p.resultsExportCommand(), p.resultsMergeCommand(), p.resultsVerifyCommand(), p.resultsCompactCommand()),
		p.cpuCommand(),
		group("bench", "judge and compare measurements of the kernels", p.benchGateCommand(), p.benchFiguresCommand(), p.benchCompareCommand(), p.benchLadderCommand(),
			p.benchTrendCommand(), p.benchCostsCommand()))
	root.Long = strings.TrimSpace(about + "\n" + conventions)
	version := root.Flags().Bool("version", false, "show what the command version shows")
	root.RunE = func(c *cobra.Command, args []string) error {
		if *version && len(args) == 0 {
			newVersion().write(p.stdout)
			return nil
		}
		return unknownCommand(c, args)
	}
	root.SilenceErrors, root.SilenceUsage = true, true // exit prints errors, in one line
	root.SetOut(p.stdout)
	root.SetErr(p.stderr)
	root.SetHelpFunc(p.showHelp)
	root.SetFlagErrorFunc(flagError)
	root.CompletionOptions.DisableDefaultCmd = true
	for _, c := range leaves(root) {
		c.PreRunE = selectKernels
	}
	root.SetHelpCommand(helpCommand())
	root.AddCommand(versionCommand(), completionCommand(), p.manCommand())
	for _, c := range leaves(root) {
		c.DisableFlagsInUseLine = true
		if c.Args == nil {
			c.Args, c.ValidArgsFunction = flagsOnly, cobra.NoFileCompletions
		}
	}
	return root
}

// group returns a command that does nothing itself, with others below it.
func group(name, short string, commands ...*cobra.Command) *cobra.Command {
	c := &cobra.Command{
		Use: name + " COMMAND [FLAG...]", Short: short, DisableFlagsInUseLine: true, SuggestionsMinimumDistance: 2,
		Args: cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error { return unknownInGroup(c, args) },
	}
	c.Flags().SetInterspersed(false) // flags after an unknown command are not the group's
	c.AddCommand(commands...)
	return c
}

func selectKernels(*cobra.Command, []string) error {
	if err := kernels.Select(); err != nil {
		return usageError{err}
	}
	return nil
}

// leaves lists the runnable commands below a command, in order.
func leaves(c *cobra.Command) (list []*cobra.Command) {
	for _, below := range c.Commands() {
		if below.HasSubCommands() {
			list = append(list, leaves(below)...)
		} else if !below.Hidden {
			list = append(list, below)
		}
	}
	return list
}

// pathOf returns a command as typed after the program's name: "bench gate".
func pathOf(c *cobra.Command) string {
	return strings.TrimPrefix(c.CommandPath(), c.Root().Name()+" ")
}

// helpers are the commands about the program itself; errors that list commands leave them out.
var helpers = []string{"version", "completion", "help"}

// names lists the commands below a command, helpers excepted.
func names(c *cobra.Command) (list []string) {
	for _, leaf := range leaves(c) {
		if name := pathOf(leaf); !slices.Contains(helpers, name) {
			list = append(list, name)
		}
	}
	return list
}

// unknownCommand is the error for a command line that does not begin with a command.
func unknownCommand(root *cobra.Command, args []string) error {
	if len(args) == 0 {
		return misuse("no command: want %s or help", strings.Join(names(root), ", "))
	}
	if similar := similarCommands(root, args[0]); similar != "" {
		return misuse("unknown command %q: did you mean %s? srhmbench help lists all", args[0], similar)
	}
	return misuse("unknown command %q: want %s or help", args[0], strings.Join(names(root), ", "))
}

// unknownInGroup is the error for a group that is not followed by one of its commands.
func unknownInGroup(c *cobra.Command, args []string) error {
	text := strings.Join(names(c), ", ")
	if len(args) > 0 {
		if similar := similarCommands(c, args[0]); similar != "" {
			text += "; did you mean " + similar + "?"
		}
	}
	return misuse("command %q: want %s", c.Name(), text)
}

// similarCommands suggests commands for a misspelt word, in all groups below a command.
func similarCommands(c *cobra.Command, word string) string {
	var list []string
	for _, g := range append([]*cobra.Command{c}, c.Commands()...) {
		for _, name := range g.SuggestionsFor(word) {
			list = append(list, strings.TrimPrefix(g.CommandPath()+" "+name, c.Root().Name()+" "))
		}
	}
	return strings.Join(list, " or ")
}
