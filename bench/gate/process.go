package gate

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"time"

	"srhmbench/internal/subprocess"
)

// repeats is how often a round measures each benchmark; the least counts. A neighbour on the other half of the core
// slows whatever is not bound by multiplications by up to 1.4 times, for some 10 ms to some seconds at a time.
const repeats = 4

// run runs the program's benchmarks on one CPU and returns their output and how often others made the process wait. It
// runs a fresh copy: where a file's pages happen to lie in memory decides which of them evict each other from the
// caches, for as long as the file exists. That would make one of two equal programs slower in every round.
func (a arm) run(ctx context.Context, cpu int, benchtime time.Duration, bench string) (out string, switches int64, err error) {
	program := a.file + ".test"
	defer os.Remove(program)
	if err := copyProgram(program, a.program); err != nil {
		return "", 0, err
	}
	return runBenchmarks(ctx, program, a.dir, environment(), cpu, repeats, benchtime, bench)
}

func copyProgram(to, from string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o777)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// RunOnce runs benchmarks built by checkout.BuildBenchmarks the way the gate does, but on every tier, and returns
// their output. dir is the directory of their package.
func RunOnce(ctx context.Context, program, dir, bench string, benchtime time.Duration) (string, error) {
	out, _, err := runBenchmarks(ctx, program, dir, subprocess.Environment(oneThread...), pinnedCPU(), 1, benchtime, bench)
	return out, err
}

func runBenchmarks(ctx context.Context, program, dir string, env []string, cpu, count int, benchtime time.Duration, bench string) (out string, switches int64, err error) {
	cmd := exec.CommandContext(ctx, program, "-test.run=^$", "-test.bench="+bench, "-test.benchtime="+benchtime.String(),
		fmt.Sprintf("-test.count=%d", count), "-test.cpu=1", "-test.timeout=30m")
	cmd.Dir, cmd.Env = dir, env
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err = startPinned(cmd, cpu)
	if err == nil {
		err = cmd.Wait()
	}
	if ctx.Err() != nil {
		return "", 0, ctx.Err()
	}
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		err = fmt.Errorf("the benchmarks ended with %v: %s", err, subprocess.OneLine(stderr.String()+lastLines(stdout.String())))
	}
	return stdout.String(), involuntary(cmd.ProcessState), err
}

// lastLines returns the end of a text, where programs explain why they stop.
func lastLines(text string) string {
	return text[max(0, len(text)-200):]
}
