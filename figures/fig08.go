package figures

import (
	"srhmbench/results/paper"
	"srhmbench/srhm/spec"
)

// gridStepB is the step of the published curves at L = 2, near the drop.
const gridStepB = 1.58

// figure8 is the test error of the convolutional network at sparsity B.
var figure8 = errorCurves{
	name: "8", title: "test error against training-set size, CNN at sparsity B",
	kind: spec.CNN, v: 10, label: "$P/[(s_0+1)^2 n_c m^L]$",
	power: powerCNN, rival: powerLCN, wants: [2]string{"2", "L"},
	rescaled: []float64{2, 3, 4.5, 6.7, 10}, gridStep: gridStepB, spread: 2.5,
	rate:  olderRate,
	notes: []string{"The caption says $v=n_c=m=6$. The curves begin at an error of 0.9, which is chance for 10 classes, and only $n_c=m=10$ rescales the left panel into the right one: the published curves have 10, as ours do.", "At $L=2$ the published curves match the authors' older learning rate, 0.1, or 0.03 at $s_0=4$, which paper scale uses: at $s_0=1$, $P=15880$ the error is then 0.075, published 0.069; with the 0.01 of the other scales and figures it is 0.38. Figures 4C and 15 match 0.01: at $v=8$, $s_0=2$, $P=7360$ the error is 0.27 at 0.01, near the published one, and 0.02 at 0.1. At width 128 and $s_0=2$ a rate of 0.1 lets the loss fall and then rise again."},
}

// olderRate is the learning rate of the authors' older program for convolutional networks with blanks at L = 2 (SPEC
// section 2.2), per unit of width.
func olderRate(c paper.Task) float64 {
	switch {
	case c.L > 2 || c.S0 >= 6:
		return authors(spec.CNN, c).LR
	case c.S0 >= 4:
		return 0.03
	}
	return 0.1
}
