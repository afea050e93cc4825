package command

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/klauspost/cpuid/v2"
	"github.com/spf13/cobra"

	"srhmbench/bench/machine"
	"srhmbench/internal/human"
	"srhmbench/kernels"
)

func (p *program) cpuCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "cpu [FLAG...]",
		Short: "show this CPU, its kernels, and how fast they can be at best",
		Long: `Prints what the kernels are chosen by and measured against: the CPU's model, instruction sets and caches,
the kernel tiers it runs, the one chosen and why, and the roofs of one core: fused multiply-adds in registers
for each tier, and reads from working sets that fit different caches, by the chosen tier.`,
		Example: examples("cpu", "cpu --json"),
	}
	asJSON := c.Flags().Bool("json", false, "print JSON on stdout")
	c.RunE = func(c *cobra.Command, args []string) error {
		r := newCPUReport()
		var err error
		if r.Roofs, err = measureRoofs(c.Context()); err != nil {
			return err
		}
		if *asJSON {
			e := json.NewEncoder(p.stdout)
			e.SetIndent("", "  ")
			return e.Encode(r)
		}
		r.write(p.stdout)
		return nil
	}
	return c
}

// cpuReport is what the command prints.
type cpuReport struct {
	Key      string           `json:"key"` // by which measurements of this machine are kept
	Machine  machine.Machine  `json:"machine"`
	Model    cpuModel         `json:"cpu"`
	Features kernels.Features `json:"features"` // those kernels can require
	Tiers    cpuTiers         `json:"tiers"`
	Caches   cpuCaches        `json:"caches"`
	Roofs    roofs            `json:"roofs"`
}

type cpuModel struct {
	Brand         string `json:"brand"`
	Vendor        string `json:"vendor"`
	Family        int    `json:"family"`
	Model         int    `json:"model"`
	Stepping      int    `json:"stepping"`
	PhysicalCores int    `json:"physical_cores"` // 0: not known
	LogicalCores  int    `json:"logical_cores"`
}

type cpuTiers struct {
	Available []string `json:"available"` // narrowest first
	Chosen    string   `json:"chosen"`
	Why       string   `json:"why"`
}

// cpuCaches are in bytes, -1 where the CPU does not tell.
type cpuCaches struct {
	Line int `json:"line"`
	L1D  int `json:"l1d"`
	L1I  int `json:"l1i"`
	L2   int `json:"l2"`
	L3   int `json:"l3"`
}

func newCPUReport() cpuReport {
	c := cpuid.CPU
	here := machine.Here()
	r := cpuReport{
		Key: here.Key(), Machine: here,
		Model: cpuModel{
			strings.Join(strings.Fields(c.BrandName), " "), c.VendorString, c.Family, c.Model, c.Stepping,
			c.PhysicalCores, c.LogicalCores,
		},
		Features: kernels.DetectFeatures(),
		Tiers:    cpuTiers{Chosen: kernels.Active().String(), Why: kernels.Reason()},
		Caches:   cpuCaches{c.CacheLine, c.Cache.L1D, c.Cache.L1I, c.Cache.L2, c.Cache.L3},
	}
	for _, t := range kernels.Available() {
		r.Tiers.Available = append(r.Tiers.Available, t.String())
	}
	return r
}

func (r cpuReport) write(w io.Writer) {
	m := r.Model
	fmt.Fprintf(w, "machine   %s\n", r.Key)
	fmt.Fprintf(w, "cpu       %s (%s, family %d, model %d, stepping %d), %d logical cores\n",
		m.Brand, m.Vendor, m.Family, m.Model, m.Stepping, m.LogicalCores)
	fmt.Fprintf(w, "features  %s\n", r.features(true))
	fmt.Fprintf(w, "without   %s\n", r.features(false))
	fmt.Fprintf(w, "tiers     %s; chosen: %s, %s\n", strings.Join(r.Tiers.Available, ", "), r.Tiers.Chosen, r.Tiers.Why)
	fmt.Fprintf(w, "caches    L1d %s, L1i %s, L2 %s, L3 %s, lines of %d B\n", cacheText(r.Caches.L1D),
		cacheText(r.Caches.L1I), cacheText(r.Caches.L2), cacheText(r.Caches.L3), r.Caches.Line)
	fmt.Fprintln(w, "roofs     of one core")
	for _, f := range r.Roofs.FMA {
		fmt.Fprintf(w, "  fma     %-8s %9.2f GFLOP/s\n", f.Tier, f.GFLOPs)
	}
	for _, b := range r.Roofs.Read {
		fmt.Fprintf(w, "  read    %-8s %9.2f GB/s\n", cacheText(b.Bytes), b.GBs)
	}
}

// features lists the instruction sets that are there, or those that are not.
func (r cpuReport) features(there bool) string {
	var names []string
	for _, name := range slices.Sorted(maps.Keys(r.Features)) {
		if r.Features[name] == there {
			names = append(names, name)
		}
	}
	if names == nil {
		return "-"
	}
	return strings.Join(names, " ")
}

func cacheText(n int) string {
	if n < 0 {
		return "unknown"
	}
	return human.Bytes(float64(n))
}
