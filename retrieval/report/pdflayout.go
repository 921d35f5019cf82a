package report

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"chuchu/retrieval/report/pdftext"
)

const (
	largeType   = 1.15 // of the body's size: a heading's
	evenType    = 0.6  // points by which sizes may differ and be the same
	shortLine   = 2.5  // sizes by which a line may fall short of its column and be full
	paraGap     = 1.5  // of the leading, between paragraphs
	longestPara = 64 << 10
)

// itemLabel opens a member of a list.
var itemLabel = regexp.MustCompile(`^(?:[0-9]{1,2}\s*[.．、)）]\s*[^0-9\s]|[(（][0-9一二三四五六七八九十]{1,2}[)）]|[①-⑳]|[•●■◆▪·])`)

// pdfLayout makes paragraphs of the pages' lines.
type pdfLayout struct {
	body  float64
	warns []Warning
	paras []*pdfPara
}

// leading is the usual distance of lines.
func leading(lines []pdftext.Line, size float64) float64 {
	var steps []float64
	for i := 1; i < len(lines); i++ {
		if d := lines[i-1].Y - lines[i].Y; d > 0.8*size && d < 3*size {
			steps = append(steps, d)
		}
	}
	if len(steps) == 0 {
		return 1.5 * size
	}
	slices.Sort(steps)
	return steps[(len(steps)-1)/2]
}

// margins are the left and right of the column that lines stand in.
func margins(lines []pdftext.Line, size float64) (left, right float64) {
	count := map[int]int{}
	right = lines[0].X1
	for _, l := range lines {
		count[int(l.X0+0.5)]++
		right = max(right, l.X1)
	}
	var at []int
	for x := range count {
		at = append(at, x)
	}
	slices.SortFunc(at, cmp.Compare)
	left = float64(at[0])
	for _, x := range at { // a line hung out to the left is not the margin
		if count[x] >= 2 || len(lines) < 4 {
			return float64(x), right
		}
	}
	return left, right
}

// page adds a page's paragraphs and notes.
func (l *pdfLayout) page(p *pdfPage) {
	step := leading(p.lines, l.body)
	for i := 0; i < len(p.lines); {
		k := i + 1
		for k < len(p.lines) && p.lines[k].Band == p.lines[i].Band && p.lines[k].Column == p.lines[i].Column {
			k++
		}
		l.column(p, p.lines[i:k], p.roles[i:k], step)
		i = k
	}
	l.addNotes(p)
}

// column adds the paragraphs of one column.
func (l *pdfLayout) column(p *pdfPage, lines []pdftext.Line, roles []entryRole, step float64) {
	left, right := margins(lines, l.body)
	var at *pdfPara
	if prev := l.open(); prev != nil && roles[0] != opens && prev.entry == (roles[0] == goesOn) && (prev.entry || l.carries(prev, lines, left)) {
		at = prev
	}
	for i, line := range lines {
		switch {
		case roles[i] == opens, at != nil && at.entry != (roles[i] == goesOn):
			at = nil
		case at != nil && i > 0 && !at.entry && l.parts(lines, i, at, left, right, step):
			at = nil
		}
		if at != nil && at.text.Len() > longestPara {
			at = nil
		}
		if at == nil {
			at = &pdfPara{page: p.number, size: line.Size, entry: roles[i] == opens}
			l.paras = append(l.paras, at)
		}
		at.add(line)
		at.full = line.X1 > right-shortLine*line.Size
	}
}

// open is the last paragraph of the text, over the notes behind it.
func (l *pdfLayout) open() *pdfPara {
	for i := len(l.paras) - 1; i >= 0; i-- {
		if !l.paras[i].foot {
			return l.paras[i]
		}
	}
	return nil
}

