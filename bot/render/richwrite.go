package render

import (
	"strings"

	"chuchu/retrieval"
)

// kind says what a block of a rich message is.
type kind int

const (
	said   kind = iota // a paragraph of text
	origin             // the line of origin
	coded              // to be copied
	noted              // a footnote
	folded             // the paragraph around a quote
)

// block is a block of a rich message.
type block struct {
	kind  kind
	lines []line
	name  string         // of a footnote
	hit   *retrieval.Hit // whose paragraph is folded
	left  bool           // left out, for want of room
}

// richBuilder gathers the blocks of a message, and writes those that fit.
type richBuilder struct {
	z      layout
	blocks []block
	open   bool            // the last block takes further lines
	names  map[string]bool // of footnotes
	most   int             // footnotes of a hit
	more   bool            // some were left out
}

func (b *richBuilder) add(k block) { b.blocks, b.open = append(b.blocks, k), false }

// parted ends a paragraph of text.
func (b *richBuilder) parted() { b.open = false }

// said adds a line to the paragraph that is open, or opens one.
func (b *richBuilder) said(l line) {
	switch {
	case !visible(l):
		b.parted()
	case b.open:
		last := &b.blocks[len(b.blocks)-1]
		last.lines = append(last.lines, l)
	default:
		b.add(block{kind: said, lines: []line{l}})
		b.open = true
	}
}

// lines adds lines as they are laid out for plain messages; an empty one parts
// paragraphs.
func (b *richBuilder) lines(list []line) {
	b.parted()
	for _, l := range list {
		switch {
		case len(l) > 0 && l[0].mark == place:
			b.add(block{kind: origin, lines: []line{l}})
		case len(l) > 0 && l[0].mark == code:
			b.add(block{kind: coded, lines: []line{l}})
		default:
			b.said(l)
		}
	}
	b.parted()
}

func visible(l line) bool {
	for _, s := range l {
		if !s.mark.hidden() && !blank(clean(s.text)) {
			return true
		}
	}
	return false
}

// done writes the message. Where not all fits, the paragraphs around quotes go
// first, then footnotes, then what stands last.
func (b *richBuilder) done() string {
	units, blocks := MaxRichUnits-Units(b.z.w.More)-1, MaxRichBlocks-1
	full := b.more
	for _, pass := range []func(kind) bool{
		func(k kind) bool { return k < noted },
		func(k kind) bool { return k == noted },
	} {
		out := false // what follows one that is left out is left out too
		for i, k := range b.blocks {
			if !pass(k.kind) {
				continue
			}
			n := unitsOfLines(k.lines)
			if out = out || n > units || blocks == 0; out {
				b.blocks[i].left, full = true, true
				continue
			}
			units, blocks = units-n, blocks-1
		}
	}
	w := richWriter{names: map[string]bool{}}
	for _, k := range b.blocks {
		if k.kind == noted && !k.left {
			w.names[k.name] = true
		}
	}
	for _, k := range b.blocks {
		switch {
		case k.left:
		case k.kind == folded && blocks >= 2:
			units -= w.fold(b.z, *k.hit, units)
			blocks -= 2
		case k.kind != folded:
			w.block(k)
		}
	}
	if full {
		w.b.WriteString("<p>" + escape(b.z.w.More) + "</p>")
	}
	return w.b.String()
}

// unitsOfLines counts the lines of a block, and the break between it and the next.
func unitsOfLines(list []line) int {
	n := 0
	for _, l := range list {
		n += 1 + unitsOfLine(l)
	}
	return n
}

func unitsOfLine(l line) int {
	n := 0
	for _, s := range l {
		if !s.mark.hidden() {
			n += Units(clean(s.text))
		}
	}
	return n
}

// richWriter writes blocks.
type richWriter struct {
	b     strings.Builder
	names map[string]bool // of the footnotes that are shown
}

func (w *richWriter) block(k block) {
	switch k.kind {
	case origin:
		w.b.WriteString("<footer>" + w.text(k.lines) + "</footer>")
	case coded:
		w.b.WriteString("<pre>" + escape(clean(k.lines[0][0].text)) + "</pre>")
	case noted:
		w.b.WriteString(`<p><tg-reference name="` + k.name + `">` + w.text(k.lines) + "</tg-reference></p>")
	default:
		w.b.WriteString("<p>" + w.text(k.lines) + "</p>")
	}
}

// fold writes the paragraph around a hit's quote, or as much of it as fits, and
// returns its units.
func (w *richWriter) fold(z layout, h retrieval.Hit, room int) int {
	credit := z.short(z.section(h), 4*z.name)
	if room -= Units(credit) + Units(z.w.Cut) + 2; room < leastParagraph {
		return 0
	}
	l, ok := z.surround(h, room)
	if !ok {
		return 0
	}
	w.b.WriteString("<blockquote expandable>" + w.text([]line{l}))
	w.b.WriteString(wrap(clean(credit), "cite") + "</blockquote>")
	return unitsOfLine(l) + Units(credit) + 2
}

var richTagOf = map[mark]string{answer: "mark", strong: "b", gone: "s", added: "u", marker: "sup"}

// text is the lines of a block.
func (w *richWriter) text(list []line) string {
	var b strings.Builder
	for i, l := range list {
		if i > 0 {
			b.WriteString("<br>")
		}
		for j, s := range l {
			if s.mark.hidden() {
				b.WriteString(sentinel(s))
				continue
			}
			var tags []string
			if j+1 < len(l) && l[j+1].mark == target && w.there(l[j+1].text) {
				tags = append(tags, linkTo(l[j+1].text))
			}
			text := wrap(clean(s.text), append(tags, richTagOf[s.mark])...)
			b.WriteString(strings.ReplaceAll(text, "\n", "<br>"))
		}
	}
	return b.String()
}

// there tells an address, and a footnote that the message shows.
func (w *richWriter) there(to string) bool {
	name, ok := strings.CutPrefix(to, "#")
	return !ok || w.names[name]
}
