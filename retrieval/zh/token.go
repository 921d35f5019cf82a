package zh

import (
	"unicode"
	"unicode/utf8"
)

// Token is a piece of folded text. Start and End are byte offsets into the
// folded text given; Pos counts from 1, and tokens with equal starts share it.
type Token struct {
	Text            string
	Start, End, Pos int
}

// IsHan tells whether r is a Han character: an ideograph, 〇 or 々, not kana.
func IsHan(r rune) bool {
	return r >= 0x4E00 && r <= 0x9FFF || r >= 0x2E80 && unicode.Is(unicode.Han, r)
}

// Bigrams cuts folded text into overlapping pairs of Han characters. A lone
// Han character is a token of its own; a run of Latin letters and digits
// (120.72, 5.95%, pm2.5, 1/3) is one token.
func Bigrams(folded string) []Token {
	tokens := make([]Token, 0, len(folded)/3+1)
	bigrams(folded, func(start, end int) {
		tokens = append(tokens, Token{folded[start:end], start, end, len(tokens) + 1})
	})
	return tokens
}

// BigramTexts are the texts of Bigrams.
func BigramTexts(folded string) []string {
	texts := make([]string, 0, len(folded)/3+1)
	bigrams(folded, func(start, end int) { texts = append(texts, folded[start:end]) })
	return texts
}

func bigrams(folded string, do func(start, end int)) {
	runs(folded, func(start, end int, han bool) {
		_, n := utf8.DecodeRuneInString(folded[start:end])
		if !han || start+n == end {
			do(start, end)
			return
		}
		for at := start; at+n < end; {
			_, m := utf8.DecodeRuneInString(folded[at+n : end])
			do(at, at+n+m)
			at, n = at+n, m
		}
	})
}

// Chars cuts folded text into its Han characters; runs of Latin letters and
// digits stay whole.
func Chars(folded string) []Token {
	tokens := make([]Token, 0, len(folded)/3+1)
	pos := 0
	runs(folded, func(start, end int, han bool) {
		for at := start; at < end; {
			n := end - at
			if han {
				_, n = utf8.DecodeRuneInString(folded[at:end])
			}
			pos++
			tokens = append(tokens, Token{folded[at : at+n], at, at + n, pos})
			at += n
		}
	})
	return tokens
}

// runs calls do for every run of Han characters and every run of other
// letters and digits, in order; what lies between them is punctuation.
func runs(s string, do func(start, end int, han bool)) {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		start := i
		switch {
		case IsHan(r):
			for i < len(s) && IsHan(r) {
				i += n
				r, n = utf8.DecodeRuneInString(s[i:])
			}
			do(start, i, true)
		case isWord(r):
			i = wordEnd(s, i)
			do(start, i, false)
		default:
			i += n
		}
	}
}

// isWord tells whether r belongs to a run of letters and digits.
func isWord(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || 'A' <= r && r <= 'Z'
	}
	return !IsHan(r) && r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
}

// maxWord bounds the bytes of a run of letters and digits: a longer one is no
// word, and is cut so that no index need hold it whole.
const maxWord = 255

// wordEnd is the end of the run of letters and digits that starts at i. Inside
// digits a point counts, one slash between two numbers does, and so does a
// percent sign behind them.
func wordEnd(s string, i int) int {
	start, slash := i, -1
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case i+n-start > maxWord:
			return i
		case isWord(r):
			i += n
			continue
		case i == start || !isDigit(s[i-1]):
			return i
		case r == '.' && i+1 < len(s) && isDigit(s[i+1]):
		case r == '/' && i+1 < len(s) && isDigit(s[i+1]) && slash < 0 && fraction(s, start, i):
			slash = i
		case r == '%', r == '‰':
			return i + n
		default:
			return i
		}
		i += n
	}
	return i
}

// fraction tells whether the slash at is between two numbers and no other:
// 1/3 is one, a path or a date with slashes is not.
func fraction(s string, start, at int) bool {
	if start > 0 && s[start-1] == '/' {
		return false
	}
	for _, b := range []byte(s[start:at]) {
		if !isDigit(b) && b != '.' {
			return false
		}
	}
	i := at + 1
	for i < len(s) && (isDigit(s[i]) || s[i] == '.') {
		i++
	}
	r, _ := utf8.DecodeRuneInString(s[i:])
	return i == len(s) || r != '/' && !isWord(r)
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }
