package figures

import (
	"srhmbench/figures/style"

	"srhmbench/srhm/net"
)

// figure4B is P* of the locally connected network against Eq. 3; dashed line y = x.
var figure4B = pstarScatter{
	name: "4B", family: lcn2, title: "P* against its prediction, LCN", panelTitle: "LCN,  $s=2$", label: style.Prediction(net.LocalLaw),
	guide: 1, legend: "$y=x$", spread: 3, power: powerLCN, gridStep: gridStep, mark: style.ByS0,
}
