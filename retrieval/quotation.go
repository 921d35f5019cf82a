package retrieval

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/sergi/go-diff/diffmatchpatch"

	"chuchu/retrieval/rank"
	"chuchu/retrieval/report"
	"chuchu/retrieval/zh"
)

const (
	// leastQuotation is the number of characters from which a text without a
	// question in it may be a pasted sentence.
	leastQuotation = 14
	// nearShare is the share of characters that a pasted sentence must have in
	// common with a printed one to be shown beside it.
	nearShare = 0.75
	// quotationTries is the number of passages compared with a pasted sentence.
	quotationTries = 3
)

// checkQuotation serves a pasted sentence: it is found as printed, or nearly.
func (l *Library) checkQuotation(ctx context.Context, q Question, a *Answer) (bool, error) {
	pasted := strip(q.Text)
	if utf8.RuneCountInString(pasted.text) < leastQuotation || !zh.IsHan(firstHan(q.Text)) || rank.Asks(q.Text) {
		return false, nil
	}
	res, err := l.ranker.Ask(ctx, q.Text, l.only(q.Report), quotationTries)
	if err != nil {
		return false, err
	}
	for _, h := range res.Hits {
		if at := strings.Index(strip(h.Doc.Paragraph.Text).text, pasted.text); at >= 0 {
			printed := strip(h.Doc.Paragraph.Text)
			span := report.Span{Start: printed.at[at], End: printed.end(at + len(pasted.text))}
			a.serveQuotation(h.Doc, wholeUnits(h.Doc.Paragraph, span), &Quotation{Exact: true}, 1)
			return true, nil
		}
	}
	for _, h := range res.Hits {
		span, share := nearest(h.Doc.Paragraph, pasted.text)
		if share >= nearShare {
			text := h.Doc.Paragraph.Text[span.Start:span.End]
			a.serveQuotation(h.Doc, span, &Quotation{Diff: compare(text, strings.TrimSpace(q.Text))}, share)
			return true, nil
		}
	}
	return false, nil
}

func (a *Answer) serveQuotation(d *rank.Doc, span report.Span, check *Quotation, share float64) {
	a.Kind, a.Quotation, a.Found, a.Confidence = KindQuotation, check, true, share
	a.Hits = append(a.Hits, newHit(d, span, "", share))
}

func firstHan(s string) rune {
	for _, r := range s {
		if zh.IsHan(r) {
			return r
		}
	}
	return 0
}

// stripped is text reduced to its folded letters and digits, markers left out,
// with the offset in the source of each of its bytes.
type stripped struct {
	text string
	at   []int
	ends []int
}

func (s stripped) end(i int) int { return s.ends[i-1] }

func strip(text string) stripped {
	var out stripped
	var b strings.Builder
	f := zh.Fold(text)
	marks := report.ScanMarkers(text)
	for i, r := range f.Text {
		if !zh.IsHan(r) && (r < '0' || r > '9') && (r < 'a' || r > 'z') && r != '%' {
			continue
		}
		n := utf8.RuneLen(r)
		start, end := f.Source(i, i+n)
		if within(marks, start) {
			continue
		}
		b.WriteRune(r)
		for range n {
			out.at, out.ends = append(out.at, start), append(out.ends, end)
		}
	}
	out.text = b.String()
	return out
}

func within(marks []report.Marker, at int) bool {
	for _, m := range marks {
		if at >= m.Start && at < m.End {
			return true
		}
	}
	return false
}

// wholeUnits widens a span to the units that it touches.
func wholeUnits(p *report.Paragraph, s report.Span) report.Span {
	out := report.Span{Start: -1}
	for _, u := range p.Units {
		if u.End > s.Start && u.Start < s.End {
			if out.Start < 0 {
				out.Start = u.Start
			}
			out.End = u.End
		}
	}
	if out.Start < 0 {
		return s
	}
	return out
}

// nearest finds the run of units that shares most characters with a pasted
// text, and the share: twice the common characters over both lengths.
func nearest(p *report.Paragraph, pasted string) (best report.Span, share float64) {
	for i := range p.Units {
		for j := i; j < len(p.Units) && j < i+4; j++ {
			s := report.Span{Start: p.Units[i].Start, End: p.Units[j].End}
			text := strip(p.Text[s.Start:s.End]).text
			if len(text) > 2*len(pasted) || len(pasted) > 2*len(text) {
				continue
			}
			same := 0
			for _, d := range diff(text, pasted) {
				if d.Op == Same {
					same += utf8.RuneCountInString(d.Text)
				}
			}
			v := 2 * float64(same) / float64(utf8.RuneCountInString(text)+utf8.RuneCountInString(pasted))
			if v > share {
				best, share = s, v
			}
		}
	}
	return best, share
}

// compare shows where a pasted text differs from the printed one. Markers and
// the width of punctuation are no difference.
func compare(printed, pasted string) []Segment {
	for i, marks := 0, report.ScanMarkers(printed); i < len(marks); i++ {
		m := marks[len(marks)-1-i]
		printed = printed[:m.Start] + printed[m.End:]
	}
	a, b := []rune(printed), []rune(pasted)
	out := diff(narrow(a), narrow(b))
	i, j := 0, 0
	for k := range out { // back to the characters as printed and as pasted
		n := utf8.RuneCountInString(out[k].Text)
		switch out[k].Op {
		case Pasted:
			out[k].Text = string(b[j : j+n])
			j += n
		case Same:
			j += n
			fallthrough
		default:
			out[k].Text = string(a[i : i+n])
			i += n
		}
	}
	return out
}

// narrow folds each character that folds to one.
func narrow(text []rune) string {
	out := make([]rune, len(text))
	for i, r := range text {
		out[i] = r
		if f := []rune(zh.FoldText(string(r))); len(f) == 1 {
			out[i] = f[0]
		}
	}
	return string(out)
}

// diff compares two texts by character.
func diff(printed, pasted string) []Segment {
	dmp := diffmatchpatch.New()
	dmp.DiffTimeout = 0
	var out []Segment
	for _, d := range dmp.DiffMainRunes([]rune(printed), []rune(pasted), false) {
		op := Same
		switch d.Type {
		case diffmatchpatch.DiffDelete:
			op = Printed
		case diffmatchpatch.DiffInsert:
			op = Pasted
		}
		out = append(out, Segment{op, d.Text})
	}
	return out
}
