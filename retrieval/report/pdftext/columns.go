package pdftext

const (
	leastRows   = 6   // lines of a column
	fullColumn  = 0.6 // of a column's width that most of its lines fill
	mostAcross  = 0.4 // of the lines that may run across a gutter
	gutterSteps = 60
)

// findGutter finds the middle of the blank between two columns, if the page is
// clearly set in two: it parts many lines that fill their column, as the cells
// of a table do not.
func findGutter(pieces []Line, width float64) (float64, bool) {
	best, at := -1, 0.0
	for i := range gutterSteps {
		x := width * (0.3 + 0.4*float64(i)/gutterSteps)
		across := 0
		for _, p := range pieces {
			if p.X0 < x && p.X1 > x {
				across++
			}
		}
		left, right := column(pieces, x, true), column(pieces, x, false)
		if left < leastRows || right < leastRows || float64(across) > mostAcross*float64(left+right+across) {
			continue
		}
		if score := left + right - across; score > best {
			best, at = score, x
		}
	}
	return at, best >= 0
}

// column counts the lines on one side of x, if most of them fill it.
func column(pieces []Line, x float64, left bool) int {
	n, full := 0, 0
	from, to := 1e9, -1e9
	side := func(p Line) bool { return left && p.X1 <= x || !left && p.X0 >= x }
	for _, p := range pieces {
		if side(p) {
			n++
			from, to = min(from, p.X0), max(to, p.X1)
		}
	}
	for _, p := range pieces {
		if side(p) && p.X1-p.X0 >= fullColumn*(to-from) {
			full++
		}
	}
	if 2*full < n {
		return 0
	}
	return n
}
