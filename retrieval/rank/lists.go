package rank

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// listed is how much of the list that a question asks for a unit is: all of it
// where it has as many members as the question says.
func (q *Query) listed(us *unitSense) float64 {
	switch {
	case q.Asked != AskList && !q.several:
		return 0
	case q.count > 0 && us.lists&(1<<q.count) != 0:
		return 1
	}
	return us.listed
}

var (
	memberEnd = regexp.MustCompile(`、|以及|[和与及]`)
	clause    = regexp.MustCompile(`[^,，。:：;；—]+`)
)

// listsOf are the numbers of members of the lists in a folded text, a bit each.
func listsOf(text string) (lists uint16) {
	for _, c := range clause.FindAllString(text, -1) {
		marks := strings.Count(c, "、")
		if marks == 0 {
			continue
		}
		n := marks + 1
		if last := c[strings.LastIndex(c, "、")+len("、"):]; memberEnd.MatchString(last) {
			n++
		}
		if n < 16 {
			lists |= 1 << n
		}
	}
	return lists
}

// countAsked says how many members a list has: 哪4座, 3大都市圈, 4 国家级 城市群.
var countAsked = regexp.MustCompile(`(?:^|[^0-9.第])([2-9]|1[0-5])(?:[个大座类项种位家点条步城市省国地]|方面|部分|片区| )`)

// countOf is the number of members that a question for a list names; 0: none.
func countOf(topic string) int {
	m := countAsked.FindStringSubmatch(topic)
	if m == nil {
		return 0
	}
	n, _ := strconv.Atoi(m[1])
	return n
}

// severalAsked asks for more than one thing: 哪两个, 哪些省, which provinces.
var severalAsked = regexp.MustCompile(`哪(?:些|几|[二两三四五六七八九十2-9])|\bwhich [a-z]{2,}[^sui]s\b|\b(?:name|list|what are)\b(?: \S+){0,4}? [a-z]{2,}[^sui]s\b`)

// enumerator opens a member of a list.
var enumerator = regexp.MustCompile(`^(?:第?[一二三四五六七八九十]+[是、,，]|[(（]?[0-9一二三四五六七八九十]+[)）.．、]|首先|其次|再次|最后)`)

// clauseEnd parts the clauses of a sentence.
var clauseEnd = regexp.MustCompile(`[,，:：;；]`)

const (
	leastOpening = 2   // characters that two clauses open with alike where they are members of one list
	longestList  = 400 // characters of a run that is quoted with its subject or the other members of its list
)

// continues reports whether b goes on with the list that a has a member of.
func continues(a, b string) bool {
	for _, c := range clauseEnd.Split(a, -1) {
		if enumerator.MatchString(c) && enumerator.MatchString(b) || alikeOpening(c, b) >= leastOpening {
			return true
		}
	}
	return false
}

// members adds to a run the clauses of its sentence that are members of the
// same list: 有利于…；有利于….
func (s *scored) members(first, last int) (int, int) {
	p := s.doc.Paragraph
	joined := func(u int) bool {
		return p.Units[u].Sentence == p.Units[u+1].Sentence && continues(s.doc.text(u), s.doc.text(u+1))
	}
	for first > 0 && joined(first-1) && s.doc.runes(first-1, last) <= longestList {
		first--
	}
	for last+1 < len(p.Units) && joined(last) && s.doc.runes(first, last+1) <= longestList {
		last++
	}
	return first, last
}

// alikeOpening is the number of characters that two texts open with alike.
func alikeOpening(a, b string) int {
	n := 0
	for _, c := range a {
		if d, size := utf8.DecodeRuneInString(b); c != d || size == 0 {
			break
		} else {
			b = b[size:]
		}
		n++
	}
	return n
}
