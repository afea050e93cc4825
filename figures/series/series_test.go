package series

import (
	"math"
	"srhmbench/srhm"
	"srhmbench/srhm/spec"
	"srhmbench/srhm/sweep"
	"testing"
)

// measured is a series with errors; nil is not trained, a negative error broke down.
func measured(errors ...*float64) Measured {
	m := Measured{Series: Series{Task: srhm.Task{V: 4, S0: 1}.WithDefaults(), Network: spec.Network{Kind: spec.LCN, Width: 64}}}
	for i, e := range errors {
		m.Sizes = append(m.Sizes, 160<<i)
		p := Point{Run: m.Run(160 << i), Known: e != nil}
		if e != nil {
			p.Result = spec.Result{Outcome: spec.Fitted, Error: *e}
			if *e < 0 {
				p.Result = spec.Result{Outcome: spec.Collapsed, Error: 0.75}
			}
		}
		m.Points = append(m.Points, p)
	}
	return m
}

// Every way a threshold can be missed has a name, and a size that is not trained is not guessed over.
func TestCrossing(t *testing.T) {
	e := func(x float64) *float64 { return &x }
	for name, c := range map[string]struct {
		m    Measured
		want Crossing
	}{
		"between":              {measured(e(0.8), e(0.4), e(0.025)), Crossing{sweep.Found, 640 / math.Sqrt2, 320, 640}},
		"on a size":            {measured(e(0.8), e(0.1), e(0)), Crossing{sweep.Found, 320, 160, 320}},
		"first of two falls":   {measured(e(0.4), e(0.025), e(0.4), e(0.025)), Crossing{sweep.Found, 160 * math.Sqrt2, 160, 320}},
		"not reached":          {measured(e(0.8), e(0.4)), Crossing{Status: sweep.NotReached, Low: 320}},
		"below the smallest":   {measured(e(0.05), e(0.01)), Crossing{Status: sweep.BelowSmallest, High: 160}},
		"over a broken-down":   {measured(e(0.4), e(-1), e(0.025)), Crossing{sweep.Found, 320, 160, 640}},
		"all broken down":      {measured(e(-1), e(-1)), Crossing{Status: sweep.Collapsed}},
		"nothing":              {measured(nil, nil), Crossing{Status: sweep.Unfinished}},
		"a gap behind":         {measured(e(0.4), e(0.025), nil), Crossing{sweep.Found, 160 * math.Sqrt2, 160, 320}},
		"a gap before":         {measured(nil, e(0.4), e(0.025)), Crossing{Status: sweep.Unfinished}},
		"a gap where it falls": {measured(e(0.8), nil, e(0.025)), Crossing{Status: sweep.Unfinished}},
	} {
		if got := c.m.Crossing(Error, 0.1); got.Status != c.want.Status || math.Abs(got.P-c.want.P) > 1e-6 || got.Low != c.want.Low || got.High != c.want.High {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
	if got := measured(e(0.8), e(0.4), e(0)).Halfway(Error); got.Status != sweep.Found || math.Abs(got.P-320) > 1e-6 {
		t.Errorf("half-way: %+v", got)
	}
	if got := measured(e(0.8), e(0.7), e(0.6)).Halfway(Error); got.Status != sweep.NotReached {
		t.Errorf("half-way of what stays: %+v", got)
	}
	if got := measured(e(0.8), e(0.4), nil).Halfway(Error); got.Status != sweep.Unfinished {
		t.Errorf("half-way to an end that is not known: %+v", got)
	}
}
