package report

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// series parts markers where their numbers begin anew: at the first of a new
// chapter or section that opens with 1 again and goes on with 2. One that only
// cites an old note again parts nothing.
func (v *resolver) series(marks []*candidate) [][]*candidate {
	var out [][]*candidate
	from, most := 0, 0
	for i, c := range marks {
		if i > from && c.number == 1 && most > 1 && v.opened(marks[i-1].paragraph, c.paragraph) && goesUp(marks[i:]) {
			out = append(out, marks[from:i])
			from, most = i, 0
		}
		most = max(most, c.number)
	}
	if len(marks) > from {
		out = append(out, marks[from:])
	}
	return out
}

// lastGlyph is the number up to which there are glyphs of most forms: ⒇, ⑳.
const lastGlyph = 20

// runOn takes for markers of a form those that go on with its numbers: in round
// brackets where its glyphs end, ⒇ and then （21）, and slips in the form of the
// notes themselves.
func runOn(l *list, f form, marks []*candidate) {
	if f != enclosed && f != circled {
		return
	}
	most := 0
	for _, c := range marks {
		past := c.form == round && c.number > lastGlyph && c.number <= most+1
		slip := c.form == l.form() && c.form.strong() && c.number == most+1
		if (past || slip) && l.find(c.Label) >= 0 {
			c.form = f
		}
		if c.form == f {
			most = max(most, c.number)
		}
	}
}

// goesUp tells whether the first number after the ones is a two.
func goesUp(marks []*candidate) bool {
	for _, c := range marks {
		if c.number != 1 {
			return c.number == 2
		}
	}
	return false
}

// opened tells whether a heading, or another part of the file, stands between
// two paragraphs.
func (v *resolver) opened(a, b int) bool {
	for i := a + 1; i <= b; i++ {
		p := &v.r.Paragraphs[i]
		switch {
		case p.Kind == Heading || p.Kind == NoteText || headingRank(p.Text) >= 0: // notes of other marks end an article
			return true
		case i < len(v.blocks) && (v.blocks[i].level > 0 || v.blocks[i].scope != v.blocks[a].scope):
			return true
		}
	}
	return false
}

// shared settles the lists of several chapters that stand at one place: by the
// headings over them, by their numbers where those go through, or by their
// order where there are as many runs of markers as lists.
func (v *resolver) shared(group []*list) bool {
	first := group[0]
	marks := v.between(v.ends[first.form()], first.start)
	all := &list{defs: first.defs, headed: true}
	f, matched := v.family(all, marks)
	if matched == 0 || !first.headed && !first.form().strong() {
		return false
	}
	for _, l := range group {
		runOn(l, f, marks)
	}
	marks = slices.DeleteFunc(marks, func(c *candidate) bool { return c.form != f })
	parts := v.byHeading(group, marks)
	if parts == nil {
		parts = v.series(marks)
	}
	certain := len(parts) == len(group)
	for i, l := range group {
		var own []*candidate
		if certain {
			own = parts[i]
		}
		v.take(l, own)
	}
	if !certain {
		p := &v.r.Paragraphs[first.start]
		v.r.Warnings = append(v.r.Warnings, Warning{Line: p.Line, Page: p.Page, Text: "it is not certain which of these lists of notes belongs to which chapter"})
	}
	return true
}

// mostBetween is how many paragraphs of text may stand between the lists of two
// chapters at one place.
const mostBetween = 2

// parts tells whether a text stands between two lists, or markers: in the form
// of their labels, or in glyphs that answer to the second.
func (v *resolver) parts(l, o *list) bool {
	told := 0
	for i := l.end; i < o.start; i++ {
		if p := &v.r.Paragraphs[i]; p.Kind == Body && (!short(p.Text) || endsSentence(p.Text)) {
			told++
		}
	}
	return told > mostBetween || slices.ContainsFunc(v.between(l.end, o.start), func(c *candidate) bool {
		glyph := c.form == circled || c.form == enclosed
		return c.form.strong() || c.form == o.form() || glyph && o.headed && o.find(c.Label) >= 0 && v.stands(c)
	})
}

