package report

import (
	"strings"
	"unicode"

	"chuchu/retrieval/report/pdftext"
)

const (
	hanGap    = 0.4 // of the size: a narrower blank beside a Han character is none
	mostSpace = 0.5 // of a line's pairs of Han characters: parted more often, the blanks are the setting's
)

// noBlankBefore are the marks that a line's setting alone puts a blank before.
const noBlankBefore = "，。、；：！？）》」』】"

// pdfPara is a paragraph on its way to a block.
type pdfPara struct {
	text  strings.Builder
	refs  []ref
	mute  []Span // of the text: powers
	page  int
	size  float64
	kind  Kind
	foot  bool
	entry bool         // of a list of notes or works
	last  rune         // of its text, a raised number behind it aside
	full  bool         // its last line fills its column
	end   pdftext.Line // its last line
}

// add puts a line behind the paragraph's text.
func (p *pdfPara) add(l pdftext.Line) {
	chars := tidy(l)
	p.end = l
	if len(chars) == 0 {
		return
	}
	first := chars[0].Rune
	if text := p.text.String(); text != "" && raisedRun(l, chars, 0) == 0 {
		before := lastRune(text)
		head := strings.TrimSuffix(text, "-")
		letter := lastRune(head)
		switch {
		case before == '-' && unicode.IsLetter(letter) && !unspaced(letter):
			if unicode.IsLower(first) { // a word parted at the line's end
				p.text.Reset()
				p.text.WriteString(head)
			}
		case before != ' ' && !unspaced(before) && !unspaced(first) && !unspaced(p.last):
			p.text.WriteByte(' ')
		}
	}
	for i := 0; i < len(chars); {
		k := raisedRun(l, chars, i)
		if k == i {
			p.text.WriteRune(chars[i].Rune)
			if chars[i].Rune != ' ' {
				p.last = chars[i].Rune
			}
			i++
			continue
		}
		p.raised(chars[i:k])
		i = k
	}
}

// tidy takes out the blanks of a line that its setting alone makes, and what
// is no character.
func tidy(l pdftext.Line) []pdftext.Char {
	chars := l.Chars
	pairs, parted := 0, 0
	for i := range chars {
		switch {
		case i+1 < len(chars) && unspaced(chars[i].Rune) && unspaced(chars[i+1].Rune):
			pairs++
		case i+2 < len(chars) && unspaced(chars[i].Rune) && chars[i+1].Rune == ' ' && unspaced(chars[i+2].Rune):
			pairs++
			parted++
		}
	}
	stretched := pairs >= 3 && float64(parted) > mostSpace*float64(pairs)
	var out []pdftext.Char
	for i, c := range chars {
		if c.Rune == ' ' && i > 0 && i+1 < len(chars) {
			a, b := chars[i-1], chars[i+1]
			gap := b.X0 - a.X1
			beside := unspaced(a.Rune) || unspaced(b.Rune)
			if strings.ContainsRune(noBlankBefore, b.Rune) && gap < c.Size || unspaced(a.Rune) && unspaced(b.Rune) && stretched && gap < 2*c.Size || beside && gap < hanGap*c.Size {
				continue
			}
		}
		if pdftext.Unmapped(c.Rune) {
			if len(out) == 0 {
				continue // the bullet of a list
			}
			c.Rune = unicode.ReplacementChar
		}
		out = append(out, c)
	}
	return trimChars(out)
}
