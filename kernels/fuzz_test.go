package kernels_test

import (
	"maps"
	"slices"
	"testing"

	"srhmbench/kernels"
	"srhmbench/kernels/kerneltest"
)

// The fuzzer chooses shapes, and every float32 by its bits; kerneltest compares the tiers.

// seeds are the values a target starts with: invented ones, special ones, and one repeated.
var seeds = [][]byte{nil, {0, 0, 0xc0, 0x7f, 0, 0, 0x80, 0x3f, 1, 0, 0, 0x80, 0xff, 0xff, 0x7f, 0x7f}, {0xab, 0xaa, 0xaa, 0x3e}}

func fuzzTiers(t testing.TB) []kernels.Tier { return slices.Sorted(maps.Keys(kerneltest.Tiers(t))) }

func FuzzGEMM(f *testing.F) {
	tiers := fuzzTiers(f)
	for i, raw := range seeds {
		f.Add(uint8(13+i), uint8(5), uint8(6), uint8(3), i == 1, raw)
		f.Add(uint8(1), uint8(4), uint8(9*i), uint8(0), i == 0, raw)
	}
	f.Fuzz(func(t *testing.T, m, panels, k, pad uint8, accumulate bool, raw []byte) {
		s := kerneltest.FromBytes(raw)
		kerneltest.Check(t, "GEMM", kerneltest.GEMM(s, int(m%40), int(panels%8)*16, int(k%40), int(pad%20), accumulate), tiers...)
	})
}

func FuzzGEMMT(f *testing.F) {
	tiers := fuzzTiers(f)
	for i, raw := range seeds {
		f.Add(uint8(13+i), uint8(2), uint8(7), uint8(3), raw)
		f.Add(uint8(6), uint8(i), uint8(3), uint8(0), raw)
	}
	f.Fuzz(func(t *testing.T, rows, panels, eights, pad uint8, raw []byte) {
		s := kerneltest.FromBytes(raw)
		kerneltest.Check(t, "GEMMT", kerneltest.GEMMT(s, int(rows%40), int(panels%5)*16, int(eights%10)*8, int(pad%20)), tiers...)
	})
}

func FuzzGEMMNT(f *testing.F) {
	tiers := fuzzTiers(f)
	for i, raw := range seeds {
		f.Add(uint8(3), uint8(2+i), uint8(7), uint8(3), raw)
		f.Add(uint8(6), uint8(i), uint8(3), uint8(0), raw)
	}
	f.Fuzz(func(t *testing.T, m, sixteens, panels, pad uint8, raw []byte) {
		s := kerneltest.FromBytes(raw)
		kerneltest.Check(t, "GEMMNT", kerneltest.GEMMNT(s, int(m%12), int(sixteens%7)*16, int(panels%5)*16, int(pad%20)), tiers...)
	})
}

func FuzzMomentumGEMM(f *testing.F) {
	tiers := fuzzTiers(f)
	for i, raw := range seeds {
		f.Add(uint8(13+i), uint8(2), uint8(7), uint8(3), raw)
		f.Add(uint8(6), uint8(1), uint8(i), uint8(0), raw)
	}
	f.Fuzz(func(t *testing.T, k, panels, samples, pad uint8, raw []byte) {
		s := kerneltest.FromBytes(raw)
		kerneltest.Check(t, "MomentumGEMM", kerneltest.MomentumGEMM(s, int(k%40), int(panels%5)*16, int(samples%40), int(pad%20)), tiers...)
	})
}

func FuzzMatMul(f *testing.F) {
	tiers := fuzzTiers(f)
	for i, raw := range seeds {
		f.Add(uint8(i), uint8(13+i), uint8(37), uint8(6), uint8(3), i == 1, raw)
		f.Add(uint8(i+1), uint8(1), uint8(70), uint8(9*i), uint8(0), i == 0, raw)
	}
	f.Fuzz(func(t *testing.T, op, m, n, k, pad uint8, accumulate bool, raw []byte) {
		s := kerneltest.FromBytes(raw)
		kerneltest.Check(t, "MatMul", kerneltest.MatMul(s, kernels.Transposition(op%4), int(m%40), int(n%80), int(k%40), int(pad%20), accumulate), tiers...)
	})
}

func FuzzGEMV(f *testing.F) {
	tiers := fuzzTiers(f)
	for i, raw := range seeds {
		f.Add(uint8(7), uint8(77+i), uint8(3), i == 1, raw)
		f.Add(uint8(1), uint8(i), uint8(0), i == 0, raw)
	}
	f.Fuzz(func(t *testing.T, m, n, pad uint8, accumulate bool, raw []byte) {
		s := kerneltest.FromBytes(raw)
		kerneltest.Check(t, "GEMV", kerneltest.GEMV(s, int(m%20), int(n), int(pad%20), accumulate), tiers...)
		kerneltest.Check(t, "GEMVT", kerneltest.GEMVT(s, int(m%20), int(n), int(pad%20), accumulate), tiers...)
		kerneltest.Check(t, "RankK", kerneltest.RankK(s, int(m%20), int(n), int(pad%9), int(pad%20)), tiers...)
	})
}

func FuzzGatherRows(f *testing.F) {
	tiers := fuzzTiers(f)
	for i, raw := range seeds {
		f.Add(uint8(5), uint8(77+i), uint8(3), raw)
		f.Add(uint8(1), uint8(i), uint8(0), raw)
	}
	f.Fuzz(func(t *testing.T, height, width, pad uint8, raw []byte) {
		s := kerneltest.FromBytes(raw)
		kerneltest.Check(t, "GatherRows", kerneltest.GatherRows(s, 1+int(height%20), int(width), int(pad%20)), tiers...)
	})
}

func FuzzSoftmax(f *testing.F) { fuzzVector(f, "Softmax", kerneltest.Softmax) }

func FuzzMomentum(f *testing.F) { fuzzVector(f, "Momentum", kerneltest.Momentum) }

func FuzzReLUGrad(f *testing.F) { fuzzVector(f, "ReLUGrad", kerneltest.ReLUGrad) }

func fuzzVector(f *testing.F, op string, call func(*kerneltest.Source, int) kerneltest.Call) {
	tiers := fuzzTiers(f)
	for _, raw := range seeds {
		f.Add(uint16(0), raw)
		f.Add(uint16(37), raw)
		f.Add(uint16(128), raw)
	}
	f.Fuzz(func(t *testing.T, n uint16, raw []byte) {
		kerneltest.Check(t, op, call(kerneltest.FromBytes(raw), int(n%1024)), tiers...)
	})
}
