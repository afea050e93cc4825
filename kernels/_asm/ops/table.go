package ops

import (
	"fmt"
	"slices"
	"strings"

	"srhmbench/kernels/_asm/contract"
)

// table is a variable through which tiles are called.
type table struct {
	name      string // in the list of operations
	variable  string // without the tier
	source    string
	functions []string // that it holds
}

// tile names a tile's function in the table.
func (w *table) tile(t Tier, format string, sizes ...any) string {
	name := fmt.Sprintf(format, sizes...) + t.Name
	w.functions = append(w.functions, name)
	return name
}

// tables are those of the tier, in the order they are written.
func (t Tier) tables() []table {
	return []table{
		t.gemmT(), t.gemmNT(), t.gemm(), t.pack(),
		t.counted("rankK", "Rank", contract.MaxRank), t.counted("gemv", "Gemv", contract.GemvRows),
		t.momentum(), t.depthwise("depthwiseConv"), t.depthwise("depthwiseConvGradInput"), t.depthwiseGrads(),
	}
}

// gemmT is by columns and rows.
func (t Tier) gemmT() table {
	w := table{name: "gemmT", variable: "GemmT"}
	rows := map[int]string{}
	var columns []int
	for _, tile := range t.GEMMT {
		if rows[tile.Columns] == "" {
			columns = append(columns, tile.Columns)
		}
		rows[tile.Columns] += ", " + w.tile(t, "gemmT%dx%d", tile.Rows, tile.Columns)
	}
	slices.Sort(columns)
	for _, c := range columns {
		w.source += fmt.Sprintf("%d: {nil%s},\n", c, rows[c])
	}
	w.source = "gemmTTiles{\n" + w.source + "}"
	return w
}

// gemmNT is by rows, the narrow tile before the wide one.
func (t Tier) gemmNT() table {
	w := table{name: "gemmNT", variable: "GemmNT"}
	for r := 1; r <= maxRows(t.GEMMNT); r++ {
		var sized []string
		for _, tile := range ofRows(t.GEMMNT, r) {
			sized = append(sized, fmt.Sprintf("{%d, %s}", tile.Columns, w.tile(t, "gemmNT%dx%d", r, tile.Columns)))
		}
		w.source += "{" + strings.Join(sized, ", ") + "},\n"
	}
	w.source = "gemmNTTiles{\nnil,\n" + w.source + "}"
	return w
}

// gemm is by rows and panels of 16 columns, 0 of which are 8 columns.
func (t Tier) gemm() table {
	w := table{name: "gemm", variable: "Gemm"}
	for r := 1; r <= maxRows(t.GEMM); r++ {
		var panels []string
		for _, tile := range ofRows(t.GEMM, r) {
			for len(panels) < tile.Columns/16 {
				panels = append(panels, "nil")
			}
			panels = append(panels, w.tile(t, "gemm%dx%d", r, tile.Columns))
		}
		w.source += "{" + strings.Join(panels, ", ") + "},\n"
	}
	w.source = "gemmTiles{\nnil,\n" + w.source + "}"
	return w
}

func (t Tier) pack() table {
	w := table{name: "pack", variable: "Pack"}
	w.source = fmt.Sprintf("packer{%s, %s}", w.tile(t, "pack64"), w.tile(t, "pack16"))
	return w
}

// counted is by one number, from 1 on.
func (t Tier) counted(name, variable string, most int) table {
	w := table{name: name, variable: variable}
	w.source = strings.ToLower(variable) + "Tiles{" + w.upTo(t, name+"%d", most) + "}"
	return w
}

// upTo lists tiles with the numbers from 1 on, behind the nil of 0.
func (w *table) upTo(t Tier, format string, most int) string {
	list := "nil"
	for n := 1; n <= most; n++ {
		list += ", " + w.tile(t, format, n)
	}
	return list
}

func (t Tier) momentum() table {
	w := table{name: "momentumGEMM", variable: "Momentum"}
	w.source = "momentumTiles{\nrows: []momentumTile{" + w.upTo(t, "momentumGEMM%d", t.MomentumRows) + "},\n"
	if t.MomentumSamples > 0 {
		w.source += "few: []momentumFewTile{" + w.upTo(t, "momentumGEMM1x%d", t.MomentumSamples) + "},\n"
	}
	w.source += "}"
	return w
}

// depthwise has a tile for any kernel, and tiles for rows of those of some widths.
func (t Tier) depthwise(name string) table {
	w := table{name: name, variable: strings.ToUpper(name[:1]) + name[1:]}
	w.source = "depthwiseTiles{any: " + w.tile(t, "%s", name)
	if len(t.DepthwiseWidths) > 0 {
		var rows []string
		for _, width := range t.DepthwiseWidths {
			rows = append(rows, fmt.Sprintf("%d: %s", width, w.tile(t, "%s%d", name, width)))
		}
		w.source += ", row: map[int]depthwiseRow{" + strings.Join(rows, ", ") + "}"
	}
	w.source += "}"
	return w
}

// depthwiseGrads has a tile for any kernel, and by its width tiles for some of its rows.
func (t Tier) depthwiseGrads() table {
	const name = "depthwiseConvGradWeights"
	w := table{name: name, variable: "DepthwiseConvGradWeights"}
	w.source = "depthwiseGradTiles{any: " + w.tile(t, "%s", name)
	if len(t.DepthwiseGrads) > 0 {
		w.source += ", row: map[int][]depthwiseRowGrad{\n"
		for _, width := range t.DepthwiseWidths {
			rows := 0
			for _, g := range t.DepthwiseGrads {
				if g.Width == width {
					rows = max(rows, g.Rows)
				}
			}
			w.source += fmt.Sprintf("%d: {%s},\n", width, w.upTo(t, fmt.Sprintf("%s%dx%%d", name, width), rows))
		}
		w.source += "}"
	}
	w.source += "}"
	return w
}

func maxRows(tiles []Tile) int {
	most := 0
	for _, t := range tiles {
		most = max(most, t.Rows)
	}
	return most
}

// ofRows are the tiles of so many rows, the narrow ones first.
func ofRows(tiles []Tile, rows int) []Tile {
	of := slices.DeleteFunc(slices.Clone(tiles), func(t Tile) bool { return t.Rows != rows })
	slices.SortFunc(of, func(a, b Tile) int { return a.Columns - b.Columns })
	return of
}
