package rank

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"chuchu/retrieval/zh"
)

// whForm are the words that stand where the answer would.
var whForm = regexp.MustCompile(`为什么|为何|为啥|什么时候|什么|怎么样|怎么|怎样|如何|谁|哪[里儿些个位家年座]?|多少|多[大长高久远深重宽快]|第?几|何[时地处人]|啥|是否|有没有|吗|\b(?:when|where|whom?|whose|which|what|why|how)\b`)

// asking is what of a question's wording tells an answer from the words
// around it. Words are hashed.
type asking struct {
	kind        uint32 // Asked
	wh          uint32 // the asking word
	left, right uint32 // the words next to it
	leftWord    uint32 // the nearest word before it that says something
	rightWord   uint32 // and behind it
	focus       uint32 // the noun asked for: 哪座城市, 职业是什么
	focusText   string
	focusChar   uint32 // its last character
	years       bool   // a year alone is asked for
}

var yearAsked = regexp.MustCompile(`[哪几]一?年|年份|年度|which year|what year`)

// asking reads the wording of a question.
func (r *Ranker) asking(q *Query) asking {
	a := asking{kind: uint32(q.Asked), years: yearAsked.MatchString(q.Text) && !strings.ContainsAny(q.Text, "月日号天")}
	words := r.seg.Tag(q.Text)
	start, end := len(q.Text), len(q.Text)
	if loc := whForm.FindStringIndex(q.Text); loc != nil {
		start, end = loc[0], loc[1]
	}
	a.wh = hashText(q.Text[start:end])
	before, behind := 0, len(words)
	for i, w := range words {
		if w.End <= start {
			before = i + 1
		}
		if w.Start >= end && behind == len(words) {
			behind = i
		}
	}
	if before > 0 {
		a.left = hashText(words[before-1].Text)
	}
	if behind < len(words) {
		a.right = hashText(words[behind].Text)
	}
	for i := before - 1; i >= 0 && a.leftWord == 0; i-- {
		if tells(words[i].Text) {
			a.leftWord = hashText(words[i].Text)
		}
	}
	for i := behind; i < len(words) && a.rightWord == 0; i++ {
		if tells(words[i].Text) {
			a.rightWord = hashText(words[i].Text)
		}
	}
	a.focusText = focus(words[:before], words[behind:])
	if a.focusText != "" {
		a.focus = hashText(a.focusText)
		a.focusChar = lastChar(a.focusText)
	}
	return a
}

// focus is the noun that is asked for: the last of those behind the asking
// word, else the last before it.
func focus(before, behind []zh.Tagged) string {
	noun := ""
	for _, w := range behind {
		if nounTag(w.Tag) {
			noun = w.Text
			continue
		}
		if noun != "" || !strings.HasPrefix(w.Tag, "m") && !strings.HasPrefix(w.Tag, "q") && !strings.HasPrefix(w.Tag, "a") && w.Tag != "b" {
			break
		}
	}
	for i := len(before) - 1; i >= 0 && noun == ""; i-- {
		if nounTag(before[i].Tag) {
			return before[i].Text
		}
		if len(before)-i > 3 {
			break
		}
	}
	return noun
}

func nounTag(tag string) bool {
	return strings.HasPrefix(tag, "n") || tag == "vn" || tag == "an" || tag == "l" || tag == "j"
}

func nameTag(tag string) bool {
	return strings.HasPrefix(tag, "nr") || strings.HasPrefix(tag, "ns") || strings.HasPrefix(tag, "nt") || tag == "nz" || tag == "eng"
}

// hashText is the 32-bit FNV-1a hash.
func hashText(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}

func lastChar(s string) uint32 {
	r, _ := utf8.DecodeLastRuneInString(s)
	return uint32(r)
}
