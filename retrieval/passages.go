package retrieval

import (
	"slices"

	"chuchu/retrieval/index"
	"chuchu/retrieval/rank"
	"chuchu/retrieval/report"
	"chuchu/retrieval/zh"
)

// Fold is text in the form in which like questions are equal: simplified, in
// half width and lower case.
func Fold(text string) string { return zh.FoldText(text) }

// Passage finds a passage by its id and quotes it whole.
func (l *Library) Passage(is func(id string) bool) (Hit, bool) {
	for i := range l.reports {
		for n := range l.reports[i].Place.Passages {
			if is(l.idOf(i, n)) {
				return l.wholePassage(l.ord(i, n))
			}
		}
	}
	return Hit{}, false
}

// PassageOf is the passage of an id, quoted whole.
func (l *Library) PassageOf(id string) (Hit, bool) {
	ord, ok := l.find(id)
	if !ok {
		return Hit{}, false
	}
	return l.wholePassage(ord)
}

func (l *Library) wholePassage(ord int) (Hit, bool) {
	d := l.doc(ord)
	if d == nil {
		return Hit{}, false
	}
	return newHit(d, report.Span{End: len(d.Paragraph.Text)}, "", 1), true
}

// Footnote finds a footnote by its report's id and its marker, and quotes the
// sentence it stands on.
func (l *Library) Footnote(is func(report, marker string) bool) (Hit, bool) {
	for _, m := range l.tables.marks() {
		if !is(l.reports[m.report].ID, m.Label) {
			continue
		}
		d, i := l.doc(l.ord(m.report, int(m.Passage))), int(m.Marker)
		if d == nil {
			return Hit{}, false
		}
		return noted(d, l.ranker.NotedQuote(d, i), d.Paragraph.Markers[i]), true
	}
	return Hit{}, false
}

// Printed is the text of the passage of this id, read from what is stored and
// not from what is kept in memory.
func (l *Library) Printed(id string) (string, bool) {
	ord, ok := l.find(id)
	if !ok {
		return "", false
	}
	slot, n := index.SplitOrd(ord)
	at, ok := l.bySlot[slot]
	if !ok {
		return "", false
	}
	p, err := l.reports[at].pack.Passage(l.reports[at].Place, n)
	if err != nil {
		l.spoil()
		return "", false
	}
	return p.Text, true
}

// PrintedNotes are the texts of the notes to a passage's marker, and of those
// that they point to, read from what is stored.
func (l *Library) PrintedNotes(id, marker string) []string {
	ord, ok := l.find(id)
	if !ok {
		return nil
	}
	slot, n := index.SplitOrd(ord)
	at, ok := l.bySlot[slot]
	if !ok {
		return nil
	}
	r := &l.reports[at]
	p, err := r.pack.Passage(r.Place, n)
	if err != nil {
		l.spoil()
		return nil
	}
	head, err := r.pack.Head(r.Place)
	if err != nil {
		l.spoil()
		return nil
	}
	var out []string
	for _, m := range p.Markers {
		note, ok := head.Report.NoteOf(m)
		if m.Label != marker || !ok {
			continue
		}
		out = append(out, note.Text)
		if note.See > 0 && note.See <= len(head.Report.Notes) {
			out = append(out, head.Report.Notes[note.See-1].Text)
		}
	}
	return out
}

// noted is the quote that a marker stands on, with that marker among its footnotes.
func noted(d *rank.Doc, quote report.Span, m report.Marker) Hit {
	h := newHit(d, quote, "", 1)
	if !slices.ContainsFunc(h.Footnotes, func(f Footnote) bool { return f.is(m) }) {
		inside := m.Start >= quote.Start && m.End <= quote.End
		h.Footnotes = slices.Insert(h.Footnotes, 0, newFootnote(d, m, quote, inside))
	}
	return h
}

// Around returns up to n passages before and after the passage of this id, and
// itself, as they follow in its report. Nothing of them is quoted.
func (l *Library) Around(id string, n int) []Hit {
	ord, ok := l.find(id)
	if !ok {
		return nil
	}
	slot, at := index.SplitOrd(ord)
	r := l.bySlot[slot]
	var out []Hit
	for i := max(0, at-n); i <= min(at+n, l.reports[r].Place.Passages-1); i++ {
		d := l.doc(l.ord(r, i))
		if d == nil {
			continue
		}
		h := newHit(d, report.Span{}, "", 0)
		h.Footnotes = footnotes(d, report.Span{End: len(d.Paragraph.Text)})
		out = append(out, h)
	}
	return out
}
