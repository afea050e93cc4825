package figures

import "srhmbench/srhm/spec"

// figure7 is the test error of the locally connected network at sparsity B.
var figure7 = errorCurves{
	name: "7", title: "test error against training-set size, LCN at sparsity B",
	kind: spec.LCN, v: 6, label: "$P/[(s_0+1)^L n_c m^L]$",
	power: powerLCN, rival: powerCNN, wants: [2]string{"L", "2"},
	rescaled: []float64{3.5, 5, 7.5, 11, 16}, gridStep: gridStep, spread: 2.5,
	notes: []string{"The published curve of $s_0=4$, $L=3$ does not fall: its last $P$ is at 2.6 on the rescaled axis."},
}
