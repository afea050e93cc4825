//go:build unix && !noguard

package kerneltest

import (
	"os"
	"unsafe"

	"golang.org/x/sys/unix"
)

func newRoom() room {
	page := os.Getpagesize()
	size := 4 * roomSize
	mem, err := unix.Mmap(-1, 0, size+2*page, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE)
	if err != nil {
		panic("kerneltest: mmap: " + err.Error())
	}
	for _, guard := range [][]byte{mem[:page], mem[page+size:]} {
		if err := unix.Mprotect(guard, unix.PROT_NONE); err != nil {
			panic("kerneltest: mprotect: " + err.Error())
		}
	}
	return unsafe.Slice((*float32)(unsafe.Pointer(&mem[page])), roomSize)
}
