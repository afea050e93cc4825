package train

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"math"
	"math/rand/v2"
	"os"
	"time"

	"srhmbench/internal/atomicfile"
	"srhmbench/srhm/net"
	"srhmbench/srhm/spec"
)

// A checkpoint holds everything that a training has changed since its start, so that another process can resume it with
// the same bits:
//
//	magic            a line
//	header           a line of JSON
//	order            of the mini-batches, uint32
//	network          weights, momenta, counters (net.WriteState)
//	best weights     of a probed run that has been checked
//	SHA-256          of all before
//
// Numbers are little-endian. All lengths follow from the description of the run.
const magic = "srhm-checkpoint/1\n"

type header struct {
	Run    string      `json:"run"`    // id of the description
	Done   int         `json:"done"`   // steps of the current epoch
	Sum    uint64      `json:"sum"`    // of their cross-entropies, the bits of a float64
	Stuck  int         `json:"stuck"`  // see training
	Nanos  int64       `json:"nanos"`  // of wall-clock time spent
	Source []byte      `json:"source"` // of the order's random stream
	Result spec.Result `json:"result"` // so far
}

// saver decides when a training is saved, and where.
type saver struct {
	file    string // "" for nowhere
	every   time.Duration
	next    time.Time
	started time.Time     // when this process began
	earlier time.Duration // spent by earlier processes
}

// writeShare bounds the time that goes into checkpoints: one part in writeShare.
const writeShare = 50

// pause saves the training when it is time, and when the context has ended. It returns the context's error.
func (t *training) pause(ctx context.Context) error {
	stop := ctx.Err()
	if t.save.file == "" || stop == nil && time.Now().Before(t.save.next) {
		return stop
	}
	started := time.Now()
	if err := atomicfile.Write(t.save.file, t.write); err != nil {
		slog.Warn("train: no checkpoint", "run", t.run.ID(), "error", err)
	}
	t.save.next = time.Now().Add(max(t.save.every, writeShare*time.Since(started)))
	return stop
}

// RemoveCheckpoint removes the checkpoint of a training that is over, if there is one.
func RemoveCheckpoint(name string) error {
	if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

func (t *training) write(to io.Writer) error {
	sum := sha256.New()
	w := bufio.NewWriterSize(io.MultiWriter(to, sum), 1<<16)
	if err := t.writeContent(w); err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return err
	}
	_, err := to.Write(sum.Sum(nil))
	return err
}

func (t *training) writeContent(w io.Writer) error {
	order := t.batches.now()
	source, err := order.source.MarshalBinary()
	if err != nil {
		return err
	}
	h := header{Run: t.run.ID(), Done: t.done, Sum: math.Float64bits(t.sum), Stuck: t.stuck, Source: source, Result: t.result}
	h.Nanos = int64(t.save.earlier + time.Since(t.save.started))
	line, err := json.Marshal(h)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(w, "%s%s\n", magic, line); err != nil {
		return err
	}
	of := make([]uint32, len(order.of))
	for i, k := range order.of {
		of[i] = uint32(k)
	}
	if err := binary.Write(w, binary.LittleEndian, of); err != nil {
		return err
	}
	if err := net.WriteState(w, t.net); err != nil {
		return err
	}
	if t.keeps(t.result) {
		return t.best.Write(w)
	}
	return nil
}

// keeps reports whether a training with this result so far keeps the weights of the check that counts.
func (t *training) keeps(r spec.Result) bool {
	return (t.run.Probe.Inputs > 0 || t.given) && len(r.Checks) > 0
}

// resume continues from the checkpoint, if there is one. It ignores one that is damaged or of another run, with a
// warning. It returns an error if the disk fails in the middle of a checkpoint that was whole.
func (t *training) resume(name string) error {
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		slog.Warn("train: starts anew, its checkpoint cannot be read", "error", err)
		return nil
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	c, err := t.inspect(f, info.Size())
	if err != nil {
		slog.Warn("train: starts anew, its checkpoint is no good", "file", name, "error", err)
		return nil
	}
	if err := t.adopt(c); err != nil {
		return fmt.Errorf("checkpoint %s: %w", name, err)
	}
	slog.Info("train: goes on from a checkpoint", "run", t.run.ID(), "epoch", t.result.Epochs, "step", t.result.Steps)
	return nil
}

