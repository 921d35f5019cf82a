package retrieval

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"chuchu/retrieval/rank"
	"chuchu/retrieval/report"
	"chuchu/retrieval/zh"
)

// workPlace is where a work is named.
type workPlace struct {
	doc           *rank.Doc
	unit          int
	title, number string // folded, without brackets and blanks
}

// listWorks finds the titles and document numbers named in the passages.
func listWorks(docs []*rank.Doc) []workPlace {
	var out []workPlace
	for _, d := range docs {
		p := d.Paragraph
		for u, unit := range p.Units {
			for _, w := range report.Works(p.Text[unit.Start:unit.End]) {
				out = append(out, workPlace{d, u, squeeze(w.Title), squeeze(w.Number)})
			}
		}
	}
	return out
}

// squeeze folds a title or number to what tells it from others.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if zh.IsHan(r) || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r == '+' || r == '-' {
			return r
		}
		return -1
	}, zh.FoldText(s))
}

var (
	// markerAsked are ways to name a marker; folding has made brackets round.
	markerAsked = []*regexp.Regexp{
		regexp.MustCompile(`^\(?\s*\^?([0-9]{1,3})\s*\)?$`),
		regexp.MustCompile(`(?:(?:^|[^关投灌倾专])(?:脚注|尾注|注释|注解|引注|注|标号)|\b(?:footnotes?|endnotes?|notes?|markers?|references?|citations?))\s*(?:号|第|number|no\.?|#)?\s*\(?\s*([0-9]{1,3})\s*\)?(?:[^0-9年月%.个家种人名次万亿元]|$)`),
		regexp.MustCompile(`(?:^|[^0-9.])\(?([0-9]{1,3})\)?\s*(?:号|条|个|处)?的?(?:脚注|尾注|注释|注解|引注|注|标号|footnote|note)(?:[^册意重定目入射水视明资销]|$)`),
	}
	// printedMarker is a marker as printed; folding would make (36) of it.
	printedMarker = regexp.MustCompile(`[\[［〔【]\s*\^?([0-9０-９]{1,3})\s*[\]］〕】]`)
	numberAsked   = regexp.MustCompile(`([\p{Han}]{0,10}?)\s*(?:\(?\s*((?:19|20)[0-9]{2})\s*年?\)?)?\s*第?\s*([0-9]{1,5})\s*号(?:文件|文|令)?`)
	titleAsked    = regexp.MustCompile(`《([^》]{2,})》?`)
	citeAsked     = regexp.MustCompile(`出处|引用|引注|引文|脚注|注释|标号|来源|哪[一]?[句段]|which (sentence|note|footnote)|\bcit(e|es|ed|ation)\b|\bsource\b|\bfootnotes?\b`)
)

// lookUp serves a question that names a marker, a document number or a title.
func (l *Library) lookUp(ctx context.Context, q Question, a *Answer) (bool, error) {
	folded := strings.TrimSpace(zh.FoldText(q.Text))
	if label, ok := askedMarker(q.Text, folded); ok {
		return true, l.lookUpMarker(q, label, a)
	}
	if pastes(q.Text) && !namesOnly(folded) { // a sentence that names a work is no look-up of it
		if done, err := l.checkQuotation(ctx, q, a); done || err != nil {
			return done, err
		}
	}
	if done, err := l.lookUpNumber(ctx, q, folded, a); done || err != nil {
		return done, err
	}
	return l.lookUpTitle(ctx, q, folded, a)
}

// namesOnly reports whether a folded text has next to nothing but titles and
// document numbers in it.
func namesOnly(folded string) bool {
	rest := report.NumberForm.ReplaceAllString(titleAsked.ReplaceAllString(folded, ""), "")
	return utf8.RuneCountInString(squeeze(rest)) < leastTitle
}

