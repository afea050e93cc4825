package command

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"srhmbench/srhm"
	"srhmbench/srhm/net/zoo"
	"srhmbench/srhm/numpy"
	"srhmbench/srhm/spec"
	"srhmbench/srhm/train"
)

func (p *program) datasetCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "dataset [FLAG...]",
		Short: "write training or test examples, for NumPy, PyTorch or a spreadsheet",
		Long: `Writes the examples that train, given the same flags, trains on or is tested on. The file's extension picks the format:
  .npz  for numpy.load, arrays by name      .npy  one array of records with these fields      .csv  a line for each example

arrays, for n examples of s^L symbols among d = (s(s0+1))^L cells:
  tokens      n × s^L, int32       symbols, 0 to v-1; blanks are left out
  positions   n × s^L, int32       cells they stand in, 0 to d-1, ascending
  labels      n, int64             classes, 0 to n_c-1
  x           n × v × d, float32   with --dense, in place of tokens and positions: one-hot, in the encoding

splits: training, mini-batch by mini-batch; test, examples that are not in the training set; fresh, test examples as
drawn, some of which may be in it, as the authors measure; validation, an independent set.`,
		Example: examples(
			"dataset --v 8 --s0 1 --P 4000 --out training.npz",
			"dataset --v 8 --s0 1 --P 4000 --split test --dense --encoding zero --out test.npz",
			"dataset --v 4 --P 64 --grammar random:7 --batching shuffled --seed 3 --out data.csv",
		),
	}
	d := &datasetFlags{taskFlags: &taskFlags{set: c.Flags()}}
	d.taskFlags.declareTask(c)
	d.declareProtocol(c)
	intFlag(c, &d.p, "P", 0, "training-set `SIZE`, all classes together; must be given, there is no default")
	seedFlag(c, &d.seed, "seed", 1, "`SEED` of the examples")
	choiceFlag(c, &d.split, "split", splits[0], splits, "`SPLIT`: "+strings.Join(splits, ", "))
	c.Flags().BoolVar(&d.dense, "dense", false, "one-hot arrays")
	fileFlag(c, &d.out, "out", "`FILE` to write, .npz, .npy or .csv; must be given", "npz", "npy", "csv")
	c.RunE = func(c *cobra.Command, args []string) error { return d.do(c.Context(), p) }
	return c
}

var splits = []string{"training", "test", "fresh", "validation"}

type datasetFlags struct {
	*taskFlags
	p     int
	split string
	dense bool
}

func (d *datasetFlags) do(ctx context.Context, p *program) error {
	run, err := d.described()
	if err != nil {
		return err
	}
	format := filepath.Ext(d.out)
	if !slices.Contains([]string{".npz", ".npy", ".csv"}, format) {
		return misuse("out %q: want a file .npz, .npy or .csv", d.out)
	}
	sets, err := abandonable(ctx, func() (train.Sets, error) { return train.Data(run) })
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return invalid(err)
	}
	if d.split == "test" && sets.Unseen == sets.Fresh && sets.Seen > 0 {
		return fmt.Errorf("split test: the training set of P = %d has nearly all of the %v data there are: want a smaller P, or --split fresh", d.p, run.Task.PMax())
	}
	set := map[string]*srhm.Set{"training": sets.Training, "test": sets.Unseen, "fresh": sets.Fresh, "validation": sets.Validation}[d.split]
	arrays := leafArrays(set)
	if d.dense {
		arrays = denseArrays(set, run.Task, run.Protocol.Encoding)
	}
	write := map[string]func(io.Writer) error{
		".npz": func(w io.Writer) error { return numpy.WriteNPZ(w, arrays) },
		".npy": func(w io.Writer) error { return numpy.WriteNPY(w, arrays...) },
		".csv": func(w io.Writer) error { return writeSetCSV(w, set, run.Task, run.Protocol.Encoding, d.dense) },
	}[format]
	err = writeFile(d.out, func(w io.Writer) error { return write(untilDone{ctx, w}) })
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "%s: %d %s data of %d symbols among %d cells, %d classes\n", d.out, set.Len(), d.split, set.Leaves, run.Task.Cells(), run.Task.NC)
	return nil
}

