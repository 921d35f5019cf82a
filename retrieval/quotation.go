package retrieval

import (
	"cmp"
	"context"
	"maps"
	"regexp"
	"slices"
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

// leastFramed is the number of characters of a sentence, or part of one, that
// is asked the source of.
const leastFramed = 8

var (
	askedAhead  = regexp.MustCompile(`^\s*(?:请问)?\s*(?:(?:报告|文中|原文)?[里中]?(?:哪[里儿]|哪一?[句段](?:话)?)[里中]?(?:有|是)?(?:提到|提及|说到|说|讲到|讲|写到|写)(?:过|了|的是|的)*)\s*[:：,，]?`)
	askedBehind = regexp.MustCompile(`\s*[,，。]?\s*(?:这句话?|这段话?|这话)?的?(?:出处|来源|(?:(?:是|出自|来自|引自)+(?:报告)?的?(?:哪[里儿]|什么地方|什么文件)|(?:是|在|出自|来自|引自)+(?:报告)?的?(?:哪一?[句段章节页条处个](?:话|注释?|脚注|文件)?|第几[段章节页条](?:注释?|脚注)?))(?:里|中|说|提到)?的?|有(?:出处|脚注|注释)吗|(?:出处|来源)(?:是|在)?(?:什么|哪[里儿]?|哪条注))(?:呢|啊)?\s*[?？。]*\s*$`)
)

// unframed takes off what asks for the source of a sentence: …出自哪里.
func unframed(text string) (inner string, framed bool) {
	inner = askedBehind.ReplaceAllString(askedAhead.ReplaceAllString(text, ""), "")
	framed = inner != text && utf8.RuneCountInString(strip(inner).text) >= leastFramed
	if !framed {
		return text, false
	}
	return inner, true
}

// checkQuotation serves a pasted sentence: it is found as printed, or nearly.
func (l *Library) checkQuotation(ctx context.Context, q Question, a *Answer) (bool, error) {
	inner, framed := unframed(q.Text)
	q.Text = inner
	pasted := strip(q.Text)
	if n := utf8.RuneCountInString(pasted.text); n < leastQuotation && !framed || !zh.IsHan(firstHan(q.Text)) {
		return false, nil
	}
	docs, err := l.ranker.Alike(ctx, q.Text, l.only(q.Report), quotationTries)
	if err != nil {
		return false, err
	}
	if a.serveExact(docs, pasted.text) {
		return true, nil
	}
	for _, d := range docs {
		if utf8.RuneCountInString(pasted.text) < leastQuotation {
			break // too short to be nearly something
		}
		span, share := nearest(d.Paragraph, pasted.text)
		text := d.Paragraph.Text[span.Start:span.End]
		if share >= nearShare && !asks(q.Text, text) {
			a.serveQuotation(d, span, &Quotation{Diff: compare(text, strings.TrimSpace(q.Text))}, share)
			return true, nil
		}
	}
	return false, nil
}

// serveExact serves a text, stripped, that one of the passages prints.
func (a *Answer) serveExact(docs []*rank.Doc, text string) bool {
	for _, d := range docs {
		printed := strip(d.Paragraph.Text)
		if at := strings.Index(printed.text, text); at >= 0 {
			span := report.Span{Start: printed.at[at], End: printed.end(at + len(text))}
			a.serveQuotation(d, wholeUnits(d.Paragraph, span), &Quotation{Exact: true}, 1)
			return true
		}
	}
	return false
}

// asking are the words that make a question of what else is a sentence.
var asking = regexp.MustCompile(`[?？]|什么|啥|哪|谁|吗|呢|多少|几|怎|如何|何时|何地|何处|为何|是否|是不是|有没有|能不能|多[大高长久远]`)

// pastes reports whether text may be a pasted sentence: it is long and asks nothing.
func pastes(text string) bool {
	return !asking.MatchString(text) && utf8.RuneCountInString(strip(text).text) >= leastQuotation
}

// asks reports whether text asks something: it has an asking word that the
// printed sentence, which may well say 如何, lacks.
func asks(text, printed string) bool {
	for _, w := range asking.FindAllString(text, -1) {
		if !strings.Contains(printed, w) {
			return true
		}
	}
	return false
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
// text, and the share: twice the common characters over both lengths. It is 0
// where no run reaches nearShare.
func nearest(p *report.Paragraph, pasted string) (best report.Span, share float64) {
	n := utf8.RuneCountInString(pasted)
	for _, r := range likeRuns(p, pasted) {
		if r.bound <= share {
			break
		}
		same := 0
		for _, d := range diff(r.text, pasted) {
			if d.Op == Same {
				same += utf8.RuneCountInString(d.Text)
			}
		}
		if v := 2 * float64(same) / float64(utf8.RuneCountInString(r.text)+n); v > share {
			best, share = r.Span, v
		}
	}
	return best, share
}

// likeRun is a run of units, stripped, and the share that it has at most.
type likeRun struct {
	report.Span
	text  string
	bound float64
}

// likeRuns lists the runs of units that may reach nearShare by the characters
// in them, order aside, likeliest first.
func likeRuns(p *report.Paragraph, pasted string) []likeRun {
	count := map[rune]int{}
	n := 0
	for _, r := range pasted {
		count[r]++
		n++
	}
	units := make([]string, len(p.Units))
	for i, u := range p.Units {
		units[i] = strip(p.Text[u.Start:u.End]).text
	}
	var runs []likeRun
	for i := range units {
		left, same, length := maps.Clone(count), 0, 0
		for j := i; j < len(units) && length <= 2*n; j++ {
			for _, r := range units[j] {
				length++
				if left[r] > 0 {
					left[r]--
					same++
				}
			}
			if bound := 2 * float64(same) / float64(length+n); bound >= nearShare {
				s := report.Span{Start: p.Units[i].Start, End: p.Units[j].End}
				runs = append(runs, likeRun{s, strings.Join(units[i:j+1], ""), bound})
			}
		}
	}
	slices.SortStableFunc(runs, func(a, b likeRun) int { return cmp.Compare(b.bound, a.bound) })
	return runs
}

// compare shows where a pasted text differs from the printed one. Markers and
// the width of punctuation are no difference.
func compare(printed, pasted string) []Segment {
	a, b := []rune(Unmarked(printed)), []rune(Unmarked(pasted))
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

// Unmarked is text without its markers.
func Unmarked(text string) string {
	var b strings.Builder
	at := 0
	for _, m := range report.ScanMarkers(text) {
		b.WriteString(text[at:m.Start])
		at = m.End
	}
	return b.String() + text[at:]
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
