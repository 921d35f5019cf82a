package render

import (
	"strings"

	"chuchu/retrieval"
)

// marked lays out a listing of markers: how many each report or section has,
// then each with its sentence.
func (z layout) marked(l retrieval.Lookup, hits []retrieval.Hit) []line {
	out := z.counts(l.Marked)
	if len(l.Lacking) > 0 {
		out = append(out, say(z.w.OtherNotes(z.notes(l.Lacking), z.short(z.markers(l.Known), z.note))))
	}
	all, shown, noted := 0, 0, false
	for _, m := range l.Marked {
		all += len(m.Markers)
	}
	z.quote = z.sentence(hits)
	for i, h := range hits {
		out = append(out, nil, z.markedHit(h))
		if i+1 == len(hits) || hits[i+1].PassageID != h.PassageID {
			out = append(out, z.placed(h))
		}
		for _, f := range h.Footnotes {
			shown++
			if f.Note != nil {
				noted = true
				out = append(out, append(line{{plain, "[" + f.Marker + "] "}}, quotation(note(h, f), span{plain, z.short(*f.Note, z.note)})...))
			}
		}
	}
	if n := all - shown; n > 0 {
		out = append(out, nil, say(z.w.NotesNotListed(n)))
	}
	if !noted {
		out = append(out, nil, say(z.w.OnlyMarked))
	}
	return out
}

// leastSentence is in units; below it a cut sentence is not worth a line.
const leastSentence = 60

// sentence is the size to which sentences are cut so that a message holds all
// of a listing, if it can.
func (z layout) sentence(hits []retrieval.Hit) int {
	size := min(z.quote, z.note)
	if size <= 0 {
		return size
	}
	for ; size > leastSentence; size -= 10 {
		units := MaxUnits / 8 // for what stands above and below
		for i, h := range hits {
			units += min(Units(h.Quote), size+Units(z.w.Cut)) + len("\n\n")
			if i+1 == len(hits) || hits[i+1].PassageID != h.PassageID {
				units += Units(z.place(h)) + len("\n")
			}
			for _, f := range h.Footnotes {
				units += len("[] ") + Units(f.Marker)
				if f.Note != nil {
					units += min(Units(*f.Note), z.note) + len("[] \n") + Units(f.Marker)
				}
			}
		}
		if units <= MaxUnits {
			break
		}
	}
	return size
}

// markedHit is a marked sentence behind its markers.
func (z layout) markedHit(h retrieval.Hit) line {
	var labels []string
	for _, f := range h.Footnotes {
		labels = append(labels, "["+f.Marker+"]")
	}
	text, cut := z.part(h.Quote, 0, 0)
	return append(append(line{{label, strings.Join(labels, "") + " "}}, quotation(passage(h), span{plain, text})...), span{label, cut})
}

// counts says how many markers each report or section has, and which.
func (z layout) counts(lists []retrieval.Marked) []line {
	var out []line
	for _, m := range lists {
		if len(m.Markers) == 0 {
			out = append(out, say(z.w.CountNone(z.scope(m))))
			continue
		}
		out = append(out, say(z.w.Count(z.scope(m), len(m.Markers), z.short(z.markers(m.Markers), z.note))))
	}
	return out
}

// scope names a report, or a part and its report.
func (z layout) scope(m retrieval.Marked) string {
	title := "《" + strings.Trim(z.short(m.Report, z.name), "《》") + "》"
	switch {
	case m.Paragraph != nil:
		return z.w.Within(title, z.w.Place(*m.Paragraph))
	case m.Section != "":
		return z.w.Within(title, z.w.Quoted(z.short(m.Section, z.name)))
	default:
		return title
	}
}
