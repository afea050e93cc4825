package command

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"srhmbench/srhm/net"
	"srhmbench/srhm/numpy"
	"srhmbench/srhm/spec"
	"srhmbench/srhm/store"
	"srhmbench/srhm/sweep"
	"srhmbench/srhm/train"
)

// checkWeights checks --save before hours go into the training.
func checkWeights(file string, seeds int) error {
	switch {
	case filepath.Ext(file) != ".npz":
		return misuse("save %q: want a file .npz", file)
	case seeds > 1:
		return misuse("--save with %d seeds: want one, a file holds one network", seeds)
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		return misuse("save %q: %w", file, err)
	}
	return nil
}

// obtainWeights trains and writes the weights to a file. It trains even if the store has the run: weights are not in it.
func (p *program) obtainWeights(ctx context.Context, run spec.Run, st *store.Store, how manner, file string) (store.Record, error) {
	if _, known := st.Get(run.ID()); known {
		fmt.Fprintf(p.stderr, "run %s is in the store: trained again for its weights\n", run.ID())
	}
	from := p.options(how).Provenance
	watch, started := sweep.NewWatch(p.stderr), time.Now()
	var trained net.Network
	result, err := p.train(ctx, run, train.Options{
		Threads: how.threads, Progress: func(c spec.Check) { watch.Check(run, c) }, Network: func(n net.Network) { trained = n },
	})
	watch.End()
	if err != nil {
		return store.Record{}, err
	}
	from.Started, from.Seconds = started.UTC().Truncate(time.Millisecond), time.Since(started).Seconds()
	record := store.NewRecord(run, result, from)
	if err := st.Append(record); err != nil {
		return record, err
	}
	return record, writeWeights(file, trained, record)
}

// writeWeights writes the parameters of a network together with its record.
func writeWeights(file string, n net.Network, r store.Record) error {
	about, err := json.Marshal(r)
	if err != nil {
		return err
	}
	return writeFile(file, func(w io.Writer) error {
		return net.WriteNPZ(w, n, numpy.Text{Name: "record.json", Content: about})
	})
}