// Cite looks up what text names and nothing else: `27`, `国函68号`, `《…》`.
func (l *Library) Cite(ctx context.Context, text string, top int) (Answer, error) {
	q := Question{Text: strings.TrimSpace(text), Top: top}
	if q.Top <= 0 {
		q.Top = DefaultTop
	}
	a := Answer{Question: text, Hits: []Hit{}}
	done, err := l.lookUp(ctx, q, &a)
	if err != nil || done {
		return a, err
	}
	q.Text = "《" + strings.Trim(q.Text, "《》") + "》"
	if _, err := l.lookUpTitle(ctx, q, zh.FoldText(q.Text), &a); err != nil {
		return a, err
	}
	a.Kind = KindCitation
	if a.Lookup == nil {
		a.Lookup = &Lookup{What: LookupTitle, Asked: strings.Trim(q.Text, "《》")}
	}
	return a, nil
}

// askedMarker reads the marker that a question names. One printed as in a
// report, [27], counts unless it stands in a pasted sentence.
func askedMarker(text, folded string) (string, bool) {
	if m := printedMarker.FindStringSubmatchIndex(text); m != nil && !pastes(text) && !strings.HasPrefix(strings.TrimLeft(text[m[1]:], " 第0123456789０１２３４５６７８９"), "号") {
		return report.Label(text[m[2]:m[3]]), true
	}
	for _, form := range markerAsked {
		if m := form.FindStringSubmatch(folded); m != nil {
			n, err := strconv.Atoi(m[1])
			if err == nil {
				return strconv.Itoa(n), true
			}
		}
	}
	return "", false
}

func (l *Library) lookUpMarker(q Question, label string, a *Answer) error {
	a.Kind = KindCitation
	a.Lookup = &Lookup{What: LookupMarker, Asked: label}
	known := map[int]bool{}
	for _, d := range l.docs {
		if q.Report != "" && d.Report.ID != q.Report {
			continue
		}
		for i, m := range d.Paragraph.Markers {
			n, _ := strconv.Atoi(m.Label)
			known[n] = true
			if m.Label == label && len(a.Hits) < q.Top {
				quote := l.ranker.NotedQuote(d, i)
				answer := l.ranker.AnswerIn(q.Text, d, quote, m.Start)
				a.Hits = append(a.Hits, markedHit(d, quote, answer, i))
			}
		}
	}
	if a.Found = len(a.Hits) > 0; a.Found {
		a.Confidence = 1
		return nil
	}
	for n := range known {
		a.Lookup.Known = append(a.Lookup.Known, strconv.Itoa(n))
	}
	slices.SortFunc(a.Lookup.Known, func(x, y string) int {
		m, _ := strconv.Atoi(x)
		n, _ := strconv.Atoi(y)
		return m - n
	})
	a.Missing = []string{fmt.Sprintf("[%s]", label)}
	return nil
}

func markedHit(d *rank.Doc, quote report.Span, answer string, marker int) Hit {
	h := newHit(d, quote, answer, 1)
	label := d.Paragraph.Markers[marker].Label
	if !slices.ContainsFunc(h.Footnotes, func(f Footnote) bool { return f.Marker == label }) {
		h.Footnotes = append(footnotesAt(d, marker, quote), h.Footnotes...)
	}
	return h
}

func footnotesAt(d *rank.Doc, marker int, quote report.Span) []Footnote {
	m := d.Paragraph.Markers[marker]
	return []Footnote{newFootnote(d, m, quote, m.Start >= quote.Start && m.End <= quote.End)}
}

// lookUpNumber serves a document number, whole or in part: 国函〔2016〕68号, 68号.
func (l *Library) lookUpNumber(ctx context.Context, q Question, folded string, a *Answer) (bool, error) {
	unknown := ""
	for _, m := range numberAsked.FindAllStringSubmatchIndex(folded, -1) {
		asked := strings.TrimSpace(folded[m[0]:m[1]])
		if at := l.numbered(folded, m); len(at) > 0 {
			return true, l.citeWorks(ctx, q, a, &Lookup{What: LookupNumber, Asked: asked}, at)
		}
		bare := strings.TrimSpace(folded[:m[0]]+folded[m[1]:]) == ""
		if full := report.NumberForm.FindString(asked); bare || full != "" {
			unknown = cmp.Or(unknown, full, asked)
		}
	}
	if unknown == "" {
		return false, nil
	}
	return true, l.citeWorks(ctx, q, a, &Lookup{What: LookupNumber, Asked: unknown}, nil)
}

