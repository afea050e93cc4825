package contract

// RowMatrix is an operand whose rows are summed, and the argument that says how many bytes they are apart.
type RowMatrix struct{ Name, LD string }

// RowSum is a sum over rows. The numbers of so many rows are a chain, before these are added pairwise.
type RowSum struct {
	Result, Total string // arguments: a float32 for each channel; a float64 for each, and for what fills whole vectors
	Chain         int
}

// Pairwise makes sums of some rows, a power of two, in registers R: fresh hands out those of a sum for a part of the rows
// when so many parts wait, fold adds a part to the one before, and row adds a row to the part at hand of every sum, or
// begins it.
func Pairwise[R any](rows int, sums []RowSum, fresh func(sum, waiting int) R, fold func(onto, part R), row func(to []R, onto []bool)) []R {
	parts := make([][]R, len(sums)) // of each sum, the larger ones first
	for r := range rows {
		var to []R
		var onto []bool
		for i, s := range sums {
			if r%s.Chain == 0 {
				parts[i] = append(parts[i], fresh(i, len(parts[i])))
			}
			to, onto = append(to, parts[i][len(parts[i])-1]), append(onto, r%s.Chain > 0)
		}
		row(to, onto)
		for i, s := range sums {
			if (r+1)%s.Chain > 0 {
				continue
			}
			for n := (r + 1) / s.Chain; n%2 == 0; n /= 2 {
				last := len(parts[i]) - 1
				fold(parts[i][last-1], parts[i][last])
				parts[i] = parts[i][:last]
			}
		}
	}
	var whole []R
	for i := range sums {
		whole = append(whole, parts[i][0])
	}
	return whole
}
