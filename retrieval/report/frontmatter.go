package report

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// mostFront is the number of paragraphs among which a report's front matter is
// looked for, and longestFront the length of such a line in characters.
const (
	mostFront    = 40
	longestFront = 80
)

var (
	authorLabel    = regexp.MustCompile(`^(?:作\s*者|著\s*者|编\s*著\s*者?|撰\s*稿\s*人?|执\s*笔\s*人?|(?i:authors?))\s*[:：]\s*(.+)$`)
	editorLabel    = regexp.MustCompile(`^(?:总?主\s*编|编\s*者|(?i:editors?))\s*[:：]\s*(.+)$`)
	authorBehind   = regexp.MustCompile(`^(.+?)(?:\s+等?\s*(?:著|编|撰)|\s*等?\s*(?:编著|编撰))$`)
	editorBehind   = regexp.MustCompile(`^(.+?)\s*等?\s*总?主编$`)
	publisherLabel = regexp.MustCompile(`^(?:出版社|出版者|出版单位|出版机构|出版发行|出\s*版|(?i:publisher|published by))\s*[:：]\s*(.+)$`)
	publisherLine  = regexp.MustCompile(`^(?:\p{Han}{2,8}\s*[:：]\s*)?(\p{Han}{2,20}出版社)(?:\s*[,，]?\s*[12][0-9]{3}\s*年?.*)?$`)
	yearLabel      = regexp.MustCompile(`^(?:出版时间|出版日期|出版年份?|版\s*次|发布时间|发布日期|(?i:date|year|published|publication date))\s*[:：]\s*(.+)$`)
	edition        = regexp.MustCompile(`([12][0-9]{3})\s*年\s*(?:[0-9]{1,2}\s*月)?\s*\p{Han}{0,6}第\s*[0-9一二三四五六七八九十]+\s*版`)
	catalogued     = regexp.MustCompile(`CIP\s*数据核字\s*[(（〔\[]\s*([12][0-9]{3})\s*[)）〕\]]`)
	bookNumber     = regexp.MustCompile(`(?i)ISBN`)
	yearWord       = regexp.MustCompile(`([12][0-9]{3})\s*年`)
	trailingAside  = regexp.MustCompile(`\s*[(（][^()（）]*[)）]$`)
	otherRole      = regexp.MustCompile(`(?:副|责任|执行|本书|丛书|任)$`)
)

// frontMeta reads who wrote a report, and where and when it was published,
// where the lines before its text say so plainly. It infers nothing.
func frontMeta(paragraphs []Paragraph) Meta {
	var m Meta
	var editors []string
	for i := range paragraphs[:min(len(paragraphs), mostFront)] {
		p := &paragraphs[i]
		text := strings.TrimSpace(p.Text)
		if p.Kind == Platform || text == "" {
			continue
		}
		if utf8.RuneCountInString(text) > longestFront || p.Kind == Body && endsSentence(text) {
			break
		}
		if len(m.Authors) == 0 {
			m.Authors = named(text, authorLabel, authorBehind)
		}
		if len(editors) == 0 {
			editors = named(text, editorLabel, editorBehind)
		}
		if m.Publisher == "" {
			m.Publisher = publisherIn(text)
		}
		if m.Year == "" {
			m.Year = issuedIn(text)
		}
	}
	if len(m.Authors) == 0 {
		m.Authors = editors
	}
	return m
}

// named are the people that a line names before or behind a word for what they did.
func named(text string, before, behind *regexp.Regexp) []string {
	if m := before.FindStringSubmatch(text); m != nil {
		text = m[1]
		if m := authorBehind.FindStringSubmatch(text); m != nil {
			text = m[1]
		}
		return people(text)
	}
	m := behind.FindStringSubmatch(text)
	if m == nil || otherRole.MatchString(m[1]) || strings.ContainsAny(m[1], ":：《》。") {
		return nil
	}
	return people(m[1])
}

// people parts names. Blanks part Chinese names, and stand within those of two
// characters and within Latin ones.
func people(text string) []string {
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("、，；;", r) })
	if len(parts) == 1 {
		parts = latinNames(text)
	}
	var out []string
	for _, part := range parts {
		for _, name := range chineseNames(strings.Fields(part)) {
			if name = strings.TrimSuffix(name, "等"); name != "" && !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	return out
}

var latinAnd = regexp.MustCompile(`\s+(?:and|&)\s+`)

// latinNames parts names at "and", and at commas between full names.
func latinNames(text string) []string {
	var out []string
	for _, part := range latinAnd.Split(text, -1) {
		names := strings.Split(part, ",")
		for _, n := range names {
			if n = strings.TrimSpace(n); n != "" && !strings.ContainsFunc(n, unicode.IsSpace) { // "Smith, John" is one
				names = []string{part}
				break
			}
		}
		out = append(out, names...)
	}
	return out
}

func chineseNames(words []string) []string {
	longest := 0
	for _, w := range words {
		if strings.ContainsFunc(w, func(r rune) bool { return !unicode.Is(unicode.Han, r) }) {
			return []string{strings.Join(words, " ")}
		}
		longest = max(longest, utf8.RuneCountInString(w))
	}
	switch {
	case longest == 1 && len(words) <= 3: // 王 明
		return []string{strings.Join(words, "")}
	case longest <= 4:
		return words
	}
	return []string{strings.Join(words, " ")}
}

func publisherIn(text string) string {
	if m := publisherLabel.FindStringSubmatch(text); m != nil {
		return trailingAside.ReplaceAllString(m[1], "")
	}
	if m := publisherLine.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return ""
}

func issuedIn(text string) string {
	if m := yearLabel.FindStringSubmatch(text); m != nil {
		return yearIn(m[1])
	}
	forms := []*regexp.Regexp{edition, catalogued}
	if bookNumber.MatchString(text) || publisherLine.MatchString(text) {
		forms = append(forms, yearWord)
	}
	for _, f := range forms {
		if m := f.FindStringSubmatch(text); m != nil {
			return m[1]
		}
	}
	return ""
}
