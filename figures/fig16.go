package figures

// figure16 is the fully connected network: P*_S left, P*_D right.
var figure16 = thresholdFigure{
	name: "16", title: "P* against the sizes where sensitivities fall, FCN",
	parts: []thresholdScatter{
		{name: "16", family: fcn2, of: "S", guide: 1, gridStep: gridStep},
		{name: "16", family: fcn2, of: "D", guide: 1.5, gridStep: gridStep},
	},
	notes: []string{
		"The published blue square is a disc and a cross in one place, $v=6$, $L=3$, $s_0=1, 2$. Their $P^*=57042$ is that of $s_0=0$: the authors' program kept it from the task before. That of $v=4$, $L=3$, $s_0=2$ is likely a leftover too.",
		"The labels say $S_2=30$ % and $D_2=10$ %. What is published of the authors' program, for $v=6$, takes 20 % of the output for both, as we do; a claim says whether layer 2 falls that far.",
		"At $s_0=0$ most of the authors' test samples are training samples, which lowers $P^*$; ours is on unseen samples.",
	},
}
