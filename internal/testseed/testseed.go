// Package testseed makes random tests repeatable. A test package that draws with
// [pgregory.net/rapid] imports it for its effect:
//
//	import _ "srhmbench/internal/testseed"
//
// Then go test draws the same values every time, so a red run means that the
// change is wrong. RAPID_SEED=0 asks for fresh draws, RAPID_CHECKS=10000 for
// more of them, and -rapid.seed repeats those of a failure.
package testseed

import (
	"flag"
	"os"

	_ "pgregory.net/rapid" // defines the flag
)

func init() {
	if _, chosen := os.LookupEnv("RAPID_SEED"); chosen {
		return
	}
	if err := flag.Set("rapid.seed", "1"); err != nil {
		panic("testseed: " + err.Error())
	}
}
