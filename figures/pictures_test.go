package figures

import (
	"flag"
	"fmt"
	"path/filepath"
	"testing"

	"srhmbench/figures/figuretest"
	"srhmbench/srhm/spec"
)

var picturesDir = flag.String("pictures", "", "save pictures of invented worlds in this directory, to look at")

func TestPictures(t *testing.T) {
	if *picturesDir == "" {
		t.Skip("no -pictures directory")
	}
	odd := figuretest.PaperLaw
	odd.Outcome = func(r spec.Run) (spec.Outcome, bool) {
		switch {
		case r.Task.V == 6 && r.Task.S0 == 1 && r.Task.L == 2:
			return spec.Collapsed, true
		case r.Task.V == 8 && r.Task.S0 == 4:
			return spec.Exhausted, true
		}
		return "", false
	}
	odd.Missing = func(r spec.Run) bool { return r.Task.V == 4 && r.Task.S0 == 2 }
	worlds := map[string]figuretest.Law{"right": figuretest.PaperLaw, "odd": odd, "empty": {Missing: func(spec.Run) bool { return true }}}
	for name, w := range worlds {
		for _, scale := range Scales {
			var all []Claim
			for _, f := range All() {
				d := drawn(t, f.Name, scale, w)
				all = append(all, d.Claims...)
				if err := Save(filepath.Join(*picturesDir, fmt.Sprintf("%s-%s", name, scale)), f, d); err != nil {
					t.Fatal(err)
				}
				if n := d.Page.Covered(); n > 0 {
					t.Errorf("%s %s %s: legends cover %d marks", name, scale, f.Name, n)
				}
			}
			t.Logf("%s %s\n%s", name, scale, ClaimsTable(all))
		}
	}
}
