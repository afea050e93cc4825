package net

import (
	"srhmbench/srhm"
	"srhmbench/srhm/spec"
)

// level is the shape of one hidden layer. Level 0 of a network reads the input.
type level struct {
	positions int // patches of the layer
	children  int // places in a patch: cells or patches of the layer below
	fan       int // of those, not blank
	units     int // channels, without padding
	blocks    int // weight blocks of the layer above, which its rows are grouped by; 0 at the top
}

// geometry returns the layers from the input up.
func geometry(t srhm.Task, n spec.Network) []level {
	if n.Kind == spec.FCN {
		return denseGeometry(t, n)
	}
	levels := make([]level, t.L)
	positions := 1
	for l := t.L - 1; l >= 0; l-- {
		levels[l] = level{positions: positions, children: t.PatchCells(), fan: t.S, units: n.Width}
		if l < t.L-1 {
			levels[l].blocks = positions
			if n.Kind == spec.CNN {
				levels[l].blocks = t.PatchCells()
			}
		}
		positions *= t.PatchCells()
	}
	return levels
}

// denseGeometry has one position everywhere, and ever fewer units.
func denseGeometry(t srhm.Task, n spec.Network) []level {
	levels := make([]level, t.L)
	units := n.Width
	for l := t.L - 1; l >= 0; l-- {
		levels[l] = level{positions: 1, children: 1, fan: 1, units: units, blocks: 1}
		units *= t.PatchCells()
	}
	levels[0].children, levels[0].fan = t.Cells(), t.Leaves()
	levels[t.L-1].blocks = 0
	return levels
}

// block is the weight block that reads position p of this level.
func (l level) block(p int) int { return p % l.blocks }

// inputRow is the row of the first layer's weights that a symbol in a cell adds.
func inputRow(t srhm.Task, kind string, cell, symbol int) int32 {
	if kind == spec.CNN {
		cell %= t.PatchCells()
	}
	return int32(cell*t.V + symbol)
}

// inputRows is the number of rows of the first layer's weights.
func inputRows(t srhm.Task, kind string) int {
	if kind == spec.CNN {
		return t.PatchCells() * t.V
	}
	return t.Cells() * t.V
}
