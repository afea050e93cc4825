//go:build !unix || noguard

package kerneltest

// newRoom has no guard pages here: only writes into the borders are noticed.
func newRoom() room { return make(room, roomSize) }
