package main

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

//go:embed peers.py
var script []byte

// torch is a Python with PyTorch, and the script that runs in it.
type torch struct{ python, script string }

// findTorch writes the script into dir. The error says which Pythons were tried.
func findTorch(dir string) (*torch, error) {
	path := filepath.Join(dir, "peers.py")
	if err := os.WriteFile(path, script, 0o666); err != nil {
		return nil, err
	}
	tried := candidatePythons()
	for _, python := range tried {
		if exec.Command(python, "-c", "import torch, numpy").Run() == nil {
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

// time times the same products and steps, of a part, that the libraries do.
func (t *torch) time(ctx context.Context, part string, each time.Duration) ([]byte, error) {
	var list bytes.Buffer
	lines := json.NewEncoder(&list)
	sets, err := layers()
	if err != nil {
		return nil, err
	}
	for _, l := range sets[part] {
		line := map[string]any{"name": fmt.Sprintf("shapes=%s/%s", part, l.name()), "size": [3]int{l.m, l.n, l.k}}
		if err := lines.Encode(line); err != nil {
			return nil, err
		}
	}
	for _, step := range trainings(widthsTimed...) {
		if step.part() != part {
			continue
		}
		if err := lines.Encode(example{training: step, Name: step.name()}); err != nil {
			return nil, err
		}
	}
	return t.run(ctx, list.Bytes(), "time", fmt.Sprint(each.Seconds()))
}
