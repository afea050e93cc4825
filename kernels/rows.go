package kernels

// GatherRows computes, for each i, dst[rows[i]] = base[baseIdx[i]] + scale·(Σ src[idx[e]], e from
// offsets[i] to offsets[i+1]), row-wise over width columns, the sum as one chain in the order of the
// list; a baseIdx of -1 starts from zero. Strides ldd, ldb and lds are in elements. dst may be base or src
// or whole rows of them, and then a row may be its own base or source, since each column is read before
// it is written; that another row reads it is an error of the caller, as is any other overlap.
func GatherRows(dst []float32, ldd int, rows []int32, base []float32, ldb int, baseIdx []int32, src []float32, lds int, offsets, idx []int32, width int, scale float32) {
	const op = "GatherRows"
	dstRows := needRows(op, "dst", len(dst), width, ldd)
	baseRows := needRows(op, "base", len(base), width, ldb)
	srcRows := needRows(op, "src", len(src), width, lds)
	if len(rows) == 0 || width == 0 {
		return
	}
	needLen(op, "baseIdx", len(baseIdx), len(rows))
	needLen(op, "offsets", len(offsets), len(rows)+1)
	needIndices(op, "rows", rows, 0, dstRows)
	needIndices(op, "baseIdx", baseIdx, -1, baseRows)
	needOffsets(op, offsets, len(idx))
	needIndices(op, "idx", idx[offsets[0]:offsets[len(rows)]], 0, srcRows)
	out := block{"dst", dst, dstRows, width, ldd}
	needAligned(op, out, block{"base", base, baseRows, width, ldb})
	needAligned(op, out, block{"src", src, srcRows, width, lds})
	active.Load().GatherRows(dst, ldd, rows, base, ldb, baseIdx, src, lds, offsets, idx, width, scale)
}
