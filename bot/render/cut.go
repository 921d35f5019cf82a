package render

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Units counts s as Telegram does: in UTF-16 units.
func Units(s string) int {
	n := 0
	for _, r := range s {
		n += unitsOf(r)
	}
	return n
}

func unitsOf(r rune) int {
	if r > 0xFFFF {
		return 2
	}
	return 1
}

// clip cuts s to n units at most, and shows by … that it did.
func clip(s string, n int) string {
	if Units(s) <= n {
		return s
	}
	return s[:fit(s, n-1)] + "…"
}

// fit is the length in bytes of the longest start of s of at most n units that
// parts no character of several runes.
func fit(s string, n int) int {
	whole := 0 // where the last character begins
	var before rune
	for i, r := range s {
		if !joins(before, r) {
			whole = i
		}
		if n -= unitsOf(r); n < 0 {
			if i-whole > longestCharacter {
				return i
			}
			return whole
		}
		before = r
	}
	return len(s)
}

// longestCharacter is in bytes; a longer row of marks is parted.
const longestCharacter = 64

const joiner = '\u200d'

// joins tells that b is of the character that a is of: a mark, a tone of skin or
// what a joiner joins, as 👩‍👧 is written.
func joins(a, b rune) bool {
	return a == joiner || b == joiner || unicode.Is(unicode.M, b) || b >= 0x1f3fb && b <= 0x1f3ff
}

// sentenceEnd matches a stop with the closing marks and footnote markers behind it.
var sentenceEnd = regexp.MustCompile(`(?:[。！？；!?;]|\.\s)+[”’"'」』）)】]*(?:\[[0-9]+\])*|\n+`)

// window picks the part of text to show in n units: whole sentences around
// text[from:to], as many as fit. Where not even that part fits, its start is
// cut at a sentence, or else at a character.
func window(text string, from, to, n int) (int, int) {
	if Units(text) <= n {
		return 0, len(text)
	}
	cuts := []int{0}
	for _, m := range sentenceEnd.FindAllStringIndex(text, -1) {
		cuts = append(cuts, m[1])
	}
	if cuts[len(cuts)-1] != len(text) {
		cuts = append(cuts, len(text))
	}
	a, b := 0, len(cuts)-1
	for a+1 < len(cuts) && cuts[a+1] <= from {
		a++
	}
	for b > a+1 && cuts[b-1] >= to {
		b--
	}
	left := n - Units(text[cuts[a]:cuts[b]])
	if left < 0 {
		return within(text, cuts, a, from, to, n)
	}
	take := func(from, to int) bool {
		if u := Units(text[from:to]); u <= left {
			left -= u
			return true
		}
		return false
	}
	for grown := true; grown; {
		grown = false
		if b+1 < len(cuts) && take(cuts[b], cuts[b+1]) {
			b++
			grown = true
		}
		if a > 0 && take(cuts[a-1], cuts[a]) {
			a--
			grown = true
		}
	}
	return cuts[a], cuts[b]
}

// within cuts from the sentence that begins at cuts[a], at the end of a
// sentence. One that is itself too long is cut, from the part on where it
// would push that out.
func within(text string, cuts []int, a, from, to, n int) (int, int) {
	start := cuts[a]
	end := start + fit(text[start:], n)
	if cuts[a+1] <= end {
		for b := a + 1; ; b++ {
			if b+1 == len(cuts) || cuts[b+1] > end {
				return start, cuts[b]
			}
		}
	}
	if to > end {
		start = from
		end = start + fit(text[start:], n)
	}
	for _, c := range cuts[a+1:] {
		if c <= end && c >= to {
			return start, c
		}
	}
	return start, clause(text, start, max(to, start), end)
}

// clauseEnd matches a stop within a sentence, but none within a number.
var clauseEnd = regexp.MustCompile(`[，、；：;:]|,(?:[^0-9]|$)`)

// clause moves the end of a cut back to that of a clause, if not far, or else
// out of a number or a Latin word: 200 is not to be shown as 20.
func clause(text string, start, to, end int) int {
	at := -1
	for _, m := range clauseEnd.FindAllStringIndex(text[start:min(end+1, len(text))], -1) {
		if _, size := utf8.DecodeRuneInString(text[start+m[0]:]); start+m[0]+size <= end {
			at = start + m[0] + size
		}
	}
	if at >= to && at > start+(end-start)/2 {
		return at
	}
	if end >= len(text) || !inWord(text[end]) {
		return end
	}
	word := end
	for word > start && inWord(text[word-1]) {
		word--
	}
	if word <= to {
		return end
	}
	return word
}

// inWord tells the bytes that make numbers and Latin words.
func inWord(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '.' || b == ','
}

// placeOf is where an answer stands in its quote, if it can be on its own: of
// 13个省的3个市 the 3个 is the second; -1: nowhere.
func placeOf(answer, quote string) int {
	first := -1
	for at := 0; answer != ""; {
		i := strings.Index(quote[at:], answer)
		if i < 0 {
			break
		}
		i += at
		if !parts(quote, i) && !parts(quote, i+len(answer)) {
			return i
		}
		if first < 0 {
			first = i
		}
		at = i + 1
	}
	return first
}

// parts tells a place within a number, 12,000 or 3.5, or a Latin word.
func parts(s string, at int) bool {
	if at == 0 || at >= len(s) {
		return false
	}
	digit := func(i int) bool { return i >= 0 && i < len(s) && s[i] >= '0' && s[i] <= '9' }
	switch a, b := s[at-1], s[at]; {
	case a == '.' || a == ',':
		return digit(at-2) && digit(at)
	case b == '.' || b == ',':
		return digit(at-1) && digit(at+1)
	default:
		return inWord(a) && inWord(b)
	}
}

// clean drops what neither a terminal nor Telegram should be sent: control
// characters and bytes that are no text.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t' || r == '\r':
			return ' '
		case r < ' ' || r >= 0x7f && r < 0xa0 || r == utf8.RuneError || isBidi(r), isSentinel(r):
			return -1
		}
		return r
	}, s)
}

// blank tells a text in which nothing is to be seen: spaces and characters
// without a shape of their own. Telegram drops a tag around it, and refuses a
// message of it.
func blank(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsGraphic(r) && !unicode.IsSpace(r) })
}

// isBidi tells the marks that turn the direction of what stands around them.
func isBidi(r rune) bool { return unicode.Is(unicode.Bidi_Control, r) }
