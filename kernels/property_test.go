package kernels_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"srhmbench/kernels"
	"srhmbench/kernels/kerneltest"
)

// Properties that the contract promises beyond a single call: work may be cut between threads and blocks, and two ways
// to the same chains give the same bits.

// property checks f with random shapes and values on every tier.
func property(t *testing.T, f func(t *rapid.T, s *kerneltest.Source)) {
	onTiers(t, func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			kind := rapid.SampledFrom([]kerneltest.Kind{kerneltest.Ordinary, kerneltest.Edges, kerneltest.Nonfinite}).Draw(t, "values")
			f(t, kerneltest.NewSource(kind, rapid.Uint64().Draw(t, "seed")))
		})
	})
}

func draw(t *rapid.T, name string, low, high int) int { return rapid.IntRange(low, high).Draw(t, name) }

func values(s *kerneltest.Source, n int) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = s.Float()
	}
	return x
}

func mustEqual(t *rapid.T, what string, got, want []float32) {
	t.Helper()
	if !slices.EqualFunc(got, want, kerneltest.Same) {
		t.Fatalf("%s: %v, want %v", what, got, want)
	}
}

func transposed(x []float32, rows, cols int) []float32 {
	y := make([]float32, len(x))
	kernels.Transpose(y, rows, x, cols, rows, cols)
	return y
}

// panelled packs a k×n matrix into panels.
func panelled(x []float32, k, n int) []float32 {
	p := make([]float32, kernels.Panelled(k, n))
	for row := range k {
		for col := range n {
			p[kernels.PanelIndex(k, row, col)] = x[row*n+col]
		}
	}
	return p
}

func TestGEMMInBlocksIsGEMM(t *testing.T) {
	property(t, func(t *rapid.T, s *kerneltest.Source) {
		m, n, k := draw(t, "m", 1, 30), 16*draw(t, "panels", 1, 6), draw(t, "k", 1, 30)
		a, b := values(s, m*k), values(s, k*n)
		want := make([]float32, m*n)
		kernels.GEMM(want, n, a, k, panelled(b, k, n), m, n, k, false)

		atK := draw(t, "cut of k", 0, k)
		got := make([]float32, m*n)
		kernels.GEMM(got, n, a, k, panelled(b[:atK*n], atK, n), m, n, atK, false)
		kernels.GEMM(got, n, a[min(atK, k-1):], k, panelled(b[atK*n:], k-atK, n), m, n, k-atK, true)
		mustEqual(t, "in two parts of k", got, want)

		atM, atN := draw(t, "cut of m", 0, m-1), 16*draw(t, "cut of panels", 0, n/16-1)
		got = make([]float32, m*n)
		p := panelled(b, k, n)
		kernels.GEMM(got, n, a, k, p, atM, n, k, false)
		kernels.GEMM(got[atM*n:], n, a[atM*k:], k, p, m-atM, atN, k, false)
		kernels.GEMM(got[atM*n+atN:], n, a[atM*k:], k, p[k*atN:], m-atM, n-atN, k, false)
		mustEqual(t, "in parts of m and n", got, want)
	})
}

func TestMatMulIsGEMM(t *testing.T) {
	property(t, func(t *rapid.T, s *kerneltest.Source) {
		m, n, k := draw(t, "m", 1, 40), draw(t, "n", 1, 80), draw(t, "k", 1, 40)
		a, b, c := values(s, m*k), values(s, k*n), values(s, m*n)
		accumulate := rapid.Bool().Draw(t, "accumulate")
		padded, packed := make([]float32, m*kernels.Padded(n)), make([]float32, kernels.Panelled(k, n))
		for row := range m {
			copy(padded[row*kernels.Padded(n):], c[row*n:(row+1)*n])
		}
		kernels.Pack(packed, b, n, k, n)
		kernels.GEMM(padded, kernels.Padded(n), a, k, packed, m, kernels.Padded(n), k, accumulate)
		want := make([]float32, 0, m*n)
		for row := range m {
			want = append(want, padded[row*kernels.Padded(n):][:n]...)
		}
		at, bt := transposed(a, m, k), transposed(b, k, n)
		got := slices.Clone(c)
		kernels.MatMul(kernels.NN, got, n, a, k, b, n, m, n, k, accumulate)
		mustEqual(t, "NN", got, want)
		got = slices.Clone(c)
		kernels.MatMul(kernels.NT, got, n, a, k, bt, k, m, n, k, accumulate)
		mustEqual(t, "NT", got, want)
		got = slices.Clone(c)
		kernels.MatMul(kernels.TN, got, n, at, m, b, n, m, n, k, accumulate)
		mustEqual(t, "TN", got, want)
		got = slices.Clone(c)
		kernels.ParallelMatMul(draw(t, "threads", 1, 5), kernels.TT, got, n, at, m, bt, k, m, n, k, accumulate)
		mustEqual(t, "TT on threads", got, want)
	})
}