// byHeading parts markers by the chapters that the headings over the lists
// name; nil where one is not found.
func (v *resolver) byHeading(group []*list, marks []*candidate) [][]*candidate {
	starts := make([]int, len(group)+1)
	from, seen := 0, map[string]bool{}
	for i, l := range group {
		at := -1
		if l.start > 0 {
			heading := v.r.Paragraphs[l.start-1].Text
			if seen[heading] {
				return nil // over every list: it names no chapter
			}
			seen[heading] = true
			at = v.named(heading, from, group[0].start)
		}
		if at < 0 {
			return nil
		}
		starts[i], from = at, at+1
	}
	starts[len(group)] = group[0].start
	out := make([][]*candidate, len(group))
	for _, c := range marks {
		for i := range group {
			if c.paragraph >= starts[i] && c.paragraph < starts[i+1] {
				out[i] = append(out[i], c)
			}
		}
	}
	return out
}

// named finds the paragraph with the text of a heading; one more right before
// the lists is the heading itself.
func (v *resolver) named(heading string, from, to int) int {
	key := func(s string) string { return strings.Join(strings.Fields(s), "") }
	want := key(heading)
	if want == "" || isNotesHeading(heading) {
		return -1
	}
	for i := from; i < to-1; i++ {
		p := &v.r.Paragraphs[i]
		if got := key(withoutMarkers(p.Text, ScanMarkers(p.Text))); got == want {
			return i
		}
	}
	return -1
}

// again gives notes to markers that stand behind their list: where all numbers
// of a form's lists differ, a note is cited again, or its list stands in the
// middle. Numbers that begin anew behind a list are another's.
func (v *resolver) again() {
	byForm := map[form][]*list{}
	for _, l := range v.accepted {
		if !l.foot && l.form() != sign {
			byForm[l.form()] = append(byForm[l.form()], l)
		}
	}
	for _, lists := range byForm {
		if !distinct(lists) {
			continue
		}
		for k, l := range lists {
			before, _ := v.parted(l, 0, l.start)
			end := len(v.cands)
			if k+1 < len(lists) {
				end = lists[k+1].start
			}
			marks, f := v.parted(l, l.end, end)
			for _, c := range marks {
				c.loose = c.loose || l.works && v.indexes(c)
			}
			if len(before) > 0 && fresh(marks) {
				continue
			}
			for _, c := range marks {
				if c.loose {
					continue
				}
				for _, o := range lists {
					if c.form == f && c.Note < 0 && o.find(c.Label) >= 0 {
						v.give(o, []*candidate{c})
					}
				}
			}
		}
	}
}

// indexes tells a bracket right behind a Latin name: behind the notes, in the
// program of an appendix, an element of a list more likely than a marker.
func (v *resolver) indexes(c *candidate) bool {
	text := v.r.Paragraphs[c.paragraph].Text
	if c.form != bracket || c.Start == 0 {
		return false
	}
	b := text[c.Start-1]
	return strings.ContainsRune("_)]([,=", rune(b)) || b < utf8.RuneSelf && (unicode.IsLetter(rune(b)) || unicode.IsDigit(rune(b)))
}

// parted are the candidates of a list's own family between two paragraphs.
func (v *resolver) parted(l *list, from, to int) ([]*candidate, form) {
	f := l.form()
	for i := range v.cands {
		for _, c := range v.cands[i] {
			if c.Note >= 0 && slices.Contains(l.notes, c.Note) {
				f = c.form
			}
		}
	}
	var out []*candidate
	for i := from; i < to; i++ {
		for k := range v.cands[i] {
			if v.cands[i][k].form == f {
				out = append(out, &v.cands[i][k])
			}
		}
	}
	return out, f
}

func distinct(lists []*list) bool {
	seen := map[string]bool{}
	for _, l := range lists {
		for _, d := range l.defs {
			if seen[d.label] {
				return false
			}
			seen[d.label] = true
		}
	}
	return true
}

// fresh tells whether numbers come as those of a new text do: 1, 2, 3.
func fresh(marks []*candidate) bool {
	most := 0
	for _, c := range marks {
		if c.number > most+1 {
			return false
		}
		most = max(most, c.number)
	}
	return most > 0
}
