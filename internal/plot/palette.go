package plot

import (
	"image/color"
	"math"
)

// Published is the colour of the paper's points.
var Published color.Color = color.NRGBA{R: 0x77, G: 0x77, B: 0x77, A: 0xff}

// Accent marks thresholds and constructions.
var Accent color.Color = color.NRGBA{R: 0x1f, G: 0x4e, B: 0xb4, A: 0xff}

// Reds and Blues are the two families of Figure 4: one per depth, darker for a larger vocabulary.
// A red-blind eye tells them apart by yellow against blue. Both start where the contrast
// with white is 3 to 1.
var (
	Reds  = Ramp{{0xdf, 0x6f, 0x3c}, {0xb8, 0x1f, 0x24}, {0x66, 0x00, 0x12}}
	Blues = Ramp{{0x49, 0x98, 0xc9}, {0x1f, 0x62, 0xab}, {0x0a, 0x2a, 0x63}}
)

// Pale returns a colour half-way to white.
func Pale(c color.Color) color.Color {
	r, g, b, _ := c.RGBA()
	mix := func(x uint32) uint8 { return uint8((x>>8 + 0xff + 1) / 2) }
	return color.NRGBA{R: mix(r), G: mix(g), B: mix(b), A: 0xff}
}

// Ramp is a sequence of sRGB colours to interpolate between.
type Ramp [][3]uint8

// At returns the colour at t in [0, 1].
func (r Ramp) At(t float64) color.Color {
	t = float64(min(max(t, 0), 1) * float64(len(r)-1))
	i := min(int(t), len(r)-2)
	f := t - float64(i)
	mix := func(k int) uint8 {
		return uint8(math.Round(float64((1-f)*float64(r[i][k])) + float64(f*float64(r[i+1][k]))))
	}
	return color.NRGBA{R: mix(0), G: mix(1), B: mix(2), A: 0xff}
}

// viridis has the coefficients, lowest order first and one column per channel, of polynomials through the colour map
// viridis by Smith and van der Walt (public domain). Equal steps of the argument are equal steps of lightness, so the map
// reads the same in grey and to the colour-blind.
var viridis = [7][3]float64{
	{0.2777273272234177, 0.005407344544966578, 0.3340998053353061},
	{0.1050930431085774, 1.404613529898575, 1.384590162594685},
	{-0.3308618287255563, 0.214847559468213, 0.09509516302823659},
	{-4.634230498983486, -5.799100973351585, -19.33244095627987},
	{6.228269936347081, 14.17993336680509, 56.69055260068105},
	{4.776384997670288, -13.74514537774601, -65.35303263337234},
	{-5.435455855934631, 4.645852612178535, 26.3124352495832},
}

// Viridis returns the colour at t in [0, 1].
func Viridis(t float64) color.Color {
	t = min(max(t, 0), 1)
	var c [3]uint8
	for k := range c {
		v := 0.0
		for i := len(viridis) - 1; i >= 0; i-- {
			v = float64(v*t) + viridis[i][k]
		}
		c[k] = uint8(math.Round(255 * min(max(v, 0), 1)))
	}
	return color.NRGBA{R: c[0], G: c[1], B: c[2], A: 0xff}
}
