package gate

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"srhmbench/bench/machine"
	"srhmbench/internal/subprocess"
	"srhmbench/kernels"
)

// Plan describes what a gate measures.
type Plan struct {
	Root      string        // the repository's directory; its working tree is head
	Base      string        // the commit to compare with
	Baseline  string        // or the directory of an earlier gate whose base to compare with
	Bench     string        // regular expression of benchmarks, as for "go test -bench"
	Benchtime time.Duration // of each measurement, of which a round has four
	Rounds    int           // undisturbed ones; up to half as many again are run to get them
	Seed      uint64        // decides the order within rounds
	Force     bool          // measure even if both programs are identical, to see the noise
	Dir       string        // where the programs and the arms' files go; it must exist
	Log       io.Writer     // progress
	Settings  Settings
}

// Quick selects the default benchmarks of a gate: the canary, the kernels at the sizes of networks and at odd sizes
// with warm caches, one shape of every convolution and layer, and whole training steps of networks that fit in a
// cache.
const Quick = `PeakFMA|TrainingStep/././././width=128|./shapes=(srhm|odd)/cache=warm|` +
	`./shapes=layers/cache=warm/(n=|rows=160)|./shapes=(conv|layers)/cache=warm/batch=32/height=1/width=36`

// Check returns what is wrong with a plan, if anything.
func (p Plan) Check() error {
	switch {
	case p.Rounds < p.Settings.MinRounds || p.Rounds > 1000:
		return fmt.Errorf("rounds %d: want %d to 1000", p.Rounds, p.Settings.MinRounds)
	case p.Benchtime < time.Millisecond || p.Benchtime > time.Minute:
		return fmt.Errorf("benchtime %v: want 1ms to 1m", p.Benchtime)
	case strings.TrimSpace(p.Base) == "" && p.Baseline == "":
		return errors.New("base is missing: want a commit, as in HEAD~1 or a branch")
	case p.Base != "" && p.Baseline != "":
		return errors.New("base and baseline: want one or the other")
	}
	if _, err := regexp.Compile(p.Bench); err != nil {
		return fmt.Errorf("bench %q: want a regular expression", p.Bench)
	}
	return nil
}

// arm is a program of a run and the file its measurements go to.
type arm struct {
	name, program, dir, file string
}

// Run builds, measures and judges. A void report explains why there is no verdict; an error means an interruption.
func Run(ctx context.Context, p Plan) (Report, error) {
	if err := p.Check(); err != nil {
		return Report{}, err
	}
	if r, err := generated(ctx, p.Root, p.Settings); err != nil || r.Verdict != Pass {
		return r, err
	}
	if p.Baseline != "" {
		return p.runStored(ctx)
	}
	void := Report{Verdict: Void, Settings: p.Settings}
	fmt.Fprintf(p.Log, "building base %s and head\n", p.Base)
	built, err := build(ctx, p.Root, p.Base, p.Dir)
	defer os.RemoveAll(filepath.Join(p.Dir, baseSource))
	if ctx.Err() != nil {
		return void, ctx.Err()
	}
	if err != nil {
		return void.void("%v", err), nil
	}
	if built.identical && !p.Force {
		return Report{Verdict: Pass, Reason: "identical binaries", Settings: p.Settings}, nil
	}
	first, err := p.look(ctx, built, "first", p.Bench, p.Settings)
	if err != nil || len(first.Candidates()) == 0 || first.Verdict != Regression {
		return first, err
	}
	names := first.Candidates()
	fmt.Fprintf(p.Log, "second look at %s\n", strings.Join(names, ", "))
	second, err := p.look(ctx, built, "second", only(names), first.Stricter())
	return first.Confirmed(second), err
}

// only returns the expression that selects some benchmarks and the canary.
func only(names []string) string {
	list := []string{"^BenchmarkPeakFMA$"}
	for _, name := range names {
		parts := strings.Split("Benchmark"+name, "/")
		for i := range parts {
			parts[i] = "^" + regexp.QuoteMeta(parts[i]) + "$"
		}
		list = append(list, strings.Join(parts, "/"))
	}
	return strings.Join(list, "|")
}

