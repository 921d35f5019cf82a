package report

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// definition is a line that may be a note's own text.
type definition struct {
	form      form
	number    int // 0: a sign
	label     string
	text      string
	paragraph int
	damaged   bool
}

// definitionForms are the forms in which a note's label opens its line, the
// label in the first group that matched and the text in the last.
var definitionForms = []struct {
	form form
	re   *regexp.Regexp
}{
	{caret, regexp.MustCompile(`^\[\^([^\]\[\s^]{1,12})\]\s*[:：]?\s*(.+)$`)},
	{bracket, regexp.MustCompile(`^\^?(?:\[` + number + `\]|［` + number + `］|〔` + hanOrNum + `〕)\s*[:：]?\s*(.+)$`)},
	{lenticular, regexp.MustCompile(`^【` + number + `】\s*[:：]?\s*(.+)$`)},
	{word, regexp.MustCompile(`^[(（\[［〔]?(?:注释?|脚注|尾注)\s*` + hanOrNum + `\s*[)）\]］〕]?\s*[:：.．、\s]\s*(.+)$`)},
	{round, regexp.MustCompile(`^[(（]` + number + `[)）]\s*(.+)$`)},
	{upper, regexp.MustCompile(`^([0-9]?[` + superscripts + `]{1,3})\s*([^0-9` + superscripts + `].*)$`)},
	{bare, regexp.MustCompile(`^` + number + `(?:\s+|\s*[.．、]\s*)([^0-9.．%％年月].*)$`)},
	{sign, regexp.MustCompile(`^([*＊†‡]{1,3})\s*([^*＊†‡].*)$`)},
}

// damagedForm is a bracketed label that has lost its opening or its end.
var damagedForm = regexp.MustCompile(`^(?:[\[［〔【]\s*([0-9]{1,3})|([0-9]{1,3})\s*[\]］〕】])\s*[:：.、]?\s*([^0-9\]］〕】,，\-–].*)$`)

// headedNote is the word that heads a list, on the line of its first note.
var headedNote = regexp.MustCompile(`^(?:注[\s\p{Zs}]*释?|脚[\s\p{Zs}]*注|尾[\s\p{Zs}]*注)[\s\p{Zs}]*[:：]?\s*([\[［〔][0-9０-９]{1,3}[\]］〕])`)

// readDefinition reads a line as a note's own text, if it has the form of one.
func readDefinition(text string) (definition, bool) {
	text = headedNote.ReplaceAllString(strings.TrimSpace(strings.TrimLeft(text, "> ")), "$1")
	for _, f := range definitionForms {
		m := f.re.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		label := strings.Join(m[1:len(m)-1], "")
		d := definition{form: f.form, number: noteNumber(label), label: Label(label), text: m[len(m)-1]}
		if d.number > 0 || f.form == sign || f.form == caret {
			return d, true
		}
	}
	r, n := utf8.DecodeRuneInString(text)
	if number, round := glyphNumber(r); number > 0 && strings.TrimSpace(text[n:]) != "" {
		d := definition{form: enclosed, number: number, label: fmt.Sprint(number), text: strings.TrimSpace(text[n:])}
		if round {
			d.form = circled
		}
		return d, true
	}
	return definition{}, false
}

// readDamaged reads a line whose label has lost a bracket.
func readDamaged(text string) (definition, bool) {
	m := damagedForm.FindStringSubmatch(strings.TrimSpace(strings.TrimLeft(text, "> ")))
	if m == nil {
		return definition{}, false
	}
	label := m[1] + m[2]
	return definition{form: bracket, number: noteNumber(label), label: Label(label), text: m[3], damaged: true}, true
}

// list is a run of definitions with rising numbers.
type list struct {
	defs   []definition
	more   map[int]int // a paragraph that goes on with a note, to the note's place in defs
	headed bool        // a heading such as 注释 stands over it
	works  bool        // the heading names it as one of works: 参考文献
	foot   bool        // at a page's foot
	page   int
	from   int // behind the list of brackets before
	start  int // its first paragraph, the heading aside
	end    int // behind its last
	doubt  []Warning
	notes  []int           // where its notes stand in the Report's
	cited  map[string]bool // the labels of the markers between from and start
}

func (l *list) form() form { return l.defs[0].form }

// find returns the place in defs of a label; -1: none.
func (l *list) find(label string) int {
	for i, d := range l.defs {
		if d.label == label {
			return i
		}
	}
	return -1
}

