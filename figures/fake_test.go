package figures

import (
	"hash/fnv"
	"math"
	"testing"

	"srhmbench/srhm"
	"srhmbench/srhm/spec"
	"srhmbench/srhm/sweep"
)

// law is an invented world: where P* is known.
type law struct {
	prefactor float64
	power     float64 // P* ∝ prediction^power
	extra     float64 // times (s0+1)^extra
	extraS    float64 // times (s/2)^extraS
	noise     float64 // spread of P* over grammars: half width of its logarithm
	outcome   func(spec.Run) (o spec.Outcome, override bool)
	missing   func(spec.Run) bool
	memory    float64 // fresh error = (1-memory) error at s0 = 0: data that were seen before
	lead      float64 // sensitivities fall at P*/lead; 0: at P*
	rigid     bool    // S_{k,1} of layers k > 1 ends at 0.6
	loose     bool    // all sensitivities fall
}

func (w law) pstar(run spec.Run) float64 {
	t := run.Task
	x := prediction(run.Network.Kind, t)
	h := fnv.New32a()
	h.Write([]byte(t.Grammar))
	h.Write([]byte{byte(t.V), byte(t.L)})
	wobble := math.Exp(w.noise * (2*float64(h.Sum32())/math.MaxUint32 - 1))
	if t.Sparsity == srhm.SparsityB {
		x *= 2 // as it is, roughly
	}
	return w.prefactor * math.Pow(x, w.power) * math.Pow(float64(t.S0+1), w.extra) * math.Pow(float64(t.S)/2, w.extraS) * wobble
}

// train is a training in that world: the error falls as P^-8 near P*.
func (w law) train(run spec.Run) spec.Result {
	chance := 1 - 1/float64(run.Task.NC)
	err := chance / (1 + (chance/epsilon-1)*math.Pow(float64(run.TrainingSize())/w.pstar(run), 8))
	fresh := err
	if run.Task.S0 == 0 {
		fresh *= 1 - w.memory
	}
	r := spec.Result{Outcome: spec.Fitted, TrainingSize: run.TrainingSize(), Error: err, FreshError: fresh, LastError: err}
	if run.Probe.Inputs > 0 {
		r.Sensitivities = w.probe(run)
	}
	if w.outcome != nil {
		if o, ok := w.outcome(run); ok {
			r.Outcome, r.Error, r.FreshError = o, chance, chance
		}
	}
	return r
}

// probe invents sensitivities: those that the paper says fall to the published plateaus do, with the error.
func (w law) probe(run spec.Run) *spec.Sensitivities {
	p := 0.8 * w.pstar(run) // so that thresholds are passed near P*
	if w.lead > 0 {
		p /= w.lead
	}
	part := 1 / (1 + math.Pow(float64(run.TrainingSize())/p, 8))
	s := &spec.Sensitivities{Inputs: run.Probe.Inputs, Synonyms: &spec.Responses{}}
	if run.Task.S0 > 0 {
		s.Displacements = &spec.Responses{}
	}
	for layer := 1; layer <= run.Task.L+1; layer++ {
		var synonyms, displacements []*spec.Estimate
		for level := 1; level <= run.Task.L; level++ {
			end := 0.75 // of what stays
			switch {
			case w.rigid && level == 1 && layer > 1:
				end = 0.6
			case layer > level && layer == run.Task.L+1:
				end = 0.04 + 0.45*float64(level-1)
			case layer > level && run.Task.L == 2:
				end = 0.22
			case layer > level:
				end = 0.12
			case w.loose:
				end = 0.3
			}
			synonyms = append(synonyms, &spec.Estimate{Value: end + (0.8-end)*part, Error: 0.004})
			end = 0.02
			if layer < level && !w.loose {
				end = 0.55
			}
			displacements = append(displacements, &spec.Estimate{Value: end + (0.6-end)*part, Error: 0.002})
		}
		s.Synonyms.UpTo = append(s.Synonyms.UpTo, synonyms)
		if s.Displacements != nil {
			s.Displacements.UpTo = append(s.Displacements.UpTo, displacements)
		}
	}
	return s
}

type world map[string]spec.Result

func (w world) Get(id string) (spec.Result, bool) {
	r, ok := w[id]
	return r, ok
}

// fill trains what a plan needs, except what the law says is missing.
func (w law) fill(plan sweep.Plan) world {
	out := world{}
	for _, run := range plan.Runs {
		if w.missing == nil || !w.missing(run) {
			out[run.ID()] = w.train(run)
		}
	}
	for _, s := range plan.Searches {
		for {
			_, next, done := s.Replay(out.Get)
			run := s.RunAt(next)
			if done || w.missing != nil && w.missing(run) {
				break
			}
			out[run.ID()] = w.train(run)
		}
	}
	return out
}

// paperLaw is a world where the paper is right.
var paperLaw = law{prefactor: 1.7, power: 1, noise: 0.2}

// exactLaw is one without grammars that differ.
var exactLaw = law{prefactor: 1.7, power: 1, noise: 0.05}

// named returns a figure by name.
func named(t *testing.T, name string) Figure {
	t.Helper()
	list, err := Select(name)
	if err != nil || len(list) != 1 {
		t.Fatalf("Select(%q) = %d figures, %v", name, len(list), err)
	}
	return list[0]
}

// drawn draws a figure in a world.
func drawn(t *testing.T, name string, scale Scale, w law) Drawing {
	t.Helper()
	f := named(t, name)
	d, err := f.Draw(w.fill(f.Plan(scale)), scale)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
