// Package render turns what the library and the bot say into text to show: HTML
// for Telegram, plain or coloured text for a terminal. Its functions are pure.
//
//	fmt.Print(render.Terminal(answer, words.English, render.Plain))
//	text := render.HTML(reply)
package render

import (
	"fmt"
	"strconv"
	"strings"

	"chuchu/bot/words"
	"chuchu/retrieval"
)

// mark says what a piece of text is.
type mark int

const (
	plain  mark = iota
	answer      // the words that answer
	place       // report › section › paragraph
	label       // the program's own words
	gone        // only in the pasted sentence
	added       // only in the report
)

type span struct {
	mark mark
	text string
}

// line is a line of a message; an empty one parts blocks.
type line []span

func say(text string) line { return line{{label, text}} }

// sizes bound what is shown, in UTF-16 units where not said otherwise. A
// terminal has no bounds: zero.
type sizes struct {
	quote, name, note int
	hits              int // number of hits of a look-up
	changes           int // number of differences marked
	answerLine        bool
}

const (
	nearestShown = 3 // passages shown where none answers
	hitsInList   = 5
)

// layout is how an answer is laid out: in what bounds, and with whose words
// around what is quoted.
type layout struct {
	sizes
	l words.Language
	w words.Words
}

func newLayout(s sizes, l words.Language) layout { return layout{s, l, words.In(l)} }

// page is an Answer laid out.
type page struct {
	lines []line
	whole *retrieval.Hit // the hit whose paragraph is to be shown around its quote
}

// lay lays out an answer.
func (z layout) lay(a retrieval.Answer) page {
	var p page
	if a.ReadAs != "" {
		p.lines = append(p.lines, say(z.w.ReadAs(z.short(a.ReadAs, z.note))), nil)
	}
	switch {
	case !a.Found || len(a.Hits) == 0:
		p.lines = append(p.lines, z.refusal(a)...)
		p.lines = append(p.lines, z.nearest(a.Hits)...)
	case a.Lookup != nil:
		p.lines = append(p.lines, z.list(*a.Lookup, a.Hits)...)
		if len(a.Hits) == 1 {
			p.whole = &a.Hits[0]
		}
	case a.Quotation != nil:
		p.lines = append(p.lines, z.check(*a.Quotation, a.Hits[0])...)
		p.whole = &a.Hits[0]
	default:
		p.lines = append(p.lines, z.answered(a.Hits[0])...)
		p.lines = append(p.lines, z.hit("", a.Hits[0])...)
		p.whole = &a.Hits[0]
	}
	return p
}

// answered gives the answer a line of its own, where sizes ask for it.
func (z layout) answered(h retrieval.Hit) []line {
	if !z.answerLine || h.Answer == "" || h.Answer == h.Quote {
		return nil
	}
	return []line{{{label, z.w.Answer}, {answer, h.Answer}}}
}

// hit lays out a quotation, its place and its footnotes.
func (z layout) hit(number string, h retrieval.Hit) []line {
	out := []line{append(line{{plain, number}}, z.quoted(h)...), {{place, z.place(h)}}}
	return append(out, z.footnotes(h.Footnotes)...)
}

// quoted is a hit's quote with its answer marked.
func (z layout) quoted(h retrieval.Hit) line {
	at := strings.Index(h.Quote, h.Answer)
	if h.Answer == "" || at < 0 {
		text, cut := z.part(h.Quote, 0, 0)
		return line{{plain, text}, {label, cut}}
	}
	end := at + len(h.Answer)
	from, to := 0, len(h.Quote)
	if z.quote > 0 {
		from, to = window(h.Quote, at, end, z.quote)
	}
	end = min(end, to)
	cut := ""
	if from > 0 || to < len(h.Quote) {
		cut = z.w.Cut
	}
	return line{{plain, h.Quote[from:at]}, {answer, h.Quote[at:end]}, {plain, h.Quote[end:to]}, {label, cut}}
}

// part cuts text to a quote's size, around text[from:to], and says if it did.
func (z layout) part(text string, from, to int) (part, cut string) {
	if z.quote <= 0 {
		return text, ""
	}
	a, b := window(text, from, to, z.quote)
	if a > 0 || b < len(text) {
		cut = z.w.Cut
	}
	return text[a:b], cut
}

func (z layout) place(h retrieval.Hit) string {
	parts := []string{z.short(h.Title, z.name)}
	for _, s := range h.Section {
		parts = append(parts, z.short(s, z.name))
	}
	return strings.Join(append(parts, z.w.Place(h.Paragraph)), " › ")
}

func (z layout) short(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	if n <= 0 {
		return s
	}
	return clip(s, n)
}

func (z layout) footnotes(notes []retrieval.Footnote) []line {
	if len(notes) == 0 {
		return []line{say(z.w.NoFootnote)}
	}
	var out []line
	for _, f := range notes {
		if f.Note == nil {
			out = append(out, say(fmt.Sprintf("[%s] %s", f.Marker, z.w.NoNote)))
		} else {
			out = append(out, line{{plain, fmt.Sprintf("[%s] %s", f.Marker, z.short(*f.Note, z.note))}})
		}
		if w := z.works(f); w != "" {
			out = append(out, line{{label, z.w.Named}, {plain, z.short(w, z.note)}})
		}
	}
	return out
}

// works are the works that a footnote's sentence names, as printed.
func (z layout) works(f retrieval.Footnote) string {
	if len(f.Named) == 0 {
		return strings.Join(f.Works, z.w.And)
	}
	var out []string
	for _, w := range f.Named {
		s := w.Title
		switch {
		case s == "":
			s = w.Number
		case w.Number != "":
			s += "(" + w.Number + ")"
		}
		for _, more := range []string{w.Issuer, w.Date} {
			if more != "" {
				s += z.w.Aside + more
			}
		}
		out = append(out, s)
	}
	return strings.Join(out, z.w.Semicolon)
}

// markers shows markers as runs: [3]–[50]、[52].
func (z layout) markers(labels []string) string {
	var out []string
	for i := 0; i < len(labels); {
		j := i
		for j+1 < len(labels) && follows(labels[j], labels[j+1]) {
			j++
		}
		switch j - i {
		case 0:
			out = append(out, "["+labels[i]+"]")
		case 1:
			out = append(out, "["+labels[i]+"]", "["+labels[j]+"]")
		default:
			out = append(out, "["+labels[i]+"]–["+labels[j]+"]")
		}
		i = j + 1
	}
	return strings.Join(out, z.w.And)
}

func follows(a, b string) bool {
	m, err := strconv.Atoi(a)
	if err != nil {
		return false
	}
	n, err := strconv.Atoi(b)
	return err == nil && n == m+1
}
