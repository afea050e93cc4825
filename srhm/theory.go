package srhm

import "srhmbench/internal/portable"

// RelevantFraction returns F = (s0+1)^-L, the fraction of cells that carry a
// symbol.
func (t Task) RelevantFraction() float64 {
	return portable.Pow(float64(t.S0+1), -float64(t.L))
}

// PStarLCN returns the training-set size (total, not per class) at which a
// locally connected network is predicted to learn: Eq. 3 with the prefactor of
// Figure 4B, s^(L/2) (s0+1)^L n_c m^L.
func (t Task) PStarLCN() float64 {
	l := float64(t.L)
	return portable.Pow(float64(t.S), l/2) * portable.Pow(float64(t.S0+1), l) * t.rhmScale()
}

// PStarCNN returns the same for a convolutional network: Eq. 4 without its
// constant, (s0+1)^2 n_c m^L, the x axis of Figure 4C.
func (t Task) PStarCNN() float64 {
	return portable.Pow(float64(t.S0+1), 2) * t.rhmScale()
}

// rhmScale is n_c m^L, the scale of the model without blanks.
func (t Task) rhmScale() float64 {
	return float64(t.NC) * portable.Pow(float64(t.M), float64(t.L))
}

// LogPStarPerClass returns the natural logarithm of P*/n_c of a locally
// connected network as a function of the relevant fraction f in (0, 1] and the
// input length d, at fixed m and s: Eq. 5 and Figure 5, without prefactor,
//
//	(log m/log s - 1/2) ln f + (log m/log s + 1/2) ln d.
//
// It is Eq. 3 rewritten with s^L = f d, so it means something for f d >= s only.
func LogPStarPerClass(f, d, m, s float64) float64 {
	k := portable.Log(m) / portable.Log(s)
	return float64((k-0.5)*portable.Log(f)) + float64((k+0.5)*portable.Log(d))
}
