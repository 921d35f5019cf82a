package render

import (
	"strings"

	"chuchu/bot"
	"chuchu/bot/words"
	"chuchu/retrieval"
)

// Limits of a plain message, from the Bot API: UTF-16 units after parsing, and
// the number of entities past which formatting vanishes.
const (
	MaxUnits    = 4096
	MaxEntities = 100
)

// telegram leaves room for the paragraph beside the longest quote and notes,
// and for the entities that Telegram finds by itself.
var telegram = sizes{quote: 1200, name: 120, note: 400, hits: hitsInList, changes: 40}

// leastParagraph is in units; below it a paragraph is not worth a block.
const leastParagraph = 80

// HTML shows what the bot says as a plain Telegram message in parse mode HTML.
// It keeps within MaxUnits and MaxEntities.
func HTML(r bot.Reply) string {
	z := newLayout(telegram, r.Language)
	b := &htmlBuilder{left: MaxUnits - Units(z.w.More) - 2, tags: MaxEntities, w: z.w}
	if r.Text != "" {
		text := strings.TrimSpace(r.Text)
		from, to := window(text, 0, 0, MaxUnits/2)
		b.line(line{{plain, text[from:to]}})
	}
	for _, l := range z.reports(r.Reports) {
		b.line(l)
	}
	if r.Answer == nil {
		return b.done()
	}
	if r.Text != "" {
		b.line(nil)
	}
	p := z.lay(*r.Answer)
	for _, l := range p.lines {
		b.line(l)
	}
	if p.whole != nil && !b.full {
		b.paragraph(*p.whole)
	}
	return b.done()
}

// htmlBuilder writes lines as long as they fit.
type htmlBuilder struct {
	b    strings.Builder
	left int // units that still fit
	tags int // entities that still fit
	full bool
	w    words.Words
}

var tagOf = map[mark]string{answer: "b", place: "i", gone: "s", added: "u"}

// line writes l if all of it fits; what follows a line that does not is left out.
func (h *htmlBuilder) line(l line) {
	units, tags := 1, 0
	for _, s := range l {
		units += Units(clean(s.text))
		if tagOf[s.mark] != "" {
			tags++
		}
	}
	if h.full || units > h.left || tags > h.tags {
		h.full = true
		return
	}
	h.left -= units
	h.tags -= tags
	for _, s := range l {
		h.span(s)
	}
	h.b.WriteByte('\n')
}

func (h *htmlBuilder) span(s span) {
	text := escape(clean(s.text))
	tag := tagOf[s.mark]
	if tag == "" || strings.TrimSpace(text) == "" {
		h.b.WriteString(text)
		return
	}
	h.b.WriteString("<" + tag + ">" + text + "</" + tag + ">")
}

// paragraph folds in the paragraph around the quote, or as much of it as fits.
func (h *htmlBuilder) paragraph(hit retrieval.Hit) {
	at := strings.Index(hit.Text, hit.Quote)
	if at < 0 || strings.TrimSpace(hit.Text) == strings.TrimSpace(hit.Quote) {
		return
	}
	room := h.left - Units(h.w.Cut) - 2
	end := at + len(hit.Quote)
	if room < leastParagraph || h.tags < 2 {
		return
	}
	from, to := window(hit.Text, at, end, room)
	if at < from || end > to {
		return
	}
	l := line{{plain, hit.Text[from:at]}, {answer, hit.Quote}, {plain, hit.Text[end:to]}}
	h.b.WriteString("<blockquote expandable>")
	for _, s := range l {
		h.span(s)
	}
	h.b.WriteString("</blockquote>")
	if from > 0 || to < len(hit.Text) {
		h.b.WriteString("\n" + strings.TrimSpace(h.w.Cut))
	}
}

func (h *htmlBuilder) done() string {
	text := strings.TrimSpace(h.b.String())
	if h.full {
		text += "\n" + h.w.More
	}
	return text
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

func escape(s string) string { return escaper.Replace(s) }
