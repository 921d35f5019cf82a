package rank

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"chuchu/retrieval/zh"
)

const (
	longestDeclared = 30 // characters of a long name
	plainWord       = 9  // rarity below which a word is everybody's: 条例, 公司
	window          = 120
)

var (
	calledForm  = regexp.MustCompile(`^(?:之?为|是)?[:]?(?:"([^"]{2,60})"|《([^》]{2,60})》|([\p{Han}a-z0-9]{2,12}?)(?:[,。;)]|$))`)
	callingLead = regexp.MustCompile(`(?:以下|下文|后文|文中)?(?:均|统|也|又|可|亦|并)?$`)
	meansForm   = regexp.MustCompile(`^(?:"([^"]{2,60})"|([\p{Han}、]{2,24})(?:[,。;)(]|$))`)
	latinInside = regexp.MustCompile(`^\(([a-z]{2,6})\)`)
	hanInside   = regexp.MustCompile(`^\((\p{Han}{3,16})\)`)
	latinName   = regexp.MustCompile(`^[a-z]{2,6}$`)
	latinBefore = regexp.MustCompile(`(?:^|[^a-z0-9])([a-z]{2,6})$`)
)

// declare takes up the names that a passage itself calls the same.
func (n *Names) declare(d *Doc) {
	text := d.Fold.Text
	for _, word := range []string{"简称", "下称", "全称"} {
		for at := range occurrences(text, word) {
			n.called(text, at, at+len(word), word == "全称")
		}
	}
	for _, word := range []string{`"是指`, `"即`, `",即`} {
		for at := range occurrences(text, word) {
			if name, ok := quotedBefore(text[:at+1]); ok {
				n.means(text[at+len(word):], name)
			}
		}
	}
	for at := range occurrences(text, "(即") {
		if name, ok := quotedBefore(text[:at]); ok {
			n.means(text[at+len("(即"):], name)
		}
	}
	for i := 0; ; i++ {
		at := strings.IndexByte(text[i:], '(')
		if at < 0 {
			return
		}
		i += at
		n.acronym(d, i)
	}
}

// called reads X(以下简称“Y”), X,简称Y and Y,全称X; the word that calls stands
// from start to end.
func (n *Names) called(text string, start, end int, full bool) {
	m := calledForm.FindStringSubmatch(ahead(text, end))
	if m == nil {
		return
	}
	name := m[1] + m[2] + m[3]
	before := text[:start]
	before = before[:callingLead.FindStringIndex(before)[0]]
	if open := strings.LastIndexByte(before, '('); open > strings.LastIndexByte(before, ')') {
		before = before[:open]
	} else {
		before = strings.TrimSuffix(before, ",")
	}
	if full {
		if other := n.wordsBefore(before, name); other != "" {
			n.declarePair(other, name)
		}
		return
	}
	n.declarePair(name, n.nameBefore(before, name))
}

// means reads the other name of what stands in quotation marks.
func (n *Names) means(rest, name string) {
	m := meansForm.FindStringSubmatch(ahead(rest, 0))
	if m != nil && (m[1] != "" || spells(name, m[2])) {
		n.declarePair(name, m[1]+m[2])
	}
}

// acronym reads X(YYY) and YYY(X) at an opening bracket.
func (n *Names) acronym(d *Doc, at int) {
	text := d.Fold.Text
	if m := latinInside.FindStringSubmatch(ahead(text, at)); m != nil {
		if upper(d, m[1]) {
			n.declarePair(m[1], n.nameBefore(text[:at], m[1]))
		}
		return
	}
	if at == 0 || text[at-1] >= utf8.RuneSelf {
		return
	}
	short := latinBefore.FindStringSubmatch(text[max(0, at-12):at])
	if short == nil || !upper(d, short[1]) {
		return
	}
	if m := hanInside.FindStringSubmatch(ahead(text, at)); m != nil && nominal(n.tag(m[1])) {
		n.declarePair(short[1], m[1])
	}
}

// upper tells whether a passage prints a Latin word in capitals.
func upper(d *Doc, word string) bool {
	return strings.Contains(d.Paragraph.Text, strings.ToUpper(word))
}

