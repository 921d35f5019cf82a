package report

import "strings"

// hints are forms of markers that a text may have, a bit each.
type hints uint16

func (h hints) has(f form) bool { return h&(1<<f) != 0 }

// hintsIn tells in one pass which forms are worth looking for: those of which
// the first two characters stand in the text. Most texts have none.
func hintsIn(text string) (h hints) {
	before := ' '
	for i, r := range text {
		if before == '〔' { // 〔三〕
			h |= 1 << bracket
		}
		switch {
		case r >= '0' && r <= '9', r >= '０' && r <= '９':
			if hint := numberHints(before); hint&^h != 0 && leadingDigits(text[i:]) <= 3 {
				h |= hint
			}
		case r == '注':
			if strings.ContainsRune("(（[［〔", before) {
				h |= 1 << word
			}
		case r == '^':
			if before == '[' {
				h |= 1 << caret
			}
		case r >= 0x4E00 && r < 0xF000, r >= 'a' && r <= 'z':
		case r == '$', raised(r) >= 0:
			h |= 1 << upper
		case r == '*', r == '＊', r == '†', r == '‡':
			h |= 1 << sign
		case r >= '①' && r <= '㊿':
			h |= 1<<circled | 1<<enclosed
		}
		before = r
	}
	return h
}

// numberHints are the forms that a number may be of by the character before it.
func numberHints(before rune) hints {
	switch before {
	case '[', '［', '〔':
		return 1 << bracket
	case '【':
		return 1 << lenticular
	case '(', '（':
		return 1 << round
	case ' ', '\t', '\n', '\f', '\r', '。', '！', '？', '；', '”':
		return 1 << bare
	}
	return 0
}

// leadingDigits counts the digits that a text begins with, up to four.
func leadingDigits(text string) (n int) {
	for _, r := range text {
		if n > 3 || (r < '0' || r > '9') && (r < '０' || r > '９') {
			return n
		}
		n++
	}
	return n
}
