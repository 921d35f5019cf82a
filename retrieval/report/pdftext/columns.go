package pdftext

import (
	"cmp"
	"math"
	"slices"
)

const (
	leastRows   = 6   // lines of a column
	fullColumn  = 0.6 // of a column's width that most of its lines fill
	mostAcross  = 0.4 // of the lines that may run across a gutter
	fewOut      = 3   // of a hundred pieces: as many may stand out of their column
	leastGutter = 0.7 // of the size, in a line that runs on behind it
	mostOver    = 0.3 // of the characters of a page that may run over another's gutter
	gutterSteps = 60
)

// findGutter finds the middle of the blank between two columns, if the page is
// clearly set in two: it parts many lines that fill their column, as the cells
// of a table do not.
func findGutter(pieces []Line, width float64) (float64, bool) {
	pieces = slices.Clone(pieces)
	slices.SortStableFunc(pieces, func(a, b Line) int { return cmp.Compare(b.Y, a.Y) })
	best, at := -1, 0.0
	for i := range gutterSteps {
		x := width * (0.3 + 0.4*float64(i)/gutterSteps)
		pieces := cut(pieces, x)
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

// settleColumns sets the pages that a picture or a table keeps from being told
// to be in two columns as others of the file are: little runs over their gutter.
func (d *Document) settleColumns() {
	var at []float64
	pages := 0
	for _, p := range d.Pages {
		if p.gutter > 0 {
			at = append(at, p.gutter)
		}
		if len(p.Lines) >= 2*leastRows {
			pages++
		}
	}
	if len(at) < 2 || 4*len(at) < pages {
		return
	}
	slices.Sort(at)
	gutter := at[len(at)/2]
	for i := range d.Pages {
		p := &d.Pages[i]
		if p.gutter > 0 || len(p.Lines) < leastRows {
			continue
		}
		pieces := cut(p.Lines, gutter)
		across, chars := 0, 0
		for _, l := range pieces {
			chars += len(l.Chars)
			if l.X0 < gutter && l.X1 > gutter {
				across += len(l.Chars)
			}
		}
		if float64(across) <= mostOver*float64(chars) {
			p.Lines, p.gutter = arrange(pieces, gutter), gutter
		}
	}
}

// column counts the lines on one side of x, if most of them fill it. Pieces of
// one line count as one: the cells of a table leave most of it blank.
func column(pieces []Line, x float64, left bool) int {
	type row struct{ y, ink float64 }
	var rows []row
	var starts, ends []float64
	for _, p := range pieces {
		if left && p.X1 > x || !left && p.X0 < x {
			continue
		}
		starts, ends = append(starts, p.X0), append(ends, p.X1)
		if k := len(rows) - 1; k >= 0 && math.Abs(rows[k].y-p.Y) < 0.3*p.Size {
			rows[k].ink += p.X1 - p.X0
			continue
		}
		rows = append(rows, row{p.Y, p.X1 - p.X0})
	}
	if len(rows) == 0 {
		return 0
	}
	slices.Sort(starts)
	slices.Sort(ends)
	width := ends[len(ends)*(100-fewOut)/100] - starts[len(starts)*fewOut/100]
	full := 0
	for _, r := range rows {
		if r.ink >= fullColumn*width {
			full++
		}
	}
	if 2*full < len(rows) {
		return 0
	}
	return len(rows)
}

// cut parts the pieces that run over x where x lies in a gap of theirs: two
// columns may stand closer than the words of a stretched line.
func cut(pieces []Line, x float64) []Line {
	out := make([]Line, 0, len(pieces))
	for _, p := range pieces {
		at, ok := gapAt(p, x)
		if !ok {
			out = append(out, p)
			continue
		}
		for _, chars := range [][]Char{p.Chars[:at], p.Chars[at:]} {
			if l, ok := newLine(chars); ok {
				out = append(out, l)
			}
		}
	}
	return out
}

// gapAt is the first character of a piece behind a gap that x lies in.
func gapAt(p Line, x float64) (int, bool) {
	if p.X0 >= x || p.X1 <= x {
		return 0, false
	}
	end, size := p.X0, p.Size
	for i, c := range p.Chars {
		if c.Rune == ' ' {
			continue
		}
		if c.X0 >= x {
			return i, end <= x && c.X0-end >= leastGutter*size
		}
		end = max(end, c.X1)
	}
	return 0, false
}
