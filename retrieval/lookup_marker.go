package retrieval

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"chuchu/retrieval/rank"
	"chuchu/retrieval/report"
	"chuchu/retrieval/zh"
)

// The parts of the ways to name markers; folding has made brackets round.
const (
	noteWord    = `(?:脚注|尾注|注释|注解|引注|注脚|标注|注|标号|参考文献|文献|角标|上标|脚标)`
	noteEnglish = `\b(?:footnotes?|endnotes?|notes?|markers?|references?|citations?|refs?\.?|fn\.?)`
	noteLead    = `(?:^|[^关投灌倾专备批])`      // 关注 names no note
	noteTail    = `(?:[^册意重定目入射水视明资销]|$)` // nor does 注册
	bareMarker  = `\(?\s*\^?\s*[0-9]{1,3}\s*\)?`
	oneMarker   = `第?\s*\(?\s*\^?\s*[0-9]{1,3}\s*\)?\s*(?:号|条|st\b|nd\b|rd\b|th\b)?`
	markerJoin  = `\s*(?:/|` + bareJoin + `)\s*`
	bareJoin    = `\s*(?:、|,|;|以及|还有|和|跟|与|及|或|到|至|-|~|&|and\b|or\b|to\b|through\b)\s*`
	markerList  = oneMarker + `(?:(?:的?` + noteWord + `)?` + markerJoin + `(?:` + noteWord + `|` + noteEnglish + `)?\s*` + oneMarker + `|\s*\(\s*[0-9]{1,3}\s*\))*`
	markerTail  = `(?:[^0-9年月%.个家种人名次篇万亿元]|\.[^0-9]|\.?$)`
)

var (
	markersAsked = []*regexp.Regexp{
		regexp.MustCompile(`^(?:n\.?\s*)?(` + bareMarker + `(?:` + bareJoin + bareMarker + `|\s*\(\s*[0-9]{1,3}\s*\))*)[.。?]?$`),
		regexp.MustCompile(`(?:` + noteLead + noteWord + `|` + noteEnglish + `)\s*(?::|号|第|numbers?|nos?\b\.?|#)?\s*(` + markerList + `)` + markerTail),
		regexp.MustCompile(`(?:^|[^0-9.])(` + markerList + `)\s*的?(?:` + noteWord + noteTail + `|` + noteEnglish + `)`),
		regexp.MustCompile(`(第\s*[0-9]{1,3}\s*[个处])\s*` + noteWord + noteTail),
	}
	// counted is a number of notes, not the number of one: 有3条注.
	counted = regexp.MustCompile(`[有共]\s*$`)
	// printedMarker is a marker as printed; folding would make (36) of it.
	printedMarker = regexp.MustCompile(`[\[［〔【]\s*\^?([0-9０-９]{1,3})\s*[\]］〕】]`)
	// numberAhead is what follows the year of a document number.
	numberAhead = regexp.MustCompile(`^[\s第]*[0-9０-９]+\s*号`)
	rangeJoin   = regexp.MustCompile(`[到至~-]|\b(?:to|through)\b`)
	digits      = regexp.MustCompile(`[0-9]+`)
)

// askedMarkers reads the markers that a question names. Those printed as in a
// report, [27], count unless they stand in a pasted sentence.
func askedMarkers(text, folded string) []string {
	if labels := printedMarkers(text); len(labels) > 0 && !pastes(text) {
		return labels
	}
	for _, form := range markersAsked {
		m := form.FindStringSubmatchIndex(folded)
		if m == nil {
			continue
		}
		list := folded[m[2]:m[3]]
		if strings.Contains(list, "条") && !strings.Contains(list, "第") && counted.MatchString(folded[:m[2]]) {
			continue
		}
		return readMarkers(list, digits.FindAllStringIndex(list, -1))
	}
	return nil
}

func printedMarkers(text string) []string {
	var at [][]int
	for _, m := range printedMarker.FindAllStringSubmatchIndex(text, -1) {
		if !numberAhead.MatchString(text[m[1]:]) {
			at = append(at, m[2:4])
		}
	}
	return readMarkers(text, at)
}

// readMarkers lists the numbers at the given places of a text, with those
// between two that a word like 到 joins.
func readMarkers(text string, at [][]int) []string {
	var out []string
	add := func(n int) {
		if label := strconv.Itoa(n); !slices.Contains(out, label) {
			out = append(out, label)
		}
	}
	last := 0
	for i, m := range at {
		n, err := strconv.Atoi(report.Label(text[m[0]:m[1]]))
		if err != nil {
			continue
		}
		if i > 0 && isRange(text[at[i-1][1]:m[0]]) {
			for k := last + 1; k < n; k++ {
				add(k)
			}
		}
		add(n)
		last = n
	}
	return out
}

