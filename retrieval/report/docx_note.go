package report

import (
	"encoding/xml"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// docxNotes is a series of notes, its footnotes or its endnotes, numbered in
// the order in which the text refers to them.
type docxNotes struct {
	name   string            // "footnote"
	texts  map[string]string // by the ids of the file
	order  []string
	marks  map[string]printedMark
	places map[string]int // in the source's notes; -1: the file lacks it

	all      noteNumbers   // how they are numbered where their section does not say
	sections []noteNumbers // what the sections say
	last     int           // the last number given
	at       docxPlace     // where it was given
}

func newDocxNotes(name string) *docxNotes {
	return &docxNotes{name: name, texts: map[string]string{}, marks: map[string]printedMark{}, places: map[string]int{}}
}

// refer returns the mark and place of the note that a reference points to, and
// numbers it if it is the first to do so. own is its own mark, if any.
func (n *docxNotes) refer(src *source, m docxMark, own string) (mark printedMark, note int) {
	id := m.id
	mark, note = printedMark{own, own}, -1
	if place, ok := n.places[id]; ok {
		if own != "" { // printed in its own way here
			return mark, place
		}
		return n.marks[id], place
	}
	if own == "" {
		mark = n.number(m.at)
	}
	if text, ok := n.texts[id]; ok {
		note = len(src.notes)
		if own != "" { // typed once more before the note
			text = strings.TrimSpace(strings.TrimPrefix(text, own))
		}
		src.notes = append(src.notes, sourceNote{label: mark.label, text: text})
	} else {
		src.warns = append(src.warns, Warning{Text: fmt.Sprintf("reference [%s] points to a %s that the file lacks", mark.label, n.name)})
	}
	n.marks[id], n.places[id] = mark, note
	return mark, note
}

// unused keeps the notes that nothing refers to.
func (n *docxNotes) unused(src *source) {
	count := 0
	for _, id := range n.order {
		if _, ok := n.places[id]; !ok && n.texts[id] != "" {
			src.notes = append(src.notes, sourceNote{text: n.texts[id]})
			count++
		}
	}
	if count > 0 {
		src.warns = append(src.warns, Warning{Text: fmt.Sprintf("the text refers nowhere to %d of the file's %ss", count, n.name)})
	}
}

// visitor reads the notes of a series by a reader of bodies of their own.
func (n *docxNotes) visitor(b *docxBody) xmlVisitor {
	v, id := b.visitor(), ""
	return xmlVisitor{
		start: func(e xml.StartElement) bool {
			if e.Name.Local != n.name || !inWord(e.Name) {
				return v.start(e)
			}
			if t := attribute(e, "type"); t != "" && t != "normal" {
				return false // the line that parts notes from text
			}
			id = attribute(e, "id")
			return true
		},
		end: func(name xml.Name) {
			if name.Local != n.name || !inWord(name) {
				v.end(name)
				return
			}
			text := emptyBrackets.ReplaceAllString(joinBlocks(b.take(), " ").text, "")
			if _, ok := n.texts[id]; !ok {
				n.texts[id] = text
				n.order = append(n.order, id)
			}
		},
		text: v.text,
	}
}

// lowerRoman prints a number as i, ii, iii, iv.
func lowerRoman(n int) string {
	if n >= 4000 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, d := range []struct {
		n int
		s string
	}{{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"}} {
		for ; n >= d.n; n -= d.n {
			b.WriteString(d.s)
		}
	}
	return b.String()
}

func sortRefs(refs []ref) {
	slices.SortStableFunc(refs, func(a, b ref) int { return a.Start - b.Start })
}
