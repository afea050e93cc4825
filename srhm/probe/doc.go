// Package probe measures the sensitivities S_{k,l} and D_{k,l} of a network's layers to synonym exchange
// and displacement (SPEC section 3, Eqs. 6, 7, 13, 14; see [spec.Sensitivities]).
//
// With N inputs x_i and one transformed x'_i of each,
//
//	a_i = ‖f_k(x_i) - f_k(x'_i)‖²
//	b_i = 2N/(N-1) ‖f_k(x_i) - ⟨f_k⟩‖²
//
// a sensitivity is the ratio of means R = ⟨a⟩/⟨b⟩, where ⟨b⟩ equals the mean of ‖f_k(x_i) - f_k(x_j)‖² over all pairs
// i ≠ j. (The authors' program includes i = j, which makes their values larger by N/(N-1).) The standard error is that of
// a ratio of means by the delta method, sqrt(Σ(a_i - R b_i)²/(N(N-1)))/⟨b⟩. To first order, b_i is also what x_i
// contributes to ⟨b⟩, so the noise of both means is counted.
//
// Inputs are fresh examples. Every transformation at every level has a random stream of its own, but all transform the
// same inputs: differences between layers and levels are known better than the values themselves. All numbers have the
// same bits on every kernel tier and number of threads.
package probe
