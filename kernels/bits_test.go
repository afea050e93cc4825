package kernels_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"srhmbench/kernels"
	"srhmbench/kernels/kerneltest"
)

var update = flag.Bool("update", false, "write testdata/bits.txt anew")

// The generic tier is the contract, so it must give the same bits whatever it is built for: a compiler may fuse a
// product and a sum for GOAMD64=v3 or arm64. testdata/bits.txt holds a hash of what it computes.
func TestGenericTierHasKnownBits(t *testing.T) {
	const path = "testdata/bits.txt"
	var b strings.Builder
	for _, op := range kernels.Ops() {
		if hash := kerneltest.Digest(t, op, kernels.Generic); hash != "" {
			fmt.Fprintf(&b, "%s %s\n", op, hash)
		}
	}
	if *update {
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("this build has\n%swant\n%s", b.String(), want)
	}
}
