package render

import (
	"slices"
	"strings"

	"chuchu/retrieval"
)

// listing lays out, above a listing of markers, how many each report or section
// has and which there are not.
func (z layout) listing(l retrieval.Lookup) []line {
	out := z.counts(l.Marked)
	if len(l.Lacking) > 0 {
		out = append(out, say(z.w.OtherNotes(z.notes(l.Lacking), z.short(z.markers(l.Known), z.note))))
	}
	return out
}

// unlisted is the number of markers that a listing has no room for.
func unlisted(l retrieval.Lookup, hits []retrieval.Hit) int {
	n := 0
	for _, m := range l.Marked {
		n += len(m.Markers)
	}
	for _, h := range hits {
		n -= len(h.Footnotes)
	}
	return n
}

// lastOfItsPassage tells that the hit behind i is of another passage.
func lastOfItsPassage(hits []retrieval.Hit, i int) bool {
	return i+1 == len(hits) || hits[i+1].PassageID != hits[i].PassageID
}

// passages counts the passages of a listing's hits.
func passages(hits []retrieval.Hit) (n int) {
	for i := range hits {
		if lastOfItsPassage(hits, i) {
			n++
		}
	}
	return n
}

// marked lays out a listing of markers, each with its sentence and its note.
func (z layout) marked(l retrieval.Lookup, hits []retrieval.Hit) []line {
	out, noted := z.listing(l), false
	z.quote = z.sentence(hits, MaxUnits)
	if 2*passages(hits) > MaxEntities {
		z.bot = "" // a link more each would leave some out
	}
	for i, h := range hits {
		out = append(out, nil, z.markedHit(h))
		for _, f := range h.Footnotes {
			if f.Note != nil {
				noted = true
				out = append(out, z.noteOf(z.w.Note("["+f.Marker+"]")+" ", h, f)...)
			}
		}
		if lastOfItsPassage(hits, i) {
			out = append(out, z.placed(h))
		}
	}
	if n := unlisted(l, hits); n > 0 {
		out = append(out, nil, say(z.w.NotesNotListed(n)))
	}
	if !noted {
		out = append(out, nil, say(z.w.OnlyMarked))
	}
	return out
}

// unnoted is the name of the reference that the markers of a listing lead to
// where nothing is known of their notes.
const unnoted = "none"

// marked adds such a listing, its markers linked to their notes.
func (b *richBuilder) marked(l retrieval.Lookup, hits []retrieval.Hit) {
	b.lines(b.z.listing(l))
	b.z.quote = b.z.sentence(hits, MaxRichUnits)
	b.names[unnoted] = true
	var bare []string
	for i, h := range hits {
		notes, names := b.name(h.Footnotes)
		for k, f := range notes {
			if f.Note == nil && b.z.works(f) == "" {
				names[k] = unnoted
				if !slices.Contains(bare, f.Marker) {
					bare = append(bare, f.Marker)
				}
			}
		}
		b.lines([]line{b.z.linked(h, notes, names)})
		for k, f := range notes {
			if names[k] != unnoted {
				b.add(block{kind: noted, name: names[k], lines: b.z.footnote(h, f)})
			}
		}
		if lastOfItsPassage(hits, i) {
			b.lines([]line{b.z.placed(h)})
		}
	}
	if len(bare) > 0 {
		b.add(block{kind: noted, name: unnoted, lines: []line{say(b.z.short(b.z.markers(bare), b.z.note) + " " + b.z.w.NoNote)}})
	}
	if n := unlisted(l, hits); n > 0 {
		b.lines([]line{say(b.z.w.NotesNotListed(n))})
	}
}

// leastSentence is in units; below it a cut sentence is not worth a line.
const leastSentence = 60

// sentence is the size to which sentences are cut so that a message of most units
// holds all of a listing, if it can.
func (z layout) sentence(hits []retrieval.Hit, most int) int {
	size := min(z.quote, z.note)
	if size <= 0 {
		return size
	}
	fixed := most / 8 // what stands above and below, and then beside the sentences
	var quotes []int
	for i, h := range hits {
		quotes = append(quotes, Units(h.Quote))
		fixed += len("\n\n")
		if lastOfItsPassage(hits, i) {
			fixed += Units(z.place(h)) + len("\n")
		}
		for _, f := range h.Footnotes {
			fixed += len("[] ") + Units(f.Marker)
			if f.Note != nil {
				fixed += min(Units(*f.Note), z.note) + len("[] \n") + Units(f.Marker)
			}
		}
	}
	for cut := Units(z.w.Cut); size > leastSentence; size -= 10 {
		units := fixed
		for _, n := range quotes {
			units += min(n, size+cut)
		}
		if units <= most {
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
