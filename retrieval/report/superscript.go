package report

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// mostRaised is the number of notes that one superscript, 4–9, may refer to.
const mostRaised = 30

var (
	raisedForm  = regexp.MustCompile(`^[\[［〔(（]?\s*([0-9０-９]{1,3}(?:\s*[-–—~～,，、;；\s]\s*[0-9０-９]{1,3})*)\s*[\]］〕)）]?$`)
	raisedParts = regexp.MustCompile(`[,，、;；\s]+`)
	raisedRange = regexp.MustCompile(`^([0-9０-９]+)\s*[-–—~～]\s*([0-9０-９]+)$`)
	tightRange  = regexp.MustCompile(`\s*([-–—~～])\s*`)
	// powers are what small digits behind it raise: units, and variables of one
	// letter.
	powers = regexp.MustCompile(`(?:[0-9]|(?:^|[^A-Za-z])(?:[kcdmnμ]?m|hm|ft|[A-Za-z])|[千公厘分毫]米|公里)$`)
)

// longestPower bounds, in bytes, what powers looks at.
const longestPower = 12

// raisedNotes reads the notes that a superscript refers to: 4, [4], 4,5, 4–6.
func raisedNotes(text string) ([]string, bool) {
	m := raisedForm.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil {
		return nil, false
	}
	var out []string
	for _, part := range raisedParts.Split(tightRange.ReplaceAllString(m[1], "$1"), -1) {
		ends := raisedRange.FindStringSubmatch(part)
		if ends == nil {
			out = append(out, Label(part))
			continue
		}
		from, _ := strconv.Atoi(Label(ends[1]))
		to, _ := strconv.Atoi(Label(ends[2]))
		if to <= from || to-from >= mostRaised {
			return nil, false
		}
		for n := from; n <= to; n++ {
			out = append(out, strconv.Itoa(n))
		}
	}
	return out, len(out) <= mostRaised
}

// isPower tells an exponent, 10³ and m², from a reference. before is the text
// that it stands on.
func isPower(before, text string) bool {
	text = strings.TrimSpace(text)
	if strings.Trim(text, "0123456789") != "" || !powers.MatchString(before) {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(before)
	return unicode.IsDigit(last) || text == "2" || text == "3"
}

var smallDigits = strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹")

// raise ends a superscript that began at b: its numbers refer to notes, unless
// they are powers or a link within has told them already.
func (k *inked) raise(b bookmark) {
	text := k.since(b)
	labels, ok := raisedNotes(text)
	switch {
	case !ok || len(k.refs) > b.refs:
	case isPower(string(k.text[max(0, b.at-longestPower):b.at]), text):
		k.back(b)
		k.write(smallDigits.Replace(strings.TrimSpace(text)))
	default:
		k.back(b)
		for _, l := range labels {
			k.refer(l, -1)
		}
	}
}
