package figures

import (
	"fmt"
	"strings"

	"srhmbench/srhm/sweep"
)

// Lacks says in words how much of a plan a source does not have; "" if it has everything.
func Lacks(plan sweep.Plan, src Source) string {
	searches, runs := 0, 0
	for _, s := range plan.Searches {
		if _, _, whole := s.Replay(src.Get); !whole {
			searches++
		}
	}
	for _, r := range plan.Runs {
		if _, known := src.Get(r.ID()); !known {
			runs++
		}
	}
	var parts []string
	if searches > 0 {
		parts = append(parts, fmt.Sprintf("%d of %d searches for P*", searches, len(plan.Searches)))
	}
	if runs > 0 {
		parts = append(parts, fmt.Sprintf("%d of %d trainings", runs, len(plan.Runs)))
	}
	return strings.Join(parts, " and ")
}
