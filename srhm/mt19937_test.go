package srhm

import "testing"

// TestMT19937 has the first outputs published with the generator (mt19937ar.out).
func TestMT19937(t *testing.T) {
	var mt mt19937
	mt.seedByArray([]uint32{0x123, 0x234, 0x345, 0x456})
	for i, want := range []uint32{1067595299, 955945823, 477289528, 4107218783, 4228976476} {
		if got := mt.uint32(); got != want {
			t.Fatalf("output %d: %d, want %d", i, got, want)
		}
	}
}

// TestMT19937Refill looks beyond the first state. The values are CPython's:
// random.seed(2**40 + 7), then getrandbits(32).
func TestMT19937Refill(t *testing.T) {
	mt := newMT19937(1<<40 + 7)
	var got []uint32
	for i := range 2000 {
		if x := mt.uint32(); i == 0 || i == 624 || i == 1999 {
			got = append(got, x)
		}
	}
	want := []uint32{2635837658, 2745986973, 1220598206}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("got %v, want %v", got, want)
			break
		}
	}
}
