package sweep

import (
	"math"
	"math/rand/v2"
	"testing"
)

func found(value float64) PStar {
	return PStar{Status: Found, Value: value, Low: value * 0.97, High: value * 1.05}
}

func TestCombineFew(t *testing.T) {
	if c := Combine(nil); c.N != 0 || c.Value != 0 {
		t.Errorf("none: %+v", c)
	}
	c := Combine([]PStar{{Status: NotReached, Low: 9}, found(100), {Status: Collapsed}, {Status: NotReached}, {Status: Unfinished, Value: 3}})
	if c.N != 1 || math.Abs(c.Value-100) > 1e-9 || c.Low != 97 || c.High != 105 {
		t.Errorf("one: %+v", c)
	}
	if c.NotFound[NotReached] != 2 || c.NotFound[Collapsed] != 1 || c.NotFound[Unfinished] != 1 || len(c.NotFound) != 3 {
		t.Errorf("not found: %v", c.NotFound)
	}
	if c := Combine([]PStar{found(100), found(400)}); math.Abs(c.Value-200) > 1e-9 || math.Abs(c.Low-100) > 1e-9 || math.Abs(c.High-400) > 1e-9 {
		t.Errorf("two: %+v", c)
	}
}

// The interval is that of a normal sample, and does not depend on order or time.
func TestCombineInterval(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	const n, sigma = 40, 0.2
	var ps []PStar
	sum, squares := 0.0, 0.0
	for range n {
		x := sigma * r.NormFloat64()
		sum, squares = sum+x, squares+x*x
		ps = append(ps, found(5000*math.Exp(x)))
	}
	c := Combine(ps)
	mean := sum / n
	half := 1.96 * math.Sqrt((squares/n-mean*mean)/n)
	for _, x := range []struct{ got, want float64 }{
		{c.Value, mean}, {c.Low, mean - half}, {c.High, mean + half},
	} {
		if math.Abs(math.Log(x.got/5000)-x.want) > 0.005 {
			t.Errorf("%v, want %v", x.got, 5000*math.Exp(x.want))
		}
	}
	r.Shuffle(n, func(i, j int) { ps[i], ps[j] = ps[j], ps[i] })
	if d := Combine(ps); d.Value != c.Value || d.Low != c.Low || d.High != c.High {
		t.Errorf("%+v after a shuffle, %+v before", d, c)
	}
}
