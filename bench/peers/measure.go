package main

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"time"

	"srhmbench/bench/machine"
	"srhmbench/internal/subprocess"
	"srhmbench/kernels"
	"srhmbench/srhm/store"
)

// measure runs rounds, in each of which every available library runs once, and keeps what they print.
func measure(ctx context.Context, rounds int, each time.Duration, out string) error {
	if err := kernels.Select(); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "peers-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	var text bytes.Buffer
	before := machine.Now(machine.AllCPUs)
	describe(ctx, &text)
	runs, err := runners(ctx, dir, each, &text)
	if err != nil {
		return err
	}
	list, err := parts()
	if err != nil {
		return err
	}
	said, began := map[string]bool{}, map[string]bool{}
	for round := range rounds {
		for _, part := range list {
			words := slices.Sorted(maps.Keys(runs))
			rand.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
			for _, word := range words {
				if !slices.Contains(part.libraries, word) {
					continue
				}
				fmt.Fprintf(os.Stderr, "round %d of %d: %s %s\n", round+1, rounds, part.name, word)
				lines, err := runs[word](part.name)
				if ctx.Err() != nil {
					return ctx.Err()
				}
				if err == nil {
					text.Write(news(lines, said))
					began[word] = true
					continue
				}
				if word == "srhmbench" || began[word] {
					return fmt.Errorf("%s: %w", word, err)
				}
				fmt.Fprintf(os.Stderr, "skipped %s: %v\n", word, err)
				fmt.Fprintf(&text, "# skipped %s: %v\n", word, err)
				delete(runs, word)
			}
		}
	}
	fmt.Fprintf(&text, "# witness %v\n", machine.Now(machine.AllCPUs).Since(before))
	file, err := save(out, text.Bytes())
	if err != nil {
		return err
	}
	if err := writeTable(file); err != nil {
		return err
	}
	return summarise(os.Stdout, file)
}

// runners returns what can be run, by word. PyTorch is checked here; the libraries check themselves.
func runners(ctx context.Context, dir string, each time.Duration, text *bytes.Buffer) (map[string]func(part string) ([]byte, error), error) {
	runs := map[string]func(part string) ([]byte, error){}
	for word := range openers {
		runs[word] = func(part string) ([]byte, error) { return runWorker(ctx, word, part, each) }
	}
	if err := withFastestBLIS(ctx, runs, each, text); err != nil {
		return nil, err
	}
	for _, word := range []string{"openblas", "blis", "onednn", "libxsmm", "cc"} {
		if runs[word] == nil {
			fmt.Fprintf(os.Stderr, "skipped %s: this program was built without cgo\n", word)
			fmt.Fprintf(text, "# skipped %s: built without cgo\n", word)
		}
	}
	t, err := findTorch(dir)
	if err != nil {
		fmt.Fprintf(os.Stderr, "skipped torch: %v\n", err)
		fmt.Fprintf(text, "# skipped torch: %v\n", err)
		return runs, nil
	}
	said, err := t.check(ctx, filepath.Join(dir, "examples"))
	if err != nil {
		return nil, fmt.Errorf("torch: %w", err)
	}
	more, err := t.checkArchitectures(ctx, filepath.Join(dir, "architectures"))
	if err != nil {
		return nil, fmt.Errorf("torch: %w", err)
	}
	said = append(said, more...)
	fmt.Fprintf(os.Stderr, "%s", said)
	text.Write(said)
	runs["torch"] = func(part string) ([]byte, error) { return t.time(ctx, part, each) }
	return runs, nil
}

// withFastestBLIS makes BLIS use the kernels that are fastest here. If BLIS is missing, a later step reports that it
// is skipped.
func withFastestBLIS(ctx context.Context, runs map[string]func(part string) ([]byte, error), each time.Duration, text *bytes.Buffer) error {
	if runs["blis"] == nil {
		return nil
	}
	additions, comment, err := chooseBLIS(ctx, func(additions ...string) ([]byte, error) {
		return runWorker(ctx, "blis", blisProbe.name, each, additions...)
	})
	if err != nil {
		return ctx.Err()
	}
	fmt.Fprint(os.Stderr, comment)
	text.WriteString(comment)
	runs["blis"] = func(part string) ([]byte, error) { return runWorker(ctx, "blis", part, each, additions...) }
	return nil
}

// news returns the lines worth keeping of what a library printed: each comment once.
func news(lines []byte, said map[string]bool) []byte {
	var keep []byte
	for line := range bytes.Lines(lines) {
		if bytes.HasPrefix(line, []byte("#")) {
			if said[string(line)] {
				continue
			}
			said[string(line)] = true
			if !bytes.HasPrefix(line, []byte("# defined ")) {
				os.Stderr.Write(line)
			}
		}
		keep = append(keep, line...)
	}
	return keep
}

// describe writes what does not change during a run as benchmark configuration.
func describe(ctx context.Context, text *bytes.Buffer) {
	p := store.Here(kernels.Active().String(), 1)
	if commit, err := subprocess.Git(ctx, "", "rev-parse", "HEAD"); err == nil { // not in programs of a nested module
		changes, err := subprocess.Git(ctx, "", "status", "--porcelain")
		p.Commit, p.Dirty = commit, err != nil || changes != ""
	}
	for _, line := range append(machine.Here().Config(),
		[2]string{"go", p.Go}, [2]string{"goamd64", p.GOAMD64}, [2]string{"commit", p.Commit},
		[2]string{"dirty", fmt.Sprint(p.Dirty)}) {
		fmt.Fprintf(text, "%s: %s\n", line[0], line[1])
	}
	fmt.Fprintf(text, "# started %s\nUnit GFLOP/s better=higher\nUnit cpu-ns/op better=lower\nUnit least-ns/op better=lower\nUnit ops-ns/op better=lower\n"+
		"Unit roof-GFLOP/s better=higher\nUnit roof-GB/s better=higher\n", p.Started.Format(time.RFC3339))
}

// save stores the results under the machine's name, apart from the files of make bench, which have other names.
func save(out string, text []byte) (string, error) {
	dir := filepath.Join(out, machine.Here().Key(), "peers")
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return "", err
	}
	file := filepath.Join(dir, time.Now().UTC().Format("20060102T150405Z")+".txt")
	fmt.Fprintln(os.Stderr, "kept in", file)
	return file, os.WriteFile(file, text, 0o666)
}
