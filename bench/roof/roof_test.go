package roof

import (
	"slices"
	"testing"
	"time"

	"srhmbench/kernels"
)

// counted is a meter whose stopwatch says 1, 2, 3, ... and asks for the work once.
func counted(t *testing.T) (m *Meter, done *[]float64) {
	t.Helper()
	done = new([]float64)
	m, err := New(kernels.Generic, func(work func() float64) float64 {
		if kernels.Active() != kernels.Generic {
			t.Errorf("measured on %v", kernels.Active())
		}
		*done = append(*done, work())
		return float64(len(*done))
	})
	if err != nil {
		t.Fatal(err)
	}
	return m, done
}

func TestMeter(t *testing.T) {
	before := kernels.Active()
	m, done := counted(t)
	for _, c := range []struct{ bytes, size, rate float64 }{
		{1, 16 << 10, 1}, {16 << 10, 16 << 10, 1}, {16<<10 + 1, 32 << 10, 2}, {1 << 20, 1 << 20, 3}, {40 << 10, 64 << 10, 4}, {20 << 10, 32 << 10, 2},
	} {
		if rate := m.Read(c.bytes); rate != c.rate || !slices.Contains(*done, c.size) {
			t.Errorf("%v bytes: %v after %v, want %v of %v", c.bytes, rate, *done, c.rate, c.size)
		}
	}
	if first, second := m.Peak(), m.Peak(); first != 5 || second != 5 || !((*done)[4] > 0) {
		t.Errorf("peaks %v and %v after %v", first, second, *done)
	}
	if b := m.Bound(10, 3, 1); b != (Bound{2, 3, 5, 1}) || b.Least() != 3 {
		t.Errorf("%+v", b)
	}
	if kernels.Active() != before {
		t.Errorf("the tier is %v, was %v", kernels.Active(), before)
	}
}

func TestTierThatIsNotThere(t *testing.T) {
	for _, tier := range kernels.Tiers() {
		_, err := New(tier, Best)
		if there := slices.Contains(kernels.Available(), tier); there != (err == nil) {
			t.Errorf("%v: %v", tier, err)
		}
	}
}

// Of slices that take more or less time the best counts.
func TestBest(t *testing.T) {
	calls := 0
	rate := Best(func() float64 {
		if calls++; calls%2 == 0 {
			time.Sleep(30 * time.Millisecond)
		} else {
			for began := time.Now(); time.Since(began) < 2500*time.Microsecond; {
			}
		}
		return 1
	})
	if !(rate > 1000./30 && rate <= 400) {
		t.Errorf("%v per second, want nearly 400", rate)
	}
}

func TestTouched(t *testing.T) {
	if data := Touched(3); !slices.Equal(data, []float32{1, 1, 1}) {
		t.Error(data)
	}
}
