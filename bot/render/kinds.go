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
		l := *a.Lookup
		l.Asked = z.written(a.Question, l.Asked)
		return []line{z.unknown(l)}
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

// written is a thing of the question, folded, as the asker wrote it in
// traditional characters; other languages show it as it was understood.
func (z layout) written(question, thing string) string {
	if z.l != words.Traditional {
		return thing
	}
	folded := zh.Fold(question)
	at := strings.Index(folded.Text, thing)
	if at < 0 {
		return thing
	}
	from, to := folded.Source(at, at+len(thing))
	return question[from:to]
}

// unknown says that what was looked up is not there.
func (z layout) unknown(l retrieval.Lookup) line {
	switch {
	case l.What != retrieval.LookupMarker:
		return say(z.w.NotThere(z.named(l)))
	case len(l.Known) == 0:
		return say(z.w.NoNotes(z.named(l)))
	default:
		return say(z.w.OtherNotes(z.named(l), z.short(z.markers(l.Known), z.quote)))
	}
}

// named is what was looked up, in its brackets.
func (z layout) named(l retrieval.Lookup) string {
	asked := z.short(l.Asked, z.name)
	switch l.What {
	case retrieval.LookupMarker:
		return z.w.Note(strings.Trim(asked, "[]"))
	case retrieval.LookupTitle:
		return "《" + strings.Trim(asked, "《》") + "》"
	default:
		return z.w.Quoted(asked)
	}
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
		out = append(out, line{{plain, fmt.Sprintf("%d. %s", i+1, text)}, {label, cut}}, z.placed(h))
	}
	return out
}

// list lays out what a look-up found.
func (z layout) list(l retrieval.Lookup, hits []retrieval.Hit) []line {
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
	return append(append(out, nil), z.differences(q)...)
}

// differences are the printed and the pasted sentence in one.
func (z layout) differences(q retrieval.Quotation) []line {
	diff, changes, units := line{}, 0, 0
	for _, s := range q.Diff {
		units += Units(s.Text)
		if s.Op != retrieval.Same {
			changes++
		}
		diff = append(diff, span{[...]mark{retrieval.Same: plain, retrieval.Printed: added, retrieval.Pasted: gone}[s.Op], s.Text})
	}
	if z.changes > 0 && (changes > z.changes || units > z.quote) {
		return []line{say(z.w.TooDifferent)}
	}
	c := z.w.Compare
	key := line{{label, c.Open}, {gone, c.Pasted}, {label, c.And}, {added, c.Printed}, {label, c.Close}}
	return []line{key, diff}
}