// lists finds the runs of lines that have the form of notes. Which of them are
// notes is told by what refers to them.
func (r *Report) lists(blocks []block) []*list {
	var out []*list
	headed, works, from := false, false, 0
	for i := 0; i < len(r.Paragraphs); {
		p := &r.Paragraphs[i]
		if isNotesHeading(p.Text) {
			headed, works = true, worksHeading.MatchString(p.Text)
			i++
			continue
		}
		d, ok := readDefinition(p.Text)
		if !ok || skipped(p, blocks, i) {
			headed = headed && (p.Text == "" || headingRank(p.Text) >= 0) // 注释, and a chapter's name
			i++
			continue
		}
		l := r.run(i, from, d, headed, blocks)
		l.works = headed && works
		headed = false
		out = append(out, l)
		if i = l.end; l.form().strong() && (len(l.defs) > 1 || l.defs[0].number == 1) { // no line that opens with a marker
			from = i
		}
	}
	return out
}

func skipped(p *Paragraph, blocks []block, i int) bool {
	return p.Kind == NoteText || p.Kind == Platform || i < len(blocks) && (blocks[i].code || blocks[i].level > 0)
}

// footed tells whether block i stands at a page's foot.
func footed(blocks []block, i int) bool { return i < len(blocks) && blocks[i].foot }

// run reads the list that opens with d in paragraph i, behind the one that ends at from.
func (r *Report) run(i, from int, d definition, headed bool, blocks []block) *list {
	p := &r.Paragraphs[i]
	d.paragraph = i
	l := &list{headed: headed, page: p.Page, from: from, start: i, more: map[int]int{}, foot: footed(blocks, i)}
	l.defs = r.split(d, i)
	for i++; i < len(r.Paragraphs); i++ {
		p := &r.Paragraphs[i]
		last := l.defs[len(l.defs)-1]
		d, ok := readDefinition(p.Text)
		switch {
		case p.Text == "" && !l.foot:
			continue
		case skipped(p, blocks, i) || footed(blocks, i) != l.foot || l.foot && p.Page != l.page:
			l.end = i
			return l
		case ok && d.form == last.form && (d.number > last.number || d.form == caret && l.find(d.label) < 0):
			d.paragraph = i
			l.defs = append(l.defs, r.split(d, i)...)
			continue
		case r.goesOn(l, i, blocks) || r.wraps(l, i):
			l.more[i] = len(l.defs) - 1
			continue
		}
		if d, ok := readDamaged(p.Text); ok && last.form == bracket && d.number == last.number+1 && r.follows(i+1, last.form, d.number+1) {
			d.paragraph = i
			l.defs = append(l.defs, d)
			continue
		} else if ok && last.form == bracket && d.number > last.number {
			l.doubt = append(l.doubt, Warning{Line: p.Line, Page: p.Page, Text: fmt.Sprintf("this may be note [%s], its label damaged; it is left in the text", d.label)})
		}
		break
	}
	l.end = i
	return l
}

// follows tells whether the next paragraph is a note with this number, or there
// is none any more.
func (r *Report) follows(i int, f form, n int) bool {
	for ; i < len(r.Paragraphs); i++ {
		if r.Paragraphs[i].Text == "" {
			continue
		}
		d, ok := readDefinition(r.Paragraphs[i].Text)
		return ok && d.form == f && d.number == n
	}
	return true
}

// mostGoOn is how many a note may have behind its first.
const mostGoOn = 30

// goesOn tells whether paragraph i is a further one of the last note: at a
// page's foot, in a list under a heading, or where the note that comes next was
// cited before the list; no label or marker may stand in it, nor in those up to
// the next note, which must come.
func (r *Report) goesOn(l *list, i int, blocks []block) bool {
	last := l.defs[len(l.defs)-1]
	if l.foot {
		return !r.speaks(i, blocks)
	}
	if !l.headed && !last.form.strong() {
		return false
	}
	for end := i + mostGoOn; i < min(end, len(r.Paragraphs)) && !footed(blocks, i); i++ {
		p := &r.Paragraphs[i]
		d, ok := readDefinition(p.Text)
		if ok && d.form == last.form && d.number == last.number+1 {
			return l.headed || r.cites(l, d.label)
		}
		if l.headed && (ok || headingRank(p.Text) >= 0 || skipped(p, blocks, i) || len(ScanMarkers(p.Text)) > 0) {
			return false // what is no marker for certain may be an issue's number: 2019(4)
		}
		if !l.headed && r.speaks(i, blocks) {
			return false
		}
	}
	return false
}

