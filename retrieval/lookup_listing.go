package retrieval

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"chuchu/retrieval/report"
)

// The parts of a question for the markers of a section. The section stands
// where %s does, and may be anything: what is read of it decides.
const (
	listPolite  = `(?:请问|请|帮我|麻烦|给我|我想知道|我想看|告诉我|查一?下|查查|看看|列出|列一下|列举|说说)*`
	listHave    = `(?:里面|里边|里头|之中|当中|里|中|内|下面)?(?:一共|总共|共|都|合计)*(?:有|含|标了|标着|引用了|用了|引了|包含|包括|出现)*`
	listCount   = `(?:有没有|哪些|哪几|多少|几|什么|啥|所有|全部|的所有|的全部)(?:个|条|处)?的?`
	listNote    = `(?:脚注|尾注|注释|注解|引注|注脚|注号|标注|注)`
	listAll     = `(?:号|们)?(?:列表|清单|一览)?`
	listEnd     = `(?:都?是什么|都?是哪些|分别是什么|列表|清单|呢|吗|啊|吧|了|[?。!])*$`
	listEnglish = `(?:foot|end)?notes?|citations?|markers?`
)

var listForms = []*regexp.Regexp{
	regexp.MustCompile(`^` + listPolite + `(?P<of>.*?)` + listHave + `(?P<asks>` + listCount + `)` + listNote + listAll + listEnd),
	regexp.MustCompile(`^` + listPolite + `(?P<asks>列出|列举)(?P<of>.*?)的?(?:所有|全部)?的?` + listNote + listAll + listEnd),
	regexp.MustCompile(`^` + listPolite + `(?P<of>.*?)(?:里面|里边|里头|里|中)?的?` + listNote + listAll + `(?P<asks>都?有哪些|有多少[个条处]?|有几[个条处]|是哪些|是哪几[个条处]|数量|总数|一共多少[个条]?|共多少[个条]?|(?:是|号)*从(?:几|第?几[号条])(?:开始)?到(?:几|第?几[号条]))` + listEnd),
	regexp.MustCompile(`^` + listPolite + `把?(?P<of>.*?)的?(?:所有|全部)?` + listNote + `(?:都|全部|全)*(?P<asks>列出来?|列一下|找出来)` + listEnd),
	regexp.MustCompile(`^(?P<of>.*?)(?:里面|里边|里头|里|中)?(?P<asks>有)` + listNote + `[吗么][?。]*$`),
	regexp.MustCompile(`^` + listPolite + `(?:都|一共|总共)?有?(?P<asks>` + listCount + `)` + listNote + `号?(?:都|是来自|来自|出自|标在|属于|位于|出现在|在|是)+(?:了|于)?(?P<of>.*?)(?:里面|里头|里|中|内)?的?` + listEnd),
	regexp.MustCompile(`^` + listPolite + `(?P<asks>` + listNote + `)号?(?:来自|出自|在|属于)(?P<of>.*?)(?:里面|里头|里|中|内)?的?(?:都|一共|总共)?(?:有|是)?(?:哪些|多少[个条处]?|哪?几[个条处])(?:` + listNote + `)?` + listEnd),
	regexp.MustCompile(`^` + listPolite + `(?P<of>.*?)(?:里面|里边|里头|里|中)?的?` + listNote + listAll + listEnd), // 第3章的注
	regexp.MustCompile(`^(?:please )?(?P<asks>which|what|how many|list|show(?: me)?|give me|count)(?: all)?(?: of)?(?: the)? (?:` + listEnglish + `)(?: (?:are|is|does|do|have|come|stand|there|appear|it|belong|contained|i see|listed)\b)*(?P<of>.*?)(?: have| has| contain| contains| got)?[?. !]*$`),
	regexp.MustCompile(`^(?P<asks>all)?(?: of)?(?: the)?(?:` + listEnglish + `) (?P<of>(?:in|of|from|for|under) .*?)[?. !]*$`),
	regexp.MustCompile(`^(?P<of>(?:chapter|section|part) [0-9ivx.]+)(?:'s)? (?:` + listEnglish + `)[?. !]*$`),
}

var (
	noteNamed    = regexp.MustCompile(`注|note|citation|marker`)
	wholeReport  = regexp.MustCompile(`^(?:在|这|那|本|该|整|全|每|各|个|份|[0-9]+份|篇|本书|书|文|文章|全文|报告|正文|里|中|的|上|总|一共|总共|都|,| |in|of|from|there|the|this|that|whole|entire|report|document|text|all|have|does|has)*$`)
	sectionEnd   = regexp.MustCompile(`(?:那|这|的|关于)*(?:一|个)*(?:小节|章节|部分|章|节|段落|块)$`)
	sectionAhead = regexp.MustCompile(`^(?:(?:来自|出自|关于|讲|谈|在|报告|文中|里|的|"|'| |\b(?:in|of|from|for|under|the|about|on)\b)+)`)
	englishEnd   = regexp.MustCompile(`\s*\b(?:chapter|section|part)$`)
)

