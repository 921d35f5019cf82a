package report

import (
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// webWalk writes the blocks and notes of a book's files.
type webWalk struct {
	src   *source
	book  *webBook
	notes *webNotes
	file  *webFile
	line  webLine
	style webStyle
	texts []strings.Builder // of the notes
	note  int               // that is being written; -1: the body
	outer int               // the note that the block as a whole is of; -1: none
	cells bool              // in a row: what is a block elsewhere is part of it
	mute  bool              // only notes are written
	drawn int               // marks that are drawn for pictures, in this file
	parts bool              // the file's articles number their notes each on its own
	scope int               // of the article that is being written
	next  int               // of the next one
	begun bookChapter       // the chapter that begins with the block that is written
	then  bookChapter       // the one that begins behind it

	labels map[string]int      // of the file's notes; -1: of several
	took   map[*html.Node]bool // notes written
}

// webStyle is what a block has from the elements around it.
type webStyle struct {
	kind   Kind
	level  int
	foot   bool
	code   bool
	breaks bool // its line breaks part blocks
}

func newWebWalk(book *webBook) *webWalk {
	w := &webWalk{src: &source{}, book: book, notes: book.notes(), note: -1, outer: -1, took: map[*html.Node]bool{}}
	w.texts = make([]strings.Builder, len(w.notes.list))
	w.src.warns = append(w.src.warns, w.notes.warns...)
	return w
}

// read writes a file: its main text, then its notes that stand elsewhere.
func (w *webWalk) read(f *webFile) {
	w.file, w.drawn, w.mute, w.begun, w.then, w.labels = f, 0, false, bookChapter{}, bookChapter{}, nil
	articles, _ := f.outermost(f.root, func(n *html.Node) bool { return n.Data == "article" })
	w.parts = len(articles) > 1
	if !f.unread {
		for _, n := range f.mainParts() {
			w.begin(n.Parent) // contents may name the file by the whole of it
			w.begin(n)
			w.block(n, w.styleOf(n), 0)
		}
	}
	w.mute = true
	for k, n := range w.notes.list {
		if n.file != f {
			continue
		}
		for _, part := range append([]*html.Node{n.node}, n.more...) {
			if w.took[part] {
				continue
			}
			if n.inline {
				w.block(blockOf(part), w.style, 0)
			} else {
				w.whole(part, k, 0)
			}
		}
	}
	w.mute = false
}

func (w *webWalk) children(n *html.Node, depth int) {
	if depth > deepest {
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.walk(c, depth+1)
	}
}

func (w *webWalk) walk(n *html.Node, depth int) {
	if n.Type == html.TextNode {
		w.line.write(n.Data)
		return
	}
	if n.Type != html.ElementNode {
		return
	}
	w.begin(n)
	if k, ok := w.notes.whole[n]; ok && !(w.mute && w.took[n]) {
		w.whole(n, k, depth)
		return
	}
	if k, ok := w.notes.starts[n]; ok {
		w.flush()
		w.note, w.took[n] = k, true
	}
	switch {
	case w.file.drops(n), w.note >= 0 && calledBack(n), w.note < 0 && !w.cells && !w.notes.holds[n] && (w.file.linkHeavy(n) || w.listed(n)):
	case n.Data == "table":
		w.table(n, depth)
	case n.Data == "hr":
		w.flush()
	case isBlock(n):
		w.block(n, w.styleOf(n), depth)
	default:
		w.inline(n, depth)
	}
}

// begin begins the chapter that the book's contents have begin at n: with its
// block, or where text stands before it there, with the next.
func (w *webWalk) begin(n *html.Node) {
	if title := w.file.starts[n]; title.label != "" && w.note < 0 && !w.mute {
		if isBlock(n) {
			w.flush()
		}
		if w.line.text.Len() > 0 {
			w.then = title
		} else {
			w.begun = title
		}
	}
}

// whole writes an element that is a note, or a paragraph of one.
func (w *webWalk) whole(n *html.Node, k, depth int) {
	w.flush()
	note, outer, cells := w.note, w.outer, w.cells
	w.note, w.outer, w.cells, w.took[n] = k, k, false, true
	if n.Data == "table" || n.Data == "tr" {
		w.children(n, depth)
	} else {
		w.block(n, w.style, depth)
	}
	w.flush()
	w.note, w.outer, w.cells = note, outer, cells
}

// styleOf is the style of the blocks in n.
func (w *webWalk) styleOf(n *html.Node) webStyle {
	s := w.style
	switch {
	case headingLevel(n.DataAtom) > 0:
		s.kind, s.level = Heading, headingLevel(n.DataAtom)
	case n.Data == "figcaption" || n.Data == "caption":
		s.kind = Caption
	case n.Data == "pre" || n.Data == "p" && codeClass(n):
		s.code = true
	}
	s.foot = s.foot || keepsNotes(n) || hasToken(n, "class", "footnote", "endnote")
	s.breaks = s.kind == Body && !s.code && n.Data != "li" && w.file.facts[n].breaks() >= 2
	return s
}

// block writes a block element. A note that began inside a block ends where
// the next one opens, and where it ends.
func (w *webWalk) block(n *html.Node, s webStyle, depth int) {
	if w.cells {
		w.line.lineBreak()
		w.children(n, depth)
		w.line.lineBreak()
		return
	}
	w.flush()
	style, outer, scope := w.style, w.outer, w.scope
	if n.Data == "article" && w.parts {
		w.next++
		w.scope = w.next
	}
	w.style, w.note = s, w.outer
	w.children(n, depth)
	w.flush()
	w.style, w.note, w.outer, w.scope = style, outer, outer, scope
}

func (w *webWalk) inline(n *html.Node, depth int) {
	if text := pictureNote(n); text != "" && w.note < 0 && !w.mute {
		w.drawNote(text)
		return
	}
	switch n.Data {
	case "br":
		if w.style.breaks && !w.cells {
			w.flush()
		} else {
			w.line.lineBreak()
		}
	case "a":
		w.link(n, depth)
	case "sup":
		w.raise(n, depth)
	case "sub":
		if text := textOf(n, 2*webLongestMark); !w.line.power(text, loweredDigits) {
			w.children(n, depth)
		}
	case "code", "tt", "kbd", "samp":
		w.quiet(n, depth)
	case "q":
		w.line.write("“")
		w.children(n, depth)
		w.line.write("”")
	case "img":
		// a rare character that is drawn
		if alt := []rune(strings.TrimSpace(attr(n, "alt"))); len(alt) == 1 && unspaced(alt[0]) && blockOf(n).Data != "figure" && string(alt) != "图" {
			w.line.write(string(alt))
		}
	default:
		switch {
		case sideNote(n) && w.note < 0 && !w.mute:
			w.beside(n, depth)
		case codeClass(n):
			w.quiet(n, depth)
		default:
			w.children(n, depth)
		}
	}
}

// link writes a link: a marker, a note's way back, which is left out, or text.
func (w *webWalk) link(n *html.Node, depth int) {
	note, isRef := w.notes.refs[n]
	switch {
	case w.note >= 0 && w.isWayBack(n), w.isPermalink(n):
	case isRef && w.note < 0:
		text, _, _ := markText(n)
		switch {
		case text == "":
			text = w.draw()
		case notedWord(text):
			w.noted(n, note, depth)
			return
		}
		w.span(markLabel(text))
		w.line.mark(text, note)
	default:
		w.children(n, depth)
	}
}

// noted writes the word that a note is on, with a marker of no width behind it:
// the word itself is text.
func (w *webWalk) noted(n *html.Node, note, depth int) {
	from, blocks := w.line.text.Len(), len(w.src.blocks)
	w.children(n, depth)
	text := w.line.text.String()
	if len(w.src.blocks) > blocks || len(text) <= from {
		return
	}
	word := []rune(strings.TrimSpace(text[from:]))
	w.line.refs = append(w.line.refs, ref{Span: Span{len(text), len(text)}, label: string(word[:min(len(word), longestWord)]), note: note})
}

// draw is the number of the next mark that the file has as a picture.
func (w *webWalk) draw() string {
	w.drawn++
	return strconv.Itoa(w.drawn)
}

func (w *webWalk) isWayBack(n *html.Node) bool {
	if w.notes.backs[n] || calledBack(n) {
		return true
	}
	target, ok := w.book.target(w.file, attr(n, "href"))
	text := textOf(n, webLongestMark+1)
	if ok && !hasLetter(text) {
		return true
	}
	if !ok || target.node == nil || ancestor(target.node, func(n *html.Node) bool { _, is := w.notes.at(n); return is }) != nil {
		return false
	}
	return backMark.MatchString(text) || boundMark.MatchString(text) || digitMark.MatchString(text)
}

// isPermalink tells the sign beside a heading that leads to itself.
func (w *webWalk) isPermalink(n *html.Node) bool {
	switch textOf(n, 3) {
	case "#", "¶", "§", "🔗":
		target, ok := w.book.target(w.file, attr(n, "href"))
		return ok && target.node != nil && within(n, target.node)
	}
	return false
}

// raise writes a superscript: a power, a marker without a link, or text.
func (w *webWalk) raise(n *html.Node, depth int) {
	text := textOf(n, 2*webLongestMark)
	switch {
	case w.file.facts[n].links() > 0 || w.notes.holds[n]:
		w.children(n, depth)
	case w.note >= 0 && w.line.text.Len() == 0 && w.texts[w.note].Len() == 0 && markLabel(text) == w.notes.list[w.note].label:
	case w.line.power(text, raisedDigits):
	case w.note < 0 && w.numbers(text):
	case w.note < 0 && boundMark.MatchString(text) && !strings.ContainsAny(text, "*＊#"):
		w.line.mark(text, w.labelled(markLabel(text)))
	default:
		w.children(n, depth)
	}
}

// flush ends the block, or the part of a note, that is being written.
func (w *webWalk) flush() {
	text, refs, mute := w.line.take()
	if text == "" {
		return
	}
	if w.note >= 0 {
		if b := &w.texts[w.note]; b.Len()+len(text) < longestLine {
			if b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(text)
		}
		return
	}
	if w.mute || !hasLetter(text) && len(refs) == 0 {
		return
	}
	if w.begun.label != "" {
		w.file.chapter = w.begun
	}
	w.begun, w.then = w.then, bookChapter{}
	if len(text) > longestLine {
		w.src.warns = append(w.src.warns, Warning{Text: fmt.Sprintf("a block of %d bytes is left out: over %d no reader could be shown it", len(text), longestLine)})
		return
	}
	b := block{text: text, refs: refs, kind: w.style.kind, level: w.style.level, foot: w.style.foot, code: w.style.code, mute: mute, scope: w.scope}
	if w.file.ofBook() {
		b.scope, b.chapter, b.contents = w.file.number, w.file.chapter.label, w.file.chapter.path
	}
	w.src.blocks = append(w.src.blocks, b)
}
