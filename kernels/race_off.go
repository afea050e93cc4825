//go:build !race

package kernels

const raceDetector = false

func noteWrite(block) {}

func noteRead(block) {}
