package command

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"srhmbench/figures"
	"srhmbench/figures/records"
	"srhmbench/figures/report"
	"srhmbench/internal/atomicfile"
	"srhmbench/srhm/store"
)

// committed is where the records are that come with the source.
const committed = "results/runs"

func (p *program) figureCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "figure [FLAG...]",
		Short: "draw figures again, or any records, without training",
		Long: `Draws figures from records that exist already and prints the claims, as reproduce does, but trains
nothing. What the records lack is left out of the picture and named.

With --kind it draws whatever the records are, in the same style: pstar, P* against its prediction; curves,
test errors against P, as they are and rescaled; sensitivity, S and D of every layer against P. Trainings that
differ in P, grammar, seed and probe only are one series; colours and shapes show what else varies.`,
		Example: examples(
			"figure --figures 5",
			"figure --scale quick --figures 4b,4c --out out/redrawn",
			"figure --runs out,other/runs.jsonl --scale smoke",
			"figure --kind pstar --runs out/synonyms --out out/synonyms",
		),
	}
	r := &figureFlags{}
	r.declare(c)
	var from, kind string
	runsFlag(c, &from)
	choiceFlag(c, &kind, "kind", "", records.Kinds(), "draw all records instead of figures, as a `KIND` of picture: "+strings.Join(records.Kinds(), ", "))
	c.RunE = func(c *cobra.Command, args []string) error {
		f := c.Flags()
		if f.Changed("kind") {
			return drawKind(p, kind, from, r.out, f.Changed("figures") || f.Changed("scale"))
		}
		return r.redraw(c.Context(), p, from, f.Changed("runs"))
	}
	return c
}

// runsFlag declares --runs.
func runsFlag(c *cobra.Command, to *string) {
	textFlag(c, to, "runs", committed, "`LIST` of record files, or directories of them, separated by commas")
}

func (r *figureFlags) redraw(ctx context.Context, p *program, from string, explicit bool) error {
	drawn, err := r.drawn(ctx, p, from, explicit)
	if err != nil {
		return err
	}
	return saveDrawings(p, drawn, r.out)
}

// drawn draws the chosen figures out of the records in a list of files and directories.
func (r *figureFlags) drawn(ctx context.Context, p *program, from string, explicit bool) (report.Report, error) {
	list, scale, err := r.chosen()
	if err != nil {
		return report.Report{}, err
	}
	st, err := openRecords(p, from, explicit)
	if err != nil {
		return report.Report{}, err
	}
	return drawAll(ctx, p, list, scale, st)
}

// drawKind draws all records there are.
func drawKind(p *program, kind, from, out string, figure bool) error {
	switch {
	case figure:
		return misuse("--kind draws all records: want neither --figures nor --scale")
	case !slices.Contains(records.Kinds(), kind):
		return misuse("kind %q: want one of %s", kind, strings.Join(records.Kinds(), ", "))
	}
	if err := checkDir(out); err != nil {
		return err
	}
	st, err := openRecords(p, from, true)
	if err != nil {
		return err
	}
	drawn, err := records.Draw(kind, st.Records())
	if err != nil {
		return fmt.Errorf("runs %q: %w", from, err)
	}
	into := filepath.Join(out, "figures")
	if err := figures.SaveAs(into, kind, drawn); err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "%d records drawn, %d rows of data: %s.{png,svg,pdf,csv}\n", len(st.Records()), len(drawn.Data.Rows), filepath.Join(into, kind))
	return nil
}

// openRecords opens a list of files and directories. Without any, figures that need none can be drawn;
// but what the user named must be there.
func openRecords(p *program, from string, explicit bool) (*store.Store, error) {
	st, err := store.OpenReadOnly(strings.Split(from, ",")...)
	if errors.Is(err, fs.ErrNotExist) && !explicit {
		fmt.Fprintf(p.stderr, "no records in %s\n", from)
		return store.OpenReadOnly()
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil, misuse("runs %q: %w", from, err)
	}
	return st, err
}

// drawAll draws figures out of a store, and names what it lacks for them.
func drawAll(ctx context.Context, p *program, list []figures.Figure, scale figures.Scale, st *store.Store) (report.Report, error) {
	drawn := report.Report{Scale: scale}
	for _, f := range list {
		if err := ctx.Err(); err != nil {
			return drawn, err
		}
		e, err := report.Draw(f, st, scale)
		if err != nil {
			return drawn, err
		}
		if e.Lacks != "" {
			fmt.Fprintln(p.stderr, lackText(e))
		}
		drawn.Entries = append(drawn.Entries, e)
	}
	return drawn, nil
}

func lackText(e report.Entry) string {
	return fmt.Sprintf("figure %s: the records lack %s", e.Figure.Name, e.Lacks)
}

func saveFigure(e report.Entry, dir string) error {
	if err := figures.Save(filepath.Join(dir, "figures"), e.Figure, e.Drawing); err != nil {
		return fmt.Errorf("figure %s: %w", e.Figure.Name, err)
	}
	return nil
}

// saveDrawings puts pictures and data into dir/figures, claims into dir/claims.md and to stdout.
func saveDrawings(p *program, drawn report.Report, dir string) error {
	tidyDrawings(dir)
	for _, e := range drawn.Entries {
		if err := saveFigure(e, dir); err != nil {
			return err
		}
	}
	claims := drawn.Claims()
	if err := writeClaims(filepath.Join(dir, claimsFile), claims, drawn.Scale); err != nil {
		return err
	}
	fmt.Fprint(p.stdout, figures.ClaimsTable(claims))
	fmt.Fprintf(p.stderr, "%d figures in %s, claims in %s\n", len(drawn.Entries), filepath.Join(dir, "figures"), filepath.Join(dir, claimsFile))
	return nil
}

func writeClaims(path string, claims []figures.Claim, scale figures.Scale) error {
	text := fmt.Sprintf("# Claims of the paper, %s scale\n\n%s", scale, figures.ClaimsMarkdown(claims))
	return atomicfile.WriteBytes(path, []byte(text))
}
