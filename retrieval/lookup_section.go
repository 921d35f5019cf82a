package retrieval

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"chuchu/retrieval/zh"
)

var (
	headingNumber = regexp.MustCompile(`^(?:第([0-9]+)([编篇部卷章节])|\(?([一二三四五六七八九十百]+)[、)]|\(([0-9]{1,2})\)|([0-9]{1,2}(?:\.[0-9]{1,2})*)(?:[.、\s]|[^0-9.]))`)
	lastStep      = regexp.MustCompile(`^最后的?[1一]?个?(章|节|部分|小节)$`)
	stepSpan      = regexp.MustCompile(`^第?([0-9]{1,2})(章|节|部分|部|篇|段)?(到|至|-|、|和|与|跟|及)第?([0-9]{1,2})(章|节|部分|部|篇|段)$`)
	stepForm      = regexp.MustCompile(`^(?:第?([0-9]{1,3})大?(编|篇|部分|部|卷|章|小节|节|段落|段|个部分)|(chapter|section|part|paragraph|§)\s*([0-9]{1,3}(?:\.[0-9]{1,2})*|[ivx]+)|(?:第?)([0-9]{1,2}(?:\.[0-9]{1,2})+)\s*(?:小节|节)?|([一二三四五六七八九十百]+|[0-9]{1,2})、|\(([一二三四五六七八九十百]+|[0-9]{1,2})\))`)
	stepJoin      = regexp.MustCompile(`^(?:的|里的?|中的?|,|、| |in|of|the)+`)
)

// section is a report, or a section of it by its path of headings.
type section struct {
	report int // its place among the reports
	path   []string
}

func (s section) heading() string {
	if len(s.path) == 0 {
		return ""
	}
	return s.path[len(s.path)-1]
}

func (s section) holds(m *markPlace) bool {
	return m.report == s.report && len(m.Section) >= len(s.path) && slices.Equal(m.Section[:len(s.path)], s.path)
}

// all are the places of the reports, or of the one of an id.
func (l *Library) all(id string) []int {
	out := make([]int, 0, len(l.reports))
	for i, r := range l.reports {
		if id == "" || r.ID == id {
			out = append(out, i)
		}
	}
	return out
}

func whole(reports []int) []section {
	var out []section
	for _, r := range reports {
		out = append(out, section{report: r})
	}
	return out
}

// sections lists the sections of a report, outermost first, as they follow.
func (l *Library) sections(r int) []section {
	var out []section
	head := l.head(r)
	if head == nil {
		return nil
	}
	for _, s := range head.Outline {
		if !s.Notes {
			out = append(out, section{r, s.Path})
		}
	}
	return out
}

// titledSections finds the sections whose heading has these words, those
// within another left out; else the reports whose title has them.
func (l *Library) titledSections(reports []int, name string, called bool) []section {
	var out []section
	for _, r := range reports {
		for _, s := range l.sections(r) {
			heading := letters(s.heading())
			if !strings.Contains(heading, name) && !(called && utf8.RuneCountInString(name) >= leastTitle && inParts([]rune(name), []rune(heading))) {
				continue
			}
			if !slices.ContainsFunc(out, func(o section) bool {
				return o.report == r && len(o.path) < len(s.path) && slices.Equal(o.path, s.path[:len(o.path)])
			}) {
				out = append(out, s)
			}
		}
	}
	if len(out) > 0 {
		return out
	}
	return whole(slices.DeleteFunc(slices.Clone(reports), func(r int) bool { return !strings.Contains(letters(l.reports[r].Card.Title), name) }))
}

// lastOf is the number of a step to the last section there is.
const lastOf = -1

// step is one step down to a section: the third 章, the first 节.
type step struct {
	n    int
	unit string
}

