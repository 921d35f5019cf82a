package lex

import (
	"slices"
	"strings"
	"testing"
)

// FuzzParseEach reads lists of words: a line is taken whole or left out with an
// error that names it, and no word expands to itself.
func FuzzParseEach(f *testing.F) {
	for _, s := range []string{"甲 = 乙", "甲/乙 > 丙 丁", "甲 > 甲", "a = A", "= =", ">", "/ > x", "甲=乙=丙\n乙=丁\n丙 > 甲 乙", "\ufeff# x\n\x00 = \xff", "甲 = " + strings.Repeat("长", 9999), "a\u200b = a", "Ａ=a", "甲 > 乙 > 丙"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, wrong := ParseEach(strings.NewReader(text))
		for _, err := range wrong {
			if !strings.HasPrefix(err.Error(), "line ") || strings.Contains(err.Error(), "\n") {
				t.Errorf("%q: %v", text, err)
			}
		}
		if len(wrong) > strings.Count(text, "\n")+1 {
			t.Errorf("%q: %d errors", text, len(wrong))
		}
		for key := range s.Keys() {
			words := s.Expand(key)
			if slices.ContainsFunc(words, func(w string) bool { return fold(w) == fold(key) || w == "" }) {
				t.Errorf("%q: %q expands to %q", text, key, words)
			}
		}
		if strict, err := Parse(strings.NewReader(text)); (err == nil) != (len(wrong) == 0) || err == nil && !slices.Equal(slices.Collect(strict.Keys()), slices.Collect(s.Keys())) {
			t.Errorf("%q: read at once it gives %v, line by line %v", text, err, wrong)
		}
	})
}
