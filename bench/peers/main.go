package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"srhmbench/internal/subprocess"
)

func main() {
	rounds := flag.Int("rounds", 5, "how often every library is measured")
	each := flag.Duration("benchtime", 30*time.Millisecond, "time of each benchmark in each round")
	out := flag.String("out", "", "directory of the results; they go into DIR/MACHINE/peers/TIME.txt")
	worker := flag.String("work", "", "run benchmarks of this library in this process and print them")
	table := flag.String("table", "", "write the table of this measurement, DIR/MACHINE/peers/TIME.txt, to DIR/MACHINE/peers.md again")
	part := flag.String("part", "", "with -work: which, as in matmul, conv or lcn128")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	context.AfterFunc(ctx, stop) // a second signal stops at once
	defer stop()
	if err := start(ctx, *rounds, *each, *out, *worker, *part, *table); err != nil {
		fmt.Fprintln(os.Stderr, "peers:", err)
		os.Exit(1)
	}
}

func start(ctx context.Context, rounds int, each time.Duration, out, worker, part, table string) error {
	tasks := 0
	for _, task := range []string{out, worker, table} {
		if task != "" {
			tasks++
		}
	}
	if flag.NArg() > 0 || rounds < 1 || each < time.Millisecond || tasks != 1 {
		return errors.New("want --out DIR or --table FILE, rounds of 1 or more, a benchtime of 1ms or more, and no other argument")
	}
	if table != "" {
		return writeTable(table)
	}
	if worker != "" {
		return work(os.Stdout, worker, part, each)
	}
	return measure(ctx, rounds, each, out)
}

// environment keeps every library to one thread.
func environment() []string {
	return subprocess.Environment("GOMAXPROCS=1", "OMP_NUM_THREADS=1", "OPENBLAS_NUM_THREADS=1", "BLIS_NUM_THREADS=1", "MKL_NUM_THREADS=1")
}

// runWorker runs part of a library's benchmarks in a process of its own, with additions to its environment.
func runWorker(ctx context.Context, word, part string, each time.Duration, additions ...string) ([]byte, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, self, "-work", word, "-part", part, "-benchtime", each.String())
	cmd.Env = append(environment(), additions...)
	out, err := cmd.Output()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		err = errors.New(strings.TrimPrefix(lastLine(string(exit.Stderr)), "peers: "))
	}
	return out, err
}

func lastLine(text string) string {
	text = strings.TrimSpace(text)
	return text[strings.LastIndex(text, "\n")+1:]
}
