package report

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// glyphs are the runs of characters that are numbers of notes by themselves,
// each as its first character, the first number, and the last.
var glyphs = []struct {
	first       rune
	from, to    int
	circled, up bool
}{
	{first: '①', from: 1, to: 20, circled: true},
	{first: '㉑', from: 21, to: 35, circled: true},
	{first: '㊱', from: 36, to: 50, circled: true},
	{first: '❶', from: 1, to: 10, circled: true},
	{first: '➀', from: 1, to: 10, circled: true},
	{first: '➊', from: 1, to: 10, circled: true},
	{first: '⑴', from: 1, to: 20},
	{first: '㈠', from: 1, to: 10},
	{first: '⒈', from: 1, to: 20},
}

// superscripts are the raised digits in the order of their numbers.
const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹"

// glyphNumber is the number that one character stands for, and whether it is
// circled; 0: it is none.
func glyphNumber(r rune) (n int, circled bool) {
	for _, g := range glyphs {
		if r >= g.first && int(r-g.first) <= g.to-g.from {
			return g.from + int(r-g.first), g.circled
		}
	}
	return 0, false
}

// raised is the value of a raised digit, or -1.
func raised(r rune) int {
	if i := strings.IndexRune(superscripts, r); i >= 0 && r != utf8.RuneError {
		return utf8.RuneCountInString(superscripts[:i])
	}
	return -1
}

// hanDigits are the numerals of notes numbered in Chinese.
const hanDigits = "一二三四五六七八九"

// noteNumber reads a note's number as it may be printed: 27, ２７, 二十七, ①, ²⁷,
// or raised and plain digits mixed, as some conversions leave them. 0: it is
// none, or over three digits, as no note's number is.
func noteNumber(s string) int {
	if n := hanNumber(s); n > 0 {
		return n
	}
	n, digits := 0, 0
	for _, r := range s {
		d := raised(r)
		switch {
		case d >= 0:
		case r >= '0' && r <= '9':
			d = int(r - '0')
		case r >= '０' && r <= '９':
			d = int(r - '０')
		default:
			g, _ := glyphNumber(r)
			if utf8.RuneCountInString(s) > 1 {
				return 0
			}
			return g
		}
		if n, digits = n*10+d, digits+1; digits > 3 {
			return 0
		}
	}
	return n
}

// hanNumber reads 一 to 九十九, and up to three digits in their places: 一〇二.
func hanNumber(s string) int {
	digit := func(s string) int {
		if i := strings.Index(hanDigits, s); i >= 0 && utf8.RuneCountInString(s) == 1 {
			return utf8.RuneCountInString(hanDigits[:i]) + 1
		}
		return 0
	}
	tens, ones, found := strings.Cut(s, "十")
	if !found {
		n := 0
		for i, r := range s {
			d := digit(string(r))
			if d == 0 && (i == 0 || !strings.ContainsRune("〇○零0０", r)) || n > 99 {
				return 0
			}
			n = 10*n + d
		}
		return n
	}
	n := 10
	if tens != "" {
		if n = 10 * digit(tens); n == 0 {
			return 0
		}
	}
	if ones == "" {
		return n
	}
	if d := digit(ones); d > 0 {
		return n + d
	}
	return 0
}

// Label is a marker's number in plain digits without leading zeros.
func Label(printed string) string {
	if n := noteNumber(printed); n > 0 {
		return strconv.Itoa(n)
	}
	return strings.TrimSpace(printed)
}
