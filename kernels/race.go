//go:build race

package kernels

import (
	"runtime"
	"unsafe"
)

const raceDetector = true

// The race detector does not see what assembly reads and writes, so every operation announces it beforehand.

func noteWrite(b block) { b.eachRun(runtime.RaceWriteRange) }

func noteRead(b block) { b.eachRun(runtime.RaceReadRange) }

// eachRun visits each contiguous run of a matrix's bytes.
func (b block) eachRun(note func(start unsafe.Pointer, bytes int)) {
	rows, cols := b.rows, b.cols
	if cols == b.stride {
		rows, cols = min(rows, 1), rows*cols
	}
	if cols == 0 {
		return
	}
	for r := range rows {
		note(unsafe.Pointer(&b.data[r*b.stride]), 4*cols)
	}
}
