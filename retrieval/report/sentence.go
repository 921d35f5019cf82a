package report

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	stops   = "。！？!?"
	semis   = "；;"
	closers = "”’」』）)》〉】\"'"
	// leastClause is the number of letters on each side from which a semicolon
	// parts full clauses; shorter ones are members of a list.
	leastClause = 8
	// farthestClose bounds, in bytes, how far an opening bracket may reach, so
	// that one never closed does not swallow the paragraph.
	farthestClose = 600
)

// splitUnits cuts text into sentences and full clauses. marks are the spans of
// its markers, in order.
func splitUnits(text string, marks []Marker) []Unit {
	var units []Unit
	sentence := 0
	for _, s := range splitSentences(text, marks) {
		for _, c := range splitClauses(text, s, marks) {
			units = append(units, Unit{Span: c, Sentence: sentence})
		}
		sentence++
	}
	return units
}

// splitSentences returns the spans between stops, blanks and the markers
// behind a stop left out.
func splitSentences(text string, marks []Marker) []Span {
	var out []Span
	start := 0
	add := func(end int) {
		if s, ok := trimSpan(text, Span{start, end}); ok && hasLetter(text[s.Start:s.End]) {
			out = append(out, s)
		}
	}
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if end, ok := skipBracket(text, i, r, n); ok {
			i = end
			continue
		}
		i += n
		if !strings.ContainsRune(stops, r) && !latinStop(text, i, r) {
			continue
		}
		for i < len(text) { // "？！" and closing quotes belong to the sentence
			r, n := utf8.DecodeRuneInString(text[i:])
			if !strings.ContainsRune(stops+closers, r) {
				break
			}
			i += n
		}
		add(i)
		i = skipMarkers(text, marks, i)
		start = i
	}
	add(trimMarkers(text, marks, start, len(text)))
	return out
}

// skipBracket returns the end of a bracketed part that opens at i: a stop
// inside 《》 or () ends no sentence.
func skipBracket(text string, i int, r rune, n int) (int, bool) {
	var closing string
	switch r {
	case '《':
		closing = "》"
	case '(':
		closing = ")"
	case '（':
		closing = "）"
	default:
		return 0, false
	}
	rest := text[i+n:]
	if len(rest) > farthestClose {
		rest = rest[:farthestClose]
	}
	depth := 1
	for j, c := range rest {
		switch {
		case c == r:
			depth++
		case strings.ContainsRune(closing, c):
			if depth--; depth == 0 {
				return i + n + j + len(closing), true
			}
		}
	}
	return 0, false
}

// latinStop tells a full stop of Latin text, "word. Next", from a decimal
// point, an abbreviation or a list number. i is behind the stop.
func latinStop(text string, i int, r rune) bool {
	if r != '.' || i < 3 {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(text[:i-1])
	if !unicode.IsLower(before) && !unicode.Is(unicode.Han, before) {
		return false
	}
	rest := text[i:]
	if rest == "" {
		return true
	}
	after, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest, " "))
	return rest[0] == ' ' && (unicode.IsUpper(after) || unicode.Is(unicode.Han, after))
}

// splitClauses cuts a sentence at semicolons with a full clause on both sides.
// Members of a list that a colon opens stay together: each needs its lead.
func splitClauses(text string, s Span, marks []Marker) []Span {
	var out []Span
	last := s.Start + strings.LastIndexAny(text[s.Start:s.End], semis)
	if last < s.Start {
		last = -1
	}
	start, letters, rest := s.Start, 0, lastClause(text, s)
	for i := s.Start; i <= last; {
		r, n := utf8.DecodeRuneInString(text[i:s.End])
		if end, ok := skipBracket(text, i, r, n); ok && end <= s.End {
			letters += countLetters(text[i:end])
			i = end
			continue
		}
		letters += countLetters(text[i : i+n])
		i += n
		if (r == ':' || r == '：') && last >= i {
			break
		}
		if strings.ContainsRune(semis, r) && letters >= leastClause && i <= rest {
			if c, ok := trimSpan(text, Span{start, i}); ok {
				out = append(out, c)
			}
			i = skipMarkers(text, marks, i)
			start, letters = i, 0
		}
	}
	if c, ok := trimSpan(text, Span{start, s.End}); ok {
		out = append(out, c)
	}
	return out
}

func countLetters(s string) (n int) {
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// lastClause is the offset up to which a full clause may begin in a sentence;
// -1: nowhere.
func lastClause(text string, s Span) int {
	n := 0
	for i := s.End; i > s.Start; {
		r, size := utf8.DecodeLastRuneInString(text[s.Start:i])
		i -= size
		if unicode.IsLetter(r) {
			if n++; n == leastClause {
				return i
			}
		}
	}
	return -1
}

func hasLetter(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) >= 0
}

func trimSpan(text string, s Span) (Span, bool) {
	for s.Start < s.End {
		r, n := utf8.DecodeRuneInString(text[s.Start:s.End])
		if !unicode.IsSpace(r) {
			break
		}
		s.Start += n
	}
	for s.Start < s.End {
		r, n := utf8.DecodeLastRuneInString(text[s.Start:s.End])
		if !unicode.IsSpace(r) {
			break
		}
		s.End -= n
	}
	return s, s.Start < s.End
}

// skipMarkers returns the offset behind the markers that start at i, blanks
// before and between them aside.
func skipMarkers(text string, marks []Marker, i int) int {
	next := sort.Search(len(marks), func(k int) bool { return marks[k].Start >= i })
	for ; next < len(marks) && adjoins(text, i, marks[next]); next++ {
		i = marks[next].End
	}
	return i
}

// adjoins reports whether nothing but blanks lies between offset end and m.
func adjoins(text string, end int, m Marker) bool {
	return m.Start >= end && strings.TrimSpace(text[end:m.Start]) == ""
}

// trimMarkers returns the end of a last sentence without the markers that end
// the paragraph.
func trimMarkers(text string, marks []Marker, start, end int) int {
	for k := len(marks) - 1; k >= 0; k-- {
		if marks[k].Start >= start && marks[k].End <= end && strings.TrimSpace(text[marks[k].End:end]) == "" {
			end = marks[k].Start
		}
	}
	return end
}