func TestProductsWithVectorsAreMatMul(t *testing.T) {
	property(t, func(t *rapid.T, s *kerneltest.Source) {
		m, n, k := draw(t, "m", 1, 40), draw(t, "n", 1, 80), draw(t, "k", 1, 8)
		a, x, y := values(s, m*n), values(s, m), values(s, n)
		accumulate := rapid.Bool().Draw(t, "accumulate")

		want, got := slices.Clone(y), slices.Clone(y)
		kernels.MatMul(kernels.NN, want, n, x, m, a, n, 1, n, m, accumulate)
		kernels.GEMVT(got, a, n, x, m, n, accumulate)
		mustEqual(t, "GEMVT", got, want)

		left, right := values(s, m*k), values(s, k*n)
		want, got = slices.Clone(a), slices.Clone(a)
		kernels.MatMul(kernels.NN, want, n, left, k, right, n, m, n, k, true)
		kernels.RankK(got, n, left, k, right, n, m, n, k)
		mustEqual(t, "RankK", got, want)

		want, got = slices.Clone(a), slices.Clone(a)
		kernels.MatMul(kernels.NN, want, n, x, 1, y, n, m, n, 1, true)
		kernels.GER(got, n, x, y, m, n)
		mustEqual(t, "GER", got, want)
	})
}

// A sum in 16 lanes equals a product of 16 columns that each hold every 16th element, followed by a tree.
func TestGEMVHasSixteenLanes(t *testing.T) {
	property(t, func(t *rapid.T, s *kerneltest.Source) {
		m, chunks := draw(t, "m", 1, 10), draw(t, "chunks", 0, 6)
		n := 16 * chunks
		a, x, got := values(s, m*n), values(s, n), make([]float32, m)
		kernels.GEMV(got, a, n, x, m, n, false)
		for i := range m {
			lanes := make([]float32, 16)
			for l := range lanes {
				var row, col []float32
				for j := l; j < n; j += 16 {
					row, col = append(row, a[i*n+j]), append(col, x[j])
				}
				kernels.MatMul(kernels.NN, lanes[l:l+1], 1, row, chunks, col, 1, 1, 1, chunks, false)
			}
			for half := 8; half > 0; half /= 2 {
				for l := range half {
					lanes[l] += lanes[l+half]
				}
			}
			mustEqual(t, "row", got[i:i+1], lanes[:1])
		}
	})
}

func TestGEMMTIsGEMMWithTheTranspose(t *testing.T) {
	property(t, func(t *rapid.T, s *kerneltest.Source) {
		samples, n, k := 8*draw(t, "samples", 1, 8), 16*draw(t, "panels", 1, 3), 16*draw(t, "rows", 1, 3)
		w, z := values(s, k*n), values(s, samples*n)
		want := make([]float32, samples*k)
		kernels.GEMM(want, k, z, n, panelled(transposed(w, k, n), n, k), samples, k, n, false)

		p, zt := panelled(w, k, n), transposed(z, samples, n)
		got := make([]float32, k*samples)
		atRow, atSample := draw(t, "cut of rows", 0, k-1), 8*draw(t, "cut of samples", 0, samples/8-1)
		kernels.GEMMT(got, samples, p, 16*k, zt, samples, atRow, n, samples)
		kernels.GEMMT(got[atRow*samples:], samples, p[16*atRow:], 16*k, zt, samples, k-atRow, n, atSample)
		kernels.GEMMT(got[atRow*samples+atSample:], samples, p[16*atRow:], 16*k, zt[atSample:], samples, k-atRow, n, samples-atSample)
		mustEqual(t, "GEMMT", transposed(got, k, samples), want)
	})
}

