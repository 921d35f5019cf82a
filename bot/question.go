package bot

import (
	"strings"
	"unicode/utf8"
)

// maxQuestion is the longest text, in characters, that is asked as it stands.
const maxQuestion = 300

// firstQuestion returns what to ask: the text, or of an over-long one its
// first question (its first sentence if it holds none), and then tooLong, the
// text's length in characters.
func firstQuestion(text string) (asked string, tooLong int) {
	text = strings.TrimSpace(text)
	n := utf8.RuneCountInString(text)
	if n <= maxQuestion {
		return text, 0
	}
	return shorten(pickQuestion(text), maxQuestion), n
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

// titled is a title or a name as the bot's own words take it: in one line, cut
// where it is long, and without marks around all of it, which the words have.
func titled(s string) string {
	s = oneLine(s)
	if in, ok := strings.CutPrefix(s, "《"); ok {
		if in, ok = strings.CutSuffix(in, "》"); ok && !strings.ContainsAny(in, "《》") {
			s = in
		}
	}
	if utf8.RuneCountInString(s) > titleLen {
		s = shorten(s, titleLen-1) + "…"
	}
	return s
}
