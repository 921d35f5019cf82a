package report

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

const (
	// longestNote is the length in letters from which the target of a link is a
	// part of the text and no note, unless the file calls it one.
	longestNote = 3000
	// mostFurther is how many paragraphs may follow the first one of a note.
	mostFurther = 20
	// mostNamed is how many places of one kind a warning names.
	mostNamed = 5
)

// webNote is where a note stands: whole elements, or from an element inside a
// block to the next note or the block's end.
type webNote struct {
	place        // the element, or the block it begins in
	inline       bool
	more         []*html.Node // further paragraphs of it
	label        string
	number       string // that the list it stands in draws
	unreferenced bool
}

// webNotes tells which elements of a book are notes and which links lead to them.
type webNotes struct {
	list   []webNote
	whole  map[*html.Node]int  // elements that are notes
	starts map[*html.Node]int  // elements inside a block from which on a note stands
	refs   map[*html.Node]int  // links to notes; -1: the note is not there
	holds  map[*html.Node]bool // elements with links to notes in them
	backs  map[*html.Node]bool
	warns  []Warning
}

func (b *webBook) notes() *webNotes {
	w := &webNotes{whole: map[*html.Node]int{}, starts: map[*html.Node]int{}, refs: map[*html.Node]int{}, holds: map[*html.Node]bool{}}
	links := b.links()
	w.backs = backLinks(links)
	found := map[*html.Node]*webNote{}
	leads := map[*html.Node]*html.Node{}
	var broken []*webLink
	for _, l := range links {
		if w.backs[l.node] || !l.mark {
			continue
		}
		var note *webNote
		if !l.broken {
			note = b.locate(l)
		}
		switch {
		case note != nil:
			if found[note.node] == nil {
				note.label = markLabel(l.text)
				found[note.node] = note
			}
			leads[l.node] = note.node
		case l.sure || l.webRaised || l.broken && boundMark.MatchString(l.text):
			w.refs[l.node] = -1
			broken = append(broken, l)
		}
	}
	b.addUnreferenced(found)
	w.number(found)
	for link, node := range leads {
		if n, ok := w.at(node); ok {
			w.refs[link] = n
		}
	}
	for link := range w.refs {
		for n := link; n != nil && !w.holds[n]; n = n.Parent {
			w.holds[n] = true
		}
	}
	w.warn(broken)
	return w
}

// at is the number of the note that stands at an element.
func (w *webNotes) at(n *html.Node) (int, bool) {
	if k, ok := w.whole[n]; ok {
		return k, true
	}
	k, ok := w.starts[n]
	return k, ok
}

// number puts the notes in reading order, without those that hold others: a
// link to a list of notes is no reference to one.
func (w *webNotes) number(found map[*html.Node]*webNote) {
	var all []*webNote
	for _, n := range found {
		all = append(all, n)
	}
	slices.SortFunc(all, func(a, b *webNote) int {
		if a.file != b.file {
			return cmp.Compare(a.file.number, b.file.number)
		}
		return cmp.Compare(a.file.facts[a.node].from.elements, b.file.facts[b.node].from.elements)
	})
	for i, n := range all {
		holds := i+1 < len(all) && !all[i+1].inline && !n.inline && within(all[i+1].node, n.node)
		if holds {
			continue
		}
		k := len(w.list)
		if n.inline {
			w.starts[n.node] = k
		} else {
			w.whole[n.node] = k
		}
		n.more = slices.DeleteFunc(n.more, func(m *html.Node) bool { return found[m] != nil })
		for _, m := range n.more {
			w.whole[m] = k
		}
		w.list = append(w.list, *n)
	}
}

