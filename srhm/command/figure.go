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
	"srhmbench/results"
	"srhmbench/srhm/sweep"
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
		f.StringVar(&from, "from", committed, "`LIST` of record files, or directories of them, separated by commas")
		return func(ctx context.Context, p *program) error {
			return r.redraw(ctx, p, from, given(f)["from"])
		}
	},
}

func (r *figureFlags) redraw(ctx context.Context, p *program, from string, explicit bool) error {
	list, scale, err := r.chosen()
	if err != nil {
		return err
	}
	store, err := results.OpenReadOnly(strings.Split(from, ",")...)
	if errors.Is(err, fs.ErrNotExist) && !explicit { // some figures need none
		fmt.Fprintf(p.stderr, "no records in %s\n", from)
		store, err = results.OpenReadOnly()
	}
	if errors.Is(err, fs.ErrNotExist) {
		return misuse("from %q: %w", from, err)
	}
	if err != nil {
		return err
	}
	return draw(ctx, p, list, scale, store, r.out)
}

// draw makes the figures out of a store: pictures and data into dir/figures, claims into
// dir/claims.md and to stdout.
func draw(ctx context.Context, p *program, list []figures.Figure, scale figures.Scale, store *results.Store, dir string) error {
	var claims []figures.Claim
	into := filepath.Join(dir, "figures")
	for _, f := range list {
		if err := ctx.Err(); err != nil {
			return err
		}
		d, err := f.Draw(figures.FromStore(store), scale)
		if err != nil {
			return fmt.Errorf("figure %s: %w", f.Name, err)
		}
		if err := figures.Save(into, f, d); err != nil {
			return fmt.Errorf("figure %s: %w", f.Name, err)
		}
		if lacking := lacks(f.Plan(scale), store); lacking != "" {
			fmt.Fprintf(p.stderr, "figure %s: the records lack %s\n", f.Name, lacking)
		}
		claims = append(claims, d.Claims...)
	}
	if err := writeClaims(filepath.Join(dir, "claims.md"), claims, scale); err != nil {
		return err
	}
	fmt.Fprint(p.stdout, figures.ClaimsTable(claims))
	fmt.Fprintf(p.stderr, "%d figures in %s, claims in %s\n", len(list), into, filepath.Join(dir, "claims.md"))
	return nil
}

func writeClaims(path string, claims []figures.Claim, scale figures.Scale) error {
	text := fmt.Sprintf("# Claims of the paper, %s scale\n\n%s", scale, figures.ClaimsMarkdown(claims))
	return plot.WriteFile(path, []byte(text))
}

// lacks says how much of a plan a store does not have; "" if it has all.
func lacks(plan sweep.Plan, store *results.Store) string {
	searches, runs := 0, 0
	for _, s := range plan.Searches {
		if _, _, whole := s.Replay(get(store)); !whole {
			searches++
		}
	}
	for _, r := range plan.Runs {
		if _, known := store.Get(r.ID()); !known {
			runs++
		}
	}
	var parts []string
	if searches > 0 {
		parts = append(parts, fmt.Sprintf("%d of %d searches for P*", searches, len(plan.Searches)))
	}
	if runs > 0 {
		parts = append(parts, fmt.Sprintf("%d of %d trainings", runs, len(plan.Runs)))
	}
	return strings.Join(parts, " and ")
}
