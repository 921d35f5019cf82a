package render

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"chuchu/bot"
	"chuchu/retrieval"
)

// Limits of a rich message, from the Bot API: characters after parsing, here
// counted in UTF-16 units, which are never fewer; blocks, nested ones included;
// and levels of nesting.
const (
	MaxRichUnits  = 32768
	MaxRichBlocks = 500
	MaxRichLevels = 16
)

// richSizes leave room for notes and the paragraph beside the longest quotes.
var richSizes = sizes{quote: 4000, name: 200, note: 1500, hits: 8, changes: 200}

// roomForNotes is in units: what the notes of the one hit shown share, where that
// is more than the size of a note.
const roomForNotes = 16000

// How many footnotes a hit may have, alone or in a list, and the length to which
// their markers are shown behind a quote.
const (
	mostNotes       = 100
	mostNotesInList = 20
	longestLabel    = 16
)

// Rich shows what the bot says as the HTML of a Telegram rich message. The name
// is the bot's, for links to it; empty: no links. What is sent along with a
// photo or a file is a caption, and is so shown as HTML does.
func Rich(r bot.Reply, name string) string { return DrawRich(r, name).Text }

// DrawRich is Rich with the places of what it quotes.
func DrawRich(r bot.Reply, name string) bot.Drawn { return located(richMessage(r, name)) }

func richMessage(r bot.Reply, name string) string {
	if r.Photo != nil || r.Document != nil {
		return plainMessage(r, name)
	}
	b := &richBuilder{most: mostNotes, z: newLayout(richSizes, r.Language, name), names: map[string]bool{}}
	if r.Text != "" {
		text, cut := b.z.upTo(strings.TrimSpace(r.Text), b.z.quote)
		for l := range strings.SplitSeq(text, "\n") {
			b.said(line{{plain, l}})
		}
		b.said(say(cut))
		b.parted()
	}
	for _, l := range b.z.reports(r.Reports, r.First) {
		b.said(l)
		b.parted()
	}
	b.reply(r)
	return b.done()
}

// reply adds what a Reply shows of the library.
func (b *richBuilder) reply(r bot.Reply) {
	h, ok := hitOf(r)
	switch {
	case r.Citation != nil:
		b.lines(b.z.citation(*r.Citation))
		return
	case len(r.Context) > 0:
		b.context(r)
		return
	case r.Answer == nil:
		return
	}
	b.lines(b.z.above(r))
	switch {
	case !ok:
		b.lines(b.z.refused(r))
	case listed(r):
		b.list(b.z.asked(*r.Answer), r.Answer.Hits)
	default:
		b.lines(b.z.head(r))
		if len(r.Answer.Hits) > 1 && !r.Short && !loose(r.Buttons) {
			b.z.count = position(r)
		}
		if n := len(h.Footnotes); n > 0 {
			b.z.note = max(b.z.note, roomForNotes/n)
		}
		var compared []line
		if checked(r) && !r.Answer.Quotation.Exact {
			compared = b.z.differences(*r.Answer.Quotation, h)
		}
		b.hit("", h, !r.Short, compared...)
	}
}

// list adds what a look-up found in several places.
func (b *richBuilder) list(l retrieval.Lookup, hits []retrieval.Hit) {
	if len(l.Marked) > 0 {
		b.marked(l, hits)
		return
	}
	b.lines([]line{say(b.z.w.FoundIn(b.z.named(l), len(hits)))})
	b.z.quote, b.most = b.z.quote/4, mostNotesInList
	shown := hits[:min(len(hits), b.z.hits)]
	for i, h := range shown {
		b.hit(fmt.Sprintf("%d. ", i+1), h, false)
	}
	if n := len(hits) - len(shown); n > 0 {
		b.lines([]line{say(b.z.w.NotListed(n))})
	}
}

// hit adds a quotation, what is said of it, its footnotes, the paragraph around
// it where it is asked for, and its place.
func (b *richBuilder) hit(number string, h retrieval.Hit, whole bool, of ...line) {
	notes, names := b.name(h.Footnotes)
	b.said(append(line{{plain, number}}, b.z.linked(h, notes, names)...))
	b.lines(of)
	b.notes(h, notes, names)
	if whole && further(h) {
		b.add(block{kind: folded, hit: &h})
	}
	b.lines([]line{b.z.placed(h)})
}

// notes adds each footnote under its name.
func (b *richBuilder) notes(h retrieval.Hit, notes []retrieval.Footnote, names []string) {
	if len(notes) == 0 {
		b.lines([]line{say(b.z.w.NoFootnote)})
	}
	for i, f := range notes {
		b.add(block{kind: noted, name: names[i], lines: b.z.footnote(h, f)})
	}
}

// context adds the paragraphs around a hit, with its own made out.
func (b *richBuilder) context(r bot.Reply) {
	list, own := around(r)
	var notes []retrieval.Footnote
	var names []string
	for i, h := range list {
		b.said(line{{strong, b.z.numbered(h, i == own)}})
		if i == own {
			notes, names = b.name(h.Footnotes)
			b.said(b.z.own(h, notes, names))
		} else {
			b.said(b.z.neighbour(h, i, own, len(list)))
		}
		b.parted()
	}
	if own >= 0 {
		b.notes(list[own], notes, names)
		b.lines([]line{b.z.placed(list[own])})
	}
}

