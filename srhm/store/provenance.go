package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"github.com/klauspost/cpuid/v2"

	"srhmbench/internal/subprocess"
)

// Provenance says where and how a training was run. Nothing of it can change the
// result.
type Provenance struct {
	Commit  string    `json:"commit"`  // of this program's source, or "unknown"
	Dirty   bool      `json:"dirty"`   // the source had uncommitted changes
	Go      string    `json:"go"`      // version of the Go toolchain
	GOAMD64 string    `json:"goamd64"` // v1 to v4; empty on other architectures
	Tier    string    `json:"tier"`    // instruction-set level of the kernels
	Threads int       `json:"threads"` // threads of this one training
	Machine string    `json:"machine"` // CPU brand, family-model-stepping, logical cores
	Started time.Time `json:"started"` // UTC
	Seconds float64   `json:"seconds"` // wall-clock time of the training, up to its last checkpoint too if it went on from one
}

// Here returns the provenance of trainings of this process with the given tier
// and number of threads each; Started is now.
func Here(tier string, threads int) Provenance {
	p := Provenance{
		Commit: "unknown", Go: runtime.Version(), Tier: tier, Threads: threads,
		Machine: machine(), Started: time.Now().UTC().Truncate(time.Millisecond),
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return p
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "GOAMD64":
			p.GOAMD64 = s.Value
		case "vcs.revision":
			p.Commit = s.Value
		case "vcs.modified":
			p.Dirty = s.Value == "true"
		}
	}
	if p.Commit == "unknown" { // "go run" and "go test" leave the commit out
		if commit, dirty, err := checkout(info.Main.Path); err == nil {
			p.Commit, p.Dirty = commit, dirty
		}
	}
	return p
}

// checkout asks git for the commit of the working directory, provided it is a
// checkout of the module: any other repository's commit would be a lie.
func checkout(module string) (commit string, dirty bool, err error) {
	ctx := context.Background()
	top, err := subprocess.Git(ctx, "", "rev-parse", "--show-toplevel")
	if err != nil {
		return "", false, err
	}
	mod, err := os.ReadFile(filepath.Join(top, "go.mod"))
	if err != nil {
		return "", false, err
	}
	if !strings.HasPrefix(string(mod), "module "+module+"\n") {
		return "", false, fmt.Errorf("%s is not module %s", top, module)
	}
	if commit, err = subprocess.Git(ctx, "", "rev-parse", "--verify", "HEAD"); err != nil {
		return "", false, err
	}
	changes, err := subprocess.Git(ctx, "", "status", "--porcelain")
	return commit, changes != "", err
}

// machine describes the CPU. A brand alone is no key: clouds hide it.
func machine() string {
	c := cpuid.CPU
	brand, cores := strings.Join(strings.Fields(c.BrandName), " "), c.LogicalCores
	if brand == "" {
		brand = runtime.GOARCH
	}
	if cores == 0 {
		cores = runtime.NumCPU()
	}
	return fmt.Sprintf("%s, %d-%d-%d, %d cores", brand, c.Family, c.Model, c.Stepping, cores)
}
