package train

import (
	"math/rand/v2"

	"srhmbench/srhm"
	"srhmbench/srhm/net"
	"srhmbench/srhm/spec"
)

// batches are the mini-batches of an epoch, in random order.
type batches interface {
	shuffle()
	count() int
	get(i int) net.Batch
	now() *order
}

func newBatches(n net.Batcher, run spec.Run, set *srhm.Set) batches {
	size := run.BatchSize()
	if run.Protocol.Batching == spec.Fixed {
		count := set.Len() / size
		return &fixedBatches{order: newOrder(run.Seed, count), net: n, set: set, size: size, kept: make([]net.Batch, count)}
	}
	return &shuffledBatches{order: newOrder(run.Seed, set.Len()), net: n, set: set, size: size}
}

// order is a permutation that is shuffled every epoch.
type order struct {
	source *rand.PCG
	of     []int
}

func newOrder(seed uint64, n int) order { return order{srhm.Source("order", seed), identity(n)} }

func (o *order) shuffle() {
	rand.New(o.source).Shuffle(len(o.of), func(i, j int) { o.of[i], o.of[j] = o.of[j], o.of[i] })
}

func (o *order) now() *order { return o }

func identity(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// keepBytes bounds the memory of arranged batches that are kept between epochs.
const keepBytes = 1 << 30

// fixedBatches keep their members; only their order changes.
type fixedBatches struct {
	order
	net   net.Batcher
	set   *srhm.Set
	size  int
	kept  []net.Batch
	bytes int64
}

func (f *fixedBatches) count() int { return len(f.of) }

func (f *fixedBatches) get(i int) net.Batch {
	k := f.of[i]
	if f.kept[k] != nil {
		return f.kept[k]
	}
	b := f.net.NewBatch(f.set.Slice(k*f.size, (k+1)*f.size))
	if f.bytes += b.Bytes(); f.bytes <= keepBytes {
		f.kept[k] = b
	}
	return b
}

// shuffledBatches divide the training set anew every epoch; the last one may be smaller.
type shuffledBatches struct {
	order
	net  net.Batcher
	set  *srhm.Set
	size int
}

func (s *shuffledBatches) count() int { return (len(s.of) + s.size - 1) / s.size }

func (s *shuffledBatches) get(i int) net.Batch {
	b := &srhm.Set{Leaves: s.set.Leaves}
	for _, k := range s.of[i*s.size : min((i+1)*s.size, len(s.of))] {
		b.Append(s.set.Slice(k, k+1))
	}
	return s.net.NewBatch(b)
}
