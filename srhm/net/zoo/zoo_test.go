package zoo

import (
	"math"
	"strings"
	"testing"

	"srhmbench/srhm"
	"srhmbench/srhm/net/nettest"
	"srhmbench/srhm/spec"
)

func example(t testing.TB) spec.Run {
	t.Helper()
	p, err := spec.Preset("authors")
	if err != nil {
		t.Fatal(err)
	}
	return spec.Run{Task: srhm.Task{V: 6, S0: 1}.WithDefaults(), Network: Default.Network(), Protocol: p, P: 3054, Seed: 1}
}

func TestValidate(t *testing.T) {
	if err := Validate(example(t)); err != nil {
		t.Fatal(err)
	}
	for want, change := range map[string]func(*spec.Run){
		"v = 0":                       func(r *spec.Run) { r.Task.V = 0 },
		`net "mlp": want ` + Choice(): func(r *spec.Run) { r.Network.Kind = "mlp" },
		"width":                       func(r *spec.Run) { r.Network.Width = -1 },
		"init":                        func(r *spec.Run) { r.Network.Init = "authors" },
		"readout":                     func(r *spec.Run) { r.Network.Readout = "mean" },
		"after L":                     func(r *spec.Run) { r.Network.Layers = 3 },
		"want 0":                      func(r *spec.Run) { r.Network.Layers = 2 },
		"1 to 16":                     func(r *spec.Run) { r.Network.Kind, r.Network.Layers = spec.FCN, 17 },
		"to 2":                        func(r *spec.Run) { r.Network.Tied = "1,1" },
		"01":                          func(r *spec.Run) { r.Network.Tied = "01" },
		"commas":                      func(r *spec.Run) { r.Network.Tied = "1 2" },
		"no patches":                  func(r *spec.Run) { r.Network.Kind, r.Network.Tied = spec.FCN, "1" },
		"encoding":                    func(r *spec.Run) { r.Protocol.Encoding = "raw" },
		"batching":                    func(r *spec.Run) { r.Protocol.Batching = "" },
		"batch 0":                     func(r *spec.Run) { r.Protocol.Batch = 0 },
		"lr":                          func(r *spec.Run) { r.Protocol.LR = math.NaN() },
		"momentum":                    func(r *spec.Run) { r.Protocol.Momentum = 1 },
		"stop-loss":                   func(r *spec.Run) { r.Protocol.StopLoss = math.Inf(1) },
		"stop-error":                  func(r *spec.Run) { r.Protocol.StopError = -0.1 },
		"max-epochs":                  func(r *spec.Run) { r.Protocol.MaxEpochs = 0 },
		"check-every":                 func(r *spec.Run) { r.Protocol.CheckEvery = 0 },
		"checkpoint":                  func(r *spec.Run) { r.Protocol.Checkpoint = "first" },
		"test-size":                   func(r *spec.Run) { r.Protocol.TestSize = 0 },
		"P = 0":                       func(r *spec.Run) { r.P = 0 },
		"probe 1":                     func(r *spec.Run) { r.Probe.Inputs = 1 },
		"times -1":                    func(r *spec.Run) { r.Probe = spec.Probe{Inputs: 10, Times: -1} },
		"times 101":                   func(r *spec.Run) { r.Probe = spec.Probe{Inputs: 10, Times: 101} },
		"without":                     func(r *spec.Run) { r.Probe.Times = 2 },
	} {
		r := example(t)
		change(&r)
		err := Validate(r)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("error %v, want one line with %q", err, want)
		}
	}
}

// The names are told in words.
func TestChoice(t *testing.T) {
	if got := Choice(); !strings.HasPrefix(got, "lcn, cnn, fcn") || strings.Count(got, ", ")+strings.Count(got, " or ") != len(Kinds)-1 {
		t.Error(got)
	}
}

// What a kind takes for granted is a network of its own that can be made, and a protocol that can be followed.
func TestKinds(t *testing.T) {
	for _, name := range Names() {
		kind, err := Lookup(name)
		if err != nil || kind.Name() != name || kind.Network().Kind != name {
			t.Errorf("%s: %v, %+v", name, err, kind)
		}
		for _, preset := range spec.Protocols {
			run := example(t)
			p, err := spec.Preset(preset)
			if err != nil {
				t.Fatal(err)
			}
			run.Network, run.Protocol = kind.Network(), kind.Protocol(p)
			if err := Validate(run); err != nil {
				t.Errorf("%s, %s: %v", name, preset, err)
			}
		}
	}
}

// Every kind of network does what package net asks of it.
func TestNetworks(t *testing.T) {
	for _, kind := range Kinds {
		for _, e := range []srhm.Encoding{srhm.Whitened, srhm.Zero} {
			t.Run(kind.Name()+" "+string(e), func(t *testing.T) {
				s := nettest.Subject{Task: srhm.Task{V: 4, S0: 2}.WithDefaults(), Encoding: e}
				n := kind.Network()
				n.Width = 8
				var err error
				if s.Design, err = Design(n, s.Task); err != nil {
					t.Fatal(err)
				}
				nettest.Check(t, s)
			})
		}
	}
}
