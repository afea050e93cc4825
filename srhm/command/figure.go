package command

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"srhmbench/figures"
	"srhmbench/figures/plot"
	"srhmbench/figures/report"
	"srhmbench/results"
)

// committed is where the records are that come with the source.
const committed = "results/runs"

var figureCommand = command{
	name:  "figure",
	brief: "draw figures again from records, without training",
	text: `Draws figures from records that exist already and prints the claims, as reproduce does, but trains
nothing. What the records lack is left out of the picture and named.`,
	examples: []string{
		"figure --figures 5",
		"figure --scale quick --figures 4b,4c --out out/redrawn",
		"figure --from out,other/runs.jsonl --scale smoke",
	},
	declare: func(f *flag.FlagSet) action {
		r := &figureFlags{}
		r.declare(f)
		var from string
		fromFlag(f, &from)
		return func(ctx context.Context, p *program) error {
			return r.redraw(ctx, p, from, given(f)["from"])
		}
	},
}

// fromFlag declares --from.
func fromFlag(f *flag.FlagSet, to *string) {
	f.StringVar(to, "from", committed, "`LIST` of record files, or directories of them, separated by commas")
}

func (r *figureFlags) redraw(ctx context.Context, p *program, from string, explicit bool) error {
	list, scale, err := r.chosen()
	if err != nil {
		return err
	}
	store, err := openRecords(p, from, explicit)
	if err != nil {
		return err
	}
	drawn, err := drawAll(ctx, p, list, scale, store)
	if err != nil {
		return err
	}
	return saveDrawings(p, drawn, r.out)
}

// openRecords opens a list of files and directories. Without any, figures that need none can be drawn;
// but what the user named must be there.
func openRecords(p *program, from string, explicit bool) (*results.Store, error) {
	store, err := results.OpenReadOnly(strings.Split(from, ",")...)
	if errors.Is(err, fs.ErrNotExist) && !explicit {
		fmt.Fprintf(p.stderr, "no records in %s\n", from)
		return results.OpenReadOnly()
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil, misuse("from %q: %w", from, err)
	}
	return store, err
}

// drawAll draws figures out of a store, and names what it lacks for them.
func drawAll(ctx context.Context, p *program, list []figures.Figure, scale figures.Scale, store *results.Store) (report.Report, error) {
	drawn := report.Report{Scale: scale}
	for _, f := range list {
		if err := ctx.Err(); err != nil {
			return drawn, err
		}
		e, err := report.Draw(f, store, scale)
		if err != nil {
			return drawn, err
		}
		if e.Lacks != "" {
			fmt.Fprintf(p.stderr, "figure %s: the records lack %s\n", f.Name, e.Lacks)
		}
		drawn.Entries = append(drawn.Entries, e)
	}
	return drawn, nil
}

// saveDrawings puts pictures and data into dir/figures, claims into dir/claims.md and to stdout.
func saveDrawings(p *program, drawn report.Report, dir string) error {
	var claims []figures.Claim
	into := filepath.Join(dir, "figures")
	for _, e := range drawn.Entries {
		if err := figures.Save(into, e.Figure, e.Drawing); err != nil {
			return fmt.Errorf("figure %s: %w", e.Figure.Name, err)
		}
		claims = append(claims, e.Drawing.Claims...)
	}
	if err := writeClaims(filepath.Join(dir, "claims.md"), claims, drawn.Scale); err != nil {
		return err
	}
	fmt.Fprint(p.stdout, figures.ClaimsTable(claims))
	fmt.Fprintf(p.stderr, "%d figures in %s, claims in %s\n", len(drawn.Entries), into, filepath.Join(dir, "claims.md"))
	return nil
}

func writeClaims(path string, claims []figures.Claim, scale figures.Scale) error {
	text := fmt.Sprintf("# Claims of the paper, %s scale\n\n%s", scale, figures.ClaimsMarkdown(claims))
	return plot.WriteFile(path, []byte(text))
}
