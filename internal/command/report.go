package command

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"srhmbench/figures/report"
)

func (p *program) reportCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "report [FLAG...]",
		Short: "one page of figures, claims and what they rest on, from records",
		Long: `Writes DIR/report.html, one file that opens from the disk without network: the verdicts first, then every
figure with its claims, the trainings behind it, and its data to download. DIR/report.md says the same
without pictures. Trains nothing; prints the verdicts. The same records give the same bytes.`,
		Example: examples(
			"report",
			"report --scale quick --figures 4b,4c --out out/page",
			"report --runs out,other/runs.jsonl --scale smoke",
		),
	}
	r := &figureFlags{}
	r.declare(c)
	var from string
	runsFlag(c, &from)
	c.RunE = func(c *cobra.Command, args []string) error {
		return r.report(c.Context(), p, from, c.Flags().Changed("runs"))
	}
	return c
}

func (r *figureFlags) report(ctx context.Context, p *program, from string, explicit bool) error {
	drawn, err := r.drawn(ctx, p, from, explicit)
	if err != nil {
		return err
	}
	summary, err := drawn.Summary()
	if err != nil {
		return err
	}
	fmt.Fprint(p.stdout, summary)
	tidyDrawings(r.out)
	return writeReport(p, drawn, r.out)
}

// writeReport writes both forms of the report into a directory.
func writeReport(p *program, drawn report.Report, dir string) error {
	if err := drawn.Write(dir); err != nil {
		return err
	}
	fmt.Fprintf(p.stderr, "report in %s\n", filepath.Join(dir, report.HTMLFile))
	return nil
}