// readSteps reads the steps that a text begins with, and gives the rest.
func readSteps(folded string) (steps []step, rest string) {
	if m := lastStep.FindStringSubmatch(folded); m != nil {
		return []step{{lastOf, cmp.Or(unitNames[m[1]], m[1])}}, ""
	}
	for {
		m := stepForm.FindStringSubmatch(folded)
		if m == nil {
			return steps, folded
		}
		unit := cmp.Or(unitNames[m[2]], unitNames[m[3]], m[2])
		if m[7] != "" {
			unit = "("
		}
		for _, part := range strings.Split(m[1]+m[4]+m[5]+m[6]+m[7], ".") {
			steps = append(steps, step{numberOf(part), unit})
			unit = ""
		}
		folded = folded[len(m[0]):]
		folded = folded[len(stepJoin.FindString(folded)):]
	}
}

// unitNames are the units that headings print, by what else they are called.
var unitNames = map[string]string{
	"部分": "部", "个部分": "部", "小节": "节", "段落": "段",
	"chapter": "章", "section": "节", "§": "节", "part": "部", "paragraph": "段",
}

var roman = map[string]int{"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}

// numberOf reads a number in digits, Chinese or Roman numerals; 0 if it is none.
func numberOf(s string) int {
	if n, ok := roman[s]; ok {
		return n
	}
	n, _ := strconv.Atoi(strings.TrimSuffix(strings.TrimPrefix(zh.FoldText("第"+s+"章"), "第"), "章"))
	return n
}

// numberOfHeading reads what a heading is numbered, and as what: 第三章 3, 章.
func numberOfHeading(text string) (n int, unit string) {
	m := headingNumber.FindStringSubmatch(zh.FoldText(text))
	if m == nil {
		return 0, ""
	}
	dotted := m[5][strings.LastIndexByte(m[5], '.')+1:]
	unit = m[2]
	if strings.HasPrefix(m[0], "(") {
		unit = "("
	}
	return numberOf(m[1] + m[3] + m[4] + dotted), unit
}

// stepped follows the steps through the headings of each report.
func (l *Library) stepped(name string, steps []step, reports []int) listing {
	if len(steps) == 1 && steps[0].unit == "段" {
		return listing{name: name, parts: whole(reports), paras: steps[0].n}
	}
	out := listing{name: name, paras: -1}
	for _, r := range reports {
		all := l.sections(r)
		at := []section{{report: r}}
		for _, s := range steps {
			var next []section
			for _, from := range at {
				next = append(next, s.from(from, all)...)
			}
			at = next
		}
		out.parts = append(out.parts, at...)
	}
	return out
}

// spanned reads two sections, or a run of them: 第二到四章.
func (l *Library) spanned(name string, m []string, reports []int) listing {
	from, to := numberOf(m[1]), numberOf(m[4])
	out := listing{name: name, paras: -1}
	for i := range reports {
		for n := from; n <= to && m[5] != "段"; n++ {
			if n == from || n == to || strings.Contains("到至-", m[3]) {
				out.parts = append(out.parts, l.stepped(name, []step{{n, cmp.Or(unitNames[m[5]], m[5])}}, reports[i:i+1]).parts...)
			}
		}
	}
	return out
}

// from finds the sections that a step leads to: those printed with its unit,
// at any depth, else those right below, by their number or, where they have
// none, their place.
func (s step) from(from section, all []section) []section {
	var below, printed, numbered []section
	anyUnit, anyNumber := false, false
	for _, o := range all {
		if len(o.path) <= len(from.path) || !slices.Equal(o.path[:len(from.path)], from.path) {
			continue
		}
		n, unit := numberOfHeading(o.heading())
		if unit != "" && s.unit == unit {
			anyUnit = true
			if n == s.n {
				printed = append(printed, o)
			}
		}
		if len(o.path) == len(from.path)+1 {
			below = append(below, o)
			anyNumber = anyNumber || n > 0
			if n == s.n {
				numbered = append(numbered, o)
			}
		}
	}
	switch {
	case s.n == lastOf && len(below) > 0:
		return below[len(below)-1:]
	case anyUnit || s.unit == "(": // (二) is no 二、
		return printed
	case anyNumber:
		return numbered
	case s.n >= 1 && s.n <= len(below):
		return below[s.n-1 : s.n]
	}
	return nil
}
