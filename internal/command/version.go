package command

import (
	"encoding/json"
	"fmt"
	"io"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"srhmbench/kernels"
	"srhmbench/srhm/store"
)

// version is what this program was built from, and what it can run here.
type version struct {
	Commit  string   `json:"commit"` // "unknown" if it was built outside a checkout
	Dirty   bool     `json:"dirty"`  // the source had uncommitted changes
	Go      string   `json:"go"`
	OS      string   `json:"os"`
	Arch    string   `json:"arch"`
	GOAMD64 string   `json:"goamd64,omitempty"`
	Tiers   []string `json:"tiers"` // of kernels that this machine runs, narrowest first
	Chosen  string   `json:"chosen"`
}

func versionCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "version [FLAG...]",
		Short: "show the commit, the Go version and the kernel tiers of this program",
		Long: `Prints the commit that this program was built from, the version of Go that built it, the system, and the kernel
tiers that this machine runs, with the one that is chosen.`,
		Example: examples("version", "version --json"),
	}
	asJSON := c.Flags().Bool("json", false, "print JSON on stdout")
	c.PreRunE = selectKernels
	c.RunE = func(c *cobra.Command, _ []string) error {
		v := newVersion()
		if *asJSON {
			e := json.NewEncoder(c.OutOrStdout())
			e.SetIndent("", "  ")
			return e.Encode(v)
		}
		v.write(c.OutOrStdout())
		return nil
	}
	return c
}

func newVersion() version {
	here := store.Here(kernels.Active().String(), 1)
	v := version{
		Commit: here.Commit, Dirty: here.Dirty, Go: here.Go, OS: runtime.GOOS, Arch: runtime.GOARCH,
		GOAMD64: here.GOAMD64, Chosen: here.Tier,
	}
	for _, t := range kernels.Available() {
		v.Tiers = append(v.Tiers, t.String())
	}
	return v
}

func (v version) write(w io.Writer) {
	commit := v.Commit
	if v.Dirty {
		commit += ", with uncommitted changes"
	}
	fmt.Fprintf(w, "srhmbench %s\n%s\n", commit, strings.TrimSpace(fmt.Sprintf("%s %s/%s %s", v.Go, v.OS, v.Arch, v.GOAMD64)))
	fmt.Fprintf(w, "kernel tiers: %s; chosen: %s\n", strings.Join(v.Tiers, ", "), v.Chosen)
}