func TestGEMMNTIsGEMMWithTheTranspose(t *testing.T) {
	property(t, func(t *rapid.T, s *kerneltest.Source) {
		samples, n, rows := draw(t, "samples", 1, 9), 16*draw(t, "panels", 1, 3), 16*draw(t, "rows", 1, 5)
		w, z := values(s, rows*n), values(s, samples*n)
		want := make([]float32, samples*rows)
		kernels.GEMM(want, rows, z, n, panelled(transposed(w, rows, n), n, rows), samples, rows, n, false)

		p, got := panelled(w, rows, n), make([]float32, samples*rows)
		atSample, atRow := draw(t, "cut of samples", 0, samples), 16*draw(t, "cut of rows", 0, rows/16-1)
		kernels.GEMMNT(got, rows, z, n, p, 16*rows, atSample, atRow, n)
		kernels.GEMMNT(got[atRow:], rows, z, n, p[16*atRow:], 16*rows, atSample, rows-atRow, n)
		kernels.GEMMNT(got[atSample*rows:], rows, z[atSample*n:], n, p, 16*rows, samples-atSample, rows, n)
		mustEqual(t, "GEMMNT", got, want)
	})
}

func TestMomentumGEMMIsGEMMThenMomentum(t *testing.T) {
	property(t, func(t *rapid.T, s *kerneltest.Source) {
		k, n, samples := draw(t, "k", 1, 30), 16*draw(t, "panels", 1, 4), draw(t, "samples", 1, 20)
		w, m, a, z := values(s, k*n), values(s, k*n), values(s, samples*k), values(s, samples*n)
		mu, lr := s.Float(), s.Float()
		g := make([]float32, k*n)
		kernels.GEMM(g, n, transposed(a, samples, k), samples, panelled(z, samples, n), k, n, samples, false)
		wantW, wantM := slices.Clone(w), slices.Clone(m)
		kernels.Momentum(wantW, wantM, panelled(g, k, n), 1, mu, lr)

		cut := 16 * draw(t, "cut of panels", 0, n/16-1)
		kernels.MomentumGEMM(w, m, a, k, z, n, k, cut, samples, mu, lr)
		kernels.MomentumGEMM(w[k*cut:], m[k*cut:], a, k, z[cut:], n, k, n-cut, samples, mu, lr)
		mustEqual(t, "momentum", m, wantM)
		mustEqual(t, "weights", w, wantW)
	})
}

func TestTransposeTwiceIsNothing(t *testing.T) {
	property(t, func(t *rapid.T, s *kerneltest.Source) {
		rows, cols := draw(t, "rows", 0, 40), draw(t, "cols", 0, 40)
		x := values(s, rows*cols)
		mustEqual(t, "twice", transposed(transposed(x, rows, cols), cols, rows), x)
	})
}

func TestGatherRowsOfOnesIsASum(t *testing.T) {
	property(t, func(t *rapid.T, s *kerneltest.Source) {
		height, width, entries := draw(t, "height", 1, 9), draw(t, "width", 1, 90), draw(t, "entries", 0, 9)
		src, base := values(s, height*width), values(s, width)
		idx := make([]int32, entries)
		for i := range idx {
			idx[i] = int32(s.Int(height))
		}
		// The same chain as a product of the listed rows with a row of scale.
		scale := s.Float()
		n := kernels.Padded(width)
		c, a, b := make([]float32, n), make([]float32, entries), make([]float32, kernels.Panelled(entries, width))
		copy(c, base)
		for e, i := range idx {
			a[e] = scale
			for col := range width {
				b[kernels.PanelIndex(entries, e, col)] = src[int(i)*width+col]
			}
		}
		kernels.GEMM(c, n, a, entries, b, 1, n, entries, true)

		got := make([]float32, width)
		cut := draw(t, "cut of columns", 0, width-1)
		for _, part := range [][2]int{{0, cut}, {cut, width}} {
			from, columns := part[0], part[1]-part[0]
			kernels.GatherRows(kernels.Gather{
				Dst:   kernels.Rows{Data: got[from:], Stride: width, Index: []int32{0}},
				Base:  kernels.Rows{Data: base[from:], Stride: width, Index: []int32{0}},
				Src:   kernels.Rows{Data: src[from:], Stride: width, Index: idx},
				Start: []int32{0, int32(entries)}, Width: columns, Scale: scale,
			})
		}
		mustEqual(t, "gathered", got, c[:width])
	})
}

