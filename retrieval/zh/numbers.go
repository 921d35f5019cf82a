package zh

import (
	"strings"
	"unicode/utf8"
)

// numberPass folds the numerals of a text that foldChars has folded.
type numberPass struct {
	s       string
	t       *foldTable
	w       folder
	from    int // where the text not yet written starts
	changed bool
}

// foldNumbers folds numerals to Arabic ones and tells whether any changed.
func foldNumbers(s string) (Folded, bool) {
	p := numberPass{s: s, t: table()}
	for i := 0; i < len(s); {
		b := s[i]
		switch {
		case isDigit(b):
			i = p.arabic(i)
			continue
		case isLower(b):
			for i < len(s) && (isLower(s[i]) || isDigit(s[i])) {
				i++
			}
			continue
		case b < utf8.RuneSelf:
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		switch flags := p.t.of(r); {
		case flags&(keptFirst|numeral) == 0:
			i += n
		case flags&keptFirst != 0 && p.t.keptAt(s[i:], r) > 0 && !strings.HasSuffix(s[:i], "第"):
			i += p.t.keptAt(s[i:], r)
		case flags&numeral != 0:
			i = p.han(i)
		default:
			i += n
		}
	}
	if !p.changed {
		return Folded{}, false
	}
	p.w.copied(s[p.from:], p.from)
	return Folded{Text: string(p.w.text), spans: p.w.spans, srcLen: len(s)}, true
}

// put writes text for the source bytes [i, end) as a whole.
func (p *numberPass) put(text string, i, end int) int {
	if text == p.s[i:end] {
		return end
	}
	if p.w.text == nil {
		p.w.text = make([]byte, 0, len(p.s)+16)
	}
	p.w.copied(p.s[p.from:i], p.from)
	p.w.unit(text, i, end)
	p.from, p.changed = end, true
	return end
}

// run is a maximal run of Chinese digits and units.
type run struct {
	runes      []rune
	start, end int
}

// maxRun bounds the numerals read at once; a longer run is no number.
const maxRun = 24

// runAt reads the run of Chinese numerals at i, which may be empty.
func (p *numberPass) runAt(i int) run {
	r := run{start: i, end: i}
	for r.end < len(p.s) {
		c, n := utf8.DecodeRuneInString(p.s[r.end:])
		if p.t.of(c)&numeral == 0 {
			break
		}
		if len(r.runes) <= maxRun {
			r.runes = append(r.runes, c)
		}
		r.end += n
	}
	return r
}

// touches tells whether a number beside the bytes [i, end) would grow together
// with one written there.
func (p *numberPass) touches(i, end int) bool {
	if i > 0 && (isDigit(p.s[i-1]) || i > 1 && isPoint(p.s[i-1]) && isDigit(p.s[i-2])) {
		return true
	}
	return end < len(p.s) && (isDigit(p.s[end]) || end+1 < len(p.s) && isPoint(p.s[end]) && isDigit(p.s[end+1]))
}

// han folds the run of Chinese numerals at i, where it is a number, and gives
// the offset to go on from.
func (p *numberPass) han(i int) int {
	r := p.runAt(i)
	if len(r.runes) > maxRun || i > 0 && isDigit(p.s[i-1]) {
		return r.end
	}
	for _, rule := range []func(run) (string, int){p.percent, p.fraction, p.decimal, p.ordinal, p.whole, p.year, p.count} {
		if text, end := rule(r); text != "" {
			if p.touches(i, end) {
				break
			}
			return p.put(text, i, end)
		}
	}
	return r.end
}

// before is the rune before offset i, or 0.
func (p *numberPass) before(i int) rune {
	r, n := utf8.DecodeLastRuneInString(p.s[:i])
	if n == 0 {
		return 0
	}
	return r
}

// percent reads 百分之五点九五 as 5.95%.
func (p *numberPass) percent(r run) (string, int) {
	if len(r.runes) != 1 || !strings.HasPrefix(p.s[r.end:], "分之") {
		return "", 0
	}
	sign := map[rune]string{'百': "%", '千': "‰", '万': "/10000"}[r.runes[0]]
	if sign == "" {
		return "", 0
	}
	value, end := p.operand(r.end + len("分之"))
	if value == "" {
		return "", 0
	}
	return value + sign, end
}

// fraction reads 三分之二 as 2/3.
func (p *numberPass) fraction(r run) (string, int) {
	if !strings.HasPrefix(p.s[r.end:], "分之") || strings.HasSuffix(p.s[:r.start], "/") {
		return "", 0
	}
	under, ok := cardinal(r.runes)
	if !ok {
		return "", 0
	}
	over, end := p.operand(r.end + len("分之"))
	if over == "" {
		return "", 0
	}
	return over + "/" + under, end
}

// operand reads the number behind 分之, Chinese or Arabic.
func (p *numberPass) operand(i int) (string, int) {
	if i < len(p.s) && isDigit(p.s[i]) {
		n := p.number(i)
		if n.bad || n.end < len(p.s) && strings.ContainsRune("%/,-", rune(p.s[n.end])) || startsWithAny(p.s[n.end:], "‰十百千万亿几多分") {
			return "", 0
		}
		return n.text(), n.end
	}
	r := p.runAt(i)
	if len(r.runes) == 0 || len(r.runes) > maxRun {
		return "", 0
	}
	if text, end := p.point(r); text != "" {
		return text, end
	}
	text, ok := cardinal(r.runes)
	if string(r.runes) == "百" {
		text, ok = "100", true
	}
	if !ok || startsWithAny(p.s[r.end:], "几多来%‰/分") {
		return "", 0
	}
	return text, r.end
}

// cardinal reads a number with units, one digit, or 十.
func cardinal(runes []rune) (string, bool) {
	if text, ok := single(runes); ok {
		return text, true
	}
	return composed(runes)
}

// point reads 五点九五 as 5.95, and 一点二亿 as 120000000.
func (p *numberPass) point(r run) (string, int) {
	whole, ok := cardinal(r.runes)
	if !ok || !strings.HasPrefix(p.s[r.end:], "点") {
		return "", 0
	}
	part := p.runAt(r.end + len("点"))
	if len(part.runes) == 0 || len(part.runes) > maxRun {
		return "", 0
	}
	n := 0
	for n < len(part.runes) {
		if _, ok := digits(part.runes[n : n+1]); !ok {
			break
		}
		n++
	}
	frac, ok := digits(part.runes[:n])
	if !ok {
		return "", 0
	}
	exp, known := exponents[string(part.runes[n:])]
	if n < len(part.runes) && !known {
		return "", 0
	}
	return shift(whole, frac, exp), part.end
}

// decimal reads a number with 点 where it cannot be a time of day.
func (p *numberPass) decimal(r run) (string, int) {
	text, end := p.point(r)
	if text == "" || strings.HasSuffix(p.s[:end], "亿") || strings.HasSuffix(p.s[:end], "万") {
		return text, end
	}
	if !startsWithAny(p.s[end:], "倍个公平立米吨元亩千升美次年人%‰") {
		return "", 0
	}
	return text, end
}

// ordinal reads any number behind 第, 一 too.
func (p *numberPass) ordinal(r run) (string, int) {
	if p.before(r.start) != '第' {
		return "", 0
	}
	text, ok := cardinal(r.runes)
	if !ok {
		return "", 0
	}
	return text, r.end
}

// whole reads a number with units.
func (p *numberPass) whole(r run) (string, int) {
	end, runes := r.end, r.runes
	if last := runes[len(runes)-1]; (last == '千' || last == '百') && metric(p.s[end:]) && len(runes) > 1 {
		runes, end = runes[:len(runes)-1], end-len("千")
	}
	text, ok := cardinal(runes)
	switch {
	case !ok, len(runes) == len(r.runes) && len(runes) == 1, string(runes) == "一":
		return "", 0
	case runes[0] == '十' && strings.ContainsRune("几数", p.before(r.start)):
		return "", 0
	case p.congress(runes, end), p.shared(r):
		return "", 0
	}
	return text, end
}

// congress tells whether the number names a party congress (十八大).
func (p *numberPass) congress(runes []rune, end int) bool {
	if !strings.HasPrefix(p.s[end:], "大") {
		return false
	}
	return len(runes) == 2 && (runes[0] == '十' || runes[0] == '二' && runes[1] == '十')
}

// shared tells whether the unit of a large number counts for the one before it
// too (三至五万): then neither is folded.
func (p *numberPass) shared(r run) bool {
	if last := r.runes[len(r.runes)-1]; last != '万' && last != '亿' {
		return false
	}
	return p.rangeBefore(r.start)
}

// rangeBefore tells whether "a number to" precedes i, its number without 万.
func (p *numberPass) rangeBefore(i int) bool {
	before := p.s[:i]
	for _, to := range []string{"至", "到", "-"} {
		if head, ok := strings.CutSuffix(before, to); ok {
			r, _ := utf8.DecodeLastRuneInString(head)
			_, isDigit := hanDigit(r)
			return isArabic(r) || isDigit || r == '十'
		}
	}
	return false
}

// year reads a number given digit by digit: a year, or one with 〇 in it.
func (p *numberPass) year(r run) (string, int) {
	text, ok := digits(r.runes)
	if !ok || len(text) < 2 || text[0] == '0' {
		return "", 0
	}
	run := string(r.runes)
	rest := p.s[r.end:]
	switch {
	case strings.ContainsAny(run, "〇○") && (len(text) > 2 || startsWithAny(rest, "年后届号级")):
	case strings.Contains(run, "零") && len(text) > 2:
	case len(text) == 4 && (strings.HasPrefix(rest, "年") || strings.HasPrefix(text, "19") || strings.HasPrefix(text, "18")):
	default:
		return "", 0
	}
	return text, r.end
}

// count reads a single numeral before a classifier, and 十 before 余 and the
// like. 一 counts only in a date and before 号: elsewhere it may well mean a.
func (p *numberPass) count(r run) (string, int) {
	text, ok := single(r.runes)
	rest, before := p.s[r.end:], p.before(r.start)
	switch {
	case !ok || text == "0" || strings.ContainsRune(notBefore, before):
		return "", 0
	case text == "1" && !inDate(before, rest, p.t) && !strings.HasPrefix(rest, "号"):
		return "", 0
	case text == "10" && startsWithAny(rest, "余多几"), counts(rest):
		return text, r.end
	}
	return "", 0
}

// inDate tells whether 一 between before and rest is a month or a day.
func inDate(before rune, rest string, t *foldTable) bool {
	if strings.HasPrefix(rest, "日") {
		return before == '月'
	}
	after, ok := strings.CutPrefix(rest, "月")
	next, _ := utf8.DecodeRuneInString(after)
	return ok && (before == '年' || next == '份' || t.isNumeric(next))
}

func isLower(b byte) bool { return 'a' <= b && b <= 'z' }

func isPoint(b byte) bool { return b == '.' || b == ',' }
