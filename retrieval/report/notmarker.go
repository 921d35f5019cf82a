package report

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// opensItem tells whether a bracket is the number of a list's item: its paragraph
// opens with it, and words follow.
func opensItem(text string, s Span) bool {
	r, n := utf8.DecodeRuneInString(strings.TrimSpace(text[s.End:]))
	return s.Start == 0 && n > 0 && (unicode.IsLetter(r) || strings.ContainsRune("《“\"", r))
}

// item tells whether a bracket is the number of an item of a list: the paragraph
// before it, or behind it, opens with the number next to it.
func (v *resolver) item(i int, c candidate) bool {
	if !opensItem(v.r.Paragraphs[i].Text, c.Span) {
		return false
	}
	for _, step := range []int{-1, 1} {
		if k := i + step; k >= 0 && k < len(v.cands) && v.r.Paragraphs[k].Kind != NoteText {
			for _, o := range v.cands[k] {
				if o.form == c.form && o.Start == 0 && noteNumber(o.Label) == noteNumber(c.Label)+step {
					return true
				}
			}
		}
	}
	return false
}

// codeAhead is what only code goes on with behind an index.
var codeAhead = regexp.MustCompile(`^(?:\s*[=*}]|\s*\)*\s*;|/[a-z@]|\.[a-z])`)

// subscript tells whether a bracket is an index in a line of code: behind a name,
// and before what only code goes on with.
func subscript(text string, s Span) bool {
	last, _ := utf8.DecodeLastRuneInString(text[:s.Start])
	named := last < utf8.RuneSelf && (unicode.IsLetter(last) || unicode.IsDigit(last)) || strings.ContainsRune("_)]", last)
	return named && codeAhead.MatchString(text[s.End:])
}

// callHead is a paragraph's head that a function's name alone fills.
var callHead = regexp.MustCompile(`^\s*[A-Za-z_][A-Za-z0-9_]*$`)

// called tells whether a number in round brackets is what a function is called
// with: while(1), delay(5);
func called(text string, s Span) bool {
	return callHead.MatchString(text[:s.Start]) || subscript(text, s)
}
