package patch

import (
	"srhmbench/srhm"
	"srhmbench/srhm/net"
	"srhmbench/srhm/spec"
)

// LCN is the locally connected network: every patch has filters of its own.
var LCN net.Kind = kind{name: spec.LCN, title: "LCN", filters: local, law: net.LocalLaw, authors: authorsLCN}

func authorsLCN(t srhm.Task) net.Authors {
	// A published 819192 is 8*102399, the largest of 14 points: they drop the last.
	a := net.Authors{Width: 512, LR: 0.01, StopLoss: 1e-3, Sizes: whole(t.NC, positionSizes(t, 14))}
	if t.S0 >= 4 || t.S == 3 {
		a.LR = 0.003
	}
	return a
}
