package human

import (
	"math"
	"strings"
	"testing"
)

func TestDuration(t *testing.T) {
	for seconds, want := range map[float64]string{
		0: "0 ns", 4.2e-10: "0.42 ns", 5e-9: "5 ns", 9.994e-7: "999 ns", 9.996e-7: "1 µs", 2.0849e-6: "2.08 µs", 1e-6: "1 µs",
		0.0123456: "12.3 ms", 0.9999: "1 s", 2.5: "2.5 s", 123.4: "123 s", 98765: "98765 s", -0.002: "-2 ms",
	} {
		if got := Duration(seconds); got != want {
			t.Errorf("%v: %q, want %q", seconds, got, want)
		}
	}
}

func TestBytes(t *testing.T) {
	for n, want := range map[float64]string{
		0: "0 B", 1023: "1023 B", 1024: "1 KiB", 1536: "1.5 KiB", 48 << 10: "48 KiB", 1<<20 - 1: "1 MiB", 3 << 30: "3 GiB", math.Pow(2, 70): "1048576 PiB",
	} {
		if got := Bytes(n); got != want {
			t.Errorf("%v: %q, want %q", n, got, want)
		}
	}
}

func TestNumber(t *testing.T) {
	for x, want := range map[float64]string{0: "0", 0.5: "0.5", 0.12345: "0.123", 99.96: "100", 271.6: "272", 1234567: "1234567", 1e-9: "0.000000001", -3.14159: "-3.14"} {
		if got := Number(x, 3); got != want {
			t.Errorf("%v: %q, want %q", x, got, want)
		}
	}
}

// What has no size is written, too.
func TestStrange(t *testing.T) {
	for _, x := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), math.MaxFloat64, math.SmallestNonzeroFloat64} {
		for _, text := range []string{Duration(x), Bytes(x)} {
			if !strings.Contains(text, " ") {
				t.Errorf("%v: %q", x, text)
			}
		}
	}
}
