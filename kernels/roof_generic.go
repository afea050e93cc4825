package kernels

import "runtime"

func peakFMAGeneric(loops int) float64 {
	var acc [4]float32
	for i := 0; i < loops; i++ {
		for j := range acc {
			acc[j] = fma32(acc[j], acc[j], acc[j])
		}
	}
	runtime.KeepAlive(acc)
	return float64(loops) * 8
}

func streamReadGeneric(src []float32) float32 {
	var s [4]float32
	for i := 0; i+4 <= len(src); i += 4 {
		s[0] += src[i]
		s[1] += src[i+1]
		s[2] += src[i+2]
		s[3] += src[i+3]
	}
	return s[0] + s[1] + s[2] + s[3]
}
