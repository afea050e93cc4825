package train

import (
	"math/rand/v2"

	"srhmbench/srhm"
	"srhmbench/srhm/net"
	"srhmbench/srhm/spec"
)

// batches gives the mini-batches of an epoch in random order.
type batches interface {
	shuffle()
	count() int
	get(i int) *net.Batch
}

func newBatches(n *net.Net, run spec.Run, set *srhm.Set) batches {
	order := srhm.Stream("order", run.Seed)
	size := run.BatchSize()
	if run.Protocol.Batching == spec.Fixed {
		return &fixedBatches{net: n, set: set, size: size, r: order, order: identity(set.Len() / size), kept: make([]*net.Batch, set.Len()/size)}
	}
	return &shuffledBatches{net: n, set: set, size: size, r: order, order: identity(set.Len())}
}

func identity(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

func permute(r *rand.Rand, x []int) { r.Shuffle(len(x), func(i, j int) { x[i], x[j] = x[j], x[i] }) }

// keepBytes bounds the memory of arranged batches that are kept between epochs.
const keepBytes = 1 << 30

// fixedBatches always have the same members; only their order changes.
type fixedBatches struct {
	net   *net.Net
	set   *srhm.Set
	size  int
	r     *rand.Rand
	order []int
	kept  []*net.Batch
	bytes int64
}

func (f *fixedBatches) shuffle()   { permute(f.r, f.order) }
func (f *fixedBatches) count() int { return len(f.order) }

func (f *fixedBatches) get(i int) *net.Batch {
	k := f.order[i]
	if f.kept[k] != nil {
		return f.kept[k]
	}
	b := f.net.NewBatch(f.set.Slice(k*f.size, (k+1)*f.size))
	if f.bytes += b.Bytes(); f.bytes <= keepBytes {
		f.kept[k] = b
	}
	return b
}

// shuffledBatches are drawn anew from the training set every epoch, each datum once; the last batch may
// be smaller.
type shuffledBatches struct {
	net   *net.Net
	set   *srhm.Set
	size  int
	r     *rand.Rand
	order []int
}

func (s *shuffledBatches) shuffle()   { permute(s.r, s.order) }
func (s *shuffledBatches) count() int { return (len(s.order) + s.size - 1) / s.size }

func (s *shuffledBatches) get(i int) *net.Batch {
	b := &srhm.Set{Leaves: s.set.Leaves}
	for _, k := range s.order[i*s.size : min((i+1)*s.size, len(s.order))] {
		b.Append(s.set.Slice(k, k+1))
	}
	return s.net.NewBatch(b)
}
