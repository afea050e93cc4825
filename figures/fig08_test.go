package figures

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"srhmbench/srhm"
	"srhmbench/srhm/store"
)

// The errors in the note on the learning rate are those of committed records.
func TestOlderRate(t *testing.T) {
	st, err := store.OpenReadOnly(filepath.Join("..", "results", "runs"))
	if err != nil {
		t.Fatal(err)
	}
	note := strings.Join(figure8.notes, " ")
	for _, want := range []struct {
		v, s0, p int
		sparsity srhm.Sparsity
		lr       float64
		text     string // with the error in it
	}{
		{10, 1, 15880, srhm.SparsityB, 0.1, "the error is then %.3f,"},
		{10, 1, 15880, srhm.SparsityB, 0.01, "figures it is %.2f."},
		{8, 2, 7360, srhm.SparsityA, 0.01, "the error is %.2f at 0.01"},
		{8, 2, 7360, srhm.SparsityA, 0.1, "and %.2f at 0.1."},
	} {
		found := false
		for _, r := range st.Records() {
			k := r.Run.Task
			if r.Run.Network.Kind != "cnn" || r.Run.Network.Width != 512 || k.L != 2 || k.V != want.v || k.S0 != want.s0 || k.Sparsity != want.sparsity || r.Run.P != want.p || r.Run.Protocol.LR != want.lr {
				continue
			}
			found = true
			if text := fmt.Sprintf(want.text, r.Result.Error); !strings.Contains(note, text) {
				t.Errorf("no %q in %s", text, note)
			}
		}
		if !found {
			t.Errorf("no record of %+v", want)
		}
	}
}
