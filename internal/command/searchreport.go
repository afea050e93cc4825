package command

import (
	"encoding/json"
	"fmt"
	"io"

	"srhmbench/srhm/spec"
	"srhmbench/srhm/sweep"
)

// searchSchema names the meaning of the fields of a searchReport.
const searchSchema = "srhm-search/1"

// interval is a number with its ends. JSON has null for what is not known.
type interval struct {
	Value *float64 `json:"value"`
	Low   *float64 `json:"low"`
	High  *float64 `json:"high"`
}

// newInterval takes 0, which no training-set size is, for not known.
func newInterval(value, low, high float64) interval {
	known := func(x float64) *float64 {
		if x == 0 {
			return nil
		}
		return &x
	}
	return interval{known(value), known(low), known(high)}
}

// String writes the interval in whole examples.
func (i interval) String() string {
	text := func(x *float64) string {
		if x == nil {
			return "?"
		}
		return fmt.Sprintf("%.0f", *x)
	}
	return fmt.Sprintf("%s [%s, %s]", text(i.Value), text(i.Low), text(i.High))
}

// searchReport is what one search or several found.
type searchReport struct {
	Schema   string       `json:"schema"`
	Search   sweep.Search `json:"search"` // of the first seed
	PStar    interval     `json:"p_star"` // one seed: P* and its bracket; several: their pool and its 95 % interval
	Status   sweep.Status `json:"status"` // of all seeds, or "mixed"
	Found    int          `json:"found"`  // seeds whose P* is in the pool
	AuthorsP int          `json:"authors_p,omitempty"`
	Seeds    []seedReport `json:"seeds"`
	Runs     []runReport  `json:"runs"` // of all seeds
}

// seedReport is what the search of one seed found.
type seedReport struct {
	Seed     uint64       `json:"seed"`
	PStar    interval     `json:"p_star"`
	Status   sweep.Status `json:"status"`
	Monotone bool         `json:"monotone"` // no P above the bracket fails
	AuthorsP int          `json:"authors_p,omitempty"`
}

// runReport is a training of a search; its record is in the store.
type runReport struct {
	ID         string       `json:"id"`
	Seed       uint64       `json:"seed"`
	P          int          `json:"p"`
	Error      float64      `json:"error"`
	FreshError float64      `json:"fresh_error"`
	Outcome    spec.Outcome `json:"outcome"`
}

// mixed stands for searches that ended in different ways.
const mixed sweep.Status = "mixed"

func newSearchReport(searches []sweep.Search, found []sweep.PStar) searchReport {
	pooled := sweep.Combine(found)
	r := searchReport{
		Schema: searchSchema, Search: searches[0], Status: found[0].Status, Found: pooled.N,
		PStar: newInterval(pooled.Value, pooled.Low, pooled.High),
	}
	for i, p := range found {
		seed := searches[i].Seed
		s := seedReport{Seed: seed, PStar: newInterval(0, p.Low, p.High), Status: p.Status, Monotone: p.Monotone, AuthorsP: p.AuthorsP}
		if p.Status == sweep.Found { // the value of another status does not count
			s.PStar = newInterval(p.Value, p.Low, p.High)
		}
		r.Seeds = append(r.Seeds, s)
		if p.Status != r.Status {
			r.Status = mixed
		}
		for _, q := range p.Points {
			r.Runs = append(r.Runs, runReport{q.ID, seed, q.P, q.Error, q.FreshError, q.Outcome})
		}
	}
	if len(found) == 1 { // also where it was not found, its limits are
		r.PStar, r.AuthorsP = r.Seeds[0].PStar, r.Seeds[0].AuthorsP
	}
	return r
}

func (r searchReport) writeJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(r)
}

// write prints a line for each seed and, of several, one for their pool.
func (r searchReport) write(w io.Writer) error {
	for _, s := range r.Seeds {
		fmt.Fprintf(w, "%s seed=%d  P* %s  %s", cell(r.Search), s.Seed, s.PStar, s.Status)
		if s.AuthorsP > 0 {
			fmt.Fprintf(w, "  authors' rule %d", s.AuthorsP)
		}
		if !s.Monotone {
			fmt.Fprint(w, "  (a larger P fails again)")
		}
		fmt.Fprintln(w)
	}
	if len(r.Seeds) == 1 { // it is its own pool
		return nil
	}
	pool := ""
	if r.Found > 0 {
		pool = fmt.Sprintf("  P* %s, 95 %%", r.PStar)
	}
	_, err := fmt.Fprintf(w, "%d of %d seeds found theirs%s\n", r.Found, len(r.Seeds), pool)
	return err
}
