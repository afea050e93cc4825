package bench

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"srhmbench/kernels"
	"srhmbench/kernels/kerneltest"
)

// job is a kernel at a shape: the operands it needs, what it does with them, and how much that is.
type job struct {
	lengths []int // elements of each operand
	run     func(f [][]float32)
	flops   float64
	bytes   float64 // least traffic: every input read once, every result written once
}

// jobs makes the job of an operation from its sizes. Scalars are such that no value grows, or shrinks to
// denormals, however often the job is repeated.
var jobs = map[string]func(s map[string]int) job{
	"GEMM": func(s map[string]int) job {
		m, n, k := s["m"], s["n"], s["k"]
		return product(m*n, m*k, k*n, m*n*k, func(f [][]float32) { kernels.GEMM(f[0], n, f[1], k, f[2], m, n, k, false) })
	},
	"GEMMT": func(s map[string]int) job {
		rows, n, width := s["rows"], s["n"], s["width"]
		return product(rows*width, rows*n, n*width, rows*n*width, func(f [][]float32) {
			kernels.GEMMT(f[0], width, f[1], 16*rows, f[2], width, rows, n, width)
		})
	},
	"GEMMNT": func(s map[string]int) job {
		m, rows, n := s["m"], s["rows"], s["n"]
		return product(m*rows, m*n, rows*n, m*rows*n, func(f [][]float32) {
			kernels.GEMMNT(f[0], rows, f[1], n, f[2], 16*rows, m, rows, n)
		})
	},
	"MomentumGEMM": func(s map[string]int) job {
		samples, n, k := s["samples"], s["n"], s["k"]
		w, a, z := k*n, samples*k, samples*n
		return job{
			lengths: []int{w, w, a, z},
			run: func(f [][]float32) {
				kernels.MomentumGEMM(f[0], f[1], f[2], k, f[3], n, k, n, samples, 0.9, 1e-9)
			},
			flops: float64(2*samples+4) * float64(w), bytes: 4 * float64(4*w+a+z),
		}
	},
	"MatMul": func(s map[string]int) job {
		m, n, k, t := s["m"], s["n"], s["k"], kernels.Transposition(2*s["ta"]+s["tb"])
		lda, ldb := k, n
		if s["ta"] == 1 {
			lda = m
		}
		if s["tb"] == 1 {
			ldb = k
		}
		return product(m*n, m*k, k*n, m*n*k, func(f [][]float32) { kernels.MatMul(t, f[0], n, f[1], lda, f[2], ldb, m, n, k, false) })
	},
	"BatchMatMul": func(s map[string]int) job {
		count, m, n, k := s["count"], s["m"], s["n"], s["k"]
		return product(count*m*n, count*m*k, count*k*n, count*m*n*k, func(f [][]float32) {
			kernels.BatchMatMul(kernels.NN, count, f[0], n, m*n, f[1], k, m*k, f[2], n, k*n, m, n, k, false)
		})
	},
	"Pack": func(s map[string]int) job {
		n, k := s["n"], s["k"]
		return job{
			lengths: []int{kernels.Panelled(k, n), k * n}, bytes: 4 * float64(kernels.Panelled(k, n)+k*n),
			run: func(f [][]float32) { kernels.Pack(f[0], f[1], n, k, n) },
		}
	},
	"GEMV": func(s map[string]int) job {
		m, n := s["m"], s["n"]
		return product(m, m*n, n, m*n, func(f [][]float32) { kernels.GEMV(f[0], f[1], n, f[2], m, n, false) })
	},
	"GEMVT": func(s map[string]int) job {
		m, n := s["m"], s["n"]
		return product(n, m*n, m, m*n, func(f [][]float32) { kernels.GEMVT(f[0], f[1], n, f[2], m, n, false) })
	},
	"RankK": rank,
	"GER": func(s map[string]int) job {
		n := s["n"]
		j := rank(map[string]int{"m": s["m"], "n": n, "k": 1})
		j.run = func(f [][]float32) { kernels.GER(f[0], n, f[1], f[2], len(f[1]), n) }
		return j
	},
	"GatherRows": gather,
	"ReLU": func(s map[string]int) job {
		return elementwise(s, 2, 1, 2, func(f [][]float32) { kernels.ReLU(f[0], f[1]) })
	},
	"ReLUGrad": func(s map[string]int) job {
		return elementwise(s, 3, 1, 3, func(f [][]float32) { kernels.ReLUGrad(f[0], f[1], f[2]) })
	},
	"Momentum": func(s map[string]int) job {
		return elementwise(s, 3, 5, 5, func(f [][]float32) { kernels.Momentum(f[0], f[1], f[2], 0.5, 0.9, 1e-9) })
	},
	"MomentumSteps": func(s map[string]int) job {
		n, steps := s["n"], s["steps"]
		return job{
			lengths: []int{n, n},
			run:     func(f [][]float32) { kernels.MomentumSteps(f[0], f[1], steps, 1, 1e-9) },
			flops:   float64(4 * n * steps), bytes: 4 * float64(4*n),
		}
	},
	"CatchUp": func(s map[string]int) job {
		return elementwise(s, 2, 3, 4, func(f [][]float32) { kernels.CatchUp(f[0], f[1], 1, 1e-9) })
	},
	// Ten operations for the polynomial of exp, four around it.
	"Softmax": func(s map[string]int) job {
		return elementwise(s, 2, 14, 2, func(f [][]float32) { kernels.Softmax(f[0], f[1], 0.5) })
	},
	// Two more for the gradient.
	"SoftmaxCrossEntropy": func(s map[string]int) job {
		rows, classes := s["rows"], s["classes"]
		n := rows * classes
		labels := make([]uint16, rows)
		for i := range labels {
			labels[i] = uint16(i % classes)
		}
		return job{
			lengths: []int{n, n}, flops: 16 * float64(n), bytes: 8 * float64(n),
			run: func(f [][]float32) {
				kernels.SoftmaxCrossEntropy(f[0], classes, f[1], classes, labels, classes, 0.5, 0.5/float32(rows))
			},
		}
	},
	"Sigmoid": func(s map[string]int) job {
		return elementwise(s, 2, 15, 2, func(f [][]float32) { kernels.Sigmoid(f[0], f[1]) })
	},
	"SiLU": func(s map[string]int) job {
		return elementwise(s, 2, 16, 2, func(f [][]float32) { kernels.SiLU(f[0], f[1]) })
	},
	"Tanh": func(s map[string]int) job {
		return elementwise(s, 2, 26, 2, func(f [][]float32) { kernels.Tanh(f[0], f[1]) })
	},
	"Log": func(s map[string]int) job {
		return elementwise(s, 2, 25, 2, func(f [][]float32) { kernels.Log(f[0], f[1]) })
	},
	"Rsqrt": func(s map[string]int) job {
		return elementwise(s, 2, 2, 2, func(f [][]float32) { kernels.Rsqrt(f[0], f[1]) })
	},
	"SigmoidGrad": func(s map[string]int) job {
		return elementwise(s, 3, 3, 3, func(f [][]float32) { kernels.SigmoidGrad(f[0], f[1], f[2]) })
	},
	"SiLUGrad": func(s map[string]int) job {
		return elementwise(s, 3, 20, 3, func(f [][]float32) { kernels.SiLUGrad(f[0], f[1], f[2]) })
	},
	"TanhGrad": func(s map[string]int) job {
		return elementwise(s, 3, 3, 3, func(f [][]float32) { kernels.TanhGrad(f[0], f[1], f[2]) })
	},
	"Add": func(s map[string]int) job {
		return elementwise(s, 3, 1, 3, func(f [][]float32) { kernels.Add(f[0], f[1], f[2]) })
	},
	"Multiply": func(s map[string]int) job {
		return elementwise(s, 3, 1, 3, func(f [][]float32) { kernels.Multiply(f[0], f[1], f[2]) })
	},
	"DecayMomentum": func(s map[string]int) job {
		return elementwise(s, 3, 7, 5, func(f [][]float32) { kernels.DecayMomentum(f[0], f[1], f[2], 0.5, 1e-4, 0.9, 1e-9) })
	},
	"Conv": func(s map[string]int) job {
		c := conv(s)
		return product(c.Outputs()*c.Out, c.Inputs()*c.In, c.Weights(), convProducts(c), func(f [][]float32) {
			kernels.Conv(f[0], c.Out, f[1], c.In, f[2], c, false)
		})
	},
	"ConvGradInput": func(s map[string]int) job {
		c := conv(s)
		return product(c.Inputs()*c.In, c.Outputs()*c.Out, c.TurnedWeights(), convProducts(c), func(f [][]float32) {
			kernels.ConvGradInput(f[0], c.In, f[1], c.Out, f[2], c, false)
		})
	},
	"ConvGradWeights": func(s map[string]int) job {
		c := conv(s)
		return product(c.Weights(), c.Inputs()*c.In, c.Outputs()*c.Out, convProducts(c), func(f [][]float32) {
			kernels.ConvGradWeights(f[0], f[1], c.In, f[2], c.Out, c, false)
		})
	},
	"DepthwiseConv": func(s map[string]int) job {
		v, c := window(s), s["channels"]
		return product(v.Outputs()*c, v.Inputs()*c, v.Taps()*c, taps(v)*c, func(f [][]float32) {
			kernels.DepthwiseConv(f[0], c, f[1], c, f[2], v, c)
		})
	},
	"DepthwiseConvGradInput": func(s map[string]int) job {
		v, c := window(s), s["channels"]
		return product(v.Inputs()*c, v.Outputs()*c, v.Taps()*c, taps(v)*c, func(f [][]float32) {
			kernels.DepthwiseConvGradInput(f[0], c, f[1], c, f[2], v, c)
		})
	},
	"DepthwiseConvGradWeights": func(s map[string]int) job {
		v, c := window(s), s["channels"]
		return product(v.Taps()*c, v.Inputs()*c, v.Outputs()*c, taps(v)*c, func(f [][]float32) {
			kernels.DepthwiseConvGradWeights(f[0], f[1], c, f[2], c, v, c)
		})
	},
	"BatchNormMoments": func(s map[string]int) job {
		rows, c := s["rows"], s["channels"]
		return passes(s, []int{c, c, rows * c}, 4, 1, func(f [][]float32) { kernels.BatchNormMoments(f[0], f[1], f[2], c, rows, c) })
	},
	"BatchNorm": func(s map[string]int) job {
		rows, c := s["rows"], s["channels"]
		return passes(s, []int{rows * c, rows * c, c, c, c}, 3, 2, func(f [][]float32) {
			kernels.BatchNorm(f[0], c, f[1], c, f[2], f[3], f[4], rows, c)
		})
	},
	"BatchNormGradSums": func(s map[string]int) job {
		rows, c := s["rows"], s["channels"]
		return passes(s, []int{c, c, rows * c, rows * c, c}, 4, 2, func(f [][]float32) {
			kernels.BatchNormGradSums(f[0], f[1], f[2], c, f[3], c, f[4], rows, c)
		})
	},
	"BatchNormGrad": func(s map[string]int) job {
		rows, c := s["rows"], s["channels"]
		return passes(s, []int{rows * c, rows * c, rows * c, c, c, c, c}, 5, 3, func(f [][]float32) {
			kernels.BatchNormGrad(f[0], c, f[1], c, f[2], c, f[3], f[4], f[5], f[6], rows, c)
		})
	},
	"MaxPool": func(s map[string]int) job {
		v, c := window(s), s["channels"]
		return pool(v, c, []int{v.Outputs(), v.Outputs(), v.Inputs()}, func(f [][]float32) { kernels.MaxPool(f[0], f[1], c, f[2], c, v, c) })
	},
	"MaxPoolGrad": func(s map[string]int) job {
		v, c := window(s), s["channels"]
		return pool(v, c, []int{v.Inputs(), v.Outputs(), v.Outputs()}, func(f [][]float32) { kernels.MaxPoolGrad(f[0], c, f[1], f[2], c, v, c) })
	},
	"AveragePool": func(s map[string]int) job {
		v, c := window(s), s["channels"]
		return pool(v, c, []int{v.Outputs(), v.Inputs()}, func(f [][]float32) { kernels.AveragePool(f[0], c, f[1], c, v, c) })
	},
	"AveragePoolGrad": func(s map[string]int) job {
		v, c := window(s), s["channels"]
		return pool(v, c, []int{v.Inputs(), v.Outputs()}, func(f [][]float32) { kernels.AveragePoolGrad(f[0], c, f[1], c, v, c) })
	},
	"Transpose": func(s map[string]int) job {
		rows, cols := s["rows"], s["cols"]
		return job{
			lengths: []int{rows * cols, rows * cols}, bytes: 8 * float64(rows*cols),
			run: func(f [][]float32) { kernels.Transpose(f[0], rows, f[1], cols, rows, cols) },
		}
	},
}

