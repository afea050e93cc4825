package command

import (
	"math"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"srhmbench/srhm"
	"srhmbench/srhm/net"
	"srhmbench/srhm/net/zoo"
	"srhmbench/srhm/spec"
)

// taskFlags are the flags of the commands that train what the command line describes.
type taskFlags struct {
	set      *pflag.FlagSet
	task     srhm.Task
	network  spec.Network
	preset   string
	protocol spec.Protocol // only what is given on the command line counts
	probe    spec.Probe
	seed     uint64
	seeds    int
	threads  int
	out      string
	save     time.Duration
	memory   float64
	json     bool
}

func declareTask(c *cobra.Command) *taskFlags {
	t := &taskFlags{set: c.Flags()}
	t.declareTask(c)
	t.declareNetwork(c)
	t.declareProtocol(c)
	seedFlag(c, &t.seed, "seed", 1, "`SEED` of examples, initialisation and order")
	intFlag(c, &t.seeds, "seeds", 1, "how many seeds, `N`, counted up from --seed")
	dirFlag(c, &t.out, "out", "out", "`DIR` of the store; what it has already is not trained again")
	saveFlag(c, &t.save)
	memoryFlag(c, &t.memory)
	c.Flags().BoolVar(&t.json, "json", false, "print JSON on stdout")
	return t
}

func (t *taskFlags) declareTask(c *cobra.Command) {
	d := srhm.Task{}.WithDefaults()
	intFlag(c, &t.task.V, "v", 0, "vocabulary size `N`; must be given, there is no default")
	intFlag(c, &t.task.NC, "nc", 0, "classes n_c, `N` (default v)")
	intFlag(c, &t.task.M, "m", 0, "synonyms per symbol, `N` (default v^(s-1))")
	intFlag(c, &t.task.S, "s", d.S, "children per rule, `N`")
	intFlag(c, &t.task.S0, "s0", 0, "blanks per child, `N`")
	intFlag(c, &t.task.L, "L", d.L, "levels, `N`")
	choiceFlag(c, &t.task.Sparsity, "sparsity", d.Sparsity, []string{string(srhm.SparsityA), string(srhm.SparsityB)}, "`LETTER`: A, each child in its own part of the patch, or B, anywhere in order")
	textFlag(c, &t.task.Grammar, "grammar", d.Grammar, "`RULES`: authors:SEED, those of the authors' program, or random:SEED, our own")
	complete(c, "grammar", cobra.FixedCompletions([]string{"authors:", "random:"}, cobra.ShellCompDirectiveNoFileComp|cobra.ShellCompDirectiveNoSpace))
}

func (t *taskFlags) declareNetwork(c *cobra.Command) {
	d := zoo.Default.Network()
	choiceFlag(c, &t.network.Kind, "net", d.Kind, zoo.Names(), "`KIND` of network: "+zoo.Choice())
	intFlag(c, &t.network.Width, "width", 0, "channels per layer, `N` (default the network's)")
	c.Flags().BoolVar(&t.network.Bias, "bias", d.Bias, "biases; --bias=false for none")
	choiceFlag(c, &t.network.Init, "init", spec.AuthorsInitName, []string{spec.AuthorsInitName, spec.PatchInit, spec.PyTorchInit}, "`NAME` of how weights start: authors, patch (scaled by the fan-in of the whole patch), or pytorch (its defaults)")
	choiceFlag(c, &t.network.Readout, "readout", spec.MeanFieldName, []string{spec.MeanFieldName, spec.RootReadout}, "`NAME` of the output's factor: mean, 1/width, or sqrt, 1/sqrt(width) with a step of lr, not lr times the width")
	intFlag(c, &t.network.Layers, "layers", 0, "`N` hidden layers (default L); fewer: the output averages over the patches left; more: fcn only")
	textFlag(c, &t.network.Tied, "tied", "", "`LIST` of hidden layers, 1 the lowest, whose weights are shared by the s0+1 places of a sub-patch")
}

func (t *taskFlags) declareProtocol(c *cobra.Command) {
	const theProtocols = " (default the protocol's)"
	p := &t.protocol
	choiceFlag(c, &t.preset, "protocol", spec.Protocols[0], spec.Protocols, "`NAME` of a way to train: "+strings.Join(spec.Protocols, ", "))
	floatFlag(c, &p.LR, "lr", 0, "learning rate `X`; lcn, cnn and fcn multiply it by the width"+theProtocols)
	floatFlag(c, &p.Momentum, "momentum", 0, "momentum `X`, in [0, 1)"+theProtocols)
	intFlag(c, &p.Batch, "batch", 0, "`N` examples per class in a fixed batch, or in all of a shuffled one"+theProtocols)
	choiceFlag(c, &p.Batching, "batching", "", []string{spec.Fixed, spec.Shuffled}, "`KIND` of batches, fixed or shuffled"+theProtocols)
	choiceFlag(c, &p.Encoding, "encoding", "", []string{string(srhm.Whitened), string(srhm.Zero)}, "`NAME` of what blanks look like, whitened or zero"+theProtocols)
	floatFlag(c, &p.StopLoss, "stop-loss", 0, "stop when the mean cross-entropy is below `X`"+theProtocols)
	floatFlag(c, &p.StopError, "stop-error", 0, "stop when the test error is below `X`; 0 is never"+theProtocols)
	intFlag(c, &p.MaxEpochs, "max-epochs", 0, "give up after `N` epochs"+theProtocols)
	intFlag(c, &p.CheckEvery, "check-every", 0, "`N` epochs between checks of loss and test error"+theProtocols)
	choiceFlag(c, &p.Checkpoint, "checkpoint", "", []string{spec.BestTest, spec.BestValidation, spec.Last}, "`NAME` of the epoch that counts: best-test, best-validation or last"+theProtocols)
	intFlag(c, &p.TestSize, "test-size", 0, "`N` test examples"+theProtocols)
}

