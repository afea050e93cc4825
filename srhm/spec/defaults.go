package spec

// DefaultNetwork is the paper's LCN: what is trained where nothing else is asked for.
var DefaultNetwork = Network{Kind: LCN, Width: 512, Bias: true}
