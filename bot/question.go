package bot

import (
	"strings"
	"unicode/utf8"
)

// maxQuestion is the longest text, in characters, that is asked as it stands.
const maxQuestion = 300

// firstQuestion returns what to ask: the text, or of an over-long one its
// first question (its first sentence if it holds none) and a note saying so.
func firstQuestion(text string) (asked, note string) {
	text = strings.TrimSpace(text)
	n := utf8.RuneCountInString(text)
	if n <= maxQuestion {
		return text, ""
	}
	asked = shorten(pickQuestion(text), maxQuestion)
	return asked, textTooLong(n, asked)
}

func pickQuestion(text string) string {
	first := ""
	for _, s := range strings.FieldsFunc(markEnds(text), func(r rune) bool { return r == '\n' }) {
		s = strings.TrimSpace(s)
		if strings.HasSuffix(s, "？") || strings.HasSuffix(s, "?") {
			return s
		}
		if first == "" {
			first = s
		}
	}
	return first
}

// markEnds puts a line break behind every sentence.
func markEnds(text string) string {
	return strings.NewReplacer("。", "。\n", "！", "！\n", "!", "!\n", "？", "？\n", "?", "?\n", "；", "；\n", ";", ";\n").Replace(text)
}

// shorten cuts s to at most n characters.
func shorten(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}
