package spec

import "srhmbench/srhm"

// DefaultNetwork is the paper's LCN: what is trained where nothing else is asked for.
var DefaultNetwork = Network{Kind: LCN, Width: 512, Bias: true}

// What the authors' settings are called where one asks for them: in a description they are nothing.
const (
	AuthorsName = "authors" // AuthorsInit
	MeanName    = "mean"    // MeanField
)

// Described returns the network as a description has it: with nothing for what is the authors', however it was
// asked for.
func (n Network) Described(t srhm.Task) Network {
	if n.Init == AuthorsName {
		n.Init = AuthorsInit
	}
	if n.Readout == MeanName {
		n.Readout = MeanField
	}
	if n.Layers == t.L {
		n.Layers = 0
	}
	return n
}
