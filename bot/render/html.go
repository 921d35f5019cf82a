package render

import (
	"slices"
	"strings"

	"chuchu/bot"
	"chuchu/bot/words"
	"chuchu/retrieval"
)

// Limits of a plain message, from the Bot API: UTF-16 units after parsing, of
// a message and of a caption, and the number of entities past which formatting
// vanishes.
const (
	MaxUnits    = 4096
	MaxCaption  = 1024
	MaxEntities = 100
)

// telegram leaves room for the paragraph beside the longest quote and notes,
// and for the entities that Telegram finds by itself.
var telegram = sizes{quote: 1200, name: 120, note: 400, hits: hitsInList, changes: 40}

// leastParagraph is in units; below it a paragraph is not worth a block.
const leastParagraph = 80

// HTML shows what the bot says as a plain Telegram message in parse mode HTML,
// or as the caption of what is sent. It keeps within MaxUnits or MaxCaption,
// and MaxEntities. The name is the bot's, for links to it; empty: no links.
func HTML(r bot.Reply, name string) string { return DrawHTML(r, name).Text }

// DrawHTML is HTML with the places of what it quotes.
func DrawHTML(r bot.Reply, name string) bot.Drawn { return located(plainMessage(r, name)) }

func plainMessage(r bot.Reply, name string) string {
	z := newLayout(telegram, r.Language, name)
	if r.Photo != nil || r.Document != nil {
		text, cut := z.upTo(strings.TrimSpace(clean(r.Text)), MaxCaption-Units(z.w.Cut))
		return escape(text + cut)
	}
	b := &htmlBuilder{left: MaxUnits - Units(z.w.More) - 2, tags: MaxEntities, z: z, w: z.w}
	if r.Text != "" {
		text, cut := z.upTo(strings.TrimSpace(r.Text), MaxUnits/2)
		b.line(line{{plain, text}, {label, cut}})
	}
	for _, l := range z.reports(r.Reports, r.First) {
		b.line(l)
	}
	p := z.lay(r)
	if r.Text != "" && len(p.lines) > 0 {
		b.line(nil)
	}
	for _, l := range p.lines {
		b.line(l)
	}
	if p.whole != nil && !b.full && further(*p.whole) {
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
	z    layout
	w    words.Words
}

var tagOf = map[mark]string{answer: "b", strong: "b", place: "i", gone: "s", added: "u", code: "pre"}

// line writes l if all of it fits; what follows a line that does not is left out.
func (h *htmlBuilder) line(l line) {
	units, tags := 1, 0
	for _, s := range l {
		if s.mark == target {
			tags++
			continue
		}
		if s.mark.hidden() {
			continue
		}
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
	h.spans(l)
	h.b.WriteByte('\n')
}

func (h *htmlBuilder) spans(l line) {
	for i, s := range l {
		if s.mark.hidden() {
			h.b.WriteString(sentinel(s))
			continue
		}
		var tags []string
		if i+1 < len(l) && l[i+1].mark == target {
			tags = append(tags, linkTo(l[i+1].text))
		}
		h.b.WriteString(wrap(clean(s.text), append(tags, tagOf[s.mark])...))
	}
}

func linkTo(address string) string { return `a href="` + escape(address) + `"` }

// wrap escapes text and puts it in tags, the outermost first. What shows
// nothing has none.
func wrap(text string, tags ...string) string {
	out := escape(text)
	if blank(text) {
		return out
	}
	for _, tag := range slices.Backward(tags) {
		if name, _, _ := strings.Cut(tag, " "); name != "" {
			out = "<" + tag + ">" + out + "</" + name + ">"
		}
	}
	return out
}

// paragraph folds in the paragraph around the quote, or as much of it as fits.
func (h *htmlBuilder) paragraph(hit retrieval.Hit) {
	room := h.left - Units(h.w.Cut) - 2
	if room < leastParagraph || h.tags < 2 {
		return
	}
	l, ok := h.z.surround(hit, room)
	if !ok {
		return
	}
	cut := l[len(l)-1].text
	h.b.WriteString("<blockquote expandable>")
	h.spans(l[:len(l)-1])
	h.b.WriteString("</blockquote>")
	if cut != "" {
		h.b.WriteString("\n" + strings.TrimSpace(cut))
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
