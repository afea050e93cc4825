package kernels

func convGeneric(y []float32, ldy int, x []float32, ldx int, w []float32, s ConvShape, accumulate bool) {
	convChains(y, ldy, s.Out, s.Outputs(), x, ldx, s.In, w, s, false, accumulate)
}

func convGradInputGeneric(dx []float32, lddx int, dy []float32, lddy int, wt []float32, s ConvShape, accumulate bool) {
	convChains(dx, lddx, s.In, s.Inputs(), dy, lddy, s.Out, wt, s, true, accumulate)
}

// convChains sums, for each position of the result, over the positions it gathers and their input channels.
func convChains(y []float32, ldy, out, positions int, x []float32, ldx, in int, w []float32, s ConvShape, back bool, accumulate bool) {
	k, n := in/s.Groups, out/s.Groups
	rows := s.Taps() * k
	for p := range positions {
		for g := range s.Groups {
			weights := w[g*Panelled(rows, n):]
			for o := 0; o < n; o += 16 {
				result := y[p*ldy+g*n+o : p*ldy+g*n+min(o+16, n)]
				if !accumulate {
					clear(result)
				}
				s.visit(back, p, func(tap, from int) {
					for i, a := range x[from*ldx+g*k : from*ldx+g*k+k] {
						row := weights[PanelIndex(rows, tap*k+i, o):]
						for j, c := range result {
							result[j] = fma32(a, row[j], c)
						}
					}
				})
			}
		}
	}
}

func convGradWeightsGeneric(dw []float32, x []float32, ldx int, dy []float32, lddy int, s ConvShape, accumulate bool) {
	in, out := s.In/s.Groups, s.Out/s.Groups
	if !accumulate {
		clearWeights(dw, s)
	}
	for p := range s.Outputs() {
		s.visit(false, p, func(tap, from int) {
			for g := range s.Groups {
				for i, a := range x[from*ldx+g*in : from*ldx+g*in+in] {
					for o := 0; o < out; o += 16 {
						at := s.WeightIndex(g, tap, i, o)
						for j, z := range dy[p*lddy+g*out+o : p*lddy+g*out+min(o+16, out)] {
							dw[at+j] = fma32(a, z, dw[at+j])
						}
					}
				}
			}
		})
	}
}

// clearWeights zeroes the weights and leaves the padding alone.
func clearWeights(dw []float32, s ConvShape) {
	rows, out := s.Taps()*s.In/s.Groups, s.Out/s.Groups
	for g := range s.Groups {
		for r := range rows {
			for o := 0; o < out; o += 16 {
				at := g*Panelled(rows, out) + PanelIndex(rows, r, o)
				clear(dw[at : at+min(16, out-o)])
			}
		}
	}
}
