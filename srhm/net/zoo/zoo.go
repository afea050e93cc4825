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

// Kinds lists all kinds of network, in the order in which they are shown. Add a new one here.
var Kinds = []net.Kind{
	patch.LCN, patch.CNN, patch.FCN,
	layers.VGG11, layers.VGG16, layers.ResNet18, layers.ResNet34, layers.EfficientNetB0,
}

// Default is the kind to train where none is given.
var Default = patch.LCN

// Names returns the names of all kinds.
func Names() []string {
	var names []string
	for _, k := range Kinds {
		names = append(names, k.Name())
	}
	return names
}

// Choice returns the names of all kinds as text: "a, b or c".
func Choice() string {
	names := Names()
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

// Lookup returns the kind with a name. The error lists the names there are.
func Lookup(name string) (net.Kind, error) {
	for _, k := range Kinds {
		if k.Name() == name {
			return k, nil
		}
	}
	return nil, fmt.Errorf("net %q: want %s", name, Choice())
}

// Must returns the kind with a name that the program itself supplies. It panics if there is none.
func Must(name string) net.Kind {
	kind, err := Lookup(name)
	if err != nil {
		panic("zoo: " + err.Error())
	}
	return kind
}

// Title returns the title of the kind with a name. An unknown name, as a record may have it, is its own title.
func Title(name string) string {
	kind, err := Lookup(name)
	if err != nil {
		return name
	}
	return kind.Title()
}

// Design plans a network for a task. An error says in one line what is wrong with either, and what is allowed.
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

// Validate returns an error of one line that says what is wrong with the description of a run, and what is allowed.
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

// New returns a network at initialisation, which depends only on task, network, encoding and seed. threads is the number
// of goroutines it may use. An error says what is wrong with the descriptions. New does not check the size: see
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
