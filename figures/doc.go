// Package figures draws the figures of the paper and judges its claims.
//
// A [Figure] says which trainings it needs at a [Scale], draws what a store of results has of them
// beside the published points, and states [Claim]s: sentences of the paper turned into checks with
// numbers. It never trains: what is missing is left out of the picture, named below it, and
// leaves the claims undecided.
//
// Scales change grids, widths and protocols, never the code path; all of that is in scales.go,
// and in probed.go for the trainings that are probed.
package figures
