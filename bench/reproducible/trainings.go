package reproducible

import "strings"

// small keeps every training to a fraction of a second.
const small = " --max-epochs 20 --test-size 200 --threads 1 --json"

// trainings are flags of the command train. A new way to train needs a line here.
var trainings = []string{
	"--net lcn --v 4 --s0 1 --P 96 --width 64",
	"--net cnn --v 4 --s0 1 --P 96 --width 64",
	"--net fcn --v 4 --s0 1 --P 96 --width 32",
	"--net lcn --v 6 --s0 0 --P 240 --width 48 --bias=false --grammar random:7",
	"--net lcn --v 3 --s0 1 --L 3 --P 108 --width 32",
	"--net cnn --v 3 --s0 2 --L 3 --P 108 --width 40 --seed 2",
	"--net cnn --v 3 --s 3 --s0 1 --P 96 --width 32",
	"--net cnn --v 4 --s0 1 --sparsity B --P 96 --width 64 --protocol text",
	"--net lcn --v 4 --s0 2 --P 200 --width 64 --protocol careful",
	"--net lcn --v 4 --s0 1 --P 96 --width 128 --probe 50",
	"--net cnn --v 4 --s0 1 --P 96 --width 48 --init pytorch --readout sqrt",
	"--net lcn --v 4 --s0 1 --P 96 --width 48 --tied 1 --init patch",
	"--net fcn --v 4 --s0 1 --P 96 --width 32 --layers 3",
	"--net lcn --v 4 --s0 1 --P 96 --width 48 --probe 20 --probe-times 2",
	"--net vgg11 --v 4 --s0 1 --P 96 --width 8",
	"--net vgg16 --v 6 --s0 2 --P 96 --width 4",
	"--net resnet18 --v 4 --s0 1 --P 96 --width 8 --probe 20 --probe-training",
	"--net resnet34 --v 4 --s0 1 --P 64 --width 4",
	"--net efficientnetb0 --v 4 --s0 1 --P 96 --width 8",
}

// arguments makes the command line of a training that keeps its records in dir.
func arguments(flags, dir string) []string {
	return append([]string{"train", "--out", dir}, strings.Fields(flags+small)...)
}
