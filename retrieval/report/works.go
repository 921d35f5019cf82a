package report

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// Work is a document that a sentence names.
type Work struct {
	Title  string // with its 《》; empty where only a number is printed
	Number string // 国发〔2016〕18号
	Issuer string
	Date   string // as printed: 2016年3月15日
}

// NumberForm is a Chinese document number in any bracket style.
var NumberForm = regexp.MustCompile(`[\p{Han}]{1,12}\s*[\[〔［【(（]\s*([12][0-9]{3})\s*[\]〕］】)）]\s*第?\s*([0-9]{1,5})\s*号`)

var (
	bracketed = regexp.MustCompile(`^\s*(?:草案)?\s*[(（]([^()（）]*号)[)）]`)
	datePart  = regexp.MustCompile(`[12][0-9]{3}年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?(?:底|初)?`)
	// dateLead is a date right before a title that is published behind it:
	// 2015年3月11日,《…意见》发布.
	dateLead = regexp.MustCompile(`([12][0-9]{3}年[0-9]{1,2}月(?:[0-9]{1,2}日)?)[,，]?$`)
	// leadWords may stand before a document number without a break between.
	leadWords = regexp.MustCompile(`^\p{Han}*(?:根据|依据|按照|依照|遵照|参照|参见|详见|印发|发布|下发|的|了|和|与|及|或|以|由|见)`)
	issuing   = regexp.MustCompile(`(?:又|新|正式|联合|共同|再次|专题|批复|原则同意|即)*(?:印发|发布|出台|审议通过|通过|批复|批准|制定|颁布|公布|签署|下发|修订通过|修订)(?:实施|施行|原则同意)?了?(?:的)?$`)
)

// issuingEnds are the characters that what is issued ends with before its title.
const issuingEnds = "发布台过复准定署订施行意了的"

// Works lists the works that text names, in order, each once.
func Works(text string) []Work {
	var out []Work
	seen := map[string]bool{}
	taken := 0
	for i := 0; i < len(text); {
		at := strings.Index(text[i:], "《")
		if at < 0 {
			break
		}
		at += i
		end := closeTitle(text, at)
		if end < 0 { // never closed; one inside it may be
			i = at + len("《")
			continue
		}
		w := Work{Title: text[at:end]}
		if m := bracketed.FindStringSubmatchIndex(text[end:]); m != nil && NumberForm.MatchString(text[end:][m[2]:m[3]]) {
			w.Number = strings.TrimSpace(text[end:][m[2]:m[3]])
			end += m[1]
		}
		w.Issuer, w.Date = issuerBefore(text[:at])
		if w.Date == "" {
			w.Date = dateBefore(text[:at])
		}
		out = append(out, numbersIn(text[taken:at], seen)...)
		switch {
		case !seen[w.Title]:
			out = append(out, w)
		case w.Number != "" && !seen[w.Number]: // named again, with its number
			out = append(out, Work{Number: w.Number})
		}
		seen[w.Title], seen[w.Number] = true, true
		taken, i = end, end
	}
	return append(out, numbersIn(text[taken:], seen)...)
}

func numbersIn(text string, seen map[string]bool) []Work {
	if !numbered(text) {
		return nil
	}
	var out []Work
	for _, n := range NumberForm.FindAllString(text, -1) {
		n = leadWords.ReplaceAllString(n, "")
		if !seen[n] {
			seen[n] = true
			out = append(out, Work{Number: n})
		}
	}
	return out
}

// numbered tells cheaply that a text has no document number: none has a 号
// behind a digit or a blank.
func numbered(text string) bool {
	for rest := text; ; {
		before, after, ok := strings.Cut(rest, "号")
		if !ok {
			return false
		}
		if before != "" && strings.IndexByte("0123456789 \t\n\f\r", before[len(before)-1]) >= 0 {
			return true
		}
		rest = after
	}
}

// closeTitle returns the end of the title that opens at i, titles inside
// titles allowed; -1 if it does not close within farthestClose.
func closeTitle(text string, i int) int {
	depth := 0
	for j, r := range text[i:] {
		if j > farthestClose {
			return -1
		}
		switch r {
		case '《':
			depth++
		case '》':
			if depth--; depth == 0 {
				return i + j + len("》")
			}
		case '\n':
			return -1
		}
	}
	return -1
}

// dateBefore reads the date that stands right before a title.
func dateBefore(before string) string {
	if !strings.ContainsRune("月日,，", lastRune(before)) {
		return ""
	}
	if m := dateLead.FindStringSubmatch(before); m != nil {
		return m[1]
	}
	return ""
}

// issuerBefore reads who issued a title, and when, from the words before it:
// "2016年3月15日国务院又印发了".
func issuerBefore(before string) (issuer, date string) {
	if i := strings.LastIndexAny(before, "。;；》"); i >= 0 {
		_, n := utf8.DecodeRuneInString(before[i:])
		before = before[i+n:]
	}
	if !strings.ContainsRune(issuingEnds, lastRune(before)) {
		return "", ""
	}
	if ms := ScanMarkers(before); len(ms) > 0 {
		before = before[ms[len(ms)-1].End:]
	}
	loc := issuing.FindStringIndex(before)
	if loc == nil {
		return "", ""
	}
	subject := before[:loc[0]]
	if ds := datePart.FindAllStringIndex(subject, -1); ds != nil {
		d := ds[len(ds)-1]
		after := strings.Trim(subject[d[1]:], ",， ")
		if !strings.HasPrefix(after, "起") { // from then on it held: no date of issue
			date = subject[d[0]:d[1]]
		}
		if after != "" {
			subject = after
		} else {
			subject = subject[:d[0]]
		}
	}
	subject = strings.Trim(subject, ",， ")
	if i := strings.LastIndexAny(subject, ",，"); i >= 0 {
		subject = strings.TrimLeft(subject[i:], ",， ")
	}
	if n := len([]rune(subject)); n < 2 || n > 40 {
		subject = ""
	}
	return subject, date
}
