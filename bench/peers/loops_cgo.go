package main

/*
// Compiled for what the CPU has.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
__attribute__((target_clones("avx512f", "avx2", "default"), optimize("O3")))
#endif
void peers_momentum(int n, float mu, float rate, float *restrict w, float *restrict mom, const float *restrict grad) {
	for (int i = 0; i < n; i++) {
		mom[i] = mu * mom[i] + grad[i];
		w[i] -= rate * mom[i];
	}
}
static const char *compiler(void) { return __VERSION__; }
*/
import "C"

func init() { openers["cc"] = func() (library, error) { return loops{}, nil } }

// loops is what the C compiler makes of the obvious loops, where libraries have nothing that does the same in one
// pass.
type loops struct{}

func (loops) name() string { return "cc" }

func (loops) describe() string { return "C compiler " + C.GoString(C.compiler()) + ", -O3" }

func (loops) products(layer, *operands) products { return products{} }

func (loops) momentum(v *vectors) func() {
	return func() {
		C.peers_momentum(C.int(len(v.w)), momentum, rate, (*C.float)(&v.w[0]), (*C.float)(&v.mom[0]), (*C.float)(&v.grad[0]))
	}
}
