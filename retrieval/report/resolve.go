package report

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// resolver finds the footnotes of one report: the markers of its text, the
// notes it prints, and which belongs to which. What is not certain is left
// without a note, and never guessed.
type resolver struct {
	r        *Report
	blocks   []block
	lists    []*list
	text     []bool        // paragraphs that may hold markers
	cands    [][]candidate // of each paragraph
	accepted []*list
	ends     map[form]int // behind the last accepted list of a form
	closing  *list        // the file's last
	final    int          // the last paragraph that is none of a list
	scanned  int          // candidates in all
}

// resolve fills in the markers and notes of the report.
func (r *Report) resolve(s *source) {
	v := &resolver{r: r, blocks: s.blocks, ends: map[form]int{}}
	for _, n := range s.notes {
		r.Notes = append(r.Notes, Note{Label: n.label, Text: n.text, Page: n.page})
	}
	if r.Format != JSONL { // its passages stand alone
		v.lists = r.lists(s.blocks)
	}
	if n := len(v.lists); n > 0 {
		v.closing = v.lists[n-1]
	}
	v.scan()
	v.join()
	for len(v.lists) > 0 {
		v.next()
	}
	v.again()
	v.lone(len(s.notes))
	v.settle()
	r.point()
	r.measureHabit(v)
}

// scan finds what may be markers in the paragraphs that are no notes. A list
// that turns out to be none is scanned then.
func (v *resolver) scan() {
	n := len(v.r.Paragraphs)
	v.text, v.cands = make([]bool, n), make([][]candidate, n)
	for i := range v.r.Paragraphs {
		v.text[i] = true
	}
	for _, l := range v.lists {
		for i := l.start; i < l.end; i++ {
			v.text[i] = false
		}
	}
	v.final = -1
	for i, p := range v.r.Paragraphs {
		if !v.text[i] {
			continue
		}
		v.scanParagraph(i)
		if p.Text != "" && p.Kind != Platform && !isNotesHeading(p.Text) && !platformLines.MatchString(p.Text) {
			v.final = i
		}
	}
}

func (v *resolver) scanParagraph(i int) {
	p := &v.r.Paragraphs[i]
	if p.Kind == NoteText || p.Kind == Platform {
		return
	}
	var b block
	if i < len(v.blocks) {
		b = v.blocks[i]
	}
	taken := slices.Clone(b.mute)
	for _, ref := range b.refs {
		taken = append(taken, ref.Span)
		c := one(upper, ref.Span, noteNumber(ref.label), Label(ref.label))
		c.Note, c.paragraph, c.loose = ref.note, i, ref.loose
		v.cands[i] = append(v.cands[i], c)
	}
	if b.code || v.scanned > mostMarkers {
		return
	}
	for _, c := range candidates(p.Text, taken) {
		if c.form == bracket && subscript(p.Text, c.Span) || c.form == round && called(p.Text, c.Span) {
			continue
		}
		if c.Start == c.End && slices.ContainsFunc(b.refs, func(r ref) bool { return r.End == c.Start }) {
			continue // a further number of a marker that the format has told
		}
		c.paragraph = i
		v.cands[i] = append(v.cands[i], c)
	}
	if v.scanned += len(v.cands[i]); v.scanned > mostMarkers {
		v.r.Warnings = append(v.r.Warnings, Warning{Line: p.Line, Page: p.Page, Text: fmt.Sprintf("over %d markers stand before here; those behind are left as text", mostMarkers)})
	}
	slices.SortStableFunc(v.cands[i], byPlace)
}

// between lists the candidates of paragraphs from to to, those that the format
// has resolved aside.
func (v *resolver) between(from, to int) []*candidate {
	var out []*candidate
	for i := from; i < to; i++ {
		for k := range v.cands[i] {
			if c := &v.cands[i][k]; c.Note < 0 {
				out = append(out, c)
			}
		}
	}
	return out
}

// next settles the first list that is left, together with those right behind
// it that no marker parts from it: the notes of several chapters at one place.
func (v *resolver) next() {
	l := v.lists[0]
	group := []*list{l}
	for _, o := range v.lists[1:] {
		last := group[len(group)-1]
		if l.foot || l.works || o.foot || l.form() == caret || o.form() != l.form() || o.defs[0].number > last.defs[len(last.defs)-1].number || v.parts(last, o) {
			break
		}
		group = append(group, o)
	}
	v.lists = v.lists[len(group):]
	if len(group) > 1 && v.shared(group) {
		return
	}
	for _, l := range group {
		v.one(l)
	}
}

// one settles a list by the markers before it, back to the list before.
func (v *resolver) one(l *list) {
	if v.hopeless(l) {
		v.reject(l)
		return
	}
	marks := v.within(l)
	if l.form() == sign && !l.foot { // a note on the title: elsewhere a star is one of many things
		marks = slices.DeleteFunc(marks, func(c *candidate) bool { return c.paragraph >= titlePart })
	}
	f, matched := v.family(l, marks)
	runOn(l, f, marks)
	if !v.accept(l, f, matched, marks) {
		v.reject(l)
		return
	}
	marks = slices.DeleteFunc(marks, func(c *candidate) bool { return c.form != f })
	if runs := v.series(marks); !l.foot && !l.works && len(runs) > 0 { // a work is cited again in any chapter
		marks = v.begun(l, runs[len(runs)-1])
	}
	v.take(l, marks)
}