// locate finds the note that a link leads to, or nil if its target is none.
func (b *webBook) locate(l *webLink) *webNote {
	f, t := l.target.file, l.target.node
	if webNamed := webNamedNote(t); webNamed != nil {
		if within(l.node, webNamed) {
			return nil
		}
		return f.wholeNote(webNamed)
	}
	block := blockOf(t)
	facts := f.facts[t]
	switch {
	case t == block && facts.chars() == 0, t != block && facts.chars() == 0 && f.facts[block].holdsBlocks(block):
		block = f.nextBlock(t)
	case t != block && !f.headOf(l.target):
		if within(l.node, t) || !startsLike(t, l.text) {
			return nil
		}
		return &webNote{place: l.target, inline: true}
	}
	if block != nil && block.Data == "p" && f.facts[block].chars() == 0 {
		block = f.nextBlock(block)
	}
	if block == nil {
		return nil
	}
	note := f.wholeNote(block)
	facts = f.facts[note.node]
	if !noteElements[note.node.Data] || within(l.node, note.node) || facts.letters() == 0 || (facts.letters() > longestNote || facts.headings() > 0) && !l.sure {
		return nil
	}
	if l.sure || l.webRaised || boundMark.MatchString(l.text) || note.confirms(l) && !afterWord(l.node) || b.leadsBack(note, l) {
		return note
	}
	return nil
}

// noteElements may be a note as a whole.
var noteElements = setOf("p li dd dt td th tr aside div blockquote section table address")

// headOf tells whether a place opens its block, a label before it aside.
func (f *webFile) headOf(p place) bool {
	n := p.before()
	return n == 0 || n <= webLongestMark && labelHead.MatchString(textOf(blockOf(p.node), n)+" ")
}

// nextBlock is the block with text that an empty anchor stands before.
func (f *webFile) nextBlock(t *html.Node) (found *html.Node) {
	for n, nodes := after(t, false), mostNodes; n != nil && nodes > 0; n, nodes = after(n, true), nodes-1 {
		if n.Type == html.TextNode && strings.TrimSpace(n.Data) != "" {
			if found = blockOf(n); f.facts[found].from.elements < f.facts[t].from.elements {
				return nil // text of the anchor's own block
			}
			return found
		}
	}
	return nil
}

// startsLike tells whether the text from t on opens with a mark.
func startsLike(t *html.Node, mark string) bool {
	text, block := textOf(t, webLongestMark), blockOf(t)
	for n, nodes := after(t, false), mostNodes; n != nil && nodes > 0 && len(text) < 4*webLongestMark && blockOf(n) == block; n, nodes = after(n, false), nodes-1 {
		text += textOf(n, webLongestMark)
	}
	return strings.HasPrefix(markLabel(strings.TrimSpace(text)), markLabel(mark)) || labelHead.MatchString(text) && markLabel(labelHead.FindString(text)) == markLabel(mark)
}

// confirms tells whether a note bears the bare number that a link prints.
func (n *webNote) confirms(l *webLink) bool {
	if n.number != "" {
		return n.number == markLabel(l.text)
	}
	return startsLike(n.node, l.text)
}

// afterWord tells a number behind a Latin word or comma and a blank, as in: see
// lines 5, 41. A mark stands close to its word, or to another one: [3, 8].
func afterWord(link *html.Node) bool {
	for n := link; n != nil && !isBlock(n); n = n.Parent {
		for s := n.PrevSibling; s != nil; s = s.PrevSibling {
			text := s.Data
			if s.Type != html.TextNode {
				if text = textOf(s, longestNote); text == "" {
					continue
				}
			}
			word := strings.TrimRightFunc(text, unicode.IsSpace)
			if word == "" && s.Type == html.TextNode {
				continue
			}
			last, _ := utf8.DecodeLastRuneInString(word)
			return s.Type == html.TextNode && word != text && (unicode.Is(unicode.Latin, last) || last == ',' && !inBrackets(s))
		}
	}
	return false
}

// inBrackets tells whether brackets are open behind a text that ends in a comma,
// or close before it: [3, 8], [[3], 8].
func inBrackets(text *html.Node) bool {
	before := strings.TrimRight(text.Data, " ,\n\u00a0")
	if strings.HasSuffix(before, "]") {
		return true
	}
	for s := text.PrevSibling; s != nil && len(before) < longestNote; s = s.PrevSibling {
		part := s.Data
		if s.Type != html.TextNode {
			part = textOf(s, longestNote)
		}
		before = part + before
	}
	return strings.LastIndexByte(before, '[') > strings.LastIndexByte(before, ']')
}

