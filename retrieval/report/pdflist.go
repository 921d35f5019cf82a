package report

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"chuchu/retrieval/report/pdftext"
)

// entryRole is what a line is in a list of notes or works, such as 参考文献.
type entryRole int

const (
	noRole entryRole = iota
	opens            // the first line of an entry
	goesOn           // a further one of it
)

const (
	mostEntryLines = 14 // of one entry
	leastUnheaded  = 5  // entries of a list that no heading tells
	entryIndent    = 2  // sizes by which the labels of one list may stand apart
	plainIndent    = 1  // the same of plain numbers
)

// entryLabels are the forms of an entry's label; all but the first are told from
// other numbers by the heading alone.
var entryLabels = []*regexp.Regexp{
	regexp.MustCompile(`^(?:\[\s?([0-9]{1,3})\s?\]|［([0-9０-９]{1,3})］|〔([0-9０-９]{1,3})〕|【([0-9]{1,3})】)`),
	regexp.MustCompile(`^([0-9]{1,3})(?:\s*[.．、]\s*[^0-9]|\s+[^0-9\s]|《)`),
	regexp.MustCompile(`^[(（]([0-9]{1,3})[)）]`),
	regexp.MustCompile(`^([①-⑳㉑-㉟㊱-㊿])`),
}

// afterList opens what follows the list of works at a report's end.
var afterList = regexp.MustCompile(`(?i)^(?:致\s*谢|后\s*记|附\s*录|作者简介|攻读.{0,12}期间|学术论文|声\s*明|acknowledge?ments?|appendix)`)

// entryLabel is the number that a line opens with, and its form.
func entryLabel(text string) (n, form int) {
	for form, re := range entryLabels {
		if m := re.FindStringSubmatch(text); m != nil {
			return noteNumber(strings.Join(m[1:], "")), form
		}
	}
	return 0, -1
}

// pdfPlace is a line of a file: its page's place in pages, and its own on the page.
type pdfPlace struct{ page, line int }

// entries finds the lists of notes and works in the text, entry by entry, and
// gives their lines roles. Such a list is set in its own way, over pages and
// columns, and often in smaller type: what parts paragraphs elsewhere does not here.
type entries struct {
	pages []pdfPage
	body  float64
	all   []pdfPlace
}

func markEntries(pages []pdfPage, body float64) {
	e := &entries{pages: pages, body: body}
	for i := range pages {
		pages[i].roles = make([]entryRole, len(pages[i].lines))
		for k := range pages[i].lines {
			e.all = append(e.all, pdfPlace{i, k})
		}
	}
	headed := false
	for i := 0; i < len(e.all); i++ {
		text := e.text(i)
		if isNotesHeading(text) {
			headed = true
			continue
		}
		if n, form := entryLabel(text); n == 1 && (headed || form == 0) {
			i = e.list(i, form, headed) - 1
		}
		headed = false
	}
}

func (e *entries) line(i int) pdftext.Line { return e.pages[e.all[i].page].lines[e.all[i].line] }

// text is a line's text without the blanks that its setting alone makes.
func (e *entries) text(i int) string {
	var b strings.Builder
	for _, c := range tidy(e.line(i)) {
		b.WriteRune(c.Rune)
	}
	return strings.TrimSpace(b.String())
}

// list reads the list that begins with line i, and returns the first line
// behind it; the next line where there is none.
func (e *entries) list(i, form int, headed bool) int {
	first := e.line(i)
	starts := []int{i}
	notes := map[int]bool{} // at the feet of pages within the list
	for k := i + 1; k < len(e.all) && k-starts[len(starts)-1] <= mostEntryLines; k++ {
		l, text := e.line(k), e.text(k)
		n, f := entryLabel(text)
		last := starts[len(starts)-1]
		switch {
		case n == len(starts)+1 && f == form && e.aligned(last, k, form) && near(l.Size, first.Size, 2*evenType):
			starts = append(starts, k)
			continue
		case l.Size < smallType*first.Size && l.Size >= 0.6*first.Size:
			if _, ok := labelOf(l); ok || notes[k-1] {
				notes[k] = true
			}
		case isNotesHeading(text), afterList.MatchString(text) && utf8.RuneCountInString(text) <= longestHeading:
			return e.settle(starts, notes, k, headed)
		}
	}
	return e.settle(starts, notes, min(len(e.all), starts[len(starts)-1]+mostEntryLines+1), headed)
}

// aligned tells whether a label stands where that of the entry before does;
// of another column or page nothing is known.
func (e *entries) aligned(a, b, form int) bool {
	x, y := e.line(a), e.line(b)
	if e.all[a].page != e.all[b].page || x.Column != y.Column || x.Band != y.Band {
		return true
	}
	if form > 0 {
		return near(x.X0, y.X0, plainIndent*x.Size)
	}
	return near(x.X0, y.X0, entryIndent*x.Size)
}

// settle gives roles to the lines of a list whose entries begin at starts, if it
// is one; end is where its last entry ends at the latest.
func (e *entries) settle(starts []int, notes map[int]bool, end int, headed bool) int {
	first, last := starts[0], starts[len(starts)-1]
	if len(starts) < leastUnheaded && !headed {
		return first + 1
	}
	end = e.tail(starts, end)
	for k := first; k < end; k++ {
		if !notes[k] {
			e.give(k, goesOn)
		}
	}
	for _, k := range starts {
		e.give(k, opens)
	}
	return max(end, last+1)
}

func (e *entries) give(i int, r entryRole) { e.pages[e.all[i].page].roles[e.all[i].line] = r }

// tail finds the end of the last entry: its lines stand as the further ones of
// other entries do, or behind a full one.
func (e *entries) tail(starts []int, end int) int {
	first, last := starts[0], starts[len(starts)-1]
	hung, hangs := 0.0, false
	right, step := e.line(last).X1, 0.0
	for k := first + 1; k <= last; k++ {
		l, before := e.line(k), e.line(k-1)
		if k < last && e.all[k].page == e.all[k-1].page && l.Column == before.Column {
			if gap := before.Y - l.Y; gap > 0 {
				step = max(step, gap)
			}
		}
		if e.line(last).Column == l.Column {
			right = max(right, l.X1)
		}
		if n, _ := entryLabel(e.text(k)); n == 0 && l.Column == e.line(last).Column {
			hung, hangs = l.X0, l.X0 > e.line(last).X0+0.5*l.Size
		}
	}
	for k := last + 1; k < end; k++ {
		l, before := e.line(k), e.line(k-1)
		same := e.all[k].page == e.all[k-1].page && l.Column == before.Column && l.Band == before.Band
		switch {
		case !near(l.Size, e.line(last).Size, evenType), headingRank(e.text(k)) >= 0:
			return k
		case same && step > 0 && before.Y-l.Y > 1.3*step:
			return k
		case same && hangs && near(l.X0, hung, 1.5):
		case before.X1 < right-shortLine*before.Size:
			return k
		}
	}
	return end
}
