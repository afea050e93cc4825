package command

import (
	"errors"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"srhmbench/internal/human"
	"srhmbench/srhm/spec"
	"srhmbench/srhm/sweep"
	"srhmbench/srhm/train"
)

// memoryFlag declares --memory: how much memory trainings may use.
func memoryFlag(c *cobra.Command, to *float64) {
	numberFlag(c, memoryLimit{to}, "memory", "refuse what needs more than `SIZE` of memory, such as 8GiB (default this machine's)")
}

// memoryLimit is the value of --memory, in bytes; 0 for the machine's.
type memoryLimit struct{ to *float64 }

// String implements pflag.Value.
func (m memoryLimit) String() string {
	if *m.to == 0 {
		return ""
	}
	return human.Bytes(*m.to)
}

// Type implements pflag.Value.
func (m memoryLimit) Type() string { return "size" }

var sizeUnits = []string{"B", "KiB", "MiB", "GiB", "TiB", "PiB"}

// Set implements pflag.Value.
func (m memoryLimit) Set(text string) error {
	number, factor := text, 1.0
	for i, unit := range sizeUnits {
		if n, found := strings.CutSuffix(text, unit); found {
			number, factor = n, float64(uint64(1)<<(10*i))
		}
	}
	x, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
	if err != nil || !(x > 0) || x*factor > 1<<62 {
		return errors.New("want a size such as 512MiB or 8GiB")
	}
	*m.to = x * factor
	return nil
}

// memory is an amount a process may use.
type memory struct {
	bytes float64 // +Inf if that is not known
	by    string  // what sets the limit, if it is not the machine itself
}

// String returns the amount, and what limits it.
func (m memory) String() string {
	if m.by == "" {
		return human.Bytes(m.bytes)
	}
	return human.Bytes(m.bytes) + ", " + m.by
}

// checkMemory returns a usage error if runs, workers of them at a time, need more memory than there is: one clear line
// beats being killed by the system later. A limit of 0 stands for what this process may use.
func checkMemory(limit float64, workers int, runs ...spec.Run) error {
	allowed := "--memory allows " + human.Bytes(limit)
	if limit == 0 {
		have := availableMemory()
		limit, allowed = have.bytes, "this machine has "+have.String()
	}
	need := train.Memory(workers, runs...)
	switch {
	case need <= limit:
		return nil
	case workers == 1 || len(runs) == 1:
		return misuse("this training needs about %s of memory, %s: want a smaller width, P, test-size or task",
			human.Bytes(need), allowed)
	}
	return misuse("%d trainings at a time need about %s of memory, %s: want fewer threads, or a smaller width, test-size or task",
		min(workers, len(runs)), human.Bytes(need), allowed)
}

// limitMemory makes this process collect its garbage before it grows beyond a limit; 0 is the machine's.
func limitMemory(limit float64) {
	if limit == 0 {
		limit = availableMemory().bytes
	}
	heap := 0.9 * limit // the program itself takes some too
	if before := debug.SetMemoryLimit(-1); heap < float64(before) {
		debug.SetMemoryLimit(int64(heap))
	}
}

// firstRuns are those that a plan begins with: all its runs, and the first of each search.
func firstRuns(plan sweep.Plan) []spec.Run {
	runs := slices.Clone(plan.Runs)
	for _, s := range plan.Searches {
		if p, done := s.Next(nil); !done {
			runs = append(runs, s.RunAt(p))
		}
	}
	return runs
}
