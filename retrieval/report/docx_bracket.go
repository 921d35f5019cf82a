package report

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	openers = "[［〔【(（"
	closing = "]］〕】)）"
)

// emptyBrackets open a note whose own number stood in brackets that were typed.
var emptyBrackets = regexp.MustCompile(`^(?:\[\s*\]|［\s*］|〔\s*〕|【\s*】|\(\s*\)|（\s*）)\s*`)

// unbracket returns the text without the brackets drawn around marks that stand
// in typed ones, which then are the marks'.
func (p *docxPara) unbracket() string {
	text := p.text.String()
	var cuts []Span
	for i := range p.refs {
		r := &p.refs[i]
		if size := typedAround(text, r.Span); size > 0 {
			cuts = append(cuts, Span{r.Start, r.Start + 1}, Span{r.End - 1, r.End})
			r.Start, r.End = r.Start-size, r.End+size
		}
	}
	if len(cuts) == 0 {
		return text
	}
	moved := func(at int) int {
		by := 0
		for _, c := range cuts {
			if c.Start < at {
				by += c.End - c.Start
			}
		}
		return at - by
	}
	for i, r := range p.refs {
		p.refs[i].Span = Span{moved(r.Start), moved(r.End)}
	}
	for _, spans := range [][]Span{p.raised, p.mute} {
		for i, s := range spans {
			spans[i] = Span{moved(s.Start), moved(s.End)}
		}
	}
	for _, c := range slices.Backward(cuts) {
		text = text[:c.Start] + text[c.End:]
	}
	return text
}

// typedAround is the length in bytes of each of the brackets typed around a mark
// that is drawn in brackets; 0: there are none.
func typedAround(text string, mark Span) int {
	if !strings.HasPrefix(text[mark.Start:mark.End], "[") || !strings.HasSuffix(text[mark.Start:mark.End], "]") {
		return 0
	}
	before, size := utf8.DecodeLastRuneInString(text[:mark.Start])
	after, _ := utf8.DecodeRuneInString(text[mark.End:])
	i, k := strings.IndexRune(openers, before), strings.IndexRune(closing, after)
	if size == 0 || i < 0 || k < 0 || utf8.RuneCountInString(openers[:i]) != utf8.RuneCountInString(closing[:k]) {
		return 0
	}
	return size
}