// carries tells whether a column goes on with the paragraph before it.
func (l *pdfLayout) carries(prev *pdfPara, lines []pdftext.Line, left float64) bool {
	first := lines[0]
	text := first.Text()
	switch {
	case !near(prev.size, first.Size, evenType) || first.Size >= largeType*l.body || first.X0-left > 1.2*first.Size:
		return false
	case contentsLine.MatchString(prev.text.String()) || captionForm.MatchString(prev.text.String()) || captionForm.MatchString(text) || headingRank(prev.text.String()) >= 0 && !prev.full || headingRank(text) >= 0:
		return false
	case strings.ContainsRune(stops+closers+".：:", prev.last):
		return prev.full && indented(lines, left)
	}
	return true
}

// indented tells whether the first lines of a column's paragraphs are.
func indented(lines []pdftext.Line, left float64) bool {
	return slices.ContainsFunc(lines, func(l pdftext.Line) bool { return firstIndent(l, left) })
}

func firstIndent(l pdftext.Line, left float64) bool {
	in := (l.X0 - left) / l.Size
	return in > 1.2 && in < 4.5
}

// parts tells whether line i begins a paragraph.
func (l *pdfLayout) parts(lines []pdftext.Line, i int, at *pdfPara, left, right, step float64) bool {
	a, b := lines[i-1], lines[i]
	gap := a.Y - b.Y
	if !near(at.size, b.Size, evenType) || contentsLine.MatchString(a.Text()) {
		return true
	}
	if at.page <= coverPages && coverField.MatchString(b.Text()) {
		return true
	}
	if b.Size >= largeType*l.body { // a heading's lines
		return gap > 2*b.Size || headingRank(b.Text()) >= 0
	}
	latin := !unspaced(at.last) && !unspaced(b.Chars[0].Rune)
	short := a.X1 < right-shortLine*a.Size
	if latin { // ragged
		short = a.X1 < left+0.8*(right-left)
	}
	fonts := a.Font != b.Font && a.Font != "" && unspaced(a.Chars[0].Rune) && unspaced(b.Chars[0].Rune)
	switch {
	case gap > paraGap*step, short, fonts, strings.ContainsRune("。；;：:", at.last) && itemLabel.MatchString(b.Text()):
		return true
	case firstIndent(b, left):
		if !near(a.X0, b.X0, 0.5*b.Size) {
			return true
		}
		// both stand in: two paragraphs of a line, or a block
		return strings.ContainsRune(stops+closers+".", at.last) && (i+1 == len(lines) || lines[i+1].X0 < b.X0-b.Size)
	}
	return false
}

// blocks makes blocks of the paragraphs, headings by their size.
func (l *pdfLayout) blocks() []block {
	var sizes []float64
	for _, p := range l.paras {
		if l.heading(p) && !slices.ContainsFunc(sizes, func(s float64) bool { return near(s, p.size, evenType) }) {
			sizes = append(sizes, p.size)
		}
	}
	slices.SortFunc(sizes, func(a, b float64) int { return cmp.Compare(b, a) })
	var out []block
	for _, p := range l.paras {
		text := strings.TrimRight(p.text.String(), " ")
		if text == "" {
			continue
		}
		b := block{text: text, refs: p.refs, mute: p.mute, kind: p.kind, page: p.page, foot: p.foot}
		switch {
		case p.kind == Body && contentsLine.MatchString(text):
			b.kind = Platform
		case l.heading(p):
			b.level = 1 + slices.IndexFunc(sizes, func(s float64) bool { return near(s, p.size, evenType) })
		case len(sizes) > 0 && p.kind == Body && !p.foot && !p.entry && headingRank(text) >= 0: // in the body's size, below those
			b.level = 1 + len(sizes) + headingRank(text)
		}
		out = append(out, b)
	}
	return out
}

// heading tells a paragraph in larger type that is short.
func (l *pdfLayout) heading(p *pdfPara) bool {
	t := p.text.String()
	return p.kind == Body && !p.foot && !p.entry && p.size >= largeType*l.body && !contentsLine.MatchString(t) && utf8.RuneCountInString(t) <= longestHeading && !endsSentence(t) && !captionForm.MatchString(t)
}
