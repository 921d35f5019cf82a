package zh

import (
	"unicode"
	"unicode/utf8"
)

// charPass folds a text rune by rune and phrase by phrase.
type charPass struct {
	s       string
	t       *foldTable
	w       folder
	at      int // the rune in hand
	from    int // where the text not yet written starts: it stays as it is
	changed bool
}

// foldChars folds width, case, script, brackets, quotes, dashes and white
// space, and tells whether that changed anything.
func foldChars(s string) (Folded, bool) {
	p := charPass{s: s, t: table()}
	for i := 0; i < len(s); {
		if b := s[i]; b < utf8.RuneSelf {
			if quiet[b] {
				i++
				continue
			}
			i = p.rune(i, rune(b), 1)
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if n == 3 && p.t.flags[r]&(replaced|phrased) == 0 && r != '，' && r > 0x3000 {
			i += n
			continue
		}
		i = p.rune(i, r, n)
	}
	if !p.changed {
		return Folded{}, false
	}
	p.w.copied(s[p.from:], p.from)
	return Folded{Text: string(p.w.text), spans: p.w.spans, srcLen: len(s)}, true
}

// quiet are the ASCII bytes that always stay as they are.
var quiet = func() (q [utf8.RuneSelf]bool) {
	for b := range q {
		_, isSpecial := special[rune(b)]
		q[b] = b > ' ' && b != 0x7F && b != ',' && !isSpecial && (b < 'A' || b > 'Z')
	}
	return q
}()

// rune folds the rune r of n bytes at i and gives the offset to go on from.
func (p *charPass) rune(i int, r rune, n int) int {
	p.at = i
	switch {
	case r == utf8.RuneError && n == 1, isSpace(r):
		p.space(i, n)
	case r == ',' || r == '，':
		p.put(p.comma(i, r, n), i, i+n)
	case (r == '²' || r == '³') && p.last() == 'm':
		p.put(map[rune]string{'²': "2", '³': "3"}[r], i, i+n)
	default:
		flags := p.t.of(r)
		if flags&phrased != 0 {
			if ph, ok := p.t.phraseAt(p.s[i:], r); ok {
				p.phrase(ph, i)
				return i + len(ph.from)
			}
		}
		if flags&replaced != 0 {
			p.put(p.t.runes[r], i, i+n)
		}
	}
	return i + n
}

// isSpace tells what becomes a space: white space, and controls with it.
func isSpace(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }

// flush writes the text that stays as it is, up to i.
func (p *charPass) flush(i int) {
	if p.w.text == nil {
		p.w.text = make([]byte, 0, len(p.s)+16)
	}
	p.w.copied(p.s[p.from:i], p.from)
	p.from = i
}

// put writes text for the source bytes [i, end).
func (p *charPass) put(text string, i, end int) {
	if text == p.s[i:end] {
		return
	}
	p.flush(i)
	if len(text) == end-i && utf8.RuneCountInString(text) == 1 {
		p.w.copied(text, i)
	} else {
		p.w.unit(text, i, end)
	}
	p.from, p.changed = end, true
}

// phrase writes a phrase found at i.
func (p *charPass) phrase(ph phrase, i int) {
	if ph.from == ph.to {
		return
	}
	p.flush(i)
	end := i + len(ph.from)
	if ph.linear {
		p.w.copied(ph.to, i)
	} else {
		p.w.unit(ph.to, i, end)
	}
	p.from, p.changed = end, true
}

// space writes one space for a run of white space: for its first rune, the
// rest of the run yields nothing.
func (p *charPass) space(i, n int) {
	if p.last() == ' ' {
		p.put("", i, i+n)
		return
	}
	p.put(" ", i, i+n)
}

// last is the rune before the one in hand, as folded; 0 at the start.
func (p *charPass) last() rune {
	r, n := utf8.DecodeLastRuneInString(p.s[p.from:p.at])
	if n == 0 {
		r, n = utf8.DecodeLastRune(p.w.text)
	}
	if n == 0 {
		return 0
	}
	return r
}

// next is the first rune that what follows i folds to; 0 at the end.
func (p *charPass) next(i int) rune {
	for i < len(p.s) {
		r, n := utf8.DecodeRuneInString(p.s[i:])
		if p.t.of(r)&replaced == 0 {
			return r
		}
		if to := p.t.runes[r]; to != "" {
			r, _ = utf8.DecodeRuneInString(to)
			return r
		}
		i += n
	}
	return 0
}

// comma gives the form of a comma. Between numbers the two forms are kept
// apart: 1,200 is one number, 3，400 are two.
func (p *charPass) comma(i int, r rune, n int) string {
	left, right := p.last(), p.next(i+n)
	switch {
	case isArabic(left) && isArabic(right):
		return string(r)
	case p.t.isNumeric(left) && p.t.isNumeric(right):
		return "，"
	}
	return ","
}

func isArabic(r rune) bool { return '0' <= r && r <= '9' }

// isNumeric tells whether r is an Arabic or Chinese digit or unit of number.
func (t *foldTable) isNumeric(r rune) bool { return isArabic(r) || t.of(r)&numeral != 0 }
