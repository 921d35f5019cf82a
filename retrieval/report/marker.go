package report

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// markerForm is a bracketed number of up to three digits: years have four.
var markerForm = regexp.MustCompile(`\[([0-9０-９]{1,3})\]|［([0-9０-９]{1,3})］|〔([0-9０-９]{1,3})〕`)

// numberTail follows the year of a document number: 发改地区[15]738号. A stop
// before the bracket tells a marker from it: 开通。[15]8号线.
var numberTail = regexp.MustCompile(`^\s*第?\s*[0-9０-９]+\s*号`)

// ScanMarkers finds the footnote markers of a paragraph, in order.
func ScanMarkers(text string) []Marker {
	var out []Marker
	for _, m := range markerForm.FindAllStringSubmatchIndex(text, -1) {
		if before, _ := utf8.DecodeLastRuneInString(text[:m[0]]); unicode.IsLetter(before) && numberTail.MatchString(text[m[1]:]) {
			continue
		}
		var label string
		for g := 2; g < len(m); g += 2 {
			if m[g] >= 0 {
				label = Label(text[m[g]:m[g+1]])
			}
		}
		out = append(out, Marker{Span: Span{m[0], m[1]}, Label: label})
	}
	for i := range out {
		out[i].Run = coversRun(text, out, i)
	}
	return out
}

// Label is a marker's number in plain digits without leading zeros.
func Label(digits string) string {
	var b strings.Builder
	for _, r := range digits {
		if r >= '０' && r <= '９' {
			r -= '０' - '0'
		}
		b.WriteRune(r)
	}
	if n, err := strconv.Atoi(b.String()); err == nil {
		return strconv.Itoa(n)
	}
	return b.String()
}

// coversRun tells a marker behind a stop, or at the paragraph's end, from one
// inside a sentence. Its neighbours in a row count as one with it.
func coversRun(text string, marks []Marker, i int) bool {
	first, last := row(text, marks, i)
	after := strings.TrimLeftFunc(text[marks[last].End:], func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(stops+closers+".", r)
	})
	if after == "" {
		return true
	}
	before := strings.TrimRightFunc(text[:marks[first].Start], func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(closers, r)
	})
	r, _ := utf8.DecodeLastRuneInString(before)
	return strings.ContainsRune(stops+semis, r)
}

// row returns the first and last of the markers that stand in a row with marks[i].
func row(text string, marks []Marker, i int) (first, last int) {
	first, last = i, i
	for first > 0 && adjoins(text, marks[first-1].End, marks[first]) {
		first--
	}
	for last+1 < len(marks) && adjoins(text, marks[last].End, marks[last+1]) {
		last++
	}
	return first, last
}

// Cover returns the markers of the quote text[q.Start:q.End]: the union over
// its units of the markers inside one or directly behind it; else, by the run
// habit, of the first one after it if that covers a run. inside holds for
// those printed within the quote.
func (p *Paragraph) Cover(q Span) (marks []Marker, inside []bool) {
	covers := make([]bool, len(p.Markers))
	for _, u := range p.Units {
		if u.End > q.Start && u.Start < q.End {
			p.coverPart(Span{max(u.Start, q.Start), min(u.End, q.End)}, covers)
		}
	}
	for i, m := range p.Markers {
		if within := m.Start >= q.Start && m.End <= q.End; within || covers[i] {
			marks, inside = append(marks, m), append(inside, within)
		}
	}
	return marks, inside
}

// coverPart notes in covers the markers of one unit or part of one.
func (p *Paragraph) coverPart(s Span, covers []bool) {
	end, marked := s.End, false
	for i, m := range p.Markers {
		switch {
		case m.Start >= s.Start && m.End <= s.End:
			covers[i], marked = true, true
		case adjoins(p.Text, end, m):
			covers[i], marked, end = true, true, m.End
		}
	}
	if marked || p.Habit != RunHabit {
		return
	}
	for i, m := range p.Markers {
		if m.Start < s.End {
			continue
		}
		if m.Run {
			for _, last := row(p.Text, p.Markers, i); i <= last; i++ {
				covers[i] = true
			}
		}
		return
	}
}

// RunOf returns the span that marker i covers: its own sentence, or the run of
// sentences back to the marker before it or the paragraph's start.
func (p *Paragraph) RunOf(i int) Span {
	m := p.Markers[i]
	floor := 0
	first, _ := row(p.Text, p.Markers, i)
	if first > 0 {
		floor = p.Markers[first-1].End
	}
	last := p.unitAt(m.Start)
	if last < 0 {
		return m.Span
	}
	start, end := last, last
	if m.Run && p.Habit == RunHabit {
		for start > 0 && p.Units[start-1].Start >= floor {
			start--
		}
		return Span{p.Units[start].Start, p.Units[end].End}
	}
	for start > 0 && p.Units[start-1].Sentence == p.Units[last].Sentence {
		start--
	}
	for end+1 < len(p.Units) && p.Units[end+1].Sentence == p.Units[last].Sentence {
		end++
	}
	return Span{p.Units[start].Start, p.Units[end].End}
}

// unitAt returns the last unit that starts at or before offset, or -1.
func (p *Paragraph) unitAt(offset int) int {
	at := -1
	for i, u := range p.Units {
		if u.Start <= offset {
			at = i
		}
	}
	return at
}
