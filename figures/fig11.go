package figures

// figure11 is the locally connected network at s = 3: P*_S left, P*_D right.
var figure11 = thresholdFigure{
	name: "11", title: "P* against the sizes where sensitivities fall, LCN at s = 3",
	parts: []thresholdScatter{
		{name: "11", family: lcn3, of: "S", guide: 1, gridStep: gridStepS3, others: []int{3}},
		{name: "11", family: lcn3, of: "D", guide: 1, gridStep: gridStepS3, others: []int{3}},
	},
	notes: []string{
		"The published left panel is labelled with the prediction of Eq. 3 and shows $P^*_S$; the label of the right one, $P^*_S$, should be $P^*_D$.",
	},
}