// own is the hit's paragraph with the quote made out, its answer marked and its
// markers linked.
func (z layout) own(h retrieval.Hit, notes []retrieval.Footnote, names []string) line {
	l, ok := z.surround(h, z.quote)
	if !ok {
		return z.linked(h, notes, names)
	}
	var within, after []retrieval.Footnote
	var withinNames, afterNames []string
	for i, f := range notes {
		if f.Inside {
			within, withinNames = append(within, f), append(withinNames, names[i])
		} else {
			f.Inside = true // of what stands behind the quote
			after, afterNames = append(after, f), append(afterNames, names[i])
		}
	}
	z.quote = 0
	quote, behind := z.link(z.show(h), within, withinNames)
	for i := range quote {
		if quote[i].mark == plain {
			quote[i].mark = strong
		}
	}
	// l is what opens the quotation, the text before the quote, the quote, the
	// text behind it, what shuts the quotation, and that it was cut
	rest := l[3].text
	text, last := z.link(shown{quote: rest, to: len(rest)}, after, afterNames)
	out := append(line{l[0], l[1]}, quote...)
	out = append(append(append(out, span{aside, ""}), behind...), span{back, ""})
	return append(append(append(append(out, text...), l[4]), last...), l[5])
}

var plainLabel = regexp.MustCompile(`^[A-Za-z0-9]{1,16}$`)

// name gives footnotes names that no other of the message has: n35, n35-2.
// Those beyond what a hit may have are left out.
func (b *richBuilder) name(notes []retrieval.Footnote) ([]retrieval.Footnote, []string) {
	if len(notes) > b.most {
		notes, b.more = notes[:b.most], true
	}
	out := make([]string, len(notes))
	for i, f := range notes {
		base := "n"
		if plainLabel.MatchString(f.Marker) {
			base += f.Marker
		}
		out[i] = base
		for n := 2; b.names[out[i]]; n++ {
			out[i] = fmt.Sprintf("%s-%d", base, n)
		}
		b.names[out[i]] = true
	}
	return notes, out
}

// linked is the part of a hit's quote that is shown, with the markers of its
// footnotes linked.
func (z layout) linked(h retrieval.Hit, notes []retrieval.Footnote, names []string) line {
	s := z.show(h)
	text, behind := z.link(s, notes, names)
	return append(append(quotation(passage(h), text...), behind...), span{label, s.cut})
}

// link is what is shown of a text, with the markers of its footnotes linked:
// where they are printed in it, or else behind it.
func (z layout) link(s shown, notes []retrieval.Footnote, names []string) (out, behind line) {
	type place struct{ from, to, note int }
	var places []place
	for i, f := range notes {
		at := [][]int(nil)
		if f.Inside {
			at = printed(s.quote[s.from:s.to], f)
		}
		for _, m := range at {
			places = append(places, place{s.from + m[0], s.from + m[1], i})
		}
		if len(at) == 0 {
			behind = append(behind, span{marker, "[" + z.short(f.Marker, longestLabel) + "]"}, span{target, "#" + names[i]})
		}
	}
	slices.SortStableFunc(places, func(a, b place) int { return a.from - b.from })
	at := s.from
	for _, p := range places {
		if p.from < at {
			continue // two footnotes of one marker: the first has it
		}
		out = append(out, s.spans(at, p.from)...)
		out = append(out, span{marker, s.quote[p.from:p.to]}, span{target, "#" + names[p.note]})
		at = p.to
	}
	return append(out, s.spans(at, s.to)...), behind
}

// placesOf finds a marker in other glyphs, ①, as it stands.
func placesOf(text, marker string) (out [][]int) {
	for at := 0; ; {
		i := strings.Index(text[at:], marker)
		if i < 0 {
			return out
		}
		out = append(out, []int{at + i, at + i + len(marker)})
		at += i + len(marker)
	}
}

// bracketed are the forms in which a marker is printed.
var bracketed = regexp.MustCompile(`\[[0-9０-９]{1,3}\]|［[0-9０-９]{1,3}］|〔[0-9０-９]{1,3}〕`)

var (
	wideDigits   = strings.NewReplacer("０", "0", "１", "1", "２", "2", "３", "3", "４", "4", "５", "5", "６", "6", "７", "7", "８", "8", "９", "9")
	numberBehind = regexp.MustCompile(`^\s*第?\s*[0-9０-９]+\s*号`)
)

// printed finds where a marker stands in text. The year of a document number,
// 发改地区[15]738号, is none.
func printed(text string, f retrieval.Footnote) [][]int {
	var out [][]int
	if f.Printed != "" && !bracketed.MatchString(f.Printed) {
		if strings.Trim(f.Printed, "0123456789") == "" {
			return nil // bare digits may be anything
		}
		return placesOf(text, f.Printed)
	}
	label := f.Marker
	for _, m := range bracketed.FindAllStringIndex(text, -1) {
		digits := strings.TrimLeft(wideDigits.Replace(strings.Trim(text[m[0]:m[1]], "[]［］〔〕")), "0")
		if digits == strings.TrimLeft(label, "0") && !numberBehind.MatchString(text[m[1]:]) {
			out = append(out, m)
		}
	}
	return out
}
