package srhm

import (
	"fmt"
	"math/rand/v2"
)

// placer draws where the children of a node stand in its patch. It is scratch
// memory, used for one node after the other.
type placer struct {
	task Task
	pos  []uint32 // s places in [0, s(s0+1)), increasing
}

func newPlacer(t Task) *placer { return &placer{t, make([]uint32, t.S)} }

// draw fills pos with a uniform placement.
func (p *placer) draw(r *rand.Rand) {
	if p.task.Sparsity == SparsityA {
		sub := p.task.S0 + 1
		for j := range p.pos {
			p.pos[j] = uint32(j*sub + r.IntN(sub))
		}
		return
	}
	p.drawSubset(r)
}

// drawSubset fills pos with a uniform subset (Floyd's algorithm: s draws whatever
// the number of blanks), kept in increasing order.
func (p *placer) drawSubset(r *rand.Rand) {
	first := p.task.PatchCells() - len(p.pos)
	for k := range p.pos {
		last := uint32(first + k)
		x := uint32(r.IntN(first + k + 1))
		for _, y := range p.pos[:k] {
			if y == x {
				x = last
				break
			}
		}
		insert(p.pos[:k+1], x)
	}
}

// insert puts x into its place in a list, increasing but for its free last entry.
func insert(list []uint32, x uint32) {
	i := len(list) - 1
	for ; i > 0 && list[i-1] > x; i-- {
		list[i] = list[i-1]
	}
	list[i] = x
}

// redraw draws the placements of all nodes of a level, and leaves those of other
// levels as they are: in the cell of every leaf, one digit changes.
func (p *placer) redraw(cells []uint32, level int, r *rand.Rand) {
	patch := uint32(p.task.PatchCells())
	unit := uint32(pow(int(patch), level-1))
	below := pow(p.task.S, level-1)
	for len(cells) > 0 {
		p.draw(r)
		for _, at := range p.pos {
			for k, c := range cells[:below] {
				cells[k] = c + (at-c/unit%patch)*unit
			}
			cells = cells[below:]
		}
	}
}

// check says whether the cells of a datum are those of nested placements. It
// overwrites them.
func (p *placer) check(cells []uint32) error {
	s, patch := p.task.S, uint32(p.task.PatchCells())
	for ; len(cells) > 1; cells = cells[:len(cells)/s] {
		for i := range len(cells) / s {
			children := cells[i*s : (i+1)*s]
			parent := children[0] / patch
			for j, c := range children {
				p.pos[j] = c % patch
				if c/patch != parent {
					return fmt.Errorf("cells of one node in different patches")
				}
			}
			if !p.allowed() {
				return fmt.Errorf("children at places %v of a patch: not a placement of sparsity %s", p.pos, p.task.Sparsity)
			}
			cells[i] = parent
		}
	}
	if cells[0] != 0 {
		return fmt.Errorf("a cell beyond the %d of the input", p.task.Cells())
	}
	return nil
}

// allowed says whether pos is a placement.
func (p *placer) allowed() bool {
	for j, at := range p.pos {
		if p.task.Sparsity == SparsityA && int(at)/(p.task.S0+1) != j {
			return false
		}
		if j > 0 && at <= p.pos[j-1] {
			return false
		}
	}
	return true
}
