package train

import (
	"context"

	"srhmbench/srhm/net"
	"srhmbench/srhm/probe"
	"srhmbench/srhm/spec"
)

// look adds a moment to the trajectory if one is due after this step. It does not change a bit of the training. It
// returns the context's error.
func (t *training) look(ctx context.Context) error {
	if t.run.Probe.Times == 0 || t.result.Steps < t.nextLook() {
		return nil
	}
	err := t.see(ctx)
	if err != nil && t.done > 0 {
		return t.pause(ctx) // the look is due again when the training resumes
	}
	return err
}

// nextLook returns the step of the next look.
func (t *training) nextLook() int {
	if n := len(t.result.Trajectory); n > 0 {
		return t.run.Probe.NextLook(t.result.Trajectory[n-1].Step)
	}
	return 0
}

// lastLook adds the moment at the end of the training.
func (t *training) lastLook(ctx context.Context) error {
	n := len(t.result.Trajectory)
	if t.run.Probe.Times == 0 || n > 0 && t.result.Trajectory[n-1].Step == t.result.Steps {
		return nil
	}
	return t.see(ctx)
}

func (t *training) see(ctx context.Context) (err error) {
	m := spec.Moment{Step: t.result.Steps}
	t.net.Aside(func() {
		m.Error, _ = t.unseen.measure(t.net)
		var s spec.Sensitivities
		s, err = probe.Measure(ctx, t.net, net.Evaluation, t.grammar, t.run.Seed, t.run.Probe.Inputs)
		m.Synonyms, m.Displacements = s.Synonyms, s.Displacements
	})
	if err == nil {
		t.result.Trajectory = append(t.result.Trajectory, m)
	}
	return err
}
