// Package zoo lists the kinds of network there are, and makes them from their descriptions.
package zoo

import (
	"fmt"
	"strings"

	"srhmbench/srhm"
	"srhmbench/srhm/net"
	"srhmbench/srhm/net/layers"
	"srhmbench/srhm/net/patch"
	"srhmbench/srhm/spec"
)

// Kinds are all kinds of network, in the order in which they are listed. A new one is added here.
var Kinds = []net.Kind{
	patch.LCN, patch.CNN, patch.FCN,
	layers.VGG11, layers.VGG16, layers.ResNet18, layers.ResNet34, layers.EfficientNetB0,
}

// Default is the kind that is trained where no other is asked for.
var Default = patch.LCN

// Names lists the names of all kinds.
func Names() []string {
	var names []string
	for _, k := range Kinds {
		names = append(names, k.Name())
	}
	return names
}

// Choice is the names of all kinds in words, with commas between and an or before the last.
func Choice() string {
	names := Names()
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

// Lookup returns the kind of a name. The error says which there are.
func Lookup(name string) (net.Kind, error) {
	for _, k := range Kinds {
		if k.Name() == name {
			return k, nil
		}
	}
	return nil, fmt.Errorf("net %q: want %s", name, Choice())
}

// Must returns the kind of a name that the program itself has, and panics if there is none.
func Must(name string) net.Kind {
	kind, err := Lookup(name)
	if err != nil {
		panic("zoo: " + err.Error())
	}
	return kind
}

// Title is the name of a kind in text and pictures; of a kind that is not known, as it may stand in a record, the name
// there.
func Title(name string) string {
	kind, err := Lookup(name)
	if err != nil {
		return name
	}
	return kind.Title()
}

// Design plans a network for a task. The error says in one line what is wrong with either, and what is allowed.
func Design(n spec.Network, t srhm.Task) (net.Design, error) {
	if err := t.Validate(); err != nil {
		return nil, err
	}
	kind, err := Lookup(n.Kind)
	if err != nil {
		return nil, err
	}
	return kind.Design(n, t)
}

// Validate says in one line what is wrong with the description of a run, and what is allowed.
func Validate(run spec.Run) error {
	if _, err := Design(run.Network, run.Task); err != nil {
		return err
	}
	if err := run.Protocol.Validate(); err != nil {
		return err
	}
	if run.P < 1 || run.P > spec.MaxP {
		return fmt.Errorf("training-set size P = %d: want 1 to %d", run.P, spec.MaxP)
	}
	return run.Probe.Validate()
}

// New returns a network at its initialisation, which depends on task, network, encoding and seed only. threads is how
// many goroutines it may use. The error says what is wrong with the descriptions; memory is asked for unlooked, see
// train.Fits.
func New(t srhm.Task, n spec.Network, e srhm.Encoding, seed uint64, threads int) (net.Network, error) {
	d, err := Design(n, t)
	if err != nil {
		return nil, err
	}
	if err := e.Validate(); err != nil {
		return nil, err
	}
	return d.New(e, seed, threads), nil
}
