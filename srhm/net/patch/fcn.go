package patch

import (
	"srhmbench/srhm"
	"srhmbench/srhm/net"
	"srhmbench/srhm/spec"
)

// FCN is the fully connected network on the whole input.
var FCN net.Kind = kind{name: spec.FCN, title: "FCN", filters: dense, law: net.LocalLaw, authors: authorsFCN}

func authorsFCN(t srhm.Task) net.Authors {
	a := net.Authors{Width: 512, LR: 0.01, StopLoss: 1e-2}
	if t.S == 2 {
		a.Sizes = whole(t.NC, positionSizes(t, 15))
	}
	if t.L == 3 {
		a.Width, a.LR = 256, 0.003
	}
	if t.S0 >= 4 || t.S == 3 && t.V == 4 {
		a.LR = 0.003
	}
	return a
}
