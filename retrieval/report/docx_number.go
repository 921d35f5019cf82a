package report

import (
	"strconv"
	"strings"
)

// Digits of the ways in which Chinese documents count.
const (
	hanNumerals = "〇一二三四五六七八九"
	hanUnits    = "十百千万"
	legalDigits = "零壹贰叁肆伍陆柒捌玖"
	legalUnits  = "拾佰仟万"
	legalOld    = "零壹貳參肆伍陸柒捌玖"
	legalTens   = "拾佰仟萬"
	stems       = "甲乙丙丁戊己庚辛壬癸"
	branches    = "子丑寅卯辰巳午未申酉戌亥"
	noteSigns   = "*†‡§"
)

// formatNumber prints a number as a word processor's format of that name does;
// empty for bullets and formats without one. Formats not known count in digits.
func formatNumber(format string, n int) string {
	if n < 0 || n >= 1e5 { // beyond what any of them spells out
		return strconv.Itoa(n)
	}
	switch format {
	case "none", "bullet":
		return ""
	case "decimalZero":
		if n < 10 {
			return "0" + strconv.Itoa(n)
		}
	case "upperRoman":
		return strings.ToUpper(lowerRoman(n))
	case "lowerRoman":
		return lowerRoman(n)
	case "upperLetter":
		return repeated("ABCDEFGHIJKLMNOPQRSTUVWXYZ", n)
	case "lowerLetter":
		return repeated("abcdefghijklmnopqrstuvwxyz", n)
	case "chicago":
		return repeated(noteSigns, n)
	case "decimalFullWidth", "decimalFullWidth2":
		return inDigits("０１２３４５６７８９", n)
	}
	return formatHan(format, n)
}

func formatHan(format string, n int) string {
	switch format {
	case "chineseCounting", "taiwaneseCounting", "japaneseCounting":
		if n < 100 {
			return counted(hanNumerals, hanUnits, n, true)
		}
		return inDigits(hanNumerals, n)
	case "chineseCountingThousand", "taiwaneseCountingThousand":
		return counted(strings.Replace(hanNumerals, "〇", "零", 1), hanUnits, n, true)
	case "ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital":
		return inDigits(hanNumerals, n)
	case "chineseLegalSimplified":
		return counted(legalDigits, legalUnits, n, false)
	case "ideographLegalTraditional":
		return counted(legalOld, legalTens, n, false)
	case "ideographTraditional":
		return cyclic(stems, n)
	case "ideographZodiac":
		return cyclic(branches, n)
	}
	if glyph := glyphOf(format, n); glyph != "" {
		return glyph
	}
	return strconv.Itoa(n)
}

// glyphOf is a number that is one glyph with what encloses it, as ① is; empty:
// there is none.
func glyphOf(format string, n int) string {
	first := map[string]rune{"decimalEnclosedCircle": '①', "decimalEnclosedCircleChinese": '①', "decimalEnclosedParen": '⑴', "decimalEnclosedFullstop": '⒈', "ideographEnclosedCircle": '㊀'}[format]
	most := 20
	if format == "ideographEnclosedCircle" {
		most = 10
	}
	if first == 0 || n < 1 || n > most {
		return ""
	}
	return string(first + rune(n-1))
}

// repeated counts a, b, …, z, aa, bb.
func repeated(letters string, n int) string {
	list := []rune(letters)
	if n < 1 || n > 20*len(list) {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(list[(n-1)%len(list)]), (n-1)/len(list)+1)
}

func cyclic(letters string, n int) string {
	list := []rune(letters)
	if n < 1 || n > len(list) {
		return strconv.Itoa(n)
	}
	return string(list[n-1])
}

func inDigits(digits string, n int) string {
	list := []rune(digits)
	var b strings.Builder
	for _, d := range strconv.Itoa(n) {
		b.WriteRune(list[d-'0'])
	}
	return b.String()
}

// counted spells a number under 100,000 out: 一百零三. short: ten is 十, not 一十.
func counted(digits, units string, n int, short bool) string {
	list, unit := []rune(digits), []rune(units)
	if n == 0 {
		return string(list[0])
	}
	s := strconv.Itoa(n)
	var b strings.Builder
	zero := false
	for i, d := range s {
		place := len(s) - 1 - i
		switch {
		case d == '0':
			zero = true
			continue
		case zero:
			b.WriteRune(list[0])
			zero = false
		}
		if !(short && i == 0 && d == '1' && place == 1) {
			b.WriteRune(list[d-'0'])
		}
		if place > 0 {
			b.WriteRune(unit[place-1])
		}
	}
	return b.String()
}
