package command

import (
	"fmt"

	"srhmbench/srhm/net"
	"srhmbench/srhm/spec"
)

// checkMemory refuses a training that cannot fit the memory of this machine: better one line now than
// the system's sudden end of the process later.
func checkMemory(run spec.Run) error {
	have := physicalMemory()
	if need := leastMemory(run); have > 0 && need > have {
		return misuse("this training needs at least %s of memory, this machine has %s: want a smaller width, P, test-size or task",
			sizeText(need), sizeText(have))
	}
	return nil
}

// leastMemory is a lower bound for the bytes a training keeps: weights, their momentum, and data; of a
// probed one also the best weights.
func leastMemory(run spec.Run) float64 {
	t := run.Task
	perDatum := 2 + 6*float64(t.Leaves()) // label, symbols, cells
	data := float64(run.TrainingSize()) + float64(run.Protocol.TestSize)
	weights := net.Bytes(t, run.Network)
	if run.Probe.Inputs > 0 {
		weights += weights / 2
	}
	return weights + perDatum*data
}

// sizeText writes a number of bytes in the largest unit that leaves at least 1.
func sizeText(n float64) string {
	units := []string{"B", "KiB", "MiB", "GiB", "TiB", "PiB"}
	i := 0
	for n >= 1024 && i < len(units)-1 {
		n, i = n/1024, i+1
	}
	return fmt.Sprintf("%.4g %s", n, units[i])
}
