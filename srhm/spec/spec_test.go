package spec

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"srhmbench/srhm"
)

func example(t testing.TB) Run {
	t.Helper()
	p, err := Preset("authors")
	if err != nil {
		t.Fatal(err)
	}
	return Run{Task: srhm.Task{V: 6, S0: 1}.WithDefaults(), Network: Network{Kind: LCN, Width: 512, Bias: true}, Protocol: p, P: 3054, Seed: 1}
}

// The id is the name records are found by: a change of it loses them all.
func TestIDIsFixed(t *testing.T) {
	if got, want := example(t).ID(), "7be9895e98c3b672"; got != want {
		t.Errorf("id %s, want %s", got, want)
	}
}

// A run that is not probed is described as before there were probes.
func TestNoProbeInDescription(t *testing.T) {
	r := example(t)
	for inputs, want := range map[int]bool{0: false, ProbeInputs: true} {
		r.Probe.Inputs = inputs
		b, err := json.Marshal(r)
		if err != nil || strings.Contains(string(b), "probe") != want {
			t.Errorf("%d inputs: %s, %v", inputs, b, err)
		}
	}
}

// A network of the authors' is described as before there were others.
func TestNoSettingsInDescription(t *testing.T) {
	r := example(t)
	if b, err := json.Marshal(r.Network); err != nil || string(b) != `{"kind":"lcn","width":512,"bias":true}` {
		t.Errorf("%s, %v", b, err)
	}
	if got := r.Network.String(); got != "lcn h=512" {
		t.Errorf("%q", got)
	}
	r.Network.Init, r.Network.Readout, r.Network.Layers, r.Network.Tied = PyTorchInit, RootReadout, 1, "1"
	if got := r.Network.String(); got != "lcn h=512 layers=1 init=pytorch readout=sqrt tied=1" {
		t.Errorf("%q", got)
	}
}

// Every field of a description changes the id, and survives JSON.
func TestEveryFieldCounts(t *testing.T) {
	base := example(t)
	seen := map[string]string{base.ID(): "the example"}
	var walk func(v reflect.Value, name string)
	walk = func(v reflect.Value, name string) {
		for i := range v.NumField() {
			f, field := v.Field(i), name+"."+v.Type().Field(i).Name
			if f.Kind() == reflect.Struct {
				walk(f, field)
				continue
			}
			old := reflect.ValueOf(f.Interface())
			switch f.Kind() {
			case reflect.Int:
				f.SetInt(f.Int() + 1)
			case reflect.Uint64:
				f.SetUint(f.Uint() + 1)
			case reflect.Float64:
				f.SetFloat(f.Float() + 1)
			case reflect.Bool:
				f.SetBool(!f.Bool())
			case reflect.String:
				f.SetString(f.String() + "x")
			default:
				t.Fatalf("%s: a field of kind %v", field, f.Kind())
			}
			if other, ok := seen[base.ID()]; ok {
				t.Errorf("%s and %s have one id", field, other)
			}
			seen[base.ID()] = field
			f.Set(old)
		}
	}
	walk(reflect.ValueOf(&base).Elem(), "Run")
	b, err := json.Marshal(base)
	if err != nil {
		t.Fatal(err)
	}
	var back Run
	if err := json.Unmarshal(b, &back); err != nil || back != base {
		t.Errorf("back from JSON: %+v, %v", back, err)
	}
}

func TestPresets(t *testing.T) {
	for _, name := range Protocols {
		p, err := Preset(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := p.Validate(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Preset("none"); err == nil {
		t.Error("a protocol that does not exist")
	}
}

func TestSizes(t *testing.T) {
	r := example(t)
	if r.BatchSize() != 24 || r.TrainingSize() != 3072 {
		t.Errorf("batches of %d, %d data", r.BatchSize(), r.TrainingSize())
	}
	r.Protocol.Batching = Shuffled
	if r.BatchSize() != 4 || r.TrainingSize() != 3054 {
		t.Errorf("shuffled: batches of %d, %d data", r.BatchSize(), r.TrainingSize())
	}
}

// A run that is looked at once only is described as before there were trajectories.
func TestLooks(t *testing.T) {
	if b, err := json.Marshal(Probe{Inputs: 10}); err != nil || string(b) != `{"inputs":10}` {
		t.Errorf("%s, %v", b, err)
	}
	var got []int
	for step := 0; step < 1000; {
		step = Probe{Inputs: 10, Times: 4}.NextLook(step)
		got = append(got, step)
	}
	if want := []int{1, 2, 3, 6, 10, 18, 32, 56, 100, 178, 316, 562, 1000}; !slices.Equal(got, want) {
		t.Errorf("looks at %v, want %v", got, want)
	}
}

func TestLearned(t *testing.T) {
	for _, c := range []struct {
		r    Result
		want bool
	}{
		{Result{Outcome: Fitted, Error: 0.1}, true},
		{Result{Outcome: Fitted, Error: 0.11}, false},
		{Result{Outcome: Decided, Error: 0.02}, true},
		{Result{Outcome: Diverged, Error: 0.01}, false},
	} {
		if got := c.r.Learned(0.1); got != c.want {
			t.Errorf("%+v: learned %v", c.r, got)
		}
	}
}
