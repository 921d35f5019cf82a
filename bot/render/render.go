// Package render turns what the library and the bot say into text to show: HTML
// for Telegram, plain or coloured text for a terminal. Its functions are pure.
//
//	fmt.Print(render.Terminal(answer, words.English, render.Plain))
//	text := render.Rich(reply, "chuchubot") // or HTML, where rich messages are not known
package render

import (
	"strconv"
	"strings"

	"chuchu/bot"
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
	marker      // [35] where it stands
	code        // to be copied
	strong      // what stands out among plain text
	target      // not shown: the address that the span before it leads to
	opens       // not shown: what follows is quoted, of the source that the text names
	aside       // not shown: what follows stands within a quotation and is none
	back        // not shown: the quotation goes on
	shuts       // not shown: the quotation ends
)

// hidden tells what is no text of a message.
func (m mark) hidden() bool { return m >= target }

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
	l     words.Language
	w     words.Words
	bot   string // the bot's user name, for links to it
	count string // 1/3, behind the place of the hit shown
}

func newLayout(s sizes, l words.Language, bot string) layout {
	return layout{sizes: s, l: l, w: words.In(l), bot: bot}
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
	out := []line{append(line{{plain, number}}, z.quoted(h)...), z.placed(h)}
	return append(out, z.footnotes(h)...)
}

// quoted is a hit's quote with its answer marked.
func (z layout) quoted(h retrieval.Hit) line {
	s := z.show(h)
	return append(quotation(passage(h), s.spans(s.from, s.to)...), span{label, s.cut})
}

// shown is the part of a quote that is shown, and the answer within it.
type shown struct {
	quote    string
	from, to int
	at, end  int // the answer; both 0 where there is none
	cut      string
}

func (z layout) show(h retrieval.Hit) shown {
	s := shown{quote: h.Quote, to: len(h.Quote)}
	if at := placeOf(h.Answer, h.Quote); at >= 0 {
		s.at, s.end = at, at+len(h.Answer)
	}
	if z.quote > 0 {
		s.from, s.to = window(h.Quote, s.at, s.end, z.quote)
	}
	if s.from > 0 || s.to < len(h.Quote) {
		s.cut = z.w.Cut
	}
	return s
}

// spans are quote[from:to] with the answer in it marked.
func (s shown) spans(from, to int) line {
	at, end := min(max(s.at, from), to), min(max(s.end, from), to)
	return line{{plain, s.quote[from:at]}, {answer, s.quote[at:end]}, {plain, s.quote[end:to]}}
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

// upTo is the start of text in n units, and says if that is not all.
func (z layout) upTo(text string, n int) (part, cut string) {
	z.quote = n
	return z.part(text, 0, 0)
}

// placed is the line of origin, which leads to the passage.
func (z layout) placed(h retrieval.Hit) line {
	out := line{{place, z.place(h)}}
	if link := bot.Link(z.bot, "p_"+bot.Short(h.PassageID)); link != "" {
		out = append(out, span{target, link})
	}
	if z.count != "" {
		out = append(out, span{label, " · " + z.count})
	}
	return out
}

func (z layout) place(h retrieval.Hit) string {
	return z.short(z.section(h), 4*z.name) + " › " + z.w.At(h.Page, h.Paragraph)
}

// section is the way to a hit's paragraph: report › chapter › section.
func (z layout) section(h retrieval.Hit) string {
	parts := []string{z.short(h.Title, z.name)}
	for _, s := range headings(h) {
		parts = append(parts, z.short(s, z.name))
	}
	return strings.Join(parts, " › ")
}

// headings are those that a hit stands under: its chapter, unless that is the
// report or a section by the same name, and its sections.
func headings(h retrieval.Hit) []string {
	chapter := oneLine(h.Chapter)
	for _, s := range append([]string{h.Title}, h.Section...) {
		if oneLine(s) == chapter {
			return h.Section
		}
	}
	if chapter == "" {
		return h.Section
	}
	return append([]string{chapter}, h.Section...)
}

func (z layout) short(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	if n <= 0 {
		return s
	}
	return clip(s, n)
}

func (z layout) footnotes(h retrieval.Hit) []line {
	if len(h.Footnotes) == 0 {
		return []line{say(z.w.NoFootnote)}
	}
	var out []line
	for _, f := range h.Footnotes {
		out = append(out, z.footnote(h, f)...)
	}
	return out
}

// footnote is a marker's note, or that there is none, and the works named.
func (z layout) footnote(h retrieval.Hit, f retrieval.Footnote) []line {
	number := "[" + z.short(f.Marker, z.name) + "] "
	out := []line{say(number + z.w.NoNote)}
	if f.Note != nil {
		out = z.noteOf(number, h, f)
	}
	if w := z.works(f); w != "" {
		out = append(out, line{{label, z.w.Named}, {plain, z.short(w, z.note)}})
	}
	return out
}

// noteOf is the note to a marker behind its number, and the one it points to.
func (z layout) noteOf(number string, h retrieval.Hit, f retrieval.Footnote) []line {
	text, cut := z.upTo(strings.Join(strings.Fields(*f.Note), " "), z.note)
	out := []line{append(line{{plain, number}}, append(quotation(note(h, f), span{plain, text}), span{label, cut})...)}
	if f.See != "" {
		text, cut := z.upTo(strings.Join(strings.Fields(f.See), " "), z.note)
		out = append(out, append(line{{plain, "→ "}}, append(quotation(note(h, f), span{plain, text}), span{label, cut})...))
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
