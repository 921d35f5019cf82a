package report

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// webLine is a block while it is written: blanks in runs become one, and none
// where a line of the file breaks between two Han characters.
type webLine struct {
	text   strings.Builder
	refs   []ref
	mute   []Span // of code
	last   rune   // printed last, markers aside
	prior  rune   // and before it
	blank  bool   // a blank is due
	broken bool   // and it is a line's break
}

// invisible characters take no place in print.
const invisible = "\u00ad\u200b\u2060\ufeff"

func (l *webLine) write(s string) {
	for _, r := range s {
		switch {
		case unicode.IsSpace(r) || unicode.IsControl(r):
			l.blank, l.broken = true, l.broken || r == '\n'
		case strings.ContainsRune(invisible, r):
		default:
			l.space(r)
			l.text.WriteRune(r)
			l.prior, l.last = l.last, r
		}
	}
}

// space writes the blank that is due before next.
func (l *webLine) space(next rune) {
	if l.blank && l.text.Len() > 0 && !(l.broken && l.endsWide() && unspaced(next)) {
		l.text.WriteByte(' ')
	}
	l.blank, l.broken = false, false
}

// endsWide tells whether Chinese was printed last, a half-width stop behind it aside.
func (l *webLine) endsWide() bool {
	return unspaced(l.last) || unspaced(l.prior) && strings.ContainsRune(",.;:!?)\"", l.last)
}

// lineBreak is a line's end that starts no block of its own.
func (l *webLine) lineBreak() { l.blank, l.broken = true, true }

// cell parts two cells of a table's row.
func (l *webLine) cell() {
	if l.text.Len() > 0 {
		l.text.WriteByte(' ')
	}
	l.text.WriteByte('|')
	l.prior, l.last, l.blank, l.broken = 0, '|', true, false
}

// mark writes a marker. A bare number is printed in brackets.
func (l *webLine) mark(text string, note int) {
	label := markLabel(text)
	if digitMark.MatchString(text) {
		text = "[" + text + "]"
	}
	l.space('。')
	start := l.text.Len()
	l.text.WriteString(text)
	l.refs = append(l.refs, ref{Span: Span{start, l.text.Len()}, label: label, note: note})
}

// also refers from the marker written last to another note.
func (l *webLine) also() {
	end := l.refs[len(l.refs)-1].End
	l.refs = append(l.refs, ref{Span: Span{end, end}, note: -1})
}

// power writes digits raised or lowered behind a letter: m², CO₂.
func (l *webLine) power(s, signs string) bool {
	var b strings.Builder
	for _, r := range strings.TrimSpace(s) {
		i := strings.IndexRune("0123456789+-−", r)
		if i < 0 {
			return false
		}
		b.WriteRune([]rune(signs)[min(i, len([]rune(signs))-1)])
	}
	base := l.last
	if unicode.Is(unicode.Mn, base) {
		base = l.prior // under an accent of its own
	}
	if b.Len() == 0 || !latinOrDigit(base) || l.blank && !l.endsFormula() {
		return false
	}
	l.blank, l.broken = false, false
	l.text.WriteString(b.String())
	return true
}

// endsFormula tells whether the last word is one: E=mc, L/V.
func (l *webLine) endsFormula() bool {
	text := l.text.String()
	return strings.ContainsAny(text[strings.LastIndexByte(text, ' ')+1:], "=/")
}

const (
	raisedDigits  = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻"
	loweredDigits = "₀₁₂₃₄₅₆₇₈₉₊₋₋"
)

func latinOrDigit(r rune) bool {
	return r == ')' || unicode.IsDigit(r) || unicode.Is(unicode.Latin, r) || unicode.Is(unicode.Greek, r) || strings.ContainsRune(raisedDigits+loweredDigits, r)
}

// take returns what was written and empties the line.
func (l *webLine) take() (text string, refs []ref, mute []Span) {
	text, refs, mute = unwrapMarks(l.text.String(), l.refs, l.mute)
	*l = webLine{}
	return text, refs, mute
}

// brackets pairs those that markers are printed in.
var brackets = map[rune]rune{'[': ']', '［': '］', '〔': '〕', '【': '】'}

// unwrapMarks drops the brackets drawn around a number that the file had put
// into brackets outside its link: [[9]] is [9].
func unwrapMarks(text string, refs []ref, mute []Span) (string, []ref, []Span) {
	var b strings.Builder
	done := 0
	var cut []int // where a bracket was dropped
	for i, r := range refs {
		open, n := utf8.DecodeLastRuneInString(text[done:r.Start])
		closing, m := utf8.DecodeRuneInString(text[r.End:])
		if brackets[open] != closing || m == 0 || open == utf8.RuneError || text[r.Start] != '[' || text[r.End-1] != ']' {
			b.WriteString(text[done:r.Start])
			refs[i].Start = b.Len()
			b.WriteString(text[r.Start:r.End])
			refs[i].End, done = b.Len(), r.End
			continue
		}
		b.WriteString(text[done:r.Start])
		refs[i].Start = b.Len() - n
		b.WriteString(text[r.Start+1 : r.End-1])
		b.WriteString(text[r.End : r.End+m])
		refs[i].End, done = b.Len(), r.End+m
		cut = append(cut, r.Start, r.End-1)
	}
	b.WriteString(text[done:])
	before := func(at int) int { return sort.SearchInts(cut, at) }
	for i, s := range mute {
		mute[i] = Span{s.Start - before(s.Start), s.End - before(s.End)}
	}
	return b.String(), refs, mute
}
