package plot

import (
	"reflect"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	for line, want := range map[string][]run{
		"plain_text":       {{text: "plain_text", scale: 1}},
		"a $P^*$":          {{text: "a ", scale: 1}, {text: "P", italic: true, scale: 1}, {text: "*", scale: 0.7, rise: 0.36}},
		"$m^{L/2}$":        {{text: "m", italic: true, scale: 1}, {text: "L", italic: true, scale: 0.7, rise: 0.36}, {text: "/2", scale: 0.7, rise: 0.36}},
		"$s_0=1$":          {{text: "s", italic: true, scale: 1}, {text: "0", scale: 0.7, rise: -0.16}, {text: " = 1", scale: 1}},
		"$10^{-2}$ $d$":    {{text: "10", scale: 1}, {text: "−2", scale: 0.7, rise: 0.36}, {text: " ", scale: 1}, {text: "d", italic: true, scale: 1}},
		"$x^$, $x^{open $": {{text: "x", italic: true, scale: 1}, {text: ", ", scale: 1}, {text: "x", italic: true, scale: 1}, {text: "open", italic: true, scale: 0.7, rise: 0.36}, {text: " ", scale: 0.7, rise: 0.36}},
		"":                 nil,
	} {
		got := parse(line)
		for i := range got {
			if got[i].text == "\x00" { // an empty group
				got = append(got[:i], got[i+1:]...)
				break
			}
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("parse(%q)\n got %+v\nwant %+v", line, got, want)
		}
	}
}

func TestSuperscriptsAreSmall(t *testing.T) {
	s := style{size: 10}
	if a, b := s.width("$10^{5}$"), s.width("105"); a >= b {
		t.Errorf("a superscript is not narrower: %v, %v", a, b)
	}
}

func TestMissingGlyphIsLoud(t *testing.T) {
	defer func() {
		if r := recover(); r == nil || !strings.Contains(r.(string), "no glyph") {
			t.Errorf("recovered %v", r)
		}
	}()
	style{size: 10}.width("漢")
}
