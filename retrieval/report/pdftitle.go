package report

import (
	"regexp"
	"strings"
)

// coverPages are the first pages, on which a title may be named as one.
const coverPages = 2

var (
	// namedTitle and namedAuthor are lines of a form that a cover holds: 题目：…
	namedTitle  = regexp.MustCompile(`^(?:毕\s*业\s*|学\s*位\s*)?(?:论\s*文\s*|课\s*题\s*|设\s*计\s*)?题\s*目\s*[:：]?\s*(\S.{3,})$`)
	namedAuthor = regexp.MustCompile(`^(?:学\s*生\s*姓\s*名|姓\s*名|(?:论\s*文\s*)?作\s*者(?:\s*姓\s*名)?|(?:学\s*位\s*)?申\s*请\s*人)\s*[:：]?\s*(\p{Han}{2,4})(?:\s|$)`)
	// coverField opens a line of such a form.
	coverField = regexp.MustCompile(`^(?:论\s*文\s*)?(?:题\s*目|学\s*院|院\s*系|系\s*[别部]|专\s*业|年\s*级|班\s*级|学\s*生|姓\s*名|作\s*者|学\s*号|导\s*师|指\s*导|职\s*称|学\s*位|申\s*请|课\s*程|任\s*课|所\s*在|研\s*究\s*方\s*向|完\s*成|日\s*期|院（)`)
	// noTitle stands large on many files, and names none of them.
	noTitle = regexp.MustCompile(`(?i)^(?:目\s*录|contents|table of contents|摘\s*要|abstract|前\s*言)$`)
)

// named finds the title and the author that the form on a cover names.
func (l *pdfLayout) named() (title, author string) {
	for i, p := range l.paras {
		if p.page > coverPages || p.foot {
			continue
		}
		text := strings.TrimSpace(p.text.String())
		if m := namedTitle.FindStringSubmatch(text); m != nil && title == "" && plausibleTitle(m[1]) {
			title = m[1]
			p.kind = Title
			if i+1 < len(l.paras) && l.goesOnTitle(p, l.paras[i+1]) {
				title += l.paras[i+1].text.String()
				l.paras[i+1].kind = Title
			}
		}
		if m := namedAuthor.FindStringSubmatch(text); m != nil && author == "" {
			author = m[1]
		}
	}
	if title == "" {
		return "", ""
	}
	return title, author
}

// goesOnTitle tells whether a paragraph is the second line of a named title: in
// its type, larger than the text's, and no field of the form.
func (l *pdfLayout) goesOnTitle(p, next *pdfPara) bool {
	text := next.text.String()
	return next.page == p.page && near(p.size, next.size, evenType) && p.size >= largeType*l.body && plausibleTitle(text) && !coverField.MatchString(text)
}