// opened is a checkpoint that belongs to the training, read up to its order.
type opened struct {
	header
	order []int
	rest  io.Reader
}

// inspect checks a checkpoint without changing the training.
func (t *training) inspect(f io.ReadSeeker, size int64) (opened, error) {
	content := size - sha256.Size
	if err := verify(f, content); err != nil {
		return opened{}, err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return opened{}, err
	}
	r := bufio.NewReaderSize(io.LimitReader(f, content), 1<<16)
	if line, err := r.ReadString('\n'); err != nil || line != magic {
		return opened{}, fmt.Errorf("it does not begin with %q", magic)
	}
	line, err := r.ReadBytes('\n')
	if err != nil {
		return opened{}, errors.New("it ends in its header")
	}
	c := opened{rest: r}
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&c.header); err != nil {
		return opened{}, fmt.Errorf("header: %w", err)
	}
	if err := t.fitting(c.header); err != nil {
		return opened{}, err
	}
	if want := int64(len(magic)+len(line)) + t.bodyBytes(c.header); content != want {
		return opened{}, fmt.Errorf("%d bytes, want %d", size, want+sha256.Size)
	}
	c.order, err = readOrder(r, len(t.batches.now().of))
	return c, err
}

// verify compares the checksum with the content.
func verify(f io.Reader, content int64) error {
	if content < 0 {
		return errors.New("it is torn")
	}
	sum, want := sha256.New(), make([]byte, sha256.Size)
	if _, err := io.CopyN(sum, f, content); err != nil {
		return err
	}
	if _, err := io.ReadFull(f, want); err != nil {
		return err
	}
	if !bytes.Equal(sum.Sum(nil), want) {
		return errors.New("its checksum is not that of its content")
	}
	return nil
}

// fitting returns an error if a header cannot be of this training.
func (t *training) fitting(h header) error {
	r, count := h.Result, t.batches.count()
	switch {
	case h.Run != t.run.ID():
		return fmt.Errorf("it is of run %q", h.Run)
	case h.Nanos < 0:
		return fmt.Errorf("%d ns spent on it", h.Nanos)
	case h.Done < 1 || h.Done > count || r.Epochs < 0 || r.Epochs >= t.run.Protocol.MaxEpochs || r.Steps != r.Epochs*count+h.Done:
		return fmt.Errorf("%d steps, %d of them after %d epochs of %d", r.Steps, h.Done, r.Epochs, count)
	case r.Outcome != "" || r.TrainingSize != t.result.TrainingSize || r.SeenFraction != t.result.SeenFraction:
		return errors.New("it is of other data, or of a training that was over")
	}
	return new(rand.PCG).UnmarshalBinary(h.Source)
}

// bodyBytes returns the length of what follows the header, without the checksum.
func (t *training) bodyBytes(h header) int64 {
	n := 4*int64(len(t.batches.now().of)) + net.StateBytes(t.net)
	if t.keeps(h.Result) {
		n += net.WeightsBytes(t.net)
	}
	return n
}

// readOrder reads a permutation of 0 to n-1.
func readOrder(r io.Reader, n int) ([]int, error) {
	of, seen, out := make([]uint32, n), make([]bool, n), make([]int, n)
	if err := binary.Read(r, binary.LittleEndian, of); err != nil {
		return nil, err
	}
	for i, k := range of {
		if k >= uint32(n) || seen[k] {
			return nil, errors.New("its order is no permutation")
		}
		seen[k], out[i] = true, int(k)
	}
	return out, nil
}

// adopt takes over the state of a checkpoint.
func (t *training) adopt(c opened) error {
	if err := net.ReadState(c.rest, t.net); err != nil {
		return err
	}
	t.done, t.sum, t.stuck, t.result = c.Done, math.Float64frombits(c.Sum), c.Stuck, c.Result
	t.save.earlier = time.Duration(c.Nanos)
	if t.keeps(t.result) {
		if err := t.best.Read(c.rest, t.net); err != nil {
			return err
		}
	}
	order := t.batches.now()
	order.of = c.order
	return order.source.UnmarshalBinary(c.Source)
}
