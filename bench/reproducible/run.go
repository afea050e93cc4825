package reproducible

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"strings"

	"srhmbench/bench/checkout"
	"srhmbench/internal/subprocess"
)

// Plan names the two sources to compare.
type Plan struct {
	Root string    // top of the repository; its files, committed or not, are head
	Base string    // the commit to compare with
	Dir  string    // an existing directory for programs and records
	Log  io.Writer // gets a line for every step
}

// program is one commit's program, the source it runs in and the directory it writes to.
type program struct{ name, file, source, dir string }

// Run builds, trains and compares. Whatever fails on the way makes the report void; the only error is ctx.Err().
func Run(ctx context.Context, p Plan) (Report, error) {
	if strings.TrimSpace(p.Base) == "" {
		return Report{}, errors.New("base is missing: want a commit, as in HEAD~1 or a branch")
	}
	r, err := p.run(ctx)
	if ctx.Err() != nil {
		return Report{}, ctx.Err()
	}
	if err != nil {
		return Report{Verdict: Void, Reason: err.Error()}, nil
	}
	return r, nil
}

func (p Plan) run(ctx context.Context) (Report, error) {
	fmt.Fprintf(p.Log, "building base %s and head\n", p.Base)
	source := filepath.Join(p.Dir, "base-source")
	if err := checkout.Extract(ctx, p.Root, p.Base, source); err != nil {
		return Report{}, err
	}
	base := program{"base", filepath.Join(p.Dir, "base"), source, filepath.Join(p.Dir, "base-out")}
	head := program{"head", filepath.Join(p.Dir, "head"), p.Root, filepath.Join(p.Dir, "head-out")}
	for _, x := range []program{base, head} {
		if err := checkout.BuildProgram(ctx, x.source, x.file); err != nil {
			return Report{}, fmt.Errorf("%s: %w", x.name, err)
		}
	}
	if same, err := checkout.SameFile(base.file, head.file); err != nil || same {
		return Report{Verdict: Same, Reason: "identical programs"}, err
	}
	var r Report
	for i, flags := range trainings {
		fmt.Fprintf(p.Log, "training %d of %d: %s\n", i+1, len(trainings), flags)
		t, err := compareTraining(ctx, base, head, flags)
		switch {
		case errors.As(err, new(refused)):
			r.New = append(r.New, flags)
		case err != nil:
			return r, err
		default:
			r.Trainings = append(r.Trainings, t)
		}
	}
	switch {
	case len(r.Trainings) == 0:
		return r, errors.New("base refuses every training: want one that both know")
	case r.count() == 0:
		r.Verdict, r.Reason = Same, fmt.Sprintf("%d trainings", len(r.Trainings))
		return r, nil
	}
	fmt.Fprintln(p.Log, "bits differ: figures at smoke scale")
	var err error
	r.Claims, err = compareClaims(ctx, base, head)
	return r.conclude(err), ctx.Err()
}

// train returns the record of a training.
func (x program) train(ctx context.Context, flags string) (record, error) {
	out, err := x.output(ctx, arguments(flags, x.dir)...)
	if err != nil {
		return record{}, fmt.Errorf("%s: %w", x.name, err)
	}
	r, err := parseRecord(out)
	if err != nil {
		return r, fmt.Errorf("%s: train %s: %w", x.name, flags, err)
	}
	return r, nil
}

// reproduce draws all figures at smoke scale and returns their claims.
func (x program) reproduce(ctx context.Context) ([]claim, error) {
	dir := filepath.Join(x.dir, "smoke")
	if _, err := x.output(ctx, "reproduce", "--scale", "smoke", "--figures", "all", "--out", dir); err != nil {
		return nil, fmt.Errorf("%s: %w", x.name, err)
	}
	return readClaims(filepath.Join(dir, "figures"))
}

// refused is the error of a program that rejects its command line: base does not know flags that came after it.
type refused struct{ error }

// output runs the program in its source, where the files it reads are, and returns what it prints.
func (x program) output(ctx context.Context, args ...string) ([]byte, error) {
	out, err := subprocess.Command(ctx, x.source, x.file, args...).Output()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		lines := strings.Split(strings.TrimSpace(string(exit.Stderr)), "\n")
		if err = fmt.Errorf("%s: %w: %s", args[0], err, lines[len(lines)-1]); exit.ExitCode() == 2 {
			err = refused{err}
		}
	}
	return out, err
}
