package figures

import "srhmbench/figures/series"

// figure12 is the sensitivities of the locally connected network.
var figure12 = layerCurves{
	name: "12", title: "sensitivities of the layers, LCN",
	family: lcn2, power: powerLCN, exponent: "L", divided: 8,
	plateaus: []series.Quantity{series.Sensitivity("S", 2, 1), series.Sensitivity("S", output, 1), series.Sensitivity("S", output, 2), series.Sensitivity("D", 2, 1)},
	notes: []string{
		"The caption says rescaled by Eq. 3 and the axis $P/(s_0+1)^L$: it is $P/[8(s_0+1)^L]$, and ours is $P/(s_0+1)^L$. Only with the 8 = $m=n_c$ put back do the published errors pass 10 % at the $P^*$ of Figure 4B.",
		"At $s_0=0$ there are 4096 different data, and the published curve goes on to $P=23000$: training data repeat, and unseen ones become few.",
	},
}
