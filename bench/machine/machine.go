package machine

import (
	"crypto/sha256"
	"fmt"
	"os"
	"runtime"
	"strings"

	"github.com/klauspost/cpuid/v2"
)

// Machine is what distinguishes one machine from another. The brand alone does not: clouds hide it.
type Machine struct {
	Arch     string `json:"arch"`
	Vendor   string `json:"vendor"`
	Brand    string `json:"brand"`
	Model    string `json:"model"`    // family-model-stepping
	Level    string `json:"level"`    // instruction-set level, such as x86-64-v3
	Caches   string `json:"caches"`   // L1d/L2/L3 in KiB
	Cores    int    `json:"cores"`    // logical cores
	Virt     string `json:"virt"`     // the hypervisor, or none
	Emulator string `json:"emulator"` // the emulator of the instruction set, or none
}

// Here returns the machine this runs on. A program cannot find out whether it is emulated, so SRHM_EMULATOR tells it.
func Here() Machine {
	c := cpuid.CPU
	m := Machine{
		Arch: runtime.GOARCH, Vendor: c.VendorString, Brand: strings.Join(strings.Fields(c.BrandName), " "),
		Model:  fmt.Sprintf("%d-%d-%d", c.Family, c.Model, c.Stepping),
		Level:  "none",
		Caches: fmt.Sprintf("%dK/%dK/%dK", kib(c.Cache.L1D), kib(c.Cache.L2), kib(c.Cache.L3)),
		Cores:  c.LogicalCores, Virt: "none", Emulator: "none",
	}
	if level := c.X64Level(); level > 0 {
		m.Level = fmt.Sprintf("x86-64-v%d", level)
	}
	if m.Cores == 0 {
		m.Cores = runtime.NumCPU()
	}
	if v := c.HypervisorVendorID; v != cpuid.VendorUnknown {
		m.Virt = strings.ToLower(v.String())
	}
	if e := slug(os.Getenv("SRHM_EMULATOR")); e != "" {
		m.Emulator = e
	}
	return m
}

// kib rounds bytes to KiB; it is 0 where the CPU does not tell.
func kib(bytes int) int { return max(bytes, 0) >> 10 }

// Key returns a name for the machine: its brand in words, and a hash of everything that distinguishes it.
func (m Machine) Key() string {
	name := slug(m.Brand)
	if name == "" {
		name = slug(m.Arch)
	}
	return name + "-" + Hash(fmt.Sprintf("%q", []string{m.Arch, m.Vendor, m.Brand, m.Model, m.Caches, fmt.Sprint(m.Cores), m.Virt, m.Emulator}))
}

// Config returns the machine as lines of benchmark configuration.
func (m Machine) Config() [][2]string {
	return [][2]string{
		{"machine", m.Key()}, {"cpu-model", m.Model}, {"cpu-level", m.Level}, {"cpu-cache", m.Caches},
		{"cpu-count", fmt.Sprint(m.Cores)}, {"virt", m.Virt}, {"emulator", m.Emulator},
	}
}

// Hash returns 8 hexadecimal digits for a text.
func Hash(text string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(text)))[:8] }

// slug turns a text into a word of lower-case letters, digits and single dashes.
func slug(text string) string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9')
	})
	return strings.Join(words, "-")
}
