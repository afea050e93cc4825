package figures

import "srhmbench/srhm/spec"

// authorsStep8 is that of the published curves at L = 2, near the drop.
const authorsStep8 = 1.58

// figure8 is the convolutional network at sparsity B.
var figure8 = curves{
	name: "8", kind: spec.CNN, v: 10, label: "$P/[(s_0+1)^2 n_c m^L]$",
	power: powerCNN, rival: powerLCN, wants: [2]string{"2", "L"},
	steps: []float64{2, 3, 4.5, 6.7, 10}, step: authorsStep8, spread: 2.5,
	notes: []string{"The caption says $v=n_c=m=6$. The curves begin at an error of 0.9, which is chance for 10 classes, and only $n_c=m=10$ rescales the left panel into the right one: it is 10, and so are ours."},
}