func window(s map[string]int) kernels.Window {
	v := kernels.Window{Batch: s["batch"], Height: s["height"], Width: s["width"]}
	for i, n := range []int{v.Height, v.Width} {
		v.Kernel[i], v.Stride[i] = s["kernel"], s["stride"]
		if i == 0 && n == 1 {
			v.Kernel[i], v.Stride[i] = 1, 1
		}
		v.Pad[i] = v.Kernel[i] / 2
	}
	return v
}

func conv(s map[string]int) kernels.ConvShape {
	return kernels.ConvShape{Window: window(s), In: s["in"], Out: s["out"], Groups: s["groups"]}
}

// taps counts the taps that meet the image, over all output positions.
func taps(v kernels.Window) int {
	total := v.Batch
	for i, in := range []int{v.Height, v.Width} {
		meet := 0
		for o := range []int{v.OutHeight(), v.OutWidth()}[i] {
			for t := range v.Kernel[i] {
				if at := o*v.Stride[i] - v.Pad[i] + t; at >= 0 && at < in {
					meet++
				}
			}
		}
		total *= meet
	}
	return total
}

func convProducts(c kernels.ConvShape) int { return taps(c.Window) * c.In / c.Groups * c.Out }

func product(out, left, right, multiplications int, run func(f [][]float32)) job {
	return job{
		lengths: []int{out, left, right}, run: run,
		flops: 2 * float64(multiplications), bytes: 4 * float64(out+left+right),
	}
}

