package figures

import "srhmbench/figures/series"

// figure15 is the sensitivities of the convolutional network.
var figure15 = layerCurves{
	name: "15", title: "sensitivities of the layers, CNN",
	family: cnn2, power: powerCNN, exponent: "2", divided: 1,
	plateaus: []series.Quantity{series.Sensitivity("S", 2, 1), series.Sensitivity("S", output, 2)},
	notes: []string{
		"The caption says levels $l$ in [0, ..., $L$]; the legend has 1 and 2, which are all there are.",
		"At $s_0=0$ there are 4096 different samples, but the published curve runs to $P=33000$: training samples repeat, and few unseen ones are left.",
	},
}