// numbered finds where the document number that numberAsked matched is named.
func (l *Library) numbered(folded string, m []int) (at []workPlace) {
	part := func(g int) string {
		if m[g] < 0 {
			return ""
		}
		return folded[m[g]:m[g+1]]
	}
	issuer, year, serial := squeeze(part(2)), part(4), part(6)
	for _, w := range l.works {
		if w.number != "" && numberFits(w.number, issuer, year, serial) {
			at = append(at, w)
		}
	}
	return at
}

// numberFits compares a squeezed printed number, 国函201668号, with the parts asked for.
func numberFits(printed, issuer, year, serial string) bool {
	body, ok := strings.CutSuffix(printed, serial+"号")
	if !ok {
		return false
	}
	if year == "" {
		i := len(strings.TrimRight(body, "0123456789"))
		body, year = body[:i], body[i:]
		if len(year) != 4 {
			return false // 168号 is not 68号
		}
	} else if body, ok = strings.CutSuffix(body, year); !ok {
		return false
	}
	if issuer == "" {
		return true
	}
	// the issuer's letters may stand at the end of other words: 那个国函
	for i := range issuer {
		if body == issuer[i:] {
			return true
		}
	}
	return false
}

// lookUpTitle serves 《a title》, and a title without brackets in a question
// that asks for a citation.
func (l *Library) lookUpTitle(ctx context.Context, q Question, folded string, a *Answer) (bool, error) {
	cites := citeAsked.MatchString(folded)
	name, whole := "", false
	if m := titleAsked.FindStringSubmatchIndex(folded); m != nil {
		name = squeeze(folded[m[2]:m[3]])
		whole = strings.TrimSpace(folded[:m[0]]+folded[m[1]:]) == ""
	}
	if name == "" && !cites || name != "" && !whole && !cites {
		return false, nil
	}
	var at []workPlace
	if name != "" {
		at = l.titled(name)
	} else if name = l.longestTitle(folded); name != "" {
		at = l.titled(name)
	}
	if len(at) == 0 && !whole && !(cites && titleAsked.MatchString(folded)) {
		return false, nil
	}
	return true, l.citeWorks(ctx, q, a, &Lookup{What: LookupTitle, Asked: name}, at)
}

// titled finds where a title, or one that holds it, is named.
func (l *Library) titled(name string) []workPlace {
	var at []workPlace
	for _, w := range l.works {
		if w.title != "" && strings.Contains(w.title, name) {
			at = append(at, w)
		}
	}
	return at
}

// leastTitle is the number of characters from which words without 《》 are
// taken for a title.
const leastTitle = 6

// longestTitle finds the longest run of a question that stands in a title.
func (l *Library) longestTitle(folded string) string {
	best := ""
	for _, part := range strings.Fields(citeAsked.ReplaceAllString(folded, " ")) {
		part = squeeze(part)
		rs := []rune(part)
		for i := range rs {
			for j := len(rs); j-i >= max(leastTitle, utf8.RuneCountInString(best)+1); j-- {
				if s := string(rs[i:j]); len(l.titled(s)) > 0 {
					best = s
				}
			}
		}
	}
	return best
}

// citeWorks quotes the sentences that name a work, those that the rest of the
// question fits best first.
func (l *Library) citeWorks(ctx context.Context, q Question, a *Answer, look *Lookup, at []workPlace) error {
	a.Kind, a.Lookup = KindCitation, look
	places := make([]rank.Mention, 0, len(at))
	for _, w := range at {
		if q.Report == "" || w.doc.Report.ID == q.Report {
			places = append(places, rank.Mention{Doc: w.doc, Unit: w.unit, Exact: w.title == look.Asked})
		}
	}
	hits, err := l.ranker.Cite(ctx, q.Text, places, q.Top)
	if err != nil {
		return fmt.Errorf("look up %q: %w", look.Asked, err)
	}
	for _, h := range hits {
		a.Hits = append(a.Hits, newHit(h.Doc, h.Quote, h.Answer, h.Score))
	}
	if a.Found = len(a.Hits) > 0; a.Found {
		a.Confidence = 1
	} else {
		a.Missing = []string{look.Asked}
	}
	return nil
}
