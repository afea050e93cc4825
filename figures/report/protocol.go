package report

import (
	"fmt"
	"reflect"
	"strings"

	"srhmbench/srhm/spec"
)

// protocol names the nearest preset and what differs from it.
func protocol(p spec.Protocol) string {
	best := ""
	var fewest []string
	for _, name := range spec.Protocols {
		preset, err := spec.Preset(name)
		if err != nil {
			panic(err) // the name is from the list
		}
		if d := differences(p, preset); best == "" || len(d) < len(fewest) {
			best, fewest = name, d
		}
	}
	if len(fewest) == 0 {
		return best
	}
	return best + " with " + strings.Join(fewest, ", ")
}

// differences lists the settings of p that differ from the preset, by their names in a record.
func differences(p, preset spec.Protocol) (out []string) {
	a, b := reflect.ValueOf(p), reflect.ValueOf(preset)
	for i := range a.NumField() {
		if !a.Field(i).Equal(b.Field(i)) {
			name, _, _ := strings.Cut(a.Type().Field(i).Tag.Get("json"), ",")
			out = append(out, fmt.Sprintf("%s %v", name, a.Field(i)))
		}
	}
	return out
}