// leadsBack tells whether the first link of a note leads back to the one that
// leads to it, whatever numbers they print.
func (b *webBook) leadsBack(n *webNote, l *webLink) bool {
	var first *html.Node
	inside(n.node, func(c *html.Node) bool {
		if first == nil && c.Type == html.ElementNode && c.Data == "a" && attr(c, "href") != "" {
			first = c
		}
		return first == nil
	})
	if first == nil {
		return false
	}
	back, ok := b.target(n.file, attr(first, "href"))
	return ok && back.node != nil && back.file == l.file && (back.node == l.node || within(back.node, l.node) || within(l.node, back.node) && blockOf(back.node) == blockOf(l.node))
}

// wholeNote is the note that a block is, with what belongs to it beside it.
func (f *webFile) wholeNote(n *html.Node) *webNote {
	if f.wholes[n] == nil {
		f.wholes[n] = f.readWhole(n)
	}
	return f.wholes[n]
}

func (f *webFile) readWhole(n *html.Node) *webNote {
	note := &webNote{place: place{f, n}}
	switch {
	case n.Data == "dt":
		for s := n.NextSibling; s != nil && !(s.Type == html.ElementNode && s.Data == "dt"); s = s.NextSibling {
			if s.Type == html.ElementNode && s.Data == "dd" {
				note.more = append(note.more, s)
			}
		}
	case (n.Data == "td" || n.Data == "th") && f.facts[n].chars() <= webLongestMark && n.Parent != nil && n.Parent.Data == "tr":
		note.node = n.Parent
	case n.Data == "p" && looksNoteClass(n):
		note.more = f.furtherParagraphs(n)
	}
	if li := ancestor(n, func(n *html.Node) bool { return n.Data == "li" }); li != nil && f.facts[li].from.chars == f.facts[n].from.chars {
		note.node = li // the note is all of its item, not its first paragraph
	}
	if number, ok := f.items[note.node]; ok {
		note.number = strconv.Itoa(number)
	}
	return note
}

func looksNoteClass(n *html.Node) bool {
	class := strings.ToLower(attr(n, "class"))
	return strings.Contains(class, "note") || strings.Contains(class, "zhu") || strings.Contains(class, "annot")
}

// furtherParagraphs are those behind a note's first one, of the same class,
// that open with no label of their own.
func (f *webFile) furtherParagraphs(p *html.Node) (more []*html.Node) {
	for s := p.NextSibling; s != nil && len(more) < mostFurther; s = s.NextSibling {
		if s.Type == html.TextNode && strings.TrimSpace(s.Data) == "" {
			continue
		}
		if s.Type != html.ElementNode || s.Data != "p" || attr(s, "class") != attr(p, "class") || attr(s, "id") != "" || f.facts[s].links() > 0 ||
			labelHead.MatchString(textOf(s, 2*webLongestMark)) || startsDigit(textOf(s, 1)) {
			break
		}
		more = append(more, s)
	}
	return more
}

func startsDigit(s string) bool { return digitMark.MatchString(s) }

// warn tells of references without their notes.
func (w *webNotes) warn(broken []*webLink) {
	var lost []string
	for _, l := range broken {
		lost = append(lost, fmt.Sprintf("%s (%.40q)", cmp.Or(l.text, "?"), attr(l.node, "href")))
	}
	if len(lost) > 0 {
		w.warns = append(w.warns, Warning{Text: "references that lead to no note: " + webNamed(lost)})
	}
}

// warnLone tells of notes without references, once all text is read.
func (w *webNotes) warnLone(src *source) {
	var lone []string
	for _, n := range w.list {
		if n.unreferenced {
			lone = append(lone, cmp.Or(n.label, "?"))
		}
	}
	if len(lone) > 0 {
		src.warns = append(src.warns, Warning{Text: "notes that nothing refers to: " + webNamed(lone)})
	}
}

// webNamed lists the first of some names and counts the rest.
func webNamed(names []string) string {
	if len(names) <= mostNamed {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:mostNamed], ", "), len(names)-mostNamed)
}
