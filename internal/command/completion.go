package command

import (
	"io"
	"strings"

	"github.com/spf13/cobra"
)

var shells = []string{"bash", "zsh", "fish"}

func completionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "completion [FLAG...] SHELL",
		Short: "write what a shell needs to complete commands, flags and their values",
		Long: `Writes a script for a shell, bash, zsh or fish, with which the Tab key completes commands, flags, and
the values of flags such as --net, --scale and --figures. srhmbench must be on the PATH. To load it in
every shell, keep the script where the shell looks for it:

  bash  ~/.local/share/bash-completion/completions/srhmbench, with the package bash-completion
  zsh   a file _srhmbench in a directory of $fpath
  fish  ~/.config/fish/completions/srhmbench.fish`,
		Example: `  source <(srhmbench completion bash)
  srhmbench completion zsh > "${fpath[1]}/_srhmbench"
  srhmbench completion fish > ~/.config/fish/completions/srhmbench.fish`,
		Args: cobra.ArbitraryArgs, ValidArgs: shells,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) != 1 {
				return misuse("%d shells: want one of %s", len(args), strings.Join(shells, ", "))
			}
			root, w := c.Root(), c.OutOrStdout()
			write, known := map[string]func(io.Writer) error{
				"bash": func(w io.Writer) error { return root.GenBashCompletionV2(w, true) },
				"zsh":  root.GenZshCompletion,
				"fish": func(w io.Writer) error { return root.GenFishCompletion(w, true) },
			}[args[0]]
			if !known {
				return misuse("shell %q: want one of %s", args[0], strings.Join(shells, ", "))
			}
			return write(w)
		},
	}
}
