package command

import (
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
	"github.com/spf13/pflag"
)

// manCommand writes man pages, for make man. Only packagers need it, so the help leaves it out.
func (p *program) manCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "man [FLAG...]", Hidden: true,
		Short: "write the man pages of all commands",
		Long: `Writes the man pages of all commands into a directory. The environment variable SOURCE_DATE_EPOCH sets the date
in them.`,
		Example: examples("man --out out/man"),
		Args:    flagsOnly,
	}
	var dir string
	dirFlag(c, &dir, "out", "out/man", "`DIR` for the pages")
	c.RunE = func(*cobra.Command, []string) error {
		if err := checkDir(dir); err != nil {
			return err
		}
		if err := os.MkdirAll(dir, 0o777); err != nil {
			return err
		}
		root := p.root()
		root.DisableAutoGenTag = true // no date of generation: SOURCE_DATE_EPOCH gives the same pages again
		forMan(root)
		return doc.GenManTree(root, &doc.GenManHeader{Section: "1", Source: "srhmbench", Manual: "srhmbench"}, dir)
	}
	return c
}

// forMan turns the texts of a command and of those below it into Markdown, from which cobra makes the pages.
func forMan(c *cobra.Command) {
	c.Short, c.Long = escapeMarkdown(c.Short), markdown(c.Long)
	c.LocalFlags().VisitAll(func(f *pflag.Flag) {
		if f.NoOptDefVal == "" { // no switch: what its value is called stands in the place of its default
			value, usage := pflag.UnquoteUsage(f)
			if f.DefValue != "" && f.DefValue != "0" {
				usage += " (default " + f.DefValue + ")"
			}
			f.DefValue, f.Usage = value, usage
		}
		f.Usage = escapeMarkdown(f.Usage)
	})
	for _, below := range c.Commands() {
		forMan(below)
	}
}

// markdown escapes text and keeps indented lines, such as tables, verbatim.
func markdown(text string) string {
	var out []string
	indented := false
	for line := range strings.SplitSeq(text, "\n") {
		was := indented
		indented = strings.HasPrefix(line, "  ")
		if indented != was {
			out = append(out, "")
		}
		if indented {
			out = append(out, "    "+line)
		} else {
			out = append(out, escapeMarkdown(line))
		}
	}
	return strings.Join(out, "\n")
}

func escapeMarkdown(text string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "<", `\<`, "[", `\[`).Replace(text)
}