func (n *Names) declarePair(a, b string) {
	if latinName.MatchString(a) { // long enough for as many words as letters, and not longer
		if size := runes(b); size <= len(a) || size > 4*len(a) {
			return
		}
	}
	if runes(a) > runes(b) && zh.IsHan([]rune(a)[0]) {
		a, b = b, a
	}
	n.declared = append(n.declared, Pair{a, b, Declared})
}

// ahead is the text from at on, no longer than any form needs.
func ahead(text string, at int) string {
	end := min(len(text), at+window)
	for end < len(text) && !utf8.RuneStart(text[end]) {
		end++
	}
	return text[at:end]
}

// quotedBefore is what stands in quotation marks at the end of text.
func quotedBefore(text string) (string, bool) {
	inner, ok := strings.CutSuffix(text, `"`)
	if !ok {
		return "", false
	}
	open := strings.LastIndexByte(inner, '"')
	if open < 0 || runes(inner[open+1:]) < 2 || runes(inner[open+1:]) > longestDeclared {
		return "", false
	}
	return inner[open+1:], true
}

// nameBefore is the name at the end of text that short may stand for: what is
// quoted there, else the shortest run of words that has the characters of short
// in order, or, for a Latin one, the nouns. It is empty where it cannot tell.
func (n *Names) nameBefore(text, short string) string {
	if name, ok := quotedBefore(text); ok {
		return name
	}
	if inner, ok := strings.CutSuffix(text, "》"); ok {
		if open := strings.LastIndex(inner, "《"); open >= 0 {
			return inner[open+len("《"):]
		}
		return ""
	}
	run := runBefore(text)
	words := n.tag(run)
	if latinName.MatchString(short) {
		return run[nouns(words, len(run)):]
	}
	for i := len(words) - 1; i >= 0; i-- {
		if spells(short, run[words[i].Start:]) {
			return run[words[i].Start:]
		}
	}
	return ""
}

// wordsBefore is the longest run of words at the end of text that shortens long.
func (n *Names) wordsBefore(text, long string) string {
	run := runBefore(text)
	for _, w := range n.tag(run) {
		if short := run[w.Start:]; spells(short, long) {
			return short
		}
	}
	return ""
}

// runBefore is the run of letters at the end of text.
func runBefore(text string) string {
	from := len(text)
	for from > 0 && len(text)-from < window {
		r, size := utf8.DecodeLastRuneInString(text[:from])
		if !letter(r) {
			break
		}
		from -= size
	}
	return text[from:]
}

// nouns is where the nouns begin with which tagged words end; end: none.
func nouns(words []zh.Tagged, end int) int {
	first := end
	for i := len(words) - 1; i >= 0 && words[i].Tag != "v" && nominal(words[i:]); i-- {
		first = words[i].Start
	}
	return first
}

// spells tells whether the characters of short stand in long in order, the
// first at its start.
func spells(short, long string) bool {
	first, _ := utf8.DecodeRuneInString(short)
	if !strings.HasPrefix(long, string(first)) {
		return false
	}
	for _, r := range short {
		i := strings.IndexRune(long, r)
		if i < 0 {
			return false
		}
		long = long[i+utf8.RuneLen(r):]
	}
	return true
}

// believed leaves out what is declared for one text alone (本办法, 公司) and
// short names that are declared for too many things.
func believed(all []Pair) []Pair {
	general := zh.NewBackground()
	longs := map[string]map[string]bool{}
	keep := func(p Pair) bool {
		r, _ := utf8.DecodeRuneInString(p.Short)
		switch {
		case runes(p.Short) < 2, runes(p.Long) > longestDeclared, p.Long == "", p.Short == p.Long, stopWords[p.Short]:
			return false
		case strings.ContainsRune("本该此其两", r), strings.ContainsAny(p.Short+p.Long, "\"()《》,。;或"):
			return false
		case zh.IsHan(r) && (runes(p.Long) <= runes(p.Short) || general.Word(p.Short) < plainWord && strings.Contains(p.Long, p.Short)):
			return false
		}
		return true
	}
	for _, p := range all {
		if keep(p) {
			if longs[p.Short] == nil {
				longs[p.Short] = map[string]bool{}
			}
			longs[p.Short][p.Long] = true
		}
	}
	var out []Pair
	for _, p := range all {
		if longs[p.Short][p.Long] && len(longs[p.Short]) <= mostMeanings {
			out = append(out, p)
		}
	}
	return out
}

// mostMeanings is the number of long names from which a short one tells nothing.
const mostMeanings = 2