// rank is an update, which reads what it writes. Its values grow by less than k a call, so they stay far from
// overflow.
func rank(s map[string]int) job {
	m, n, k := s["m"], s["n"], s["k"]
	j := product(m*n, m*k, k*n, m*n*k, func(f [][]float32) { kernels.RankK(f[0], n, f[1], k, f[2], n, m, n, k) })
	j.bytes += 4 * float64(m*n)
	return j
}

// elementwise is a job on so many vectors, with operations and accesses for each element.
func elementwise(s map[string]int, vectors int, flops, accesses float64, run func(f [][]float32)) job {
	n := s["n"]
	return job{
		lengths: slices.Repeat([]int{n}, vectors), run: run,
		flops: flops * float64(n), bytes: 4 * accesses * float64(n),
	}
}

// passes is a job on rows of channels, with operations and accesses for each element.
func passes(s map[string]int, lengths []int, flops, accesses float64, run func(f [][]float32)) job {
	n := float64(s["rows"] * s["channels"])
	return job{lengths: lengths, run: run, flops: flops * n, bytes: 4 * accesses * n}
}

// pool is a job on images of so many positions, with an operation for each tap and channel.
func pool(v kernels.Window, channels int, positions []int, run func(f [][]float32)) job {
	j := job{run: run, flops: float64(taps(v) * channels)}
	for _, p := range positions {
		j.lengths = append(j.lengths, p*channels)
		j.bytes += 4 * float64(p*channels)
	}
	return j
}

