package figures

import (
	"srhmbench/figures/style"

	"srhmbench/srhm/net"
)

// figure4C is P* of the convolutional network against Eq. 4; dashed line y = 2.5 x.
var figure4C = pstarScatter{
	name: "4C", family: cnn2, title: "P* against its prediction, CNN", panelTitle: "CNN,  $s=2$", label: style.Prediction(net.SharedLaw),
	guide: 2.5, legend: "$y=2.5x$", spread: 4, power: powerCNN, gridStep: gridStep, mark: style.ByS0,
}
