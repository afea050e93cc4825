package patch

import (
	"srhmbench/srhm"
	"srhmbench/srhm/net"
	"srhmbench/srhm/spec"
)

// kind is a kind of network on patches.
type kind struct {
	name, title string
	filters     filters
	law         net.Law
	authors     func(srhm.Task) net.Authors
}

// filters says which weights the patches of a layer have.
type filters int

const (
	local  filters = iota // each patch its own
	shared                // all patches the same
	dense                 // there is one patch: everything below
)

func (k kind) Name() string  { return k.name }
func (k kind) Title() string { return k.title }

// Network is the paper's.
func (k kind) Network() spec.Network { return spec.Network{Kind: k.name, Width: 512, Bias: true} }

// Protocol is the preset: the presets are made for these networks.
func (k kind) Protocol(preset spec.Protocol) spec.Protocol { return preset }

func (k kind) Design(n spec.Network, t srhm.Task) (net.Design, error) {
	if err := k.validate(n, t); err != nil {
		return nil, err
	}
	return newDesign(k, n, t), nil
}

func (k kind) Law() net.Law { return k.law }

func (k kind) Authors(t srhm.Task) net.Authors { return k.authors(t) }
