package kerneltest

import (
	"fmt"
	"math"
	"unsafe"
)

// Edge is the end of a room at which an operand lies, touching a page that cannot be accessed.
type Edge int

// The edges.
const (
	AtEnd Edge = iota
	AtStart
)

func (e Edge) String() string { return [...]string{"before a guard page", "behind a guard page"}[e] }

// border is how many elements beside an operand, on its other side, must keep their contents.
const border = 64

// roomSize is how many float32 fit in a room.
const roomSize = 1 << 16

// room is memory for one operand between two pages that cannot be accessed.
type room []float32

var rooms []room

// roomNumber makes rooms as they are needed; they last as long as the process.
func roomNumber(i int) room {
	for len(rooms) <= i {
		rooms = append(rooms, newRoom())
	}
	return rooms[i]
}

// place copies data to an edge of the room and marks the border on its other side.
func (r room) place(data []float32, e Edge) []float32 {
	if len(data)+border > len(r) {
		panic(fmt.Sprintf("kerneltest: an operand of %d elements, room for %d", len(data), len(r)-border))
	}
	for i := range r.beside(len(data), e) {
		r.beside(len(data), e)[i] = gap
	}
	at := 0
	if e == AtEnd {
		at = len(r) - len(data)
	}
	copy(r[at:], data)
	return r[at : at+len(data) : at+len(data)]
}

// beside is the border of an operand of n elements.
func (r room) beside(n int, e Edge) []float32 {
	if e == AtEnd {
		return r[len(r)-n-border : len(r)-n]
	}
	return r[n : n+border]
}

// intact says whether the border of an operand of n elements kept its contents.
func (r room) intact(n int, e Edge) bool {
	for _, x := range r.beside(n, e) {
		if math.Float32bits(x) != math.Float32bits(gap) {
			return false
		}
	}
	return true
}

// asInts and asFloats see a list of 32-bit words as the other type.
func asInts(f []float32) []int32 {
	return unsafe.Slice((*int32)(unsafe.Pointer(unsafe.SliceData(f))), len(f))
}

func asFloats(n []int32) []float32 {
	return unsafe.Slice((*float32)(unsafe.Pointer(unsafe.SliceData(n))), len(n))
}

// near says whether an address lies in the room or at most a page from it.
func (r room) near(addr uintptr) bool {
	start := uintptr(unsafe.Pointer(unsafe.SliceData(r)))
	return addr+4096 >= start && addr < start+uintptr(4*len(r))+4096
}
