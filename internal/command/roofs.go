package command

import (
	"context"

	"srhmbench/bench/roof"
	"srhmbench/kernels"
)

// roofs are the best that one core can do, measured.
type roofs struct {
	FMA  []fmaRoof  `json:"fma"`
	Read []readRoof `json:"read"` // by the chosen tier
}

type fmaRoof struct {
	Tier   string  `json:"tier"`
	GFLOPs float64 `json:"gflop_per_s"`
}

type readRoof struct {
	Bytes int     `json:"bytes"`
	GBs   float64 `json:"gb_per_s"` // 10^9 bytes
}

// measureRoofs takes a tenth of a second for each.
func measureRoofs(ctx context.Context) (roofs, error) {
	var r roofs
	for _, t := range kernels.Available() {
		meter, err := roof.New(t, roof.Best)
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return r, err
		}
		r.FMA = append(r.FMA, fmaRoof{t.String(), meter.Peak() / 1e9})
	}
	meter, err := roof.New(kernels.Active(), roof.Best)
	if err != nil {
		return r, err
	}
	for size := roof.SmallestSet; size <= roof.LargestSet; size *= 4 {
		if err := ctx.Err(); err != nil {
			return r, err
		}
		r.Read = append(r.Read, readRoof{size, meter.Read(float64(size)) / 1e9})
	}
	return r, nil
}
