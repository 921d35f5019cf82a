package report

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// webLongestMark is the length in characters up to which text may be a marker;
// where the file itself calls a link a reference, it may be twice that.
const webLongestMark = 6

var (
	digitMark = regexp.MustCompile(`^[0-9０-９]{1,3}$`)
	// boundMark is a number or a letter in brackets, a circled number, a sign.
	boundMark = regexp.MustCompile(`^(?:[\[［〔【(（]\s*(?:注释?|註|(?:注释?|註|note|nb)?\s*(?:[0-9０-９]{1,3}|[a-zA-Z]|[ivxl]{1,4}|[一二三四五六七八九十]{1,3}))\s*[\]］〕】)）]|[①-⑳㉑-㉟㊱-㊿❶-❿⓫-⓴⑴-⒇]|[*＊†‡§¶※#]{1,4}|[*＊※注註][0-9０-９]{1,3})$`)
	// webRaisedMark may stand in a superscript alone.
	webRaisedMark = regexp.MustCompile(`^(?:[a-zA-Z注註]|[ivxl]{1,4}|[0-9０-９]{1,3}|[一二三四五六七八九十]{1,3})$`)
	backMark      = regexp.MustCompile(`^[\[［(（]?\s*(?:[↩↑↵⏎⇑←^«⤴⬆🔙]|&#8617;|返回(?:正文|原文|文中)?|回到?正文|back|top|up)[︎️\s]*[\]］)）]?$`)
	emptyPair     = regexp.MustCompile(`^(?:\[[\s,，]*\]|［\s*］|〔\s*〕|【\s*】|\([\s,，]*\)|（\s*）)\s*`)
	labelHead     = regexp.MustCompile(`^(?:[\[［〔【(（]\s*[注註]?\s*[0-9０-９]{1,3}\s*[\]］〕】)）]|[①-⑳㉑-㉟㊱-㊿❶-❿⓫-⓴⑴-⒇]|[*＊※注註][0-9０-９]{1,3}|[*＊†‡§¶※]{1,4})\s*[.．、:：]?\s*`)
	listPoint     = regexp.MustCompile(`^[.．、]\s*\pL`)
	headTrim      = regexp.MustCompile(`^[.．、:：\s]+`)
)

// drawnAsMark tells from a link's text alone that it is printed like a marker,
// and so is no navigation.
func drawnAsMark(a *html.Node) bool {
	text := textOf(a, webLongestMark+1)
	return boundMark.MatchString(text) || webRaised(a) && webRaisedMark.MatchString(text) || calledReference(a)
}

// webRaised tells whether a link stands in a superscript or holds one alone.
func webRaised(a *html.Node) bool {
	if ancestor(a, func(n *html.Node) bool { return n.Data == "sup" }) != nil {
		return true
	}
	style := strings.ToLower(strings.Join(strings.Fields(attr(a, "style")), ""))
	if strings.Contains(style, "vertical-align:super") {
		return true
	}
	text := textOf(a, webLongestMark+1)
	for c := a.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && (c.Data == "sup" || c.Data == "small") && textOf(c, webLongestMark+1) == text {
			return true
		}
	}
	return false
}

// calledReference tells whether the file itself calls a link a reference to a note.
func calledReference(a *html.Node) bool {
	is := func(n *html.Node) bool {
		return hasToken(n, "epub:type", "noteref") || hasToken(n, "role", "doc-noteref") ||
			hasToken(n, "class", "footnote-ref", "footnote-reference", "footnoteref", "noteref", "reference", "duokan-footnote", "note-ref", "fnref")
	}
	// a manual's "reference internal" is any link
	if hasToken(a, "class", "internal", "external") && !hasToken(a, "class", "footnote-reference") && !hasToken(a, "role", "doc-noteref") {
		return false
	}
	return is(a) || a.Parent != nil && (a.Parent.Data == "sup" || a.Parent.Data == "span") && is(a.Parent)
}

