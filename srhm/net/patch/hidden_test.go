package patch

import (
	"bytes"
	"slices"
	"testing"

	"srhmbench/srhm"
	"srhmbench/srhm/net"
)

// When blocks of weights make the steps that are due shows in no bit, nor on how many threads: at once; when a batch
// reaches them again; for an evaluation, a changed rate, or a checkpoint.
func TestLateSteps(t *testing.T) {
	defer func(before int) { worthwhile = before }(worthwhile)
	worthwhile = 0
	for _, c := range testCases() {
		c.net.Width = 40
		t.Run(c.String(), func(t *testing.T) {
			prompt, g := c.make(t, 1)
			late, _ := c.make(t, 2)
			data := srhm.Draw(g, 2, "test", 40)
			waited := false
			for step := range 20 {
				batch := late.NewBatch(data.Slice(2*step, 2*step+1+step%2))
				lr := 0.05 / float64(1+step/8)
				want := prompt.Step(batch, lr, 0.8)
				prompt.syncHidden()
				if got := late.Step(batch, lr, 0.8); got != want {
					t.Fatalf("step %d: loss %v, want %v", step, got, want)
				}
				for _, h := range late.hidden {
					waited = waited || slices.ContainsFunc(h.due, func(d due) bool { return d.kept && d.missed > 1 })
				}
				if step == 10 {
					if want, got := prompt.Evaluate(batch), late.Evaluate(batch); got.Loss != want.Loss {
						t.Errorf("evaluated to %v, want %v", got.Loss, want.Loss)
					}
				}
				if step == 14 {
					late = copied(t, late, c)
				}
			}
			late.syncHidden()
			if !same(late, prompt) {
				t.Error("parameters or momenta are not those of prompt steps")
			}
			if many := late.shape[0].blocks() > 2; many && c.enc == srhm.Zero && !c.net.Bias && !waited {
				t.Error("no block waited for its steps")
			}
		})
	}
}

// copied is a network with the state that another has written.
func copied(t *testing.T, n *Net, c testCase) *Net {
	t.Helper()
	var state bytes.Buffer
	if err := net.WriteState(&state, n); err != nil {
		t.Fatal(err)
	}
	other, _ := c.make(t, 3)
	if err := net.ReadState(&state, other); err != nil {
		t.Fatal(err)
	}
	return other
}

// same compares all that steps change, bit for bit unless something is not a number.
func same(a, b *Net) bool {
	return slices.EqualFunc(a.State(), b.State(), slices.Equal)
}
