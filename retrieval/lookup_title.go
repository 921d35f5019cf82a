package retrieval

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

var (
	titleAsked = regexp.MustCompile(`《([^》]{2,})》?`)
	citeAsked  = regexp.MustCompile(`出处|引用|引注|引文|脚注|注释|标号|来源|(?:来|出)自哪|哪[里儿]?[一几]?[句段处]|(?:哪[里儿]|何处|什么地方).{0,3}(?:提|说|讲|写|出现|引)|(?:提到|提及|说到|引)[^。]*在哪|which (sentence|note|footnote|paragraph)|\bcit(e|es|ed|ation)\b|\bsource\b|\bfootnotes?\b|\bmention(s|ed)?\b`)
	// issueAsked asks who issued a work, or when.
	issueAsked = regexp.MustCompile(`(?:谁|哪个部门|哪些部门|哪几个部门|什么部门|哪个单位|什么机构|哪个机构|哪家|哪一?年|哪一?天|什么时候|何时|几时|几号).{0,6}?(?:印发|发布|出台|公布|制定|颁布|下发|批复|批准|通过|发)|(?:印发|发布|出台|公布|制定|颁布|下发|批复|批准|通过|发)(?:的?(?:部门|单位|机构|机关|者|人)|的?(?:日期|时间))?是(?:谁|哪)|发文(?:机关|单位|部门|日期|时间)|\b(?:who|when)\b.*\b(?:issued?|published?|released?|approved?)\b`)
	whenAsked  = regexp.MustCompile(`哪一?年|哪一?天|什么时候|何时|几时|几号|日期|时间|\bwhen\b`)
	// frameAhead and frameBehind are what a question says around a title.
	frameAhead  = regexp.MustCompile(`^(?:请问|请|报告|文中|这份|哪[里儿]|何处|什么地方|哪[一几]?[句段处](?:话)?|哪个注|哪条注|谁|哪个部门|哪些部门|在哪|who|which|sentence|note|footnote|where|is|was|the|[是在有中里 "'])*(?:提到|提及|说到|讲到|写到|引用|引|出现|印发|发布|出台|公布|制定|颁布|下发|批复|批准|通过|发|issued|published|approved|cites|mentions)*[了过到的 ]*`)
	frameBehind = regexp.MustCompile(`[ "'的]*(?:(?:是|由|被)?(?:在|来自|出自)?(?:谁|哪|何时|什么|几时|几号|第几).*|(?:出处|来源|引用|引文|脚注|注释|标号|提到|提及|发文|印发).*|在报告.*|(?:is|was|mentioned|cited|source|footnote|issued|published|which).*)?[?。 "]*$`)
)

// leastTitle is the number of characters from which words without 《》 are
// taken for a title.
const leastTitle = 6

// titleQuestion is how a question names a title.
type titleQuestion struct {
	name   string // squeezed
	marked bool   // by 《》
	whole  bool   // nothing else is asked
	cites  bool
	issue  bool // asks who issued it, or when
}

func readTitle(folded string) titleQuestion {
	t := titleQuestion{cites: citeAsked.MatchString(folded), issue: issueAsked.MatchString(folded)}
	if m := titleAsked.FindStringSubmatchIndex(folded); m != nil {
		t.name, t.marked = squeeze(folded[m[2]:m[3]]), true
		t.whole = strings.TrimSpace(folded[:m[0]]+folded[m[1]:]) == ""
		return t
	}
	rest := folded[len(frameAhead.FindString(folded)):]
	if loc := frameBehind.FindStringIndex(rest); loc != nil {
		rest = rest[:loc[0]]
	}
	t.name = squeeze(rest)
	t.whole = t.name == squeeze(folded)
	return t
}

// lookUpTitle serves 《a title》, and a title without brackets in a question
// that asks for a citation or for who issued it.
func (l *Library) lookUpTitle(ctx context.Context, q Question, folded string, a *Answer) (bool, error) {
	t := readTitle(folded)
	if t.name == "" || !t.cites && !t.issue && !t.whole {
		return false, nil
	}
	at := l.titlePlaces(t)
	if len(at) == 0 && t.cites && !t.marked {
		if run := l.longestTitle(folded); run != "" {
			t.name, at = run, l.titled(run)
		}
	}
	if t.issue && !t.cites {
		at = slices.DeleteFunc(at, func(w workPlace) bool { return w.issued(folded) == "" })
	}
	if len(at) == 0 && (!t.marked || !t.whole && !t.cites) {
		return false, nil
	}
	look := &Lookup{What: LookupTitle, Asked: t.name}
	if name := soleTitle(at); name != "" && !strings.Contains(squeeze(name), t.name) {
		look.Asked, a.ReadAs = strings.Trim(name, "《》"), cmp.Or(a.ReadAs, name) // said otherwise than printed
	}
	if err := l.citeWorks(ctx, q, a, look, at); err != nil {
		return true, err
	}
	if t.issue {
		l.answerIssue(a, l.chosen(q, at), folded)
	}
	return true, nil
}

// titlePlaces finds where the title that a question names is named. Words
// without 《》 that nobody asks the source of must be a title whole.
func (l *Library) titlePlaces(t titleQuestion) []workPlace {
	if t.marked {
		if at := l.titled(t.name); len(at) > 0 {
			return at
		}
		return l.nearTitled(t.name)
	}
	if utf8.RuneCountInString(t.name) < leastTitle {
		return nil
	}
	if t.whole && !t.cites && !t.issue {
		return l.tables.works().called(t.name)
	}
	if at := l.titled(t.name); len(at) > 0 {
		return at
	}
	return l.nearTitled(t.name)
}

