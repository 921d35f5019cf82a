package report

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"chuchu/retrieval/report/pdftext"
)

const (
	smallType = 0.92 // of the body's size: what is no larger is set in smaller type
	footGap   = 1.35 // of the usual leading, above notes in the body's size
)

// noteLabel opens a note at a page's foot.
var noteLabel = regexp.MustCompile(`^(?:\[([0-9０-９]{1,3})\]|［([0-9０-９]{1,3})］|〔([0-9０-９]{1,3}|[一二三四五六七八九十]{1,3})〕|([①-⑳㉑-㉟❶-❿])|([*＊†‡]{1,3})|[(（]([0-9]{1,3})[)）]|注\s*([0-9]{0,3})\s*[:：.．]|([0-9]{1,3})(?:\s*[.．、]\s*|\s+|\p{Han}|《|“))`)

// labelOf is the label with which a line opens as a note does.
func labelOf(l pdftext.Line) (string, bool) {
	if d := raisedHead(l); d != "" {
		return d, true
	}
	text := l.Text()
	m := noteLabel.FindStringSubmatch(text)
	if m == nil {
		return "", false
	}
	if m[8] != "" && strings.ContainsRune("年月日号个%％", firstRune(strings.TrimSpace(text[len(m[8]):]))) {
		return "", false // 12月
	}
	return strings.Join(m[1:], ""), true
}

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

// raisedHead is the raised number with which a line opens.
func raisedHead(l pdftext.Line) string {
	n := 0
	for n < len(l.Chars) && isDigit(l.Chars[n].Rune) && raisedChar(l, l.Chars[n]) {
		n++
	}
	if n == 0 || n > 3 || n == len(l.Chars) {
		return ""
	}
	var b strings.Builder
	for _, c := range l.Chars[:n] {
		b.WriteRune(c.Rune)
	}
	return b.String()
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// raisedChar tells a character that is clearly smaller than its line and raised.
func raisedChar(l pdftext.Line, c pdftext.Char) bool {
	return c.Size <= 0.85*l.Size && c.Y-l.Y >= 0.12*l.Size
}

// takeFoot parts a page's notes from its text: of each column the last lines,
// in smaller type, or below a gap, that open with a note's label.
func (l *pdfLayout) takeFoot(p *pdfPage) {
	var kept []pdftext.Line
	var roles []entryRole
	for i := 0; i < len(p.lines); {
		k := i + 1
		for k < len(p.lines) && p.lines[k].Band == p.lines[i].Band && p.lines[k].Column == p.lines[i].Column {
			k++
		}
		column := p.lines[i:k]
		listed := k // behind the last line of a list
		for listed > i && p.roles[listed-1] == noRole {
			listed--
		}
		at := listed - i + l.footStart(column[listed-i:], p.height, listed > 0)
		kept, roles = append(kept, column[:at]...), append(roles, p.roles[i:i+at]...)
		p.notes = append(p.notes, column[at:]...)
		i = k
	}
	p.lines, p.roles = kept, roles
}

// footStart returns where the notes of a column begin; below tells that other
// lines stand over the column, which may then hold nothing else.
func (l *pdfLayout) footStart(lines []pdftext.Line, height float64, below bool) int {
	n := len(lines)
	small := n
	for small > 0 && lines[small-1].Size <= smallType*l.body {
		small--
	}
	if small == 0 && below && n > 0 && lines[0].Y < height/2 {
		if _, ok := labelOf(lines[0]); ok {
			return 0
		}
	}
	if slices.ContainsFunc(lines[max(0, small-1):], func(l pdftext.Line) bool { return isNotesHeading(l.Text()) }) {
		return n // a list, and no foot
	}
	if small > 0 && small < n {
		for k := small; k < n; k++ {
			if _, ok := labelOf(lines[k]); !ok {
				continue
			}
			if k == small || l.wideAbove(lines, small) && lines[small].Y < height/2 {
				return small // what stands before the first label goes on from the page before
			}
			return k
		}
	}
	for k := 1; k < n; k++ {
		if lines[k].Y > height/2 || !l.wideAbove(lines, k) || lines[k].Size > l.body+evenType || isNotesHeading(lines[k-1].Text()) {
			continue
		}
		if _, ok := labelOf(lines[k]); ok && headingRank(lines[k].Text()) < 0 && l.evenBelow(lines[k:]) {
			return k
		}
	}
	return n
}

// wideAbove tells whether the space above line k is wider than between lines.
func (l *pdfLayout) wideAbove(lines []pdftext.Line, k int) bool {
	return k > 0 && lines[k-1].Y-lines[k].Y > footGap*leading(lines, l.body)
}

// evenBelow tells whether no gap and no large type stands among the lines.
func (l *pdfLayout) evenBelow(lines []pdftext.Line) bool {
	for k := 1; k < len(lines); k++ {
		if lines[k].Size > lines[0].Size+0.6 || lines[k-1].Y-lines[k].Y > 2*lines[0].Size {
			return false
		}
	}
	return true
}

// addNotes makes a block of each note at a page's foot.
func (l *pdfLayout) addNotes(p *pdfPage) {
	last := 0
	var at *pdfPara
	for _, line := range p.notes {
		label, opens := labelOf(line)
		n := noteNumber(label)
		if opens && at != nil && last > 0 && n > 0 && raisedHead(line) == "" {
			opens = n == last+1 // a number in a note's midst
		}
		if opens {
			at, last = nil, n
		} else if at == nil {
			at = l.carriedNote()
		}
		if at == nil {
			at = &pdfPara{page: p.number, size: line.Size, foot: true}
			l.paras = append(l.paras, at)
		}
		if raised := raisedHead(line); raised != "" { // its label reads as one: 1 水利局
			at.text.WriteString(strconv.Itoa(noteNumber(raised)) + " ")
			line.Chars = trimChars(line.Chars[len(raised):])
		}
		at.add(line)
	}
}

// carriedNote is the last note of the page before, if it has no end.
func (l *pdfLayout) carriedNote() *pdfPara {
	for i := len(l.paras) - 1; i >= 0; i-- {
		if p := l.paras[i]; p.foot {
			if strings.ContainsRune("。.!！?？", lastRune(p.text.String())) {
				return nil
			}
			return p
		}
	}
	return nil
}

func trimChars(chars []pdftext.Char) []pdftext.Char {
	for len(chars) > 0 && unicode.IsSpace(chars[0].Rune) {
		chars = chars[1:]
	}
	return chars
}
