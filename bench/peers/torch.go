package main

import (
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"srhmbench/internal/subprocess"
)

//go:embed peers.py architectures.py
var scripts embed.FS

// torch is a Python with PyTorch and the script that runs in it.
type torch struct{ python, script string }

// findTorch writes the scripts into dir. The error lists the Pythons tried.
func findTorch(dir string) (*torch, error) {
	path := filepath.Join(dir, "peers.py")
	if err := os.CopyFS(dir, scripts); err != nil {
		return nil, err
	}
	tried := candidatePythons()
	for _, python := range tried {
		if subprocess.Command(context.Background(), "", python, "-c", "import torch, numpy").Run() == nil {
			return &torch{python, path}, nil
		}
	}
	return nil, fmt.Errorf("none of %s has PyTorch and NumPy; PYTHON names another", strings.Join(tried, ", "))
}

func candidatePythons() []string {
	if python := os.Getenv("PYTHON"); python != "" {
		return []string{python}
	}
	return []string{"python3", "/usr/bin/python3"}
}

// run runs the script in one thread and returns what it prints.
func (t *torch) run(ctx context.Context, stdin []byte, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, t.python, append([]string{t.script}, args...)...)
	cmd.Env, cmd.Stdin = environment(), bytes.NewReader(stdin)
	out, err := cmd.Output()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		err = fmt.Errorf("%w: %s", err, lastLine(string(exit.Stderr)))
	}
	return out, err
}

// check compares a step of every network with ours.
func (t *torch) check(ctx context.Context, dir string) ([]byte, error) {
	if err := os.Mkdir(dir, 0o777); err != nil {
		return nil, err
	}
	if err := export(dir); err != nil {
		return nil, err
	}
	return t.run(ctx, nil, "check", dir)
}

// time times what the libraries do of a part.
func (t *torch) time(ctx context.Context, name string, each time.Duration) ([]byte, error) {
	p, err := partOf(name, "torch")
	if err != nil {
		return nil, err
	}
	return t.timeLines(ctx, p.torchLines(), each)
}

func (t *torch) timeLines(ctx context.Context, lines []any, each time.Duration) ([]byte, error) {
	var list bytes.Buffer
	to := json.NewEncoder(&list)
	for _, line := range lines {
		if err := to.Encode(line); err != nil {
			return nil, err
		}
	}
	return t.run(ctx, list.Bytes(), "time", fmt.Sprint(each.Seconds()))
}

// torchLines returns what the script should time, in the form it reads. A rate is work per nanosecond.
func (p part) torchLines() (lines []any) {
	add := func(name string, w workload, more map[string]any) {
		more["name"], more["unit"], more["amount"] = name, w.unit, w.rate(1e-9)
		lines = append(lines, more)
	}
	for _, l := range p.layers {
		for _, product := range p.products {
			add(p.productName(product, l), l.work(product, 1), map[string]any{
				"product": product, "size": []int{l.m, l.n, l.k}, "copies": p.copies(l),
			})
		}
	}
	for _, s := range p.convolutions {
		for _, name := range convolutionNames {
			add(p.convolutionName(name, s), convolutionWork(name, s), map[string]any{"convolution": name, "shape": s})
		}
	}
	for _, n := range p.vectors {
		add(p.momentumName(n), stepWork(n), map[string]any{"vectors": n})
	}
	for _, s := range p.trainings {
		lines = append(lines, example{training: s, Name: s.name()})
	}
	return lines
}
