package command

import (
	"context"
	"testing"

	"srhmbench/srhm/net/zoo"
	"srhmbench/srhm/spec"
	"srhmbench/srhm/train"
)

// What is not given is the kind's of network; what is given counts, whatever the kind.
func TestDefaultsOfNetworks(t *testing.T) {
	for _, kind := range zoo.Kinds {
		var got spec.Run
		note := func(ctx context.Context, run spec.Run, opt train.Options) (spec.Result, error) {
			got = run
			return perfect(ctx, run, opt)
		}
		ask := func(args ...string) spec.Run {
			t.Helper()
			args = append([]string{"train", "--net", kind.Name(), "--v", "4", "--s0", "2", "--P", "16", "--out", t.TempDir()}, args...)
			if status, _, stderr := invented(t, t.Context(), note, args...); status != 0 {
				t.Fatalf("%q: status %d, %s", args, status, stderr)
			}
			return got
		}
		preset, err := spec.Preset("careful")
		if err != nil {
			t.Fatal(err)
		}
		want := kind.Protocol(preset)
		if run := ask("--protocol", "careful"); run.Network != kind.Network() || run.Protocol != want {
			t.Errorf("%s: %+v, %+v", kind.Name(), run.Network, run.Protocol)
		}
		want.LR, want.MaxEpochs = 0.5, 7
		if run := ask("--protocol", "careful", "--width", "8", "--lr", "0.5", "--max-epochs", "7"); run.Network.Width != 8 || run.Protocol != want {
			t.Errorf("%s: %+v, %+v", kind.Name(), run.Network, run.Protocol)
		}
	}
}