// Rows without a base equal rows whose base is -1, however many there are.
func TestGatherRowsWithoutBase(t *testing.T) {
	property(t, func(t *rapid.T, s *kerneltest.Source) {
		rows, width := draw(t, "rows", 0, 900), draw(t, "width", 0, 20)
		g := kernels.Gather{Src: kernels.Rows{Data: values(s, rows*width), Stride: width}, Start: []int32{0}, Width: width, Scale: s.Float()}
		none := make([]int32, rows)
		for i := range rows {
			none[i] = -1
			g.Dst.Index = append(g.Dst.Index, int32(rows-1-i))
			for range s.Int(4) {
				g.Src.Index = append(g.Src.Index, int32(s.Int(rows)))
			}
			g.Start = append(g.Start, int32(len(g.Src.Index)))
		}
		want, got := values(s, rows*width), values(s, rows*width)
		g.Dst.Data, g.Dst.Stride, g.Base.Index = want, width, none
		kernels.GatherRows(g)
		g.Dst.Data, g.Base.Index = got, nil
		kernels.GatherRows(g)
		mustEqual(t, "gathered", got, want)
	})
}

func TestMomentumStepsIsMomentumGEMMWithoutSamples(t *testing.T) {
	property(t, func(t *rapid.T, s *kerneltest.Source) {
		rows, steps := draw(t, "rows", 0, 40), draw(t, "steps", 0, 7)
		w, m := values(s, 16*rows), values(s, 16*rows)
		mu, lr := s.Float(), s.Float()
		wantW, wantM := slices.Clone(w), slices.Clone(m)
		for range steps {
			kernels.MomentumGEMM(wantW, wantM, nil, 0, nil, 0, rows, 16, 0, mu, lr)
		}
		kernels.MomentumSteps(w, m, steps, mu, lr)
		mustEqual(t, "w", w, wantW)
		mustEqual(t, "m", m, wantM)
	})
}

func TestVectorsInParts(t *testing.T) {
	property(t, func(t *rapid.T, s *kerneltest.Source) {
		n := draw(t, "n", 1, 100)
		cut := draw(t, "cut", 0, n)
		x, y, z := values(s, n), values(s, n), values(s, n)
		p, q, r := s.Float(), s.Float(), s.Float()
		for name, op := range map[string]func(x, y, z []float32){
			"ReLU":     func(x, y, _ []float32) { kernels.ReLU(x, y) },
			"ReLUGrad": func(x, y, z []float32) { kernels.ReLUGrad(x, y, z) },
			"Momentum": func(x, y, z []float32) { kernels.Momentum(x, y, z, p, q, r) },
			"CatchUp":  func(x, y, _ []float32) { kernels.CatchUp(x, y, p, q) },
		} {
			whole := [][]float32{slices.Clone(x), slices.Clone(y), slices.Clone(z)}
			parts := [][]float32{slices.Clone(x), slices.Clone(y), slices.Clone(z)}
			op(whole[0], whole[1], whole[2])
			op(parts[0][:cut], parts[1][:cut], parts[2][:cut])
			op(parts[0][cut:], parts[1][cut:], parts[2][cut:])
			for i := range whole {
				mustEqual(t, name, parts[i], whole[i])
			}
		}
	})
}
