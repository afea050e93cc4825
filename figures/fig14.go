package figures

// figure14 is the convolutional network: P*_S above P*_D, s = 2 beside s = 3.
var figure14 = thresholdFigure{
	name: "14", title: "P* against the sizes where sensitivities fall, CNN",
	parts: []thresholdScatter{
		{name: "14", family: cnn2, of: "S", guide: 1, gridStep: gridStep},
		{name: "14", family: cnn3, of: "S", guide: 1, gridStep: gridStepS3, others: []int{3}},
		{name: "14", family: cnn2, of: "D", guide: 0.75, gridStep: gridStep},
		{name: "14", family: cnn3, of: "D", guide: 1, gridStep: gridStepS3, others: []int{3}},
	},
	notes: []string{
		"The caption and the labels have $P^*_S$ on the left and $P^*_D$ on the right, the titles $s=2$ and $s=3$. By the points, $P^*_S$ is above and $P^*_D$ below (it has no $s_0=0$, where nothing can be displaced), with $s=2$ left and $s=3$ right.",
		"At $s=2$, $L=2$, $s_0>0$ the authors' learning rate was ten times larger than elsewhere; ours is not.",
	},
}
