package retrieval

import (
	"slices"

	"chuchu/retrieval/rank"
	"chuchu/retrieval/report"
	"chuchu/retrieval/zh"
)

// Fold is text in the form in which like questions are equal: simplified, in
// half width and lower case.
func Fold(text string) string { return zh.FoldText(text) }

// Passage finds a passage by its id and quotes it whole.
func (l *Library) Passage(is func(id string) bool) (Hit, bool) {
	for _, d := range l.docs {
		if is(d.Paragraph.ID) {
			return newHit(d, report.Span{End: len(d.Paragraph.Text)}, "", 1), true
		}
	}
	return Hit{}, false
}

// Footnote finds a footnote by its report's id and its marker, and quotes the
// sentence it stands on.
func (l *Library) Footnote(is func(report, marker string) bool) (Hit, bool) {
	for _, d := range l.docs {
		for i, m := range d.Paragraph.Markers {
			if is(d.Report.ID, m.Label) {
				return noted(d, l.ranker.NotedQuote(d, i), m), true
			}
		}
	}
	return Hit{}, false
}

// noted is the quote that a marker stands on, with that marker among its footnotes.
func noted(d *rank.Doc, quote report.Span, m report.Marker) Hit {
	h := newHit(d, quote, "", 1)
	if !slices.ContainsFunc(h.Footnotes, func(f Footnote) bool { return f.Marker == m.Label }) {
		inside := m.Start >= quote.Start && m.End <= quote.End
		h.Footnotes = slices.Insert(h.Footnotes, 0, newFootnote(d, m, quote, inside))
	}
	return h
}

// Around returns up to n passages before and after the passage of this id, and
// itself, as they follow in its report. Nothing of them is quoted.
func (l *Library) Around(id string, n int) []Hit {
	at := slices.IndexFunc(l.docs, func(d *rank.Doc) bool { return d.Paragraph.ID == id })
	if at < 0 {
		return nil
	}
	var out []Hit
	for i := max(0, at-n); i <= min(at+n, len(l.docs)-1); i++ {
		if d := l.docs[i]; d.Report == l.docs[at].Report {
			h := newHit(d, report.Span{}, "", 0)
			h.Footnotes = footnotes(d, report.Span{End: len(d.Paragraph.Text)})
			out = append(out, h)
		}
	}
	return out
}
