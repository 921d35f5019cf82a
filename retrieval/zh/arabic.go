package zh

import (
	"strings"
	"unicode/utf8"
)

// exponents are the powers of ten of the units that follow a number.
var exponents = map[string]int{
	"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8,
	"十万": 5, "百万": 6, "千万": 7, "十亿": 9, "百亿": 10, "千亿": 11, "万亿": 12,
}

// maxDigits bounds the digits of a number written out.
const maxDigits = 24

// arabic is an Arabic number: its digits without separators.
type arabic struct {
	whole, frac string
	end         int
	bad         bool // part of a longer thing: a version, an address, a code
}

func (n arabic) text() string {
	if n.frac != "" {
		return n.whole + "." + n.frac
	}
	return n.whole
}

// number reads the digits at i with their separators.
func (p *numberPass) number(i int) arabic {
	s, j := p.s, i
	for j < len(s) && isDigit(s[j]) {
		j++
	}
	n := arabic{whole: s[i:j], end: j}
	if grouped, end := thousands(s[i:]); end > 0 && !(i > 1 && s[i-1] == ',' && isDigit(s[i-2])) {
		n.whole, n.end = grouped, i+end
	}
	if k := n.end; k+1 < len(s) && s[k] == '.' && isDigit(s[k+1]) {
		j = k + 1
		for j < len(s) && isDigit(s[j]) {
			j++
		}
		n.frac, n.end = s[k+1:j], j
	}
	glued := i > 1 && (s[i-1] == '.' || s[i-1] == ',') && isDigit(s[i-2])
	more := n.end+1 < len(s) && (s[n.end] == '.' || s[n.end] == ',') && isDigit(s[n.end+1])
	n.bad = glued || more
	return n
}

// thousands reads 1,200,000: one to three digits, then groups of three.
func thousands(s string) (whole string, end int) {
	i := 0
	for i < len(s) && isDigit(s[i]) {
		i++
	}
	if i == 0 || i > 3 || s[0] == '0' {
		return "", 0
	}
	var out strings.Builder
	out.WriteString(s[:i])
	first := i
	for i+4 <= len(s) && s[i] == ',' && isDigit(s[i+1]) && isDigit(s[i+2]) && isDigit(s[i+3]) {
		out.WriteString(s[i+1 : i+4])
		i += 4
	}
	if i == first || i < len(s) && isDigit(s[i]) {
		return "", 0
	}
	return out.String(), i
}

// arabic folds the Arabic number at i: separators of thousands go, a unit
// behind it (1.2万) is multiplied in, and 5分之1 is 1/5.
func (p *numberPass) arabic(i int) int {
	n := p.number(i)
	if n.bad {
		return p.skipDigits(i)
	}
	if strings.HasPrefix(p.s[n.end:], "分之") && n.frac == "" && !strings.HasSuffix(p.s[:i], "/") {
		if over, end := p.operand(n.end + len("分之")); over != "" && !p.touches(i, end) {
			return p.put(over+"/"+n.whole, i, end)
		}
	}
	if text, end := p.scaled(i, n); text != "" {
		return p.put(text, i, end)
	}
	return p.put(n.text(), i, n.end)
}

// skipDigits passes over digits and separators that are no number.
func (p *numberPass) skipDigits(i int) int {
	for i < len(p.s) && (isDigit(p.s[i]) || isPoint(p.s[i])) {
		i++
	}
	return i
}

// scaled multiplies out the units behind a number: 1.6万亿, 3亿5000万.
func (p *numberPass) scaled(i int, n arabic) (string, int) {
	exp, end := p.unit(n)
	if exp == 0 || n.whole[0] == '0' && (n.frac == "" || len(n.whole) > 1) {
		return "", 0
	}
	if p.t.of(p.before(i))&numeral != 0 || exp >= 4 && p.rangeBefore(i) {
		return "", 0
	}
	text := shift(n.whole, n.frac, exp)
	for n.frac == "" && end < len(p.s) && isDigit(p.s[end]) {
		next := p.number(end)
		lower, after := p.unit(next)
		// 1亿8千 may well mean 180 million: behind 亿 only 万 is sure.
		if next.bad || next.frac != "" || lower == 0 || len(next.whole)+lower > exp || exp >= 8 && lower < 4 {
			return "", 0
		}
		tail := next.whole + strings.Repeat("0", lower)
		text = text[:len(text)-len(tail)] + tail
		exp, end = lower, after
	}
	if text == "" || p.touches(i, end) || p.goesOn(end) {
		return "", 0
	}
	return text, end
}

// goesOn tells whether a number that ends here goes on in Chinese: 5万三千, but
// not 5万千瓦.
func (p *numberPass) goesOn(end int) bool {
	r, n := utf8.DecodeRuneInString(p.s[end:])
	if (r == '千' || r == '百') && metric(p.s[end+n:]) {
		return false
	}
	return p.t.of(r)&numeral != 0 || strings.HasPrefix(p.s[end:], "分之")
}

// unit reads the unit behind a number, one space allowed, and gives its power
// of ten, or 0.
func (p *numberPass) unit(n arabic) (exp, end int) {
	at := n.end
	if strings.HasPrefix(p.s[at:], " ") {
		at++
	}
	rest := p.s[at:]
	for _, size := range []int{2, 1} {
		end := size * len("万")
		if len(rest) < end {
			continue
		}
		exp, ok := exponents[rest[:end]]
		if ok && fits(n, rest[:end], rest[end:]) {
			return exp, at + end
		}
	}
	return 0, 0
}

// fits tells whether a unit belongs to the number before it and not to a word
// behind it: 2016百强, 5千米 and 2016万科 are no numbers with a unit.
func fits(n arabic, unit, rest string) bool {
	first, _ := utf8.DecodeRuneInString(unit)
	switch first {
	case '十':
		return len(unit) > len("十") && len(n.whole) == 1 && n.frac == ""
	case '百', '千':
		if len(n.whole) > 2 {
			return false
		}
		if len(unit) == len("千") {
			return !metric(rest) && !startsWithAny(rest, "分姓货")
		}
	case '万':
		if len(unit) == len("万") && isYear(n) && startsWithAny(rest, "科达州宁象盛源历") {
			return false
		}
	}
	return !startsWithAny(rest, "分")
}

// isYear tells whether a number looks like a year of these centuries.
func isYear(n arabic) bool {
	return n.frac == "" && len(n.whole) == 4 && (strings.HasPrefix(n.whole, "19") || strings.HasPrefix(n.whole, "20"))
}

// shift multiplies a decimal number by a power of ten, exactly; "" if the
// result is too long.
func shift(whole, frac string, exp int) string {
	if len(whole)+max(len(frac), exp) > maxDigits {
		return ""
	}
	if exp > 0 {
		frac = strings.TrimRight(frac, "0")
	}
	if len(frac) <= exp {
		whole, frac = whole+frac+strings.Repeat("0", exp-len(frac)), ""
	} else {
		whole, frac = whole+frac[:exp], frac[exp:]
	}
	whole = strings.TrimLeft(whole, "0")
	if whole == "" {
		whole = "0"
	}
	if frac == "" {
		return whole
	}
	return whole + "." + frac
}
