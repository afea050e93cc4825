package sweep

import (
	"reflect"
	"strings"
	"testing"

	"srhmbench/srhm"
	"srhmbench/srhm/net/zoo"
	"srhmbench/srhm/spec"
)

func mustGrid(t *testing.T, text string) Plan {
	t.Helper()
	p, err := ReadGrid("grid.toml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// What is not said is as in train and search.
func TestGridDefaults(t *testing.T) {
	want := authorsRun(t, srhm.Task{V: 6, S0: 1}, spec.LCN, 512, 312)
	got := mustGrid(t, "P = 300 # rounded up to whole batches of 24\n[task]\nv = 6\ns0 = 1\n")
	if !reflect.DeepEqual(got, Plan{Runs: []spec.Run{want}}) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	search := Search{Task: want.Task, Network: want.Network, Protocol: want.Protocol, Seed: 1, Epsilon: DefaultEpsilon, Ratio: DefaultRatio}
	for _, text := range []string{"search = true\ntask = { v = 6, s0 = 1 }", "[task]\nv = 6\ns0 = 1\n[search]", "task.v = 6\ntask.s0 = 1\n[search]\nratio = 1.1\nepsilon = 0.1"} {
		if got := mustGrid(t, text); !reflect.DeepEqual(got, Plan{Searches: []Search{search}}) {
			t.Errorf("%s\ngot %+v, want %+v", text, got, search)
		}
	}
}

// Every setting reaches the run.
func TestGridSettings(t *testing.T) {
	text := `
P = 30
seed = 7
probe = 100
[task]
v = 5
nc = 3
m = 2
s = 3
s0 = 2
L = 1
sparsity = "B"
grammar = "random:4"
[network]
net = "cnn"
width = 8
bias = false
[protocol]
name = "careful"
encoding = "zero"
batching = "shuffled"
batch = 9
lr = 1
momentum = 0.5
stop-loss = 0.25
stop-error = 0.125
max-epochs = 11
check-every = 3
checkpoint = "last"
test-size = 13
`
	want := spec.Run{
		Task:    srhm.Task{V: 5, NC: 3, M: 2, S: 3, S0: 2, L: 1, Sparsity: srhm.SparsityB, Grammar: "random:4"},
		Network: spec.Network{Kind: spec.CNN, Width: 8},
		Protocol: spec.Protocol{Encoding: srhm.Zero, Batching: spec.Shuffled, Batch: 9, LR: 1, Momentum: 0.5, StopLoss: 0.25, StopError: 0.125,
			MaxEpochs: 11, CheckEvery: 3, Checkpoint: spec.Last, TestSize: 13},
		P: 30, Seed: 7, Probe: spec.Probe{Inputs: 100},
	}
	if got := mustGrid(t, text); !reflect.DeepEqual(got.Runs, []spec.Run{want}) {
		t.Errorf("got  %+v\nwant %+v", got.Runs, want)
	}
}

// The authors' settings of a network are one description, however they are asked for.
func TestGridNetworks(t *testing.T) {
	p := mustGrid(t, "P = 30\n[task]\nv = 4\n[network]\ninit = [\"authors\", \"pytorch\"]\nreadout = \"mean\"\nlayers = [1, 2]\n")
	if len(p.Runs) != 4 {
		t.Fatalf("%d runs", len(p.Runs))
	}
	if got := p.Runs[1].Network; got != zoo.Default.Network() {
		t.Errorf("the authors' network is described as %+v", got)
	}
	if got := p.Runs[2].Network; got.Init != spec.PyTorchInit || got.Layers != 1 {
		t.Errorf("described as %+v", got)
	}
}

// Lists make every combination, once, the last key fastest; m and n_c follow v where they are not given.
func TestGridExpands(t *testing.T) {
	p := mustGrid(t, `
search = true
seed = [1, 2]
[task]
v = [4, 6]
[protocol]
name = ["authors", "text"]
[network]
net = ["lcn", "cnn", "lcn"]
`)
	if len(p.Searches) != 2*2*2*2 || len(p.Runs) != 0 {
		t.Fatalf("%d searches, %d runs", len(p.Searches), len(p.Runs))
	}
	for i, s := range p.Searches {
		kind := []string{spec.LCN, spec.CNN}[i%2]
		v := []int{4, 6}[i/2%2]
		seed := uint64(i/4%2 + 1)
		batching := []string{spec.Fixed, spec.Shuffled}[i/8]
		if s.Network.Kind != kind || s.Task != (srhm.Task{V: v}).WithDefaults() || s.Seed != seed || s.Protocol.Batching != batching {
			t.Errorf("search %d is %+v", i, s)
		}
	}
	p = mustGrid(t, "P = [10, 20, 30]\n[task]\nv = 4\nm = [1, 2]\n")
	if len(p.Runs) != 4 || p.Runs[0].P != 16 || p.Runs[1].Task.M != 2 || p.Runs[3].P != 32 {
		t.Errorf("runs %+v", p.Runs)
	}
}

// Every whole number is one, however it is written, for every key that wants one; and so is it where a number will do.
func TestGridWholeNumbers(t *testing.T) {
	p := mustGrid(t, `
P = [1e2, 2.0e2, 300.0]
seed = [1e0, 2.0]
probe = 2e1
probe-times = 1e0
task = { v = 4e0, nc = 4.0, m = 4.0, s = 2e0, s0 = 0e0, L = 2.0 }
network = { width = 1.6e1, layers = 1.0 }
protocol = { batch = 4e0, max-epochs = 1e3, check-every = 1e1, test-size = 2e2, lr = 1e0, stop-loss = 1, batching = "shuffled" }
`)
	same := mustGrid(t, `
P = [100, 200, 300]
seed = [1, 2]
probe = 20
probe-times = 1
task = { v = 4, nc = 4, m = 4, s = 2, s0 = 0, L = 2 }
network = { width = 16, layers = 1 }
protocol = { batch = 4, max-epochs = 1000, check-every = 10, test-size = 200, lr = 1.0, stop-loss = 1.0, batching = "shuffled" }
`)
	if len(p.Runs) != 6 || !reflect.DeepEqual(p, same) {
		t.Errorf("%+v\nwant %+v", p, same)
	}
}

// A byte-order mark, which some editors write, is no part of the text.
func TestGridByteOrderMark(t *testing.T) {
	p := mustGrid(t, "\ufeffP = 16\r\n[task]\r\nv = 4\r\n")
	if len(p.Runs) != 1 || p.Runs[0].P != 16 {
		t.Errorf("%+v", p)
	}
	if _, err := ReadGrid("grid.toml", []byte("\ufeffP = 16\n[task]\nv = = 4\n")); err == nil || !strings.HasPrefix(err.Error(), "grid.toml:3: ") {
		t.Errorf("%v", err)
	}
}

func TestGridAuthorsGrid(t *testing.T) {
	p := mustGrid(t, "[search]\nauthors-grid = true\nratio = 1.5\n[task]\nv = 4\n")
	if len(p.Searches) != 1 || len(p.Searches[0].Grid) == 0 || p.Searches[0].Ratio != 1.5 {
		t.Errorf("%+v", p)
	}
}

// What a grid does not give is the kind's of network, cell by cell; what it gives counts for all.
func TestGridDefaultsOfNetworks(t *testing.T) {
	p := mustGrid(t, "P = 16\n[task]\nv = 4\ns0 = 2\n[network]\nnet = [\"lcn\", \"vgg11\"]\n[protocol]\nname = \"careful\"\nmax-epochs = 7\n")
	if len(p.Runs) != 2 {
		t.Fatalf("%d runs", len(p.Runs))
	}
	preset, err := spec.Preset("careful")
	if err != nil {
		t.Fatal(err)
	}
	for _, run := range p.Runs {
		kind := zoo.Must(run.Network.Kind)
		want := kind.Protocol(preset)
		want.MaxEpochs = 7
		if run.Network != kind.Network() || run.Protocol != want {
			t.Errorf("%+v, %+v", run.Network, run.Protocol)
		}
	}
}

// What is wrong is said in one line with its place.
func TestGridErrors(t *testing.T) {
	for text, want := range map[string]string{
		"":                            "grid.toml: v is missing in [task]",
		"P = 3\n":                     "grid.toml: v is missing in [task]",
		"[task]\nv = 4":               "grid.toml: neither P nor search: want P = [SIZES]",
		"search = false\n[task]\nv=4": "grid.toml: neither P nor search",
		"P = 3\n[task]\nv = 4\n[search]\nratio = 1.5":                                "grid.toml:1: P and search: want",
		"search = true\nprobe = 20\n[task]\nv = 4":                                   "grid.toml:2: probe and search: want P",
		"P = 3\n\n[task]\nv = 4\nw = 5 # ?":                                          `grid.toml:5: unknown key "w" in [task]: want v, nc, m, s, s0, L, sparsity, grammar`,
		"P = 3\nwidth = 64\n[task]\nv = 4":                                           `grid.toml:2: unknown key "width": want it in [network]`,
		"P = 3\n[task]\nv = 4\nlr = 0.1":                                             `grid.toml:4: unknown key "lr" in [task]: want it in [protocol]`,
		"steps = 3\n[task]\nv = 4":                                                   `grid.toml:1: unknown key "steps": want P, seed, probe, probe-times, probe-training, search, or a table [task], [network], [protocol], [search]`,
		"P = 3\n[task]\nv = 4\n[grid]\na = 1":                                        "grid.toml:5: unknown table [grid]: want [task], [network], [protocol], [search]",
		"P = 3\n[task]\nv = 4\n[grid]":                                               "grid.toml:4: unknown table [grid]",
		"P = 3\n[task]\nv = \"4\"":                                                   `grid.toml:3: v = "4": want a whole number, or a list of such`,
		"P = 3\n[task]\nv = [4, 4.5]":                                                "grid.toml:3: v = 4.5: want a whole number",
		"P = 3\nseed = -1\n[task]\nv = 4":                                            "grid.toml:2: seed = -1: want a whole number, 0 or more",
		"P = 3\n[task]\nv = 4\n[protocol]\nlr = \"low\"":                             `grid.toml:5: lr = "low": want a number`,
		"P = 3\n[task]\nv = 4\n[network]\nbias = 1":                                  "grid.toml:5: bias = 1: want true or false",
		"P = 3\n[task]\nv = 4\ngrammar = 7":                                          "grid.toml:4: grammar = 7: want a text in quotes",
		"P = 3\n[task]\nv = []":                                                      "grid.toml:3: v is an empty list",
		"P = 3\n[task]\nv = 1979-05-27":                                              "grid.toml:3: v: want a number, a text, true or false",
		"P = 3\n[task]\nv = [[4]]":                                                   "grid.toml:3: v: want a number",
		"P = 3\n[[task]]\nv = 4":                                                     "grid.toml:2: task: want a number",
		"P = 3\n[task]\nv = 4\nv = 5":                                                "grid.toml:4:",
		"P = 3\n[task]\nv = 4 5":                                                     "grid.toml:3:",
		"P = 3\n[task\nv = 4":                                                        "grid.toml:2:",
		"P = 99999999999999999999\n[task]\nv = 4":                                    "grid.toml:1:",
		"P = 0\n[task]\nv = 4":                                                       "grid.toml:1: training-set size P = 0: want 1 to",
		"P = 3\n[task]\nv = [4, 8]\nm = [2,\n 8]":                                    "grid.toml:4: nc = 4, m = 8: no two rules may agree, allowed is nc m up to v^s = 16",
		"P = 3\n[task]\nv = 4\nL = 17":                                               "grid.toml:4: l = 17: allowed is 1 to 16",
		"P = 3\n[task]\nv = 4\nm = 0":                                                "grid.toml:4: m = 0: allowed is 1",
		"P = 3\n[task]\nv = 4\nsparsity = \"C\"":                                     `grid.toml:4: sparsity "C": allowed is A or B`,
		"P = 3\n[task]\nv = 4\ngrammar = \"authors:x\"":                              `grid.toml:4: grammar "authors:x": allowed is authors:SEED`,
		"P = 3\n[task]\nv = 4\n[network]\nnet = \"mlp\"":                             `grid.toml:5: net "mlp": want ` + zoo.Choice(),
		"P = 3\n[task]\nv = 4\n[network]\nwidth = 0":                                 "grid.toml:5: width 0: want 1 to",
		"P = 3\n[task]\nv = 4\n[protocol]\nstop-loss = nan":                          "grid.toml:5: stop-loss NaN: want 0 or more",
		"P = 3\n[task]\nv = 4\n[protocol]\nname = [\"text\", \"\"]":                  `grid.toml:5: name = "": want one of authors, text, careful`,
		"search = true\nprobe-times = 2\n[task]\nv = 4":                              "grid.toml:2: probe-times and search: want P",
		"P = 3\nprobe-times = 2\n[task]\nv = 4":                                      "grid.toml:2: probe-times 2 without a probe",
		"P = 3\n[task]\nv = 4\n[network]\ntied = \"3\"":                              `grid.toml:5: tied "3": want layers`,
		"P = 3\nprobe = 1\n[task]\nv = 4":                                            "grid.toml:2: probe 1 inputs: want 2 to",
		"search = 1\n[task]\nv = 4":                                                  "grid.toml:1: search = 1: want true, or a table with epsilon, ratio, authors-grid",
		"search = [true, true]\n[task]\nv = 4":                                       "grid.toml:1: search: want one value, not a list",
		"[task]\nv = 4\n[search]\nepsilon = 1":                                       "grid.toml:4: epsilon = 1: want a number between 0 and 1",
		"search = { ratio = 1.0 }\n[task]\nv = 4":                                    "grid.toml:1: ratio = 1: want a number above 1",
		"[task]\nv = 4\n[search]\nauthors-grid = 1":                                  "grid.toml:4: authors-grid = 1: want true or false",
		"[task]\nv = 4\nL = 1\n[search]\nauthors-grid = true":                        "grid.toml:5: authors-grid: their sizes are not known",
		"[task]\nv = 4\n[protocol]\nstop-error = 0.1\n[search]\nauthors-grid = true": "grid.toml:6: authors-grid: their rule needs whole trainings",
		"P = [1" + strings.Repeat(", 1", 400) + "]\nseed = [1" + strings.Repeat(", 1", 400) + "]\n[task]\nv = 4": "grid.toml: the grid has more than 100000 cells",
	} {
		_, err := ReadGrid("grid.toml", []byte(text))
		if err == nil || !strings.HasPrefix(err.Error(), want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%.80q:\ngot  %v\nwant %s", text, err, want)
		}
	}
}

// Whatever the text, it is a plan that can be trained or an error in one line that names the file.
func FuzzReadGrid(f *testing.F) {
	f.Add("P = 300\n[task]\nv = 4\n")
	f.Add("search = { ratio = 1.5 }\nseed = [1, 2]\n[task]\nv = [4, 6]\ns0 = 1\n[protocol]\nname = \"text\"\nlr = 1e-2\n")
	f.Add("[task]\nv = \"\"\"\n4\"\"\"\n")
	f.Add("\"a.b\".c = {d = {e = 1}}")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := ReadGrid("grid.toml", []byte(text))
		if err != nil {
			if !strings.HasPrefix(err.Error(), "grid.toml:") || strings.Contains(err.Error(), "\n") {
				t.Errorf("error %q", err)
			}
			return
		}
		if err := p.Validate(); err != nil || len(p.Searches)+len(p.Runs) == 0 {
			t.Errorf("plan %+v: %v", p, err)
		}
	})
}
