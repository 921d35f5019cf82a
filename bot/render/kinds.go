package render

import (
	"fmt"
	"strings"

	"chuchu/bot/words"
	"chuchu/retrieval"
	"chuchu/retrieval/zh"
)

// refusal says that nothing answers, and what the reports lack.
func (z layout) refusal(a retrieval.Answer) []line {
	if a.Lookup != nil {
		return z.unknown(z.asked(a))
	}
	if len(a.Missing) == 0 && len(a.Hits) == 0 {
		return []line{say(z.w.NoAnswer + z.w.AskMore)}
	}
	out := []line{say(z.w.NoAnswer)}
	if len(a.Missing) > 0 {
		var missing []string
		for _, m := range a.Missing {
			missing = append(missing, z.written(a.Question, m))
		}
		out = append(out, say(z.w.NotMentioned(z.short(strings.Join(missing, z.w.And), z.note))))
	}
	return out
}

// asked is what was looked up; a document number in the brackets it was asked in.
func (z layout) asked(a retrieval.Answer) retrieval.Lookup {
	l := *a.Lookup
	switch l.What {
	case retrieval.LookupMarker:
	case retrieval.LookupNumber:
		l.Asked = written(a.Question, l.Asked)
	default:
		l.Asked = z.written(a.Question, l.Asked)
	}
	return l
}

// written is a thing of the question, folded, as the asker wrote it in
// traditional characters; other languages show it as it was understood.
func (z layout) written(question, thing string) string {
	if z.l != words.Traditional {
		return thing
	}
	return written(question, thing)
}

func written(question, thing string) string {
	folded := zh.Fold(question)
	at := strings.Index(folded.Text, thing)
	if at < 0 || thing == "" {
		return thing
	}
	from, to := folded.Source(at, at+len(thing))
	return question[from:to]
}

// unknown says that what was looked up is not there, and what is.
func (z layout) unknown(l retrieval.Lookup) []line {
	switch {
	case l.What == retrieval.LookupSection && len(l.Marked) > 0:
		return z.unmarked(l)
	case l.What == retrieval.LookupSection && len(l.Known) > 0:
		return []line{say(z.w.OtherSections(z.named(l), z.short(strings.Join(l.Known, z.w.Semicolon), z.note)))}
	case l.What == retrieval.LookupSection:
		return []line{say(z.w.NoSection(z.named(l)))}
	case l.What == retrieval.LookupNumber && len(l.Known) > 0:
		return []line{say(z.w.OtherNumbers(z.named(l), z.short(strings.Join(l.Known, z.w.And), z.note)))}
	case l.What != retrieval.LookupMarker:
		return []line{say(z.w.NotThere(z.named(l)))}
	case len(l.Known) == 0:
		return []line{say(z.w.NoNotes(z.named(l)))}
	case len(l.Marked) > 1:
		return append([]line{say(z.w.NotesElsewhere(z.named(l)))}, z.counts(l.Marked)...)
	default:
		return []line{say(z.w.OtherNotes(z.named(l), z.short(z.markers(l.Known), z.quote)))}
	}
}

// unmarked says of what was to be listed that it has no markers.
func (z layout) unmarked(l retrieval.Lookup) []line {
	var out []line
	for _, m := range l.Marked {
		out = append(out, say(z.w.Unmarked(z.scope(m))))
	}
	return out
}

// named is what was looked up, in its brackets.
func (z layout) named(l retrieval.Lookup) string {
	asked := z.short(l.Asked, z.name)
	switch l.What {
	case retrieval.LookupMarker:
		return z.notes(strings.Split(strings.Trim(l.Asked, "[]"), "、"))
	case retrieval.LookupTitle:
		return "《" + strings.Trim(asked, "《》") + "》"
	default:
		return z.w.Quoted(asked)
	}
}

// notes are markers as they are called where they are looked up.
func (z layout) notes(labels []string) string {
	shown := z.short(z.markers(labels), z.name)
	if len(labels) == 1 {
		return z.w.Note(shown)
	}
	return z.w.Notes(shown)
}

func (z layout) nearest(hits []retrieval.Hit) []line {
	if len(hits) == 0 {
		return nil
	}
	out := []line{nil, say(z.w.Nearest)}
	for i, h := range hits[:min(len(hits), nearestShown)] {
		if i > 0 {
			out = append(out, nil)
		}
		text, cut := z.part(h.Quote, 0, 0)
		out = append(out, append(line{{plain, fmt.Sprintf("%d. ", i+1)}}, append(quotation(passage(h), span{plain, text}), span{label, cut})...), z.placed(h))
	}
	return out
}

// list lays out what a look-up found.
func (z layout) list(l retrieval.Lookup, hits []retrieval.Hit) []line {
	if len(l.Marked) > 0 {
		return z.marked(l, hits)
	}
	if len(hits) == 1 {
		out := append([]line{say(z.w.Found(z.named(l)))}, z.answered(hits[0])...)
		return append(out, z.hit("", hits[0])...)
	}
	out := []line{say(z.w.FoundIn(z.named(l), len(hits)))}
	shown := hits
	if z.hits > 0 {
		shown = hits[:min(len(hits), z.hits)]
	}
	for i, h := range shown {
		out = append(out, nil)
		out = append(out, z.hit(fmt.Sprintf("%d. ", i+1), h)...)
	}
	if n := len(hits) - len(shown); n > 0 {
		out = append(out, nil, say(z.w.NotListed(n)))
	}
	return out
}

// check lays out how a pasted sentence compares with the printed one.
func (z layout) check(q retrieval.Quotation, h retrieval.Hit) []line {
	if q.Exact {
		return append([]line{say(z.w.Same)}, z.hit("", h)...)
	}
	out := append([]line{say(z.w.Different)}, z.hit("", h)...)
	return append(append(out, nil), z.differences(q, h)...)
}

// differences are the printed and the pasted sentence in one.
func (z layout) differences(q retrieval.Quotation, h retrieval.Hit) []line {
	diff, changes, units := line{}, 0, 0
	for _, s := range q.Diff {
		units += Units(s.Text)
		if s.Op != retrieval.Same {
			changes++
		}
		shown := span{[...]mark{retrieval.Same: plain, retrieval.Printed: added, retrieval.Pasted: gone}[s.Op], s.Text}
		if s.Op == retrieval.Pasted {
			diff = append(diff, span{aside, ""}, shown, span{back, ""})
		} else {
			diff = append(diff, shown)
		}
	}
	if z.changes > 0 && (changes > z.changes || units > z.quote) {
		return []line{say(z.w.TooDifferent)}
	}
	c := z.w.Compare
	key := line{{label, c.Open}, {gone, c.Pasted}, {label, c.And}, {added, c.Printed}, {label, c.Close}}
	return []line{key, quotation(unmarked(h), diff...)}
}
