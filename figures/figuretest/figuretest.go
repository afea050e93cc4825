// Package figuretest invents worlds in which the law of P* is known, so that tests can check that figures and claims
// find it.
package figuretest

import (
	"hash/fnv"
	"math"

	"srhmbench/figures/pstar"
	"srhmbench/internal/portable"
	"srhmbench/srhm"
	"srhmbench/srhm/spec"
	"srhmbench/srhm/sweep"
)

// Law is an invented world with a known P*.
type Law struct {
	Prefactor float64
	Power     float64 // P* ∝ prediction^power
	Extra     float64 // times (s0+1)^extra
	ExtraS    float64 // times (s/2)^extraS
	Noise     float64 // half width of log P* over grammars
	Outcome   func(spec.Run) (o spec.Outcome, override bool)
	Missing   func(spec.Run) bool
	Memory    float64 // at s0 = 0 the fresh error is (1-memory) times the error: samples seen before
	Lead      float64 // sensitivities fall at P*/lead; 0: at P*
	Rigid     bool    // S_{k,1} of layers k > 1 ends at 0.6
	Loose     bool    // all sensitivities fall
}

func (w Law) pstar(run spec.Run) float64 {
	t := run.Task
	x := pstar.Prediction(run.Network.Kind, t)
	h := fnv.New32a()
	h.Write([]byte(t.Grammar))
	h.Write([]byte{byte(t.V), byte(t.L)})
	wobble := portable.Exp(w.Noise * (2*float64(h.Sum32())/math.MaxUint32 - 1))
	if t.Sparsity == srhm.SparsityB {
		x *= 2 // roughly as in reality
	}
	return w.Prefactor * portable.Pow(x, w.Power) * portable.Pow(float64(t.S0+1), w.Extra) * portable.Pow(float64(t.S)/2, w.ExtraS) * wobble
}

// Train returns what a training gives in that world: the error falls as P^-8 near P*.
func (w Law) Train(run spec.Run) spec.Result {
	chance := 1 - 1/float64(run.Task.NC)
	err := chance / (1 + float64((chance/sweep.DefaultEpsilon-1)*portable.Pow(float64(run.TrainingSize())/w.pstar(run), 8)))
	fresh := err
	if run.Task.S0 == 0 {
		fresh *= 1 - w.Memory
	}
	r := spec.Result{Outcome: spec.Fitted, TrainingSize: run.TrainingSize(), Error: err, FreshError: fresh, LastError: err}
	if run.Probe.Inputs > 0 {
		r.Sensitivities = w.probe(run)
	}
	if w.Outcome != nil {
		if o, ok := w.Outcome(run); ok {
			r.Outcome, r.Error, r.FreshError = o, chance, chance
		}
	}
	return r
}

// probe invents sensitivities. Those that should fall do so with the error, to the published plateaus.
func (w Law) probe(run spec.Run) *spec.Sensitivities {
	p := 0.8 * w.pstar(run) // to pass the thresholds near P*
	if w.Lead > 0 {
		p /= w.Lead
	}
	part := 1 / (1 + portable.Pow(float64(run.TrainingSize())/p, 8))
	s := &spec.Sensitivities{Inputs: run.Probe.Inputs, Synonyms: &spec.Responses{}}
	if run.Task.S0 > 0 {
		s.Displacements = &spec.Responses{}
	}
	for layer := 1; layer <= run.Task.L+1; layer++ {
		var synonyms, displacements []*spec.Estimate
		for level := 1; level <= run.Task.L; level++ {
			end := 0.75 // for those that stay
			switch {
			case w.Rigid && level == 1 && layer > 1:
				end = 0.6
			case layer > level && layer == run.Task.L+1:
				end = 0.04 + float64(0.45*float64(level-1))
			case layer > level && run.Task.L == 2:
				end = 0.22
			case layer > level:
				end = 0.12
			case w.Loose:
				end = 0.3
			}
			synonyms = append(synonyms, &spec.Estimate{Value: end + float64((0.8-end)*part), Error: 0.004})
			end = 0.02
			if layer < level && !w.Loose {
				end = 0.55
			}
			displacements = append(displacements, &spec.Estimate{Value: end + float64((0.6-end)*part), Error: 0.002})
		}
		s.Synonyms.UpTo = append(s.Synonyms.UpTo, synonyms)
		if s.Displacements != nil {
			s.Displacements.UpTo = append(s.Displacements.UpTo, displacements)
		}
	}
	return s
}

// World holds the trainings of a law by id. It is a source of figures.
type World map[string]spec.Result

// Get returns a training.
func (w World) Get(id string) (spec.Result, bool) {
	r, ok := w[id]
	return r, ok
}

// Fill trains what a plan needs, except what the law leaves out.
func (w Law) Fill(plan sweep.Plan) World {
	out := World{}
	for _, run := range plan.Runs {
		if w.Missing == nil || !w.Missing(run) {
			out[run.ID()] = w.Train(run)
		}
	}
	for _, s := range plan.Searches {
		for {
			_, next, done := s.Replay(out.Get)
			run := s.RunAt(next)
			if done || w.Missing != nil && w.Missing(run) {
				break
			}
			out[run.ID()] = w.Train(run)
		}
	}
	return out
}

// PaperLaw is a world where the paper is right.
var PaperLaw = Law{Prefactor: 1.7, Power: 1, Noise: 0.2}

// ExactLaw is one without grammars that differ.
var ExactLaw = Law{Prefactor: 1.7, Power: 1, Noise: 0.05}
