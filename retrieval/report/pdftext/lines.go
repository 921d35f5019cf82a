package pdftext

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// Line is a line of text, or the part of one that stands in one column.
type Line struct {
	Chars  []Char // from left to right, the blanks between words among them
	X0, X1 float64
	Y      float64 // of its base line
	Size   float64 // of most of its characters
	Font   string
	Column int // 0: over the page's width; else from 1
	Band   int // lines of one band and column stand under one another
}

// Text is the line as a string.
func (l Line) Text() string {
	var b strings.Builder
	for _, c := range l.Chars {
		b.WriteRune(c.Rune)
	}
	return b.String()
}

const (
	wideGap   = 1.6 // characters' sizes between pieces of a line that may be columns
	wordGap   = 0.2 // between two words
	tightGap  = 0.1 // between two words of a line set tight, where the reader says so
	nearLines = 4   // last lines of which a piece may be part
	raise     = 0.6 // of the larger size: what is raised so far stands on the line still
	lifted    = 0.8 // the same of a mark much smaller than its line
	evenSize  = 0.5 // points by which sizes may differ and be the same
)

// lines makes lines of a page's characters, which come in the order of the file,
// and tells where the blank between its two columns is; 0: it has but one.
func lines(chars []Char, width float64) ([]Line, float64) {
	pieces := split(chars)
	gutter, ok := findGutter(pieces, width)
	if !ok {
		slices.SortStableFunc(pieces, func(a, b Line) int { return cmp.Compare(b.Y, a.Y) })
		return join(pieces), 0
	}
	return arrange(cut(pieces, gutter), gutter), gutter
}

// arrange puts the pieces of a page in two columns in the order of reading.
func arrange(pieces []Line, gutter float64) []Line {
	// what runs across the gutter parts the page into bands, each read column
	// by column
	var across, columns []Line
	for _, p := range pieces {
		switch {
		case p.X1 <= gutter:
			p.Column = 1
		case p.X0 >= gutter:
			p.Column = 2
		default:
			across = append(across, p)
			continue
		}
		columns = append(columns, p)
	}
	for i := range columns {
		for _, a := range across {
			if a.Y > columns[i].Y {
				columns[i].Band += 2
			}
		}
	}
	for i := range across {
		for _, a := range across {
			if a.Y > across[i].Y {
				across[i].Band += 2
			}
		}
		across[i].Band++
	}
	all := append(columns, across...)
	slices.SortStableFunc(all, func(a, b Line) int {
		return cmp.Or(cmp.Compare(a.Band, b.Band), cmp.Compare(a.Column, b.Column), cmp.Compare(b.Y, a.Y))
	})
	return join(all)
}

// split cuts the characters where the line ends, or a gap is wide.
func split(chars []Char) []Line {
	var out []Line
	var at []Char
	flush := func() {
		if l, ok := newLine(at); ok {
			out = append(out, l)
		}
		at = nil
	}
	for _, c := range chars {
		if len(at) > 0 {
			last := at[len(at)-1]
			size := max(last.Size, c.Size)
			if math.Abs(c.Y-last.Y) > raise*size || c.X0-last.X1 > wideGap*size || c.X0 < last.X0-0.3*size {
				flush()
			}
		}
		at = append(at, c)
	}
	flush()
	return out
}

// newLine makes a line of characters, the blanks around it left out.
func newLine(chars []Char) (Line, bool) {
	chars = slices.Clone(chars)
	for len(chars) > 0 && chars[0].Rune == ' ' {
		chars = chars[1:]
	}
	for len(chars) > 0 && chars[len(chars)-1].Rune == ' ' {
		chars = chars[:len(chars)-1]
	}
	if len(chars) == 0 {
		return Line{}, false
	}
	l := Line{Chars: chars}
	l.measure()
	return l, true
}

// measure finds the line's place and size from its characters.
func (l *Line) measure() {
	l.X0, l.X1 = math.Inf(1), math.Inf(-1)
	count := map[float64]int{}
	for _, c := range l.Chars {
		l.X0, l.X1 = min(l.X0, c.X0), max(l.X1, c.X1)
		if c.Rune != ' ' {
			count[math.Round(c.Size*2)/2]++
		}
	}
	l.Size = 0
	most := 0
	for size, n := range count {
		if n > most || n == most && size > l.Size {
			most, l.Size = n, size
		}
	}
	for _, c := range l.Chars {
		if math.Abs(c.Size-l.Size) <= evenSize && c.Rune != ' ' {
			l.Y = c.Y
			break
		}
	}
}

// join puts the pieces of one line together, in order, and blanks between words.
func join(pieces []Line) []Line {
	var out []Line
	for _, p := range pieces {
		at := -1
		for n := len(out) - 1; n >= 0 && n >= len(out)-nearLines; n-- {
			if sameLine(out[n], p) && (at < 0 || math.Abs(out[n].Y-p.Y) < math.Abs(out[at].Y-p.Y)) {
				at = n
			}
		}
		if at < 0 {
			out = append(out, p)
			continue
		}
		out[at].Chars = append(out[at].Chars, p.Chars...)
		slices.SortStableFunc(out[at].Chars, func(a, b Char) int { return cmp.Compare(a.X0, b.X0) })
		out[at].measure()
	}
	slices.SortStableFunc(out, func(a, b Line) int {
		return cmp.Or(cmp.Compare(a.Band, b.Band), cmp.Compare(a.Column, b.Column), cmp.Compare(b.Y, a.Y))
	})
	for i := range out {
		out[i].Chars = spaced(out[i].Chars)
	}
	return out
}

// sameLine tells whether two pieces stand on one line: on one base line, or a
// small one raised within the height of the other.
func sameLine(a, b Line) bool {
	if a.Band != b.Band || a.Column != b.Column {
		return false
	}
	size := max(a.Size, b.Size)
	off := math.Abs(a.Y - b.Y)
	small := min(a.Size, b.Size)
	if off > 0.25*size && (off > raise*size || small > 0.8*size) && (off > lifted*size || small > 0.65*size) {
		return false
	}
	return b.X0 > a.X1-0.3*size || b.X1 < a.X0+0.3*size || within(a, b) || within(b, a)
}

// within tells whether b is a mark that stands in a gap of a.
func within(a, b Line) bool {
	end := math.Inf(1)
	for _, c := range a.Chars {
		if c.Rune == ' ' {
			continue
		}
		if end <= b.X0+1 && c.X0 >= b.X1-1 {
			return true
		}
		end = c.X1
	}
	return false
}

// spaced puts a blank where a gap parts two words, and one for several.
func spaced(chars []Char) []Char {
	var out []Char
	for _, c := range chars {
		if n := len(out) - 1; n >= 0 {
			last, gap := out[n], wordGap
			if c.Rune == ' ' && last.Rune == ' ' {
				continue
			}
			if c.parted {
				gap = tightGap
			}
			if c.Rune != ' ' && last.Rune != ' ' && c.X0-last.X1 > gap*min(c.Size, last.Size) {
				out = append(out, Char{Rune: ' ', X0: last.X1, X1: c.X0, Y: last.Y, Size: last.Size, index: last.index})
			}
		}
		out = append(out, c)
	}
	return out
}
