package report

import (
	"fmt"

	"srhmbench/figures"
)

// tally counts verdicts.
type tally struct{ Holds, Fails, Undecided int }

func count(claims []figures.Claim) (t tally) {
	for _, c := range claims {
		switch c.Verdict {
		case figures.Holds:
			t.Holds++
		case figures.Fails:
			t.Fails++
		default: // anything else is undecided
			t.Undecided++
		}
	}
	return t
}

func (t tally) all() int { return t.Holds + t.Fails + t.Undecided }

// String returns a sentence without its full stop.
func (t tally) String() string {
	return fmt.Sprintf("Of %d claims %d hold, %d fail, and %d are undecided at this scale", t.all(), t.Holds, t.Fails, t.Undecided)
}
