package figures

// figure15 is the convolutional network.
var figure15 = layers{
	name: "15", family: cnn2, power: powerCNN, exponent: "2", divided: 1,
	plateaus: []quantity{{"S", 2, 1}, {"S", output, 2}},
	notes: []string{
		"The caption says levels $l$ in [0, ..., $L$]; the legend has 1 and 2, which are all there are.",
		"At $s_0=0$ there are 4096 different data, and the published curve goes on to $P=33000$: training data repeat, and unseen ones become few.",
	},
}
