package patch

import (
	"math"

	"srhmbench/srhm/spec"
)

// level is the shape of a hidden layer, or of the average that follows the last one if that leaves several patches. Level 0
// reads the input.
type level struct {
	positions int     // patches of the layer
	children  int     // places in a patch: cells or patches of the layer below
	fan       int     // of those, not blank
	units     int     // channels, without padding
	average   bool    // the mean over the patches below, without weights
	fanIn     float64 // what the layer adds up is divided by the root of it
	sharing           // of the weights of the layer above, which rows are grouped by; without any at the top
}

// scale returns the factor of the sum that a layer computes.
func (l level) scale() float32 {
	if l.average {
		return float32(1 / float64(l.children))
	}
	return float32(1 / math.Sqrt(l.fanIn))
}

// sharing tells which weight block reads a place. Blocks follow each other along the places, each for as many places as
// are tied, and begin again after a period.
type sharing struct{ period, tied int }

func (s sharing) block(place int) int { return place % s.period / s.tied }

// blocks returns the number of weight blocks; 0 at the top.
func (s sharing) blocks() int {
	if s.period == 0 {
		return 0
	}
	return s.period / s.tied
}

// geometry returns the layers from the input up.
func (d *design) geometry() []level {
	levels := d.patches()
	if d.filters == dense {
		levels = d.dense()
	}
	for l := range levels {
		below, places := d.task.V, 1
		if l > 0 {
			below = levels[l-1].units
		}
		if d.spec.Init != spec.AuthorsInit {
			places = levels[l].children
		} else if d.filters == dense && l > 0 {
			below = d.spec.Width
		}
		levels[l].fanIn = float64(below) * float64(places)
	}
	return levels
}

// patches returns the geometry of locally connected and convolutional networks.
func (d *design) patches() []level {
	t, n := d.task, d.spec
	depth := n.Depth(t)
	levels := make([]level, depth)
	positions, left := 1, 1 // left: not blank, of the patches that the last layer leaves
	for range t.L - depth {
		positions, left = positions*t.PatchCells(), left*t.S
	}
	top := level{positions: 1, children: positions, fan: left, units: n.Width, average: true}
	for l := depth - 1; l >= 0; l-- {
		levels[l] = level{positions: positions, children: t.PatchCells(), fan: t.S, units: n.Width}
		if l < depth-1 {
			levels[l].sharing = d.sharingOf(l+2, positions)
		}
		positions *= t.PatchCells()
	}
	if depth < t.L {
		levels[depth-1].sharing = sharing{1, 1}
		levels = append(levels, top)
	}
	return levels
}

// sharingOf returns how a hidden layer, counted from 1 at the bottom, shares its weights among the places it reads.
func (d *design) sharingOf(layer, places int) sharing {
	s := sharing{places, 1}
	if d.filters == shared {
		s.period = d.task.PatchCells()
	}
	if d.spec.Ties(layer) {
		s.tied = d.task.S0 + 1
	}
	return s
}

// dense returns the geometry of fully connected networks: one position in every layer, and ever fewer units.
func (d *design) dense() []level {
	t, n := d.task, d.spec
	depth := n.Depth(t)
	levels := make([]level, depth)
	units := n.Width
	for l := depth - 1; l >= 0; l-- {
		levels[l] = level{positions: 1, children: 1, fan: 1, units: units, sharing: sharing{1, 1}}
		if l < t.L {
			units *= t.PatchCells()
		}
	}
	levels[0].children, levels[0].fan = t.Cells(), t.Leaves()
	levels[depth-1].sharing = sharing{}
	return levels
}