// issued is who issued a work, or when, as its sentence says.
func (w workPlace) issued(folded string) string {
	switch {
	case w.printed.Issuer == "":
		return "" // a date alone may be that of something else
	case whenAsked.MatchString(folded):
		return w.printed.Date
	}
	return w.printed.Issuer
}

// answerIssue makes who issued the work, or when, each hit's answer.
func (l *Library) answerIssue(a *Answer, at []workPlace, folded string) {
	for i := range a.Hits {
		h := &a.Hits[i]
		h.Answer = ""
		for _, w := range at {
			if s := w.issued(folded); s != "" && l.id(w.ord) == h.PassageID && strings.Contains(h.Quote, w.printed.Title) && strings.Contains(h.Quote, s) {
				h.Answer = s
			}
		}
	}
}

// soleTitle is the title named at all of the places, as printed; "" if several are.
func soleTitle(at []workPlace) string {
	for _, w := range at {
		if w.title != at[0].title {
			return ""
		}
	}
	if len(at) == 0 {
		return ""
	}
	return at[0].printed.Title
}

// titled finds where a title, or one that holds it, is named.
func (l *Library) titled(name string) []workPlace {
	return l.tables.works().holding(name)
}

// longestTitle finds the longest run of a question that stands in a title.
func (l *Library) longestTitle(folded string) string {
	best := ""
	for _, part := range strings.Fields(citeAsked.ReplaceAllString(folded, " ")) {
		part = squeeze(part)
		rs := []rune(part)
		for i := range rs {
			for j := len(rs); j-i >= max(leastTitle, utf8.RuneCountInString(best)+1); j-- {
				if s := string(rs[i:j]); l.tables.works().holds(s) {
					best = s
				}
			}
		}
	}
	return best
}

// yearsBehind are the years that a plan's title ends with: (2016—2040).
var yearsBehind = regexp.MustCompile(`[(（][^()（）]*[)）]》$`)

// baseTitle is a title without the years behind it.
func baseTitle(printed string) string { return yearsBehind.ReplaceAllString(printed, "") }

// nearTitled finds the titles that a name misses by one character, or by words
// left out. One wrong character that makes another place or number of it is
// another title.
func (l *Library) nearTitled(name string) []workPlace {
	if utf8.RuneCountInString(name) < leastTitle {
		return nil
	}
	var slips, parts []int32
	works := l.tables.works()
	for _, i := range works.alike(name) {
		t := &works.titles[i]
		if l.slipped([]rune(name), []rune(t.title)) {
			slips = append(slips, i)
		}
		if inParts([]rune(name), []rune(t.base)) {
			parts = append(parts, i)
		}
	}
	if len(slips) > 0 {
		return works.of(slips)
	}
	return works.of(parts)
}

// slipped reports whether one wrong, missing or needless character parts a
// name from a run of a title.
func (l *Library) slipped(name, title []rune) bool {
	for i := range title {
		for n := len(name) - 1; n <= len(name)+1 && i+n <= len(title); n++ {
			run := title[i : i+n]
			if at, ok := oneSlip(name, run); ok && !l.bothTell(name, run, at) {
				return true
			}
		}
	}
	return false
}

// oneSlip finds the one place where two texts differ; a character too many at
// an end is none, for it may part 南京 from 北京.
func oneSlip(a, b []rune) (at int, ok bool) {
	for at < min(len(a), len(b)) && a[at] == b[at] {
		at++
	}
	restA, restB := a[at:], b[at:]
	switch {
	case len(a) == len(b) && len(restA) > 0:
		return at, slices.Equal(restA[1:], restB[1:])
	case len(a) > len(b):
		return at, at > 0 && at < len(a)-1 && slices.Equal(restA[1:], restB)
	case len(b) > len(a):
		return at, at > 0 && at < len(b)-1 && slices.Equal(restA, restB[1:])
	}
	return at, false
}

var numeral = regexp.MustCompile(`[0-9一二三四五六七八九十百两]`)

// bothTell reports whether what differs is a number, or a place in both texts.
func (l *Library) bothTell(a, b []rune, i int) bool {
	for _, pair := range [][2][]rune{{a, b}, {b, a}} {
		if len(pair[0]) >= len(pair[1]) && numeral.MatchString(string(pair[0][i])) {
			return true
		}
	}
	return l.placeAt(a, i) && l.placeAt(b, i)
}

// placeAt reports whether the word that holds a character names a place.
func (l *Library) placeAt(text []rune, i int) bool {
	at := len(string(text[:min(i, len(text))]))
	for _, t := range l.tools.seg.Tag(string(text)) {
		if t.Start <= at && at < t.End {
			return strings.HasPrefix(t.Tag, "ns")
		}
	}
	return false
}

const (
	mostParts  = 3   // runs of a title that a name may be put together from
	partsShare = 0.6 // of the title that they must make up
)

// inParts reports whether a name is a title with words left out.
func inParts(name, title []rune) bool {
	if float64(len(name)) < partsShare*float64(len(title)) {
		return false
	}
	var fits func(name, title []rune, parts int) bool
	fits = func(name, title []rune, parts int) bool {
		if len(name) == 0 {
			return true
		}
		if parts == 0 {
			return false
		}
		for i := range title {
			n := 0
			for n < len(name) && i+n < len(title) && name[n] == title[i+n] {
				n++
			}
			for ; n >= 2; n-- {
				if fits(name[n:], title[i+n:], parts-1) {
					return true
				}
			}
		}
		return false
	}
	return fits(name, title, mostParts)
}