// listing is what a question for markers asks about.
type listing struct {
	name  string // the section as asked for, "" for whole reports
	parts []section
	paras int         // the one paragraph asked for, -1: none
	at    report.Span // where the question names it
}

// askedListing reads a question for the markers of a section or of everything.
func (l *Library) askedListing(folded, id string) (listing, bool) {
	if utf8.RuneCountInString(folded) > longestListing || !noteNamed.MatchString(folded) {
		return listing{}, false
	}
	for _, form := range listForms {
		m := form.FindStringSubmatchIndex(folded)
		if m == nil {
			continue
		}
		i := 2 * form.SubexpIndex("of")
		at := report.Span{Start: m[i], End: m[i+1]}
		i = 2 * form.SubexpIndex("asks")
		asks := i >= 0 && m[i] < m[i+1]
		if scope, ok := l.readScope(folded[at.Start:at.End], asks, id); ok {
			scope.at = at
			return scope, true
		}
	}
	return listing{}, false
}

// longestListing is the length in characters of a question for markers.
const longestListing = 60

// readScope reads the section that a question names. Without words that ask,
// only a section that is called one counts.
func (l *Library) readScope(of string, asks bool, id string) (listing, bool) {
	reports := l.all(id)
	if m := titleAsked.FindStringSubmatchIndex(of); m != nil {
		name := squeeze(of[m[2]:m[3]])
		named := slices.ContainsFunc(l.reports, func(r shelved) bool { return strings.Contains(squeeze(r.Card.Title), name) })
		if !named {
			return listing{}, false
		}
		reports = slices.DeleteFunc(reports, func(r int) bool { return !strings.Contains(squeeze(l.reports[r].Card.Title), name) })
		of, asks = of[:m[0]]+of[m[1]:], true
	}
	if wholeReport.MatchString(of) {
		return listing{parts: whole(reports), paras: -1}, asks
	}
	of = strings.Trim(sectionAhead.ReplaceAllString(of, ""), ` "'`)
	if steps, rest := readSteps(of); len(steps) > 0 && strings.Trim(rest, `的里中 "'`) == "" && (asks || steps[0].unit != "") {
		return l.stepped(of, steps, reports), true
	}
	if m := stepSpan.FindStringSubmatch(of); m != nil && (m[2] == "" || m[2] == m[5]) {
		return l.spanned(of, m, reports), true
	}
	words := strings.Trim(englishEnd.ReplaceAllString(sectionEnd.ReplaceAllString(of, ""), ""), `"'的 `)
	called := words != strings.Trim(of, `"'的 `)
	name := letters(words)
	if utf8.RuneCountInString(name) < 2 || !called && (!asks || utf8.RuneCountInString(name) < leastHeading) {
		return listing{}, false
	}
	parts := l.titledSections(reports, name, called)
	if len(parts) == 0 && !called {
		return listing{}, false
	}
	return listing{name: words, parts: parts, paras: -1}, true
}

// leastHeading is the number of characters from which words are taken for
// those of a heading, though nothing calls them one.
const leastHeading = 3

// letters squeezes words and drops the signs between them: 互联网+政务.
func letters(s string) string { return strings.NewReplacer("+", "", "-", "").Replace(squeeze(s)) }

// listMarkers lists the markers of the sections asked for, each with the
// sentence that it stands on.
func (l *Library) listMarkers(q Question, scope listing, a *Answer) {
	a.Kind = KindCitation
	a.Lookup = &Lookup{What: LookupSection, Asked: scope.name}
	q = q.listing()
	for _, s := range scope.parts {
		if scope.paras >= 0 && !l.hasParagraph(s.report, scope.paras) {
			continue
		}
		lists := l.marked(q, l.tables.markedIn(s, scope.paras), a)
		m := Marked{Report: l.reports[s.report].Card.Title, Section: s.heading()}
		if len(lists) > 0 {
			m.Markers = lists[0].Markers
		}
		if scope.paras >= 0 {
			m.Paragraph = &scope.paras
		}
		a.Lookup.Marked = append(a.Lookup.Marked, m)
	}
	if a.Found = len(a.Hits) > 0; a.Found {
		a.Confidence = 1
		return
	}
	a.Missing = []string{"注"}
	if len(a.Lookup.Marked) == 0 {
		a.Missing = []string{scope.name}
		a.Lookup.Known = l.outline(q)
	}
}

// outline lists the outermost headings of the reports.
func (l *Library) outline(q Question) []string {
	var out []string
	for _, r := range l.all(q.Report) {
		for _, s := range l.sections(r) {
			if len(s.path) == 1 {
				out = append(out, s.heading())
			}
			if len(out) == mostKnown {
				return out
			}
		}
	}
	return out
}
