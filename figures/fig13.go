package figures

import (
	"srhmbench/figures/style"
	"srhmbench/srhm/net"
)

// figure13 is P* of the convolutional network at s = 3 against Eq. 4; dashed line y = 3.5 x.
var figure13 = pstarScatter{
	name: "13", family: cnn3, title: "P* against its prediction, CNN at s = 3", panelTitle: "CNN,  $s=3$", label: style.Prediction(net.SharedLaw),
	guide: 3.5, legend: "$y=3.5x$", spread: 4, power: powerCNN, gridStep: gridStepS3, mark: style.ByS0, others: []int{3},
	notes: []string{
		"The published legend lists $s_0=6$; the figure has no such point. The authors' learning rate is 0.003 at $v=4$ and 0.01 at $v=6$, $s_0<4$.",
	},
}
