package patch

import (
	"encoding/binary"

	"srhmbench/srhm"
	"srhmbench/srhm/net"
)

// Batch is a set of examples as a network reads it: at every layer the distinct patches that are not blank, and what each
// is made of. It depends on the network's design, not on its weights.
type Batch struct {
	labels []uint16
	levels []nodes
}

// Len returns the number of examples.
func (b *Batch) Len() int { return len(b.labels) }

// Bytes returns about the memory of a batch.
func (b *Batch) Bytes() int64 {
	n := 2 * len(b.labels)
	for i := range b.levels {
		l := &b.levels[i]
		n += 4 * (len(l.row) + len(l.pos) + len(l.base) + len(l.children.of) + len(l.children.start) +
			len(l.used) + len(l.parents.of) + len(l.parents.start) + len(l.at.of) + len(l.at.start) + len(l.constant))
		n += 16 * len(l.blocks)
	}
	return int64(n)
}

// lists holds lists of numbers, one after the other: list i is of[start[i]:start[i+1]].
type lists struct{ start, of []int32 }

type span struct{ lo, hi int }

// nodes is one layer of a batch. A node is a row of the layer's matrices. Rows are grouped by the weight block that reads
// them, and a group starts at a multiple of 8.
type nodes struct {
	rows     int     // of the matrices, gaps included
	blocks   []span  // rows of each block
	row      []int32 // of each node
	pos      []int32 // its position
	base     []int32 // the constant row of its position, if there are constants
	children lists   // of each node: rows of the layer below, or of the first layer's weights
	used     []int32 // the rows that occur as children
	parents  lists   // of each of those: rows of this layer
	at       lists   // of each position: the rows of its nodes
	all      lists   // the rows of all nodes, as one list
	constant []int32 // of each position: the row all its blank patches share, if there are constants
}

// NewBatch arranges the examples of a set.
func (n *Net) NewBatch(set *srhm.Set) net.Batch {
	b := &Batch{labels: append([]uint16(nil), set.Labels...), levels: make([]nodes, len(n.shape))}
	children := n.leafRows(set)
	cells := make([]int32, 0, set.Len()*set.Leaves)
	for _, c := range set.Cells {
		cells = append(cells, int32(c))
	}
	for l := range n.shape {
		positions := n.positionsOf(cells, l)
		which, pos, parts := distinctNodes(positions, children, n.shape[l].fan, l == len(n.shape)-1)
		rowOf := n.arrange(&b.levels[l], l, pos, parts)
		children = children[:0]
		for _, id := range which {
			children = append(children, rowOf[id])
		}
		cells = positions
	}
	return b
}

// leafRows lists the weight rows that the examples add, leaf by leaf.
func (n *Net) leafRows(set *srhm.Set) []int32 {
	rows := make([]int32, 0, len(set.Cells))
	for i, c := range set.Cells {
		rows = append(rows, int32(n.cells.block(int(c))*n.task.V)+int32(set.Symbols[i]))
	}
	return rows
}

// positionsOf returns the positions of the parents of consecutive children.
func (n *Net) positionsOf(below []int32, l int) []int32 {
	s := n.shape[l]
	out := make([]int32, 0, len(below)/s.fan)
	for i := 0; i < len(below); i += s.fan {
		out = append(out, below[i]/int32(s.children))
	}
	return out
}

// distinctNodes finds the different pairs of position and children, in order of first mention. It returns the node of
// each pair, and each node's position and children. At the top every example is a node.
func distinctNodes(positions, children []int32, fan int, top bool) (which, pos, parts []int32) {
	if top {
		which = make([]int32, len(positions))
		for i := range which {
			which[i] = int32(i)
		}
		return which, positions, append([]int32(nil), children...)
	}
	seen := make(map[string]int32, len(positions))
	key := make([]byte, 0, 4*(fan+1))
	for i, p := range positions {
		tuple := children[i*fan : (i+1)*fan]
		key = binary.LittleEndian.AppendUint32(key[:0], uint32(p))
		for _, c := range tuple {
			key = binary.LittleEndian.AppendUint32(key, uint32(c))
		}
		id, ok := seen[string(key)]
		if !ok {
			id = int32(len(pos))
			seen[string(key)] = id
			pos = append(pos, p)
			parts = append(parts, tuple...)
		}
		which = append(which, id)
	}
	return which, pos, parts
}

