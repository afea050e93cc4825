package kernels

import (
	"regexp"

	"github.com/klauspost/cpuid/v2"
)

// CPU identifies a processor model by what the CPU reports.
type CPU struct {
	Vendor        string // as in GenuineIntel
	Family, Model int    // with their extended parts
	Brand         string // the marketing name
}

// DetectCPU asks the CPU. On virtual machines the brand can be missing.
func DetectCPU() CPU {
	return CPU{cpuid.CPU.VendorString, cpuid.CPU.Family, cpuid.CPU.Model, cpuid.CPU.BrandName}
}

// slower lists the models that can run a tier but are faster with the next narrower one. Only what somebody has
// measured or documented belongs here.
var slower = []struct {
	tier          Tier
	vendor        string
	family, model int
	brand         *regexp.Regexp // the brands of the model this is true of
}{
	// Skylake and Cascade Lake servers with one unit for 512-bit multiply-adds in place of two for 256 bits: the same
	// multiply-adds per cycle, at a lower clock. MKL's dgemm is slower with AVX-512 than with AVX2 on the Gold 5118
	// (Intel's forum on software tuning, topic 815069), and GROMACS takes AVX2 on all of them
	// (identifyavx512fmaunits.cpp; Intel's optimization manual, "Servers with a single FMA unit"). Which they are is
	// in HasSecondFMA of github.com/google/cpu_features.
	{AVX512, "GenuineIntel", 6, 85, regexp.MustCompile(`Xeon\(R\) (Bronze|Silver|Gold 5[12](1\d|20)|W-210\d|D-21\d\d)`)},
}

// slowerOn reports whether the next narrower tier is known to be faster on the CPU.
func (t Tier) slowerOn(c CPU) bool {
	for _, s := range slower {
		if t == s.tier && c.Vendor == s.vendor && c.Family == s.family && c.Model == s.model && s.brand.MatchString(c.Brand) {
			return true
		}
	}
	return false
}
