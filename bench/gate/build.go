package gate

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"srhmbench/bench/checkout"
)

// programs holds the test binaries of a gate and where they run.
type programs struct {
	base, head       string
	baseDir, headDir string
	identical        bool
}

// baseSource is the directory, below that of a gate, where the source of base lies while the gate runs.
const baseSource = "base-source"

// build builds both programs with one toolchain. The source of base gets head's benchmarks, so that both measure the
// same.
func build(ctx context.Context, root, base, dir string) (p programs, err error) {
	source := filepath.Join(dir, baseSource)
	if err := checkout.Extract(ctx, root, base, source); err != nil {
		return p, err
	}
	benches := filepath.Join(source, "bench")
	if err := os.RemoveAll(benches); err != nil {
		return p, err
	}
	if err := os.CopyFS(benches, os.DirFS(filepath.Join(root, "bench"))); err != nil {
		return p, err
	}
	p = programs{
		base: filepath.Join(dir, "base.test"), head: filepath.Join(dir, "head.test"),
		baseDir: benches, headDir: filepath.Join(root, "bench"),
	}
	if err := checkout.BuildBenchmarks(ctx, source, p.base); err != nil {
		return p, fmt.Errorf("base with the benchmarks of head: %w", err)
	}
	if err := checkout.BuildBenchmarks(ctx, root, p.head); err != nil {
		return p, fmt.Errorf("head: %w", err)
	}
	p.identical, err = checkout.SameFile(p.base, p.head)
	return p, err
}