// arrange assigns rows to nodes and links them with the layer below. It returns the row of each node.
func (n *Net) arrange(lv *nodes, l int, pos, parts []int32) (rowOf []int32) {
	order := n.group(lv, l, pos)
	fan := n.shape[l].fan
	rowOf = make([]int32, len(pos))
	lv.children.start = counting(len(pos), fan)
	for k, id := range order {
		rowOf[id] = lv.row[k]
		lv.pos = append(lv.pos, pos[id])
		lv.children.of = append(lv.children.of, parts[int(id)*fan:(int(id)+1)*fan]...)
	}
	if n.constants {
		for _, p := range lv.pos {
			lv.base = append(lv.base, lv.constant[p])
		}
	}
	lv.at = invert(lv.pos, 1, lv.row, n.shape[l].positions)
	lv.all = lists{[]int32{0, int32(len(lv.row))}, lv.row}
	n.linkParents(lv, l)
	return rowOf
}

// group orders nodes by block and assigns rows to them and to the constant rows.
func (n *Net) group(lv *nodes, l int, pos []int32) (order []int32) {
	shape := n.shape[l]
	if n.constants {
		lv.constant = make([]int32, shape.positions)
	}
	lv.row = make([]int32, 0, len(pos))
	if shape.blocks() == 0 {
		return n.groupTop(lv, len(pos))
	}
	members := byBlock(shape.sharing, pos)
	blanks := byBlock(shape.sharing, counting(len(lv.constant)-1, 1)) // positions, if they have constant rows
	for b, ids := range members {
		lo := lv.rows
		for _, id := range ids {
			order = append(order, id)
			lv.row = append(lv.row, int32(lv.rows))
			lv.rows++
		}
		for _, p := range blanks[b] {
			lv.constant[p] = int32(lv.rows)
			lv.rows++
		}
		lv.blocks = append(lv.blocks, span{lo, lv.rows})
		lv.rows = aligned(lv.rows)
	}
	return order
}

// groupTop assigns rows in order, one to each example.
func (n *Net) groupTop(lv *nodes, examples int) (order []int32) {
	order = counting(examples-1, 1)
	lv.row = append(lv.row, order...)
	lv.rows = aligned(examples)
	if n.constants {
		lv.constant[0] = int32(lv.rows)
		lv.rows += 8
	}
	return order
}

// byBlock lists, for each weight block, the indices of the places that it reads.
func byBlock(s sharing, places []int32) [][]int32 {
	out := make([][]int32, s.blocks())
	for i, p := range places {
		b := s.block(int(p))
		out[b] = append(out[b], int32(i))
	}
	return out
}

// linkParents lists, for every row below or weight row, the nodes that it is part of.
func (n *Net) linkParents(lv *nodes, l int) {
	slot := make(map[int32]int32, len(lv.children.of))
	of := make([]int32, len(lv.children.of))
	for i, c := range lv.children.of {
		s, ok := slot[c]
		if !ok {
			s = int32(len(lv.used))
			slot[c] = s
			lv.used = append(lv.used, c)
		}
		of[i] = s
	}
	lv.parents = invert(of, n.shape[l].fan, lv.row, len(lv.used))
}

// invert lists, for each key, the names of the entries that hold it, in order; fan consecutive keys share one name.
func invert(keys []int32, fan int, names []int32, n int) lists {
	start := make([]int32, n+1)
	for _, k := range keys {
		start[k+1]++
	}
	for i := range n {
		start[i+1] += start[i]
	}
	next := append([]int32(nil), start[:n]...)
	of := make([]int32, len(keys))
	for i, k := range keys {
		of[next[k]] = names[i/fan]
		next[k]++
	}
	return lists{start, of}
}

// counting returns 0, step, 2·step, … , n·step.
func counting(n, step int) []int32 {
	out := make([]int32, n+1)
	for i := range out {
		out[i] = int32(i * step)
	}
	return out
}

// aligned returns n rounded up to a multiple of 8.
func aligned(n int) int { return (n + 7) / 8 * 8 }