// described returns a run with the examples that the flags describe; the network does not matter.
func (d *datasetFlags) described() (spec.Run, error) {
	switch {
	case !d.set.Changed("v"):
		return spec.Run{}, misuse("--v is missing: the vocabulary size, 2 or more")
	case !d.set.Changed("P"):
		return spec.Run{}, misuse("--P is missing: the training-set size, 1 or more")
	case d.out == "":
		return spec.Run{}, misuse("--out is missing: the file to write, .npz, .npy or .csv")
	case !slices.Contains(splits, d.split):
		return spec.Run{}, misuse("split %q: want one of %s", d.split, strings.Join(splits, ", "))
	}
	how, err := d.describedProtocol(zoo.Default)
	if err != nil {
		return spec.Run{}, err
	}
	if d.split == "validation" {
		how.Checkpoint = spec.BestValidation
	}
	run := spec.Run{Task: d.describedTask(), Network: zoo.Default.Network(), Protocol: how, P: d.p, Seed: d.seed}
	run.Network.Width = 1
	if err := zoo.Validate(run); err != nil {
		return run, invalid(err)
	}
	if n := float64(run.Task.V) * float64(run.Task.Cells()); d.dense && n > maxDense {
		return run, misuse("--dense: a datum would be v d = %.3g numbers, want at most %d; tokens and positions have no limit", n, maxDense)
	}
	return run, nil
}

// maxDense bounds the numbers of a one-hot example; one at a time is in memory.
const maxDense = 1 << 26

// leafArrays returns symbols and positions.
func leafArrays(set *srhm.Set) []numpy.Array {
	n := set.Leaves
	return []numpy.Array{
		{Name: "tokens", Type: numpy.Int32, Shape: []int{set.Len(), n}, Row: func(b []byte, i int) []byte { return numpy.AppendInt32s(b, set.Symbols[i*n:(i+1)*n]...) }},
		{Name: "positions", Type: numpy.Int32, Shape: []int{set.Len(), n}, Row: func(b []byte, i int) []byte { return numpy.AppendInt32s(b, set.Cells[i*n:(i+1)*n]...) }},
		labelArray(set),
	}
}

func labelArray(set *srhm.Set) numpy.Array {
	return numpy.Array{Name: "labels", Type: numpy.Int64, Shape: []int{set.Len()}, Row: func(b []byte, i int) []byte { return numpy.AppendInt64s(b, set.Labels[i]) }}
}

// denseArrays returns the examples as a network sees them.
func denseArrays(set *srhm.Set, t srhm.Task, e srhm.Encoding) []numpy.Array {
	x := make([]float32, t.V*t.Cells())
	return []numpy.Array{
		{Name: "x", Type: numpy.Float32, Shape: []int{set.Len(), t.V, t.Cells()}, Row: func(b []byte, i int) []byte {
			srhm.Encode(x, t, e, set, i)
			return numpy.AppendFloat32s(b, x...)
		}},
		labelArray(set),
	}
}

// writeSetCSV writes a line for each example: its label, then symbols and cells, or x channel by channel.
func writeSetCSV(w io.Writer, set *srhm.Set, t srhm.Task, e srhm.Encoding, dense bool) error {
	b := bufio.NewWriter(w)
	line := []byte("label")
	if dense {
		line = appendNames(line, "x", t.V*t.Cells())
	} else {
		line = appendNames(appendNames(line, "token", set.Leaves), "position", set.Leaves)
	}
	b.Write(append(line, '\n')) // the first error of all is that of Flush
	var x []float32
	if dense {
		x = make([]float32, t.V*t.Cells())
	}
	for i := range set.Len() {
		line = strconv.AppendInt(line[:0], int64(set.Labels[i]), 10)
		if dense {
			srhm.Encode(x, t, e, set, i)
			for _, v := range x {
				line = strconv.AppendFloat(append(line, ','), float64(v), 'g', -1, 32)
			}
		} else {
			line = appendNumbers(line, set.Symbols[i*set.Leaves:(i+1)*set.Leaves])
			line = appendNumbers(line, set.Cells[i*set.Leaves:(i+1)*set.Leaves])
		}
		b.Write(append(line, '\n'))
	}
	return b.Flush()
}

func appendNames(line []byte, name string, n int) []byte {
	for i := range n {
		line = fmt.Appendf(line, ",%s%d", name, i)
	}
	return line
}

func appendNumbers[T ~uint16 | ~uint32](line []byte, numbers []T) []byte {
	for _, x := range numbers {
		line = strconv.AppendUint(append(line, ','), uint64(x), 10)
	}
	return line
}
