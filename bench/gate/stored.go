package gate

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"srhmbench/bench/checkout"
)

// Stored returns the settings of a comparison with a baseline measured at another time. The baseline's A/A arm does
// not contain how the machine varies from day to day, so more counts as noise.
func Stored() Settings {
	s := Default()
	s.MinFloor = 0.05
	return s
}

// runStored compares head with the base and aa arms of an earlier gate on this machine, and measures only head.
func (p Plan) runStored(ctx context.Context) (Report, error) {
	void := Report{Verdict: Void, Settings: p.Settings}
	var stored [2]Arm
	for i, name := range []string{"base", "aa"} {
		var err error
		if stored[i], err = Read(filepath.Join(p.Baseline, "first-"+name+".txt")); err != nil {
			return void.void("baseline %s: %v: want the directory that --out named in an earlier gate", p.Baseline, err), nil
		}
	}
	fmt.Fprintln(p.Log, "building head")
	head := arm{"head", filepath.Join(p.Dir, "head.test"), filepath.Join(p.Root, "bench"), filepath.Join(p.Dir, "first-head.txt")}
	if err := checkout.BuildBenchmarks(ctx, p.Root, head.program); err != nil {
		return void.void("head: %v", err), ctx.Err()
	}
	first, err := p.lookStored(ctx, stored, head, "first", p.Bench, p.Settings)
	if err != nil || len(first.Candidates()) == 0 || first.Verdict != Regression {
		return first, err
	}
	names := first.Candidates()
	fmt.Fprintf(p.Log, "second look at %s\n", strings.Join(names, ", "))
	for i := range stored {
		stored[i] = stored[i].only(names)
	}
	head.file = filepath.Join(p.Dir, "second-head.txt")
	second, err := p.lookStored(ctx, stored, head, "second", only(names), first.Stricter())
	return first.Confirmed(second), err
}

func (p Plan) lookStored(ctx context.Context, stored [2]Arm, head arm, name, bench string, s Settings) (Report, error) {
	void := Report{Verdict: Void, Settings: s}
	if err := p.rounds(ctx, []arm{head}, name, bench); err != nil {
		return void.void("%v", err), ctx.Err()
	}
	measured, err := Read(head.file)
	if err != nil {
		return void.void("%v", err), nil
	}
	arms, err := sameLength(s.MaxSteal, stored[0], measured, stored[1])
	if err != nil {
		return void.void("%v", err), nil
	}
	return Judge(arms[0], arms[1], arms[2], s), nil
}

// sameLength drops the disturbed rounds of each arm, since the arms were not measured together, and then whatever
// exceeds the shortest arm.
func sameLength(limit float64, arms ...Arm) ([]Arm, error) {
	shortest := -1
	for i, a := range arms {
		rounds := slices.DeleteFunc(slices.Clone(a.Rounds), func(r Round) bool { return r.Steal > limit })
		arms[i].Rounds = rounds
		if shortest < 0 || len(rounds) < shortest {
			shortest = len(rounds)
		}
	}
	for i := range arms {
		arms[i].Rounds = arms[i].Rounds[:shortest]
	}
	if shortest == 0 {
		return nil, fmt.Errorf("no round without steal above %.1f %%: want some in every arm", 100*limit)
	}
	return arms, nil
}

// only returns the arm with some benchmarks and the canary.
func (a Arm) only(names []string) Arm {
	out := Arm{Config: a.Config, Definitions: a.Definitions}
	for _, r := range a.Rounds {
		few := Round{r.Steal, map[string]Sample{}}
		for name, s := range r.Rows {
			if strings.HasPrefix(name, canaryName) || slices.Contains(names, name) {
				few.Rows[name] = s
			}
		}
		out.Rounds = append(out.Rounds, few)
	}
	return out
}