// declareProbe declares the flags of commands that probe their trainings.
func (t *taskFlags) declareProbe(c *cobra.Command) {
	intFlag(c, &t.probe.Inputs, "probe", 0, "measure the sensitivities S and D of every layer with `N` inputs; 0 does not")
	c.Flags().BoolVar(&t.probe.Training, "probe-training", false, "measure S and D at the end also in training mode: batch norm by the moments of what is measured, and dropout")
	intFlag(c, &t.probe.Times, "probe-times", 0, "also look `N` times a decade of steps, from step 0 to the end: test error, S and D; 0 does not")
}

// check checks the flags that are not part of a run.
func (t *taskFlags) check() error {
	if !t.set.Changed("v") {
		return misuse("--v is missing: the vocabulary size, 2 or more")
	}
	if t.seeds < 1 || t.seeds > maxSeeds {
		return misuse("seeds %d: want 1 to %d", t.seeds, maxSeeds)
	}
	if t.seed > math.MaxUint64-uint64(t.seeds-1) {
		return misuse("seed %d, seeds %d: the last seed would be above 2^64-1", t.seed, t.seeds)
	}
	if err := checkThreads(t.threads); err != nil {
		return err
	}
	if err := checkSave(t.save); err != nil {
		return err
	}
	return checkDir(t.out)
}

const maxSeeds = 1 << 20

// describedTask returns the task, with defaults for flags that are not given.
func (t *taskFlags) describedTask() srhm.Task {
	task := t.task
	full := task.WithDefaults()
	if !t.set.Changed("nc") {
		task.NC = full.NC
	}
	if !t.set.Changed("m") {
		task.M = full.M
	}
	return task
}

// checkNetwork refuses zero values that were given: in a description they would mean the default.
func (t *taskFlags) checkNetwork() error {
	switch {
	case t.network.Init == "":
		return misuse("init %q: want %s, %s or %s", "", spec.AuthorsInitName, spec.PatchInit, spec.PyTorchInit)
	case t.network.Readout == "":
		return misuse("readout %q: want %s or %s", "", spec.MeanFieldName, spec.RootReadout)
	case t.set.Changed("layers") && t.network.Layers == 0:
		return misuse("layers 0: want 1 or more")
	}
	return nil
}

// describedNetwork returns the default of a kind of network, changed by the flags that are given.
func (t *taskFlags) describedNetwork(kind net.Kind, task srhm.Task) (spec.Network, error) {
	if err := t.checkNetwork(); err != nil {
		return spec.Network{}, err
	}
	n, usual := t.network, kind.Network()
	if !t.set.Changed("width") {
		n.Width = usual.Width
	}
	if !t.set.Changed("bias") {
		n.Bias = usual.Bias
	}
	return n.Described(task), nil
}

// describedProtocol returns the preset for a kind of network, changed by the flags that are given.
func (t *taskFlags) describedProtocol(kind net.Kind) (spec.Protocol, error) {
	p, err := spec.Preset(t.preset)
	if err != nil {
		return p, invalid(err)
	}
	p = kind.Protocol(p)
	t.set.Visit(func(f *pflag.Flag) {
		switch f.Name {
		case "lr":
			p.LR = t.protocol.LR
		case "momentum":
			p.Momentum = t.protocol.Momentum
		case "batch":
			p.Batch = t.protocol.Batch
		case "batching":
			p.Batching = t.protocol.Batching
		case "encoding":
			p.Encoding = t.protocol.Encoding
		case "stop-loss":
			p.StopLoss = t.protocol.StopLoss
		case "stop-error":
			p.StopError = t.protocol.StopError
		case "max-epochs":
			p.MaxEpochs = t.protocol.MaxEpochs
		case "check-every":
			p.CheckEvery = t.protocol.CheckEvery
		case "checkpoint":
			p.Checkpoint = t.protocol.Checkpoint
		case "test-size":
			p.TestSize = t.protocol.TestSize
		}
	})
	return p, nil
}

// run returns the run that the flags describe, with the first seed. Where batches are fixed, P is rounded up to whole
// batches, so that equal trainings have equal ids.
func (t *taskFlags) run(p int) (spec.Run, error) {
	kind, err := zoo.Lookup(t.network.Kind)
	if err != nil {
		return spec.Run{}, invalid(err)
	}
	protocol, err := t.describedProtocol(kind)
	if err != nil {
		return spec.Run{}, err
	}
	task := t.describedTask()
	network, err := t.describedNetwork(kind, task)
	if err != nil {
		return spec.Run{}, err
	}
	r := spec.Run{Task: task, Network: network, Protocol: protocol, P: p, Seed: t.seed, Probe: t.probe}
	if err := zoo.Validate(r); err != nil {
		return r, invalid(err)
	}
	r.P = r.TrainingSize()
	if err := zoo.Validate(r); err != nil {
		return r, invalid(err)
	}
	return r, nil
}