// wraps tells whether paragraph i is the next line of the last note, in a file
// of broken lines: blank ones part its paragraphs.
func (r *Report) wraps(l *list, i int) bool {
	last := l.defs[len(l.defs)-1]
	at := last.paragraph
	_, labelled := readDefinition(r.Paragraphs[i].Text)
	return !labelled && last.form.strong() && at > 0 && r.Paragraphs[at].Line > r.Paragraphs[at-1].Line+1 &&
		r.Paragraphs[i].Line == r.Paragraphs[i-1].Line+1
}

// cites tells whether a marker with that label stands between a list and the one before.
func (r *Report) cites(l *list, label string) bool {
	if l.cited == nil {
		l.cited = map[string]bool{}
		for i := max(l.from, l.start-farthestMarker); i < l.start; i++ {
			for _, c := range candidates(r.Paragraphs[i].Text, nil) {
				l.cited[c.Label] = l.cited[c.Label] || c.form.strong()
			}
		}
	}
	return l.cited[label]
}

// speaks tells whether paragraph i cannot be a note's further one: it has a
// label or markers, or is a heading.
func (r *Report) speaks(i int, blocks []block) bool {
	p := &r.Paragraphs[i]
	_, ok := readDefinition(p.Text)
	return ok || len(candidates(p.Text, nil)) > 0 || headingRank(p.Text) >= 0 || skipped(p, blocks, i)
}

// split parts the notes that the line of paragraph i holds, ① … ② …: each next
// number in the same glyphs, behind a stop or a blank.
func (r *Report) split(d definition, i int) []definition {
	out := []definition{}
	for {
		at := nextLabel(d)
		if at.End == 0 && d.form == bracket {
			at = r.leftOver(d, i)
		}
		if at.End == 0 || strings.TrimSpace(d.text[at.End:]) == "" {
			return append(out, d)
		}
		next := d
		next.number, next.label, next.text = d.number+1, fmt.Sprint(d.number+1), strings.TrimSpace(d.text[at.End:])
		d.text = strings.TrimSpace(d.text[:at.Start])
		out = append(out, d)
		d = next
	}
}

// stoppedLabel is a label in brackets behind the end of a sentence.
var stoppedLabel = regexp.MustCompile(`[。！？”’」』）)]\s*(\[([0-9]{1,3})\]|［([0-9０-９]{1,3})］|〔([0-9０-９]{1,3})〕)`)

// endedLabel is a label in square brackets behind the end of a work's entry.
var endedLabel = regexp.MustCompile(`[0-9.．)）]\s+(\[([0-9]{1,3})\])\s*[\p{L}《“"]`)

// leftOver is where in a note's text the label of the next one stands, if that
// has no line of its own: the next labelled one is the next but one's.
func (r *Report) leftOver(d definition, i int) Span {
	for _, m := range endedLabel.FindAllStringSubmatchIndex(d.text, -1) {
		if noteNumber(d.text[m[4]:m[5]]) != d.number+1 {
			continue
		}
		for k := i + 1; k < min(i+1+mostGoOn, len(r.Paragraphs)); k++ {
			if next, ok := readDefinition(r.Paragraphs[k].Text); ok && next.form == d.form {
				if next.number == d.number+2 {
					return Span{m[2], m[3]}
				}
				break
			}
		}
	}
	return Span{}
}

// nextLabel is where in a note's text the label of the next one stands.
func nextLabel(d definition) Span {
	switch d.form {
	case bracket:
		for _, m := range stoppedLabel.FindAllStringSubmatchIndex(d.text, -1) {
			if noteNumber(strings.Trim(d.text[m[2]:m[3]], "[]［］〔〕")) == d.number+1 {
				return Span{m[2], m[3]}
			}
		}
	case circled, enclosed:
		for i, r := range d.text {
			n, round := glyphNumber(r)
			if n == d.number+1 && round == (d.form == circled) && i > 0 && strings.ContainsRune("。．.；; ", lastRune(d.text[:i])) {
				return Span{i, i + utf8.RuneLen(r)}
			}
		}
	}
	return Span{}
}
