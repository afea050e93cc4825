package command

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"srhmbench/internal/atomicfile"
	"srhmbench/srhm/spec"
	"srhmbench/srhm/store"
	"srhmbench/srhm/train"
)

// checkpoints saves unfinished trainings beside the store that their records will go to: DIR/ID.checkpoint.
type checkpoints struct {
	dir   string // of the store
	every time.Duration
}

const checkpointSuffix = ".checkpoint"

// file names a run's checkpoint; "" if checkpoints are off.
func (c checkpoints) file(run spec.Run) string {
	if c.every == 0 {
		return ""
	}
	return c.of(run.ID())
}

func (c checkpoints) of(id string) string { return filepath.Join(c.dir, id+checkpointSuffix) }

// remove deletes the checkpoint of a run whose record is in the store.
func (c checkpoints) remove(run spec.Run) { removeCheckpoint(c.of(run.ID())) }

func removeCheckpoint(name string) {
	if err := train.RemoveCheckpoint(name); err != nil {
		slog.Warn("a finished training's checkpoint could not be removed", "error", err)
	}
}

// tidy removes what a killed process left: checkpoints it had half written, and those of runs already in the store.
func (c checkpoints) tidy(st *store.Store) {
	half := func(name string) bool { return strings.HasSuffix(name, checkpointSuffix) }
	if err := atomicfile.Tidy(c.dir, half); err != nil {
		slog.Warn("half-written checkpoints could not be removed", "error", err)
	}
	entries, err := os.ReadDir(c.dir)
	if err != nil {
		slog.Warn("old checkpoints could not be listed", "error", err)
	}
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), checkpointSuffix+".part") { // half-written, by earlier versions
			removeCheckpoint(filepath.Join(c.dir, e.Name()))
		}
		id, is := strings.CutSuffix(e.Name(), checkpointSuffix)
		if _, known := st.Get(id); is && known {
			removeCheckpoint(c.of(id))
		}
	}
}
