package probe

import (
	"math/rand/v2"

	"srhmbench/srhm"
	"srhmbench/srhm/spec"
)

// transform is a transformation of all inputs, and where its responses go.
type transform struct {
	set   *srhm.Set   // x'
	moved [][]float64 // a_i by layer
	to    *spec.Responses
	level int
	upTo  bool
}

// transforms returns all transformations that are measured. At level 1, "up to l" and "only l" are the same.
func transforms(g *srhm.Grammar, inputs *srhm.Set, seed uint64, s *spec.Sensitivities) []*transform {
	var all []*transform
	add := func(to *spec.Responses, purpose string, apply func(dst, src *srhm.Set, level int, upTo bool, r *rand.Rand)) {
		for level := 1; level <= g.Task().L; level++ {
			for _, upTo := range []bool{true, false} {
				if level == 1 && !upTo {
					continue
				}
				t := &transform{set: &srhm.Set{}, to: to, level: level, upTo: upTo}
				apply(t.set, inputs, level, upTo, stream(purpose, seed, level, upTo))
				all = append(all, t)
			}
		}
	}
	add(s.Synonyms, "probe synonyms", g.ExchangeSynonyms)
	if s.Displacements != nil {
		add(s.Displacements, "probe displacements", g.Displace)
	}
	return all
}

func stream(purpose string, seed uint64, level int, upTo bool) *rand.Rand {
	convention := uint64(0)
	if upTo {
		convention = 1
	}
	return srhm.Stream(purpose, seed, uint64(level), convention)
}

// newResponses returns responses without estimates.
func newResponses(layers, levels int) *spec.Responses {
	r := &spec.Responses{}
	for range layers {
		r.UpTo = append(r.UpTo, make([]*spec.Estimate, levels))
		r.Only = append(r.Only, make([]*spec.Estimate, levels))
	}
	return r
}

// report writes the estimates of a transformation; apart holds b_i by layer.
func (t *transform) report(apart [][]float64) {
	for k := range apart {
		e := ratio(t.moved[k], apart[k])
		if t.upTo {
			t.to.UpTo[k][t.level-1] = e
		}
		if !t.upTo || t.level == 1 {
			t.to.Only[k][t.level-1] = e
		}
	}
}
