package render

import (
	"slices"
	"strings"

	"chuchu/bot"
	"chuchu/retrieval"
)

// mostAround is the number of paragraphs shown on either side of a hit.
const mostAround = 4

// around lists the paragraphs of a Reply's context with the hit's own among
// them, and says which that is; -1: none.
func around(r bot.Reply) (list []retrieval.Hit, own int) {
	list = slices.Clone(r.Context)
	h, ok := hitOf(r)
	if !ok {
		return list[:min(len(list), 2*mostAround+1)], -1
	}
	own = slices.IndexFunc(list, func(c retrieval.Hit) bool { return c.PassageID == h.PassageID })
	if own >= 0 {
		list[own] = h
	} else {
		own = slices.IndexFunc(list, func(c retrieval.Hit) bool { return c.Paragraph > h.Paragraph })
		if own < 0 {
			own = len(list)
		}
		list = slices.Insert(list, own, h)
	}
	from, to := max(own-mostAround, 0), min(own+mostAround+1, len(list))
	return list[from:to], own - from
}

// context lays out the paragraphs around a hit.
func (z layout) context(r bot.Reply) []line {
	list, own := around(r)
	var out []line
	if own >= 0 {
		out = append(out, z.placed(list[own]))
	}
	for i, h := range list {
		if len(out) > 0 {
			out = append(out, nil)
		}
		out = append(out, append(line{{strong, z.numbered(h, i == own)}, {plain, " "}}, z.neighbour(h, i, own, len(list))...))
	}
	if own >= 0 {
		out = append(append(out, nil), z.footnotes(list[own])...)
	}
	return out
}

// numbered is a paragraph's number; the hit's own is pointed at.
func (z layout) numbered(h retrieval.Hit, own bool) string {
	if own {
		return "▸ " + z.w.Place(h.Paragraph)
	}
	return z.w.Place(h.Paragraph)
}

// neighbour is paragraph i of n. Of a long one before the hit its end is
// shown, of one behind it its start, and the hit's own around the quote.
func (z layout) neighbour(h retrieval.Hit, i, own, n int) line {
	if i == own {
		return z.wholeOrPart(h, z.quote)
	}
	at := 0
	if i < own {
		at = len(h.Text)
	}
	if z.quote > 0 {
		z.quote = 3 * z.quote / 2 / max(n-1, 1)
	}
	text, cut := z.part(h.Text, at, at)
	return append(quotation(passage(h), span{plain, text}), span{label, cut})
}

// wholeOrPart is the hit's paragraph, or in n units what is around its quote.
func (z layout) wholeOrPart(h retrieval.Hit, n int) line {
	if l, ok := z.surround(h, n); ok {
		return l
	}
	z.quote = n
	return z.quoted(h)
}

// further tells that a hit's paragraph says more than its quote: markers do not.
func further(h retrieval.Hit) bool {
	return strings.TrimSpace(retrieval.Unmarked(h.Text)) != strings.TrimSpace(retrieval.Unmarked(h.Quote))
}

// surround is a hit's paragraph, or as much of it as n units hold, with the
// quote made out; there is none where the quote is all of it, or does not fit.
func (z layout) surround(h retrieval.Hit, n int) (line, bool) {
	at := strings.Index(h.Text, h.Quote)
	end := at + len(h.Quote)
	if at < 0 || strings.TrimSpace(h.Text) == strings.TrimSpace(h.Quote) {
		return nil, false
	}
	from, to, cut := 0, len(h.Text), ""
	if n > 0 {
		from, to = window(h.Text, at, end, n)
	}
	if at < from || end > to {
		return nil, false
	}
	if from > 0 || to < len(h.Text) {
		cut = z.w.Cut
	}
	l := line{{plain, h.Text[from:at]}, {strong, h.Quote}, {plain, h.Text[end:to]}}
	return append(quotation(passage(h), l...), span{label, cut}), visible(l)
}
