package figures

import "srhmbench/figures/series"

// figure12 is the sensitivities of the locally connected network.
var figure12 = layerCurves{
	name: "12", title: "sensitivities of the layers, LCN",
	family: lcn2, power: powerLCN, exponent: "L", divided: 8,
	plateaus: []series.Quantity{series.Sensitivity("S", 2, 1), series.Sensitivity("S", output, 1), series.Sensitivity("S", output, 2), series.Sensitivity("D", 2, 1)},
	notes: []string{
		"The caption says rescaled by Eq. 3, the axis $P/(s_0+1)^L$. It is $P/[8(s_0+1)^L]$; ours is $P/(s_0+1)^L$. The published errors pass 10 % at the $P^*$ of Figure 4B only with the 8 = $m=n_c$ put back.",
		"At $s_0=0$ there are 4096 different samples, but the published curve runs to $P=23000$: training samples repeat, and few unseen ones are left.",
	},
}
