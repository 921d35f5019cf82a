package words

import (
	"cmp"
	"regexp"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"

	"chuchu/retrieval/zh"
)

// codes matches a messenger's language codes. Any that is no Chinese is taken
// for English, which comes first.
var codes = language.NewMatcher([]language.Tag{language.English, language.SimplifiedChinese, language.TraditionalChinese})

// OfCode is the language to speak to someone whose messenger is set to a
// language by its code, as zh-hans or pt-br.
func OfCode(code string) Language {
	if code == "" {
		return Unclear
	}
	_, i, _ := codes.Match(language.Make(code))
	return []Language{English, Simplified, Traditional}[i]
}

// quoted is what a question quotes or names; its language is not the asker's.
var quoted = regexp.MustCompile(`《[^》]*》|“[^”]*”|「[^」]*」|『[^』]*』|"[^"]*"`)

// address is one of the net, which is in no language.
var address = regexp.MustCompile(`(?i)\b(https?://|www\.)[!-~]+|[\w.+-]*@[\w.-]+`)

// Of is the language that text is written in; Unclear where it has no words,
// as 27 or GDP. Chinese that both scripts write alike is Traditional after
// Traditional, and else Simplified.
func Of(text string, before Language) Language {
	text = address.ReplaceAllString(text, " ")
	if l := of(quoted.ReplaceAllString(text, " "), before); l != Unclear {
		return l
	}
	return of(text, before)
}

func of(text string, before Language) Language {
	han, traditional, simplified := zh.Scripts(text)
	switch {
	case traditional > simplified:
		return Traditional
	case han > 0 && simplified == 0 && before == Traditional:
		return Traditional
	case han > 0:
		return Simplified
	case latin(text):
		return English
	default:
		return Unclear
	}
}

var word = regexp.MustCompile(`\p{Latin}{2,}`)

// inARow is the number of words in capitals that make a sentence; fewer may be
// abbreviations, which are in no language.
const inARow = 3

// latin tells whether text has Latin words.
func latin(text string) bool {
	all := word.FindAllString(text, -1)
	for _, w := range all {
		if r, _ := utf8.DecodeLastRuneInString(w); unicode.IsLower(r) {
			return true
		}
	}
	return len(all) >= inARow
}

// Choose is the language to answer text in, where last is what was spoken
// before and code what the messenger is set to, and whether the text itself
// says so. Borrowed text is a report's rather than the asker's, a name to look
// up or a sentence to check: that it is simplified changes no language.
func Choose(text string, borrowed bool, last, code Language) (l Language, said bool) {
	before := cmp.Or(last, code)
	l = Of(text, before)
	if borrowed && last != Unclear && l == Simplified {
		l = Unclear
	}
	return cmp.Or(l, before, Simplified), l != Unclear
}