// farthestMarker is the number of paragraphs back to which the markers of a list
// in the midst of a text are looked for, where no heading says that it is one.
const farthestMarker = 3000

// within are the candidates that a list may speak of.
func (v *resolver) within(l *list) []*candidate {
	if !l.foot {
		from := v.ends[l.form()]
		if !l.headed && l != v.closing { // the file's last list may be of all of it
			from = max(from, l.start-farthestMarker)
		}
		return v.between(from, l.start)
	}
	return slices.DeleteFunc(v.between(0, len(v.cands)), func(c *candidate) bool {
		return v.r.Paragraphs[c.paragraph].Page != l.page && !v.runsOver(c.paragraph, l.page)
	})
}

// runsOver tells whether a paragraph that began on the page before may reach
// this one: it is the last of its page that is no note.
func (v *resolver) runsOver(i, page int) bool {
	if v.r.Paragraphs[i].Page != page-1 {
		return false
	}
	for k := i + 1; k < len(v.r.Paragraphs); k++ {
		if v.r.Paragraphs[k].Page >= page {
			return true
		}
		if v.text[k] && v.r.Paragraphs[k].Kind == Body {
			return false
		}
	}
	return false
}

// family picks the form of markers that a list's notes answer to: its own, or
// that which most of its labels are found in.
func (v *resolver) family(l *list, marks []*candidate) (form, int) {
	found := map[form]map[string]bool{}
	for _, c := range marks {
		if c.Start == 0 && len(l.defs) == 1 && !l.headed {
			continue // as the line itself opens
		}
		if l.find(c.Label) >= 0 && (c.form.strong() || v.stands(c)) {
			if found[c.form] == nil {
				found[c.form] = map[string]bool{}
			}
			found[c.form][c.Label] = true
		}
	}
	best := l.form()
	own := len(found[best])
	for f := bracket; f <= sign; f++ {
		if len(found[f]) > len(found[best]) && !v.owned(f, l) {
			best = f
		}
	}
	if own > 0 && len(found[best]) < fewOwn*own {
		return l.form(), own
	}
	return best, len(found[best])
}

// fewOwn is how many times as many labels must be found in another form as in
// the list's own: one of that alone is a slip.
const fewOwn = 4

// owned tells whether another list has the form for its own.
func (v *resolver) owned(f form, l *list) bool {
	is := func(o *list) bool { return o != l && o.form() == f }
	return slices.ContainsFunc(v.lists, is) || slices.ContainsFunc(v.accepted, is)
}

// stands tells whether a candidate of a weak form stands as a marker does, and
// not as the number of a list's member: ：①甲；②乙, 分为（1）甲.
func (v *resolver) stands(c *candidate) bool {
	text := v.r.Paragraphs[c.paragraph].Text
	if c.form == round && !breakAhead.MatchString(text[c.End:]) {
		return false
	}
	before := strings.TrimSpace(text[:c.Start])
	return before != "" && !strings.ContainsRune(listed, lastRune(before))
}

// breakAhead is what follows a marker that no words follow.
var breakAhead = regexp.MustCompile(`^\s*(?:[。，；、！？：,;.!?:”’」』）)》]|$)`)

// accept tells whether a list is one of notes.
func (v *resolver) accept(l *list, f form, matched int, marks []*candidate) bool {
	n, last := len(l.defs), v.last(l)
	switch {
	case l.start == 0 && matched < n:
		return false
	case matched == 0:
		return l.headed || l.form() <= caret && n > 1 && last && !(l.page > 0 && v.worked())
	case l.headed || l.foot:
		return l.headed || l.form() != bare || f != round // 4 方法 under equation (4)
	case l.form() == sign:
		return n == 1 && slices.ContainsFunc(marks, func(c *candidate) bool { return c.form == sign && c.Label == l.defs[0].label })
	case f.strong() && l.form().strong():
		return 2*matched >= n || last
	case f.strong():
		return 5*matched >= 4*n && n > 1 && (last || l.form() == circled || l.form() == enclosed || l.form() == upper)
	case l.form() == circled || l.form() == enclosed || l.form() == lenticular || l.form().strong():
		return matched == n
	}
	return false // bare numbers on both sides are told by a heading alone
}

// worked tells whether a list of works was found: a further one that nothing
// refers to is, in a file of pages, of the author's own.
func (v *resolver) worked() bool {
	return slices.ContainsFunc(v.accepted, func(l *list) bool { return l.works })
}

// last tells whether nothing but notes follows a list.
func (v *resolver) last(l *list) bool { return l.end > v.final }

// hopeless tells of a list without markers to look for that it is none: one of
// a form that also numbers what is no note, in the midst of the text.
func (v *resolver) hopeless(l *list) bool {
	if l.headed || l.foot || v.last(l) {
		return false
	}
	return l.form() == bare || l.form() == round || l.form() == sign && l.start > frontPart
}

// titlePart is the number of paragraphs within which the title stands.
const titlePart = 3

// frontPart is the number of paragraphs within which a note on the title stands.
const frontPart = 40

// reject gives the paragraphs of a list back to the text.
func (v *resolver) reject(l *list) {
	for i := l.start; i < l.end; i++ {
		v.text[i] = true
		v.scanParagraph(i)
	}
	for _, d := range l.defs { // its labels are no markers
		v.cands[d.paragraph] = slices.DeleteFunc(v.cands[d.paragraph], func(c candidate) bool { return c.Start == 0 && c.Note < 0 && v.r.Format == PDF })
	}
}