// gather sums fan rows, here and there in as many as there are results, onto one base.
func gather(s map[string]int) job {
	rows, fan, width := s["rows"], s["fan"], s["width"]
	list, base, offsets, idx := make([]int32, rows), make([]int32, rows), []int32{0}, []int32(nil)
	for i := range list {
		list[i] = int32(i)
		for e := range fan {
			idx = append(idx, int32((i*7+e*3)%rows))
		}
		offsets = append(offsets, int32(len(idx)))
	}
	n := rows * width
	return job{
		lengths: []int{n, width, n},
		run: func(f [][]float32) {
			kernels.GatherRows(kernels.Gather{
				Dst:   kernels.Rows{Data: f[0], Stride: width, Index: list},
				Base:  kernels.Rows{Data: f[1], Stride: width, Index: base},
				Src:   kernels.Rows{Data: f[2], Stride: width, Index: idx},
				Start: offsets, Width: width, Scale: 0.5,
			})
		},
		flops: float64(fan+1) * float64(n), bytes: 4 * float64(n+width+n),
	}
}

// small jobs are those that the generic tier is timed at too.
func (j job) small() bool { return max(j.flops, j.bytes) <= 1<<21 }

// total is the number of elements of all operands, each starting on a cache line.
func (j job) total() int {
	n := 0
	for _, l := range j.lengths {
		n += (l + 15) / 16 * 16
	}
	return n
}

// operands cuts memory into the operands, into f.
func (j job) operands(f [][]float32, memory []float32) {
	at := 0
	for i, l := range j.lengths {
		f[i] = memory[at : at+l : at+l]
		at += (l + 15) / 16 * 16
	}
}

// values fills memory for all operands with numbers of ordinary size, the same ones every time.
func (j job) values(memory []float32) {
	r := rand.New(rand.NewPCG(1, 2))
	for i := range memory {
		memory[i] = 2*r.Float32() - 1
	}
}

// result is the memory of the operands after the job was done once, on the active tier.
func (j job) result() []float32 {
	memory, f := make([]float32, j.total()), make([][]float32, len(j.lengths))
	j.values(memory)
	j.operands(f, memory)
	j.run(f)
	return memory
}

// check holds the active tier's result to the generic tier's bits.
func check(got, want []float32) error {
	for i, x := range got {
		if !kerneltest.Same(x, want[i]) {
			return fmt.Errorf("element %d of the operands is %v, the generic tier has %v", i, x, want[i])
		}
	}
	return nil
}
