//go:build (amd64 || arm64) && !purego

package kernels

import (
	"maps"
	"reflect"
	"runtime"
	"slices"
	"strings"
)

// tileTables holds the tables through which one tier calls its tiles.
type tileTables struct {
	gemmT    gemmTTiles
	gemmNT   gemmNTTiles
	gemm     gemmTiles
	momentum momentumTiles
	rank     rankTiles
	gemv     gemvTiles
	pack     *packer
	rows     []*depthwiseTiles
	gradRows *depthwiseGradTiles
}

// WitnessTiles makes the tier active, whether or not this CPU can run it, with tiles that only record their names in
// seen. Until undo, call no operations but those made of tiles.
func WitnessTiles(tier Tier, seen map[string]bool) (undo func()) {
	note := func(tile any) {
		name := runtime.FuncForPC(reflect.ValueOf(tile).Pointer()).Name()
		seen[name[strings.LastIndex(name, ".")+1:]] = true
	}
	tables := tilesOf[tier]
	gemmT, gemmNT, gemm, momentum, rank, gemv, pack := tables.gemmT, tables.gemmNT, tables.gemm, tables.momentum, tables.rank, tables.gemv, tables.pack
	oldGemmT, oldMomentum, oldFew := maps.Clone(gemmT), slices.Clone(momentum.rows), slices.Clone(momentum.few)
	for columns, tiles := range oldGemmT {
		gemmT[columns] = make([]gemmTTile, len(tiles))
		for rows, tile := range tiles {
			gemmT[columns][rows] = func(*float32, uintptr, *float32, uintptr, *float32, uintptr, uintptr, uintptr) { note(tile) }
		}
	}
	oldGemmNT := slices.Clone(gemmNT)
	for rows, tiles := range oldGemmNT {
		gemmNT[rows] = slices.Clone(tiles)
		for i, sized := range tiles {
			gemmNT[rows][i].tile = func(*float32, uintptr, *float32, uintptr, *float32, uintptr, uintptr) { note(sized.tile) }
		}
	}
	oldGemm := slices.Clone(gemm)
	for rows, tiles := range oldGemm {
		gemm[rows] = make([]gemmTile, len(tiles))
		for panels, tile := range tiles {
			if tile == nil {
				continue
			}
			gemm[rows][panels] = func(_ *float32, _ uintptr, _ *float32, _, _ uintptr, _ *float32, _, _, _, _, _ uintptr) {
				note(tile)
			}
		}
	}
	oldPack := *pack
	pack.wide = func(*float32, uintptr, *float32, uintptr, uintptr) { note(oldPack.wide) }
	pack.narrow = func(*float32, *float32, uintptr, uintptr, uintptr) { note(oldPack.narrow) }
	oldRank, oldGemv := slices.Clone(rank), slices.Clone(gemv)
	for k, tile := range oldRank {
		rank[k] = func(_ *float32, _ uintptr, _ *float32, _ uintptr, _ *float32, _, _, _ uintptr) { note(tile) }
	}
	for rows, tile := range oldGemv {
		gemv[rows] = func(_, _ *float32, _ uintptr, _ *float32, _, _, _ uintptr) { note(tile) }
	}
	for rows, tile := range oldMomentum {
		momentum.rows[rows] = func(_, _ *float32, _ uintptr, _ *float32, _ uintptr, _ *float32, _, _ uintptr, _, _ float32) {
			note(tile)
		}
	}
	for samples, tile := range oldFew {
		momentum.few[samples] = func(_, _ *float32, _ uintptr, _ *float32, _ uintptr, _ *float32, _ uintptr, _, _ float32) {
			note(tile)
		}
	}
	restore := witnessDepthwise(tables, note)
	feeding := *sets[tier] // what prepares operands of tiles must not need the tier
	feeding.Transpose = transposeGeneric
	old := active.Swap(&feeding)
	return func() {
		maps.Copy(gemmT, oldGemmT)
		*pack = oldPack
		copy(gemmNT, oldGemmNT)
		copy(rank, oldRank)
		copy(gemv, oldGemv)
		copy(gemm, oldGemm)
		copy(momentum.rows, oldMomentum)
		copy(momentum.few, oldFew)
		restore()
		active.Store(old)
	}
}

func witnessDepthwise(tables tileTables, note func(tile any)) (undo func()) {
	var undos []func()
	for _, t := range tables.rows {
		old := *t
		undos = append(undos, func() { *t = old })
		t.any = func(_, _, _ *float32, _ *uintptr, _, _, _, _, _, _, _ uintptr) { note(old.any) }
		t.row = maps.Clone(old.row)
		for width, tile := range old.row {
			t.row[width] = func(_, _, _ *float32, _ *uintptr, _, _, _, _, _, _, _, _ uintptr) { note(tile) }
		}
	}
	if t := tables.gradRows; t != nil {
		old := *t
		undos = append(undos, func() { *t = old })
		t.any = func(_, _, _ *float32, _ *uintptr, _, _, _, _ uintptr) { note(old.any) }
		t.row = maps.Clone(old.row)
		for width, tiles := range old.row {
			t.row[width] = slices.Clone(tiles)
			for rows, tile := range tiles {
				t.row[width][rows] = func(_, _, _ *float32, _ *uintptr, _, _, _, _, _, _ uintptr) { note(tile) }
			}
		}
	}
	return func() {
		for _, undo := range undos {
			undo()
		}
	}
}
