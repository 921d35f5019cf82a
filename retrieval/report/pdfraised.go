package report

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"chuchu/retrieval/report/pdftext"
)

// mostRaisedChars is how long the mark of several notes may be: [12-14,27].
const mostRaisedChars = 24

// raisedChars are what the marks of notes are printed with, digits aside.
const raisedChars = "[]［］〔〕()（）,，、-−–—~～ "

// raisedRun returns the end of the raised number, or numbers, that begin with
// character i; i: there is none.
func raisedRun(l pdftext.Line, chars []pdftext.Char, i int) int {
	if n, _ := glyphNumber(chars[i].Rune); n > 0 && raisedChar(l, chars[i]) {
		return i + 1
	}
	end, digit := i, false
	for k := i; k < len(chars) && k-i < mostRaisedChars; k++ {
		c := chars[k]
		switch {
		case isDigit(c.Rune) && raisedChar(l, c):
			end, digit = k+1, true
		case !strings.ContainsRune(raisedChars, c.Rune) || k == i && c.Rune == ' ':
			return endIf(digit, end, i)
		case c.Rune == ' ': // between two numbers
		case !raisedChar(l, c):
			return endIf(digit, end, i)
		case strings.ContainsRune("]］〕)）", c.Rune):
			if end == k || k > i && chars[k-1].Rune == ' ' {
				end = k + 1
			}
		}
	}
	return endIf(digit, end, i)
}

func endIf(ok bool, end, start int) int {
	if ok {
		return end
	}
	return start
}

// power is an exponent that says so itself.
var power = regexp.MustCompile(`^[-−–][0-9]+$`)

// decimal is what stands before the decimals of a number.
var decimal = regexp.MustCompile(`[0-9]\.$`)

// raised puts what is raised behind the text: the marks of notes, unless it is
// a power. Square brackets say themselves what they are.
func (p *pdfPara) raised(chars []pdftext.Char) {
	var b strings.Builder
	for _, c := range chars {
		b.WriteRune(c.Rune)
	}
	printed := b.String()
	text := strings.TrimRight(p.text.String(), " ")
	before := lastRune(text)
	labels, ok := raisedNotes(printed)
	if n, _ := glyphNumber(chars[0].Rune); n > 0 {
		labels, ok = []string{strconv.Itoa(n)}, true
	}
	if power.MatchString(printed) {
		printed, ok = strings.NewReplacer("-", "⁻", "−", "⁻", "–", "⁻").Replace(smallDigits.Replace(printed)), false
	}
	switch {
	case text == "" || !ok || strings.ContainsAny(printed, "[［〔"):
		p.text.WriteString(printed)
		return
	case isPower(text[max(0, len(text)-longestPower):], printed) || strings.ContainsRune("-−–+±*/^⁻⁺", before) || decimal.MatchString(text) || unicode.Is(unicode.Sm, before):
		start := p.text.Len()
		p.text.WriteString(smallDigits.Replace(printed))
		p.mute = append(p.mute, Span{start, p.text.Len()})
		return
	}
	// behind what is not Chinese it may still be part of a formula: a note must answer
	loose := !unspaced(before) && !strings.ContainsRune("”’%％", before)
	if loose {
		printed = smallDigits.Replace(printed)
	}
	p.text.Reset()
	p.text.WriteString(text)
	start := p.text.Len()
	p.text.WriteString(printed)
	whole := Span{start, p.text.Len()}
	for i, label := range labels {
		if i > 0 { // the first shows all of it; the others share its end
			whole.Start = whole.End
		}
		p.refs = append(p.refs, ref{Span: whole, label: label, note: -1, loose: loose})
	}
}