// longestJoin is the length in bytes of the text between two markers from
// which it does more than join them.
const longestJoin = 24

func isRange(between string) bool {
	return len(between) <= longestJoin && rangeJoin.MatchString(zh.FoldText(between))
}

// lookUpMarkers quotes the sentences that markers stand on, of every report
// that has them.
func (l *Library) lookUpMarkers(q Question, labels []string, a *Answer) {
	a.Kind = KindCitation
	a.Lookup = &Lookup{What: LookupMarker, Asked: strings.Join(labels, "、")}
	if len(labels) > 1 {
		q = q.listing()
	}
	lists := l.marked(q, l.tables.labelled(labels), a)
	if a.Found = len(a.Hits) > 0; a.Found {
		a.Confidence = 1
	}
	for _, label := range labels {
		if !slices.ContainsFunc(lists, func(m Marked) bool { return slices.Contains(m.Markers, label) }) {
			a.Lookup.Lacking = append(a.Lookup.Lacking, label)
		}
	}
	if len(labels) > 1 {
		a.Lookup.Marked = lists
	}
	if len(a.Lookup.Lacking) == 0 {
		return
	}
	all := l.marked(q, l.tables.marks(), nil)
	a.Lookup.Known = union(all)
	if !a.Found {
		a.Lookup.Marked = all
		for _, label := range a.Lookup.Lacking {
			a.Missing = append(a.Missing, "["+label+"]")
		}
		a.Lookup.Lacking = nil
	}
}

// mostListed is the number of sentences of a listing at most.
const mostListed = 500

// marked lists markers, report by report, and puts the sentence of each into
// a, where one is given.
func (l *Library) marked(q Question, marks []markPlace, a *Answer) []Marked {
	var out []Marked
	of, seen := -1, map[string]bool{}
	q.Top = min(q.Top, mostListed)
	for _, m := range marks {
		if q.Report != "" && l.reports[m.report].ID != q.Report {
			continue
		}
		if of != m.report {
			of = m.report
			clear(seen)
			out = append(out, Marked{Report: l.reports[of].Card.Title})
		}
		if list := &out[len(out)-1]; !seen[m.Label] {
			seen[m.Label] = true
			list.Markers = append(list.Markers, m.Label)
		}
		if a != nil {
			l.addMarked(q, m, a)
		}
	}
	return out
}

// addMarked quotes the sentence of a marker; markers on one sentence share a hit.
func (l *Library) addMarked(q Question, m markPlace, a *Answer) {
	n := len(a.Hits)
	if n >= q.Top && (n == 0 || a.Hits[n-1].Report != l.reports[m.report].ID) {
		return // it can neither be added nor share the last one
	}
	d, i := l.doc(l.ord(m.report, int(m.Passage))), int(m.Marker)
	if d == nil {
		return
	}
	quote := l.ranker.NotedQuote(d, i)
	if n > 0 && a.Hits[n-1].PassageID == d.Paragraph.ID {
		if last := &a.Hits[n-1]; last.Quote == d.Paragraph.Text[quote.Start:quote.End] {
			addFootnote(last, d, i, quote)
			return
		}
	}
	if n >= q.Top {
		return
	}
	answer := ""
	if !strings.Contains(a.Lookup.Asked, "、") && a.Lookup.What == LookupMarker && !whereAsked.MatchString(zh.FoldText(q.Text)) {
		answer = l.ranker.AnswerIn(q.Text, d, quote, d.Paragraph.Markers[i].Start)
	}
	h := newHit(d, quote, answer, 1)
	addFootnote(&h, d, i, quote)
	a.Hits = append(a.Hits, h)
}

// addFootnote puts the marker of a hit into its footnotes, unless it is among them.
func addFootnote(h *Hit, d *rank.Doc, i int, quote report.Span) {
	m := d.Paragraph.Markers[i]
	if slices.ContainsFunc(h.Footnotes, func(f Footnote) bool { return f.is(m) }) {
		return
	}
	f := newFootnote(d, m, quote, m.Start >= quote.Start && m.End <= quote.End)
	h.Footnotes = append([]Footnote{f}, h.Footnotes...)
}

// union is all the markers of several lists, in the order of their numbers.
func union(lists []Marked) []string {
	known := map[int]bool{}
	for _, list := range lists {
		for _, label := range list.Markers {
			if n, err := strconv.Atoi(label); err == nil {
				known[n] = true
			}
		}
	}
	var numbers []int
	for n := range known {
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	var out []string
	for _, n := range numbers {
		out = append(out, strconv.Itoa(n))
	}
	return out
}