// look measures rounds of all arms and judges them.
func (p Plan) look(ctx context.Context, built programs, name, bench string, s Settings) (Report, error) {
	void := Report{Verdict: Void, Settings: s}
	arms := []arm{
		{"base", built.base, built.baseDir, filepath.Join(p.Dir, name+"-base.txt")},
		{"head", built.head, built.headDir, filepath.Join(p.Dir, name+"-head.txt")},
		{"aa", built.base, built.baseDir, filepath.Join(p.Dir, name+"-aa.txt")},
	}
	if err := p.rounds(ctx, arms, name, bench); err != nil {
		if ctx.Err() != nil {
			return void, err
		}
		return void.void("%v", err), nil
	}
	return JudgeFiles(arms[0].file, arms[1].file, arms[2].file, s), nil
}

// rounds measures all arms, in random order, until enough rounds were undisturbed or too many were not.
func (p Plan) rounds(ctx context.Context, arms []arm, name, bench string) error {
	s := p.Settings
	fmt.Fprintf(p.Log, "%s look: %d rounds of %d arms, seed %d, pinned to CPU %d, into %s\n", name, p.Rounds, len(arms), p.Seed, pinnedCPU(), p.Dir)
	random := rand.New(rand.NewPCG(p.Seed, uint64(len(bench))))
	for round, clean := 1, 0; clean < p.Rounds && round <= p.Rounds+p.Rounds/2; round++ {
		order, steal := slices.Clone(arms), 0.0
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, a := range order {
			noise, err := a.measure(ctx, p, round, bench)
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if err != nil {
				return fmt.Errorf("%s, round %d: %w", a.name, round, err)
			}
			steal = max(steal, noise.Steal)
		}
		if steal <= s.MaxSteal {
			clean++
		}
		fmt.Fprintf(p.Log, "%s look: round %d, %d undisturbed of %d\n", name, round, clean, p.Rounds)
	}
	return nil
}

// JudgeFiles reads the arms and judges them. A file that cannot be read makes the run void.
func JudgeFiles(base, head, aa string, s Settings) Report {
	var arms [3]Arm
	for i, path := range []string{base, head, aa} {
		var err error
		if arms[i], err = Read(path); err != nil {
			return Report{Verdict: Void, Reason: err.Error(), Settings: s}
		}
	}
	return Judge(arms[0], arms[1], arms[2], s)
}

// measure runs all benchmarks once and appends the results to the arm's file.
func (a arm) measure(ctx context.Context, p Plan, round int, bench string) (machine.Noise, error) {
	cpu := pinnedCPU()
	before := machine.Now(cpu)
	out, switches, err := a.run(ctx, cpu, p.Benchtime, bench)
	noise := machine.Now(cpu).Since(before)
	noise.Switches = switches
	if err != nil {
		return noise, err
	}
	f, err := os.OpenFile(a.file, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o666)
	if err != nil {
		return noise, err
	}
	_, err = fmt.Fprintf(f, "%s%d %v\n%s", roundMark, round, noise, stable(out, round > 1))
	return noise, errors.Join(err, f.Close())
}

// stable leaves out what differs between the arms on purpose, and the definitions if an earlier round recorded them.
func stable(out string, defined bool) string {
	var b strings.Builder
	for line := range strings.Lines(out) {
		if strings.HasPrefix(line, "commit: ") || strings.HasPrefix(line, "dirty: ") || defined && strings.HasPrefix(line, "# defined ") {
			continue
		}
		b.WriteString(line)
	}
	return b.String()
}

// oneThread is the environment of all measurements: one thread, and no time spent on roofs that nobody looks at.
var oneThread = []string{"GOMAXPROCS=1", "SRHM_BENCH_ROOFS=off"}

// environment is what the programs of a gate run in: one tier, and no garbage collection while time is taken.
func environment() []string {
	tiers := os.Getenv("SRHM_BENCH_TIERS")
	if tiers == "" {
		tiers = kernels.Active().String()
	}
	return append(subprocess.Environment(oneThread...), "GOGC=off", "SRHM_BENCH_TIERS="+tiers)
}
