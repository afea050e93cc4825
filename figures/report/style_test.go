package report

import (
	"math"
	"regexp"
	"strconv"
	"testing"
)

// palettes returns the colours of the style: light, then dark.
func palettes(t *testing.T) []map[string]string {
	t.Helper()
	var out []map[string]string
	for _, block := range regexp.MustCompile(`:root \{[^}]*\}`).FindAllString(styleText, -1) {
		p := map[string]string{}
		for _, m := range regexp.MustCompile(`--([a-z-]+): #([0-9a-f]{6});`).FindAllStringSubmatch(block, -1) {
			p[m[1]] = m[2]
		}
		out = append(out, p)
	}
	if len(out) != 2 || len(out[0]) < 10 || len(out[0]) != len(out[1]) {
		t.Fatalf("palettes: %v", out)
	}
	return out
}

// luminance is that of WCAG 2.2.
func luminance(hex string) float64 {
	n, _ := strconv.ParseUint(hex, 16, 32)
	l := 0.0
	for shift, weight := range map[int]float64{16: 0.2126, 8: 0.7152, 0: 0.0722} {
		c := float64(n>>shift&255) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		l += weight * c
	}
	return l
}

func contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// Text is legible on whatever it stands on, light and dark (WCAG 2.2, 1.4.3).
func TestContrast(t *testing.T) {
	if got := contrast("000000", "ffffff"); math.Abs(got-21) > 1e-9 {
		t.Fatalf("black on white is %v", got)
	}
	pairs := [][2]string{
		{"holds", "holds-back"}, {"fails", "fails-back"}, {"undecided", "undecided-back"},
	}
	for _, ink := range []string{"text", "muted", "link"} {
		pairs = append(pairs, [2]string{ink, "page"}, [2]string{ink, "panel"})
	}
	for i, p := range palettes(t) {
		for _, pair := range pairs {
			if got := contrast(p[pair[0]], p[pair[1]]); got < 4.5 {
				t.Errorf("palette %d: %s on %s: %.2f", i, pair[0], pair[1], got)
			}
		}
	}
}
