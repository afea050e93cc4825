package kernels

import (
	"fmt"
	"runtime"

	"github.com/klauspost/cpuid/v2"
)

// Features holds the instruction-set extensions that may be used. One snapshot decides every dispatch.
type Features map[string]bool

// extensions lists, by architecture, the names of extensions that tiers can require, as the assembly generator prints
// them.
var extensions = map[string][]string{
	"amd64": {
		"SSE", "SSE2", "AVX", "AVX2", "FMA3", "BMI2",
		"AVX512F", "AVX512BW", "AVX512CD", "AVX512DQ", "AVX512VL",
	},
	"arm64": {"ASIMD"},
}

// DetectFeatures asks the CPU and the operating system.
func DetectFeatures() Features {
	f := Features{}
	for _, name := range extensions[runtime.GOARCH] {
		f[name] = cpuid.CPU.Has(cpuid.ParseFeature(name))
	}
	return f
}

// tierFeatures lists what each tier may use. All of it must be there, so that a kernel written for the tier never
// meets a CPU that lacks part of it.
var tierFeatures = map[Tier][]string{
	Generic: nil,
	AVX2:    {"SSE", "AVX", "AVX2", "FMA3", "BMI2"},
	AVX512:  {"SSE", "AVX", "AVX2", "FMA3", "BMI2", "AVX512F", "AVX512BW", "AVX512CD", "AVX512DQ", "AVX512VL"},
	NEON:    {"ASIMD"},
}

// Runs reports whether a CPU with these features can run the tier in this build.
func (f Features) Runs(t Tier) bool {
	if _, built := sets[t]; !built {
		return false
	}
	for _, name := range tierFeatures[t] {
		if !f[name] {
			return false
		}
	}
	return true
}

// Pick returns the widest tier that runs and is not known to be slower on the CPU than a narrower one, and the reason
// in a few words.
func (f Features) Pick(c CPU) (best Tier, why string) {
	for _, t := range Tiers() {
		switch {
		case !f.Runs(t):
		case t.slowerOn(c):
			why = fmt.Sprintf("because this model is slower at %v; SRHM_TIER=%v overrides", t, t)
		default:
			best, why = t, "the widest"
		}
	}
	return best, why
}