// calledBack tells whether the file itself calls a link the way back to a reference.
func calledBack(a *html.Node) bool {
	is := func(n *html.Node) bool {
		return hasToken(n, "epub:type", "backlink", "referrer") || hasToken(n, "role", "doc-backlink") ||
			hasToken(n, "class", "footnote-back", "footnote-backref", "footnote-backlink", "reversefootnote", "fn-backref", "mw-cite-backlink", "footnote-return")
	}
	for n, up := a, 0; n != nil && up < 4; n, up = n.Parent, up+1 {
		if is(n) {
			return true
		}
	}
	return false
}

// markText is a link's text if it is printed like a marker; sure: the file
// calls it one. A link may hold nothing but a picture of its mark.
func markText(a *html.Node) (text string, sure, ok bool) {
	sure = calledReference(a)
	text = textOf(a, 2*webLongestMark+1)
	n := utf8.RuneCountInString(strings.ReplaceAll(text, " ", ""))
	switch {
	case markLabel(text) == "":
		return "", sure, sure && holdsPicture(a)
	case sure && n > 2*webLongestMark:
		return textOf(a, longestWord), true, hasToken(a, "epub:type", "noteref") || hasToken(a, "role", "doc-noteref")
	case sure:
		return text, true, true
	case n > webLongestMark:
		return "", false, false
	}
	return text, false, digitMark.MatchString(text) || boundMark.MatchString(text) || webRaised(a) && webRaisedMark.MatchString(text)
}

// longestWord is the length in characters up to which the word that a note is on
// is its label.
const longestWord = 40

// notedWord tells the words of the text that a reference may be, with no mark
// of its own, from a mark.
func notedWord(text string) bool {
	if digitMark.MatchString(text) || boundMark.MatchString(text) || strings.HasPrefix(text, "[") && strings.HasSuffix(text, "]") {
		return false
	}
	han, latin := 0, 0
	for _, r := range text {
		switch {
		case strings.ContainsRune("注註释釋按校", r):
		case unspaced(r) && unicode.IsLetter(r):
			han++
		case unicode.IsLetter(r):
			latin++
		}
	}
	return han > 0 || latin > len("note")
}

func holdsPicture(a *html.Node) bool {
	for c := a.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && (c.Data == "img" || holdsPicture(c)) {
			return true
		}
	}
	return false
}

// markLabel is a marker's own number or sign, without its brackets.
func markLabel(text string) string {
	return Label(strings.Trim(text, "[]［］〔〕【】()（） "))
}

// notePrefix cuts a note's label off its head. bare: a number without brackets
// may be one, since the file does not number the note itself.
func notePrefix(text, label string, bare bool) string {
	text = strings.TrimSpace(text)
	for {
		cut := emptyPair.ReplaceAllString(text, "")
		bare = bare && cut == text
		if r, n := utf8.DecodeRuneInString(cut); n > 0 && r != '«' && backMark.MatchString(cut[:n]) {
			cut = strings.TrimSpace(cut[n:])
		}
		if cut == text {
			break
		}
		text = cut
	}
	if loc := labelHead.FindStringIndex(text); loc != nil {
		return text[loc[1]:]
	}
	text = headTrim.ReplaceAllString(text, "")
	rest, ok := strings.CutPrefix(text, label)
	if !ok || label == "" || !bare {
		return text
	}
	if r, _ := utf8.DecodeRuneInString(rest); strings.ContainsRune(" .．、:：\u00a0", r) && !startsNumber(rest) {
		return headTrim.ReplaceAllString(rest, "")
	}
	return text
}

// startsNumber tells "3.5亿元" from the label of "3. 甲".
func startsNumber(rest string) bool {
	return len(rest) > 1 && rest[0] == '.' && rest[1] >= '0' && rest[1] <= '9'
}

// noteTail cuts ways back off a note's end, and the brackets that one stood in.
func noteTail(text string) string {
	for {
		cut := strings.TrimRight(text, " ↩↑↵⏎⇑⤴⬆\ufe0e\ufe0f")
		for _, pair := range []string{"[]", "［］", "〔〕", "【】", "()", "（）"} {
			cut = strings.TrimSuffix(cut, pair)
		}
		if cut == text {
			return text
		}
		text = cut
	}
}
