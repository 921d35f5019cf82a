package report

import (
	"fmt"
)

// take makes notes of a list, and gives them to its markers.
func (v *resolver) take(l *list, marks []*candidate) {
	r := v.r
	for _, d := range l.defs {
		p := &r.Paragraphs[d.paragraph]
		l.notes = append(l.notes, len(r.Notes))
		r.Notes = append(r.Notes, Note{Label: d.label, Text: d.text, Page: p.Page})
		p.Kind = NoteText
		if d.damaged {
			r.Warnings = append(r.Warnings, Warning{Line: p.Line, Page: p.Page, Text: fmt.Sprintf("the label of note [%s] is damaged; its place in the order is certain", d.label)})
		}
	}
	for i := l.start; i < l.end; i++ {
		if k, ok := l.more[i]; ok {
			r.Paragraphs[i].Kind = NoteText
			r.Notes[l.notes[k]].Text += " " + r.Paragraphs[i].Text
		}
	}
	if l.start > 0 && isNotesHeading(r.Paragraphs[l.start-1].Text) {
		r.Paragraphs[l.start-1].Kind = Heading
	}
	r.Warnings = append(r.Warnings, l.doubt...)
	v.ends[l.form()] = l.end
	v.accepted = append(v.accepted, l)
	v.give(l, marks)
}

// farthestAgain is how many paragraphs on a glyph may be printed again for the
// note of a list without a heading.
const farthestAgain = 10

func (v *resolver) give(l *list, marks []*candidate) {
	inside, last := map[string]bool{}, map[string]int{}
	for _, c := range marks {
		inside[c.Label] = inside[c.Label] || c.Start > 0
		last[c.Label] = c.paragraph
	}
	for _, c := range marks {
		if !c.form.strong() && !v.stands(c) || c.Start == 0 && inside[c.Label] { // the label of a lost note
			continue
		}
		if glyph := c.form == circled || c.form == enclosed; glyph && !l.headed && !l.foot && last[c.Label]-c.paragraph > farthestAgain {
			continue // of a list that is not printed
		}
		if k := l.find(c.Label); k >= 0 {
			c.Note = l.notes[k]
		}
		c.kept = c.form == circled || c.form == enclosed // its neighbours are markers
	}
}

// lone gives the notes that the format marks, the first n, and that nothing
// refers to, to the markers typed with their labels: [1] for [^1]. In a file
// with lists of typed notes these are meant.
func (v *resolver) lone(n int) {
	if len(v.accepted) > 0 {
		return
	}
	free := map[string]int{}
	for k, note := range v.r.Notes[:n] {
		if _, several := free[note.Label]; several {
			k = -1
		}
		free[note.Label] = k
	}
	all := v.between(0, len(v.cands))
	for i := range v.cands {
		for _, c := range v.cands[i] {
			if c.Note >= 0 {
				delete(free, v.r.Notes[c.Note].Label)
			}
		}
	}
	for _, c := range all {
		if k, ok := free[c.Label]; ok && k >= 0 && c.form == bracket {
			c.Note = k
		}
	}
}

// settle makes markers of the candidates that are some, and cuts the
// paragraphs' units.
func (v *resolver) settle() {
	for i := range v.r.Paragraphs {
		p := &v.r.Paragraphs[i]
		if p.Kind == NoteText {
			continue
		}
		for _, c := range v.cands[i] {
			last := len(p.Markers) - 1
			over := last >= 0 && c.Start < p.Markers[last].End
			over = over || c.Note < 0 && c.form == bracket && v.item(i, c)
			if (c.Note >= 0 || c.kept || c.form.strong() && !c.loose) && !over {
				p.Markers = append(p.Markers, c.Marker)
			}
		}
		placeMarkers(p.Text, p.Markers)
	}
}
