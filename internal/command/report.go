package command

import (
	"context"
	"flag"
	"fmt"
	"path/filepath"

	"srhmbench/figures/report"
)

var reportCommand = command{
	name:  "report",
	brief: "one page of figures, claims and what they rest on, from records",
	text: `Writes DIR/report.html, one file that opens from the disk without network: the verdicts first, then every
figure with its claims, the trainings behind it, and its data to download. DIR/report.md says the same
without pictures. Trains nothing; prints the verdicts. The same records give the same bytes.`,
	examples: []string{
		"report",
		"report --scale quick --figures 4b,4c --out out/page",
		"report --runs out,other/runs.jsonl --scale smoke",
	},
	declare: func(f *flag.FlagSet) action {
		r := &figureFlags{}
		r.declare(f)
		var from string
		runsFlag(f, &from)
		return func(ctx context.Context, p *program) error {
			return r.report(ctx, p, from, given(f)["runs"])
		}
	},
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
