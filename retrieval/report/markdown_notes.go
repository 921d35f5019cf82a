package report

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// namedNote is what a note's name, or that of a link whose name is a number,
// stands for.
type namedNote struct {
	typed string   // its name in the file
	node  ast.Node // nil: there is only a reference
	label string   // as it is printed; empty: the reference is no reference
	note  int      // of the source's notes; -1: none
	used  bool     // something refers to it
	link  bool     // that of a link
	bare  bool     // a link's name stands in the text for itself: [4]
}

var (
	numberName = regexp.MustCompile(`^\s*[0-9０-９]{1,3}\s*$`)
	// undefinedName is a name that is taken for a note's though no note has it.
	undefinedName = regexp.MustCompile(`^(?:[0-9０-９]{1,3}|[\p{L}\p{N}_-]*\p{L}[\p{L}\p{N}_-]*)$`)
)

// linkKey is a link's name, in brackets that no note's name can have.
func linkKey(name string) string { return "[" + strings.TrimSpace(name) + "]" }

// number finds the notes that the file defines and refers to, and gives each
// its label: its name where that is a number, else its place in the order.
func (m *markdown) number(doc ast.Node) {
	m.marks = map[string]*namedNote{}
	m.define(doc)
	var order []*namedNote
	m.refer(doc, false, &order)
	m.refer(doc, true, &order)
	slices.SortStableFunc(m.defs, func(a, b *namedNote) int { return cmp.Compare(a.node.Pos(), b.node.Pos()) })
	taken := map[string]bool{}
	all := append(order, m.defs...)
	for _, d := range all {
		if numberName.MatchString(d.typed) {
			d.label = Label(strings.TrimSpace(d.typed))
			taken[d.label] = true
		}
	}
	next := 1
	for _, d := range all {
		if d.label != "" || d.node == nil && !undefinedName.MatchString(d.typed) {
			continue
		}
		for taken[strconv.Itoa(next)] {
			next++
		}
		d.label = strconv.Itoa(next)
		taken[d.label] = true
	}
}

// define collects what the file defines.
func (m *markdown) define(doc ast.Node) {
	ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *east.Footnote:
			m.defined(string(n.Ref), &namedNote{typed: string(n.Ref), node: n, note: -1})
		case *ast.LinkReferenceDefinition:
			if name := string(n.Label); numberName.MatchString(name) {
				m.defined(linkKey(name), &namedNote{typed: strings.TrimSpace(name), node: n, note: -1, link: true})
			}
		}
		return ast.WalkContinue, nil
	})
}

// defined keeps what a name stands for; the first of a name is meant.
func (m *markdown) defined(key string, d *namedNote) {
	m.defs = append(m.defs, d)
	if m.marks[key] == nil {
		m.marks[key] = d
		return
	}
	d.used = true
	m.warn(d.node, fmt.Sprintf("note [%.40s] is defined twice; references are to the first", d.typed))
}

// refer collects, in their order, what the text or its notes refer to.
func (m *markdown) refer(doc ast.Node, inNotes bool, order *[]*namedNote) {
	ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *east.FootnoteList:
			if !inNotes {
				return ast.WalkSkipChildren, nil
			}
		case *noteMark:
			d := m.marks[n.label]
			if d == nil {
				d = &namedNote{typed: n.label, note: -1}
				m.marks[n.label] = d
				if undefinedName.MatchString(n.label) {
					m.warn(n, fmt.Sprintf("[^%.40s] refers to a note that is not there", n.label))
				}
			}
			if !d.used {
				*order = append(*order, d)
			}
			d.used = true
		case *ast.Link:
			if n.Reference != nil {
				if d := m.marks[linkKey(string(n.Reference.Value))]; d != nil {
					d.used = true
					d.bare = d.bare || n.Reference.Type != ast.ReferenceLinkFull
				}
			}
		}
		return ast.WalkContinue, nil
	})
}

func (m *markdown) warn(n ast.Node, text string) {
	m.s.warns = append(m.s.warns, Warning{Line: m.line(n.Pos()), Text: text})
}

// takeNotes makes notes of the definitions.
func (m *markdown) takeNotes() {
	m.inNotes = true
	for _, d := range m.defs {
		if d.link && d.used && !d.bare { // it serves links of other words
			continue
		}
		text := m.noteText(d.node)
		switch {
		case text == "":
			m.warn(d.node, fmt.Sprintf("note [%.40s] is empty", d.typed))
			continue
		case !d.used:
			m.warn(d.node, fmt.Sprintf("nothing refers to note [%.40s]", d.typed))
		}
		d.note = len(m.s.notes)
		m.s.notes = append(m.s.notes, sourceNote{label: d.label, text: text, line: m.line(d.node.Pos())})
	}
	m.inNotes = false
}

// noteText is a note's text, its paragraphs joined.
func (m *markdown) noteText(n ast.Node) string {
	if l, ok := n.(*ast.LinkReferenceDefinition); ok {
		k := &inked{}
		k.write(printed(l.Title, false))
		k.space(blank)
		k.write(strings.TrimPrefix(printed(l.Destination, false), "#"))
		return string(k.text)
	}
	blocks := m.s.blocks
	m.s.blocks = nil
	m.blocks(n)
	var parts []string
	for _, b := range m.s.blocks {
		parts = append(parts, b.text)
	}
	m.s.blocks = blocks
	return strings.Join(parts, " ")
}

// ownLabel opens a note whose number is typed before it: 1. [1] (1) ①.
var ownLabel = regexp.MustCompile(`^\s*[\[［〔(（]?([0-9０-９]{1,3})[\]］〕)）]?\s*[.．、:：]?\s*`)

// follow makes notes of the blocks that references lead to by their anchors.
func (m *markdown) follow() {
	notes := map[int]int{} // by their blocks
	for i := range m.s.blocks {
		for _, t := range m.leads[i] {
			at, ok := m.ids[t.id]
			if !ok || at <= i || at >= len(m.s.blocks) || m.s.blocks[at].kind != Body {
				continue
			}
			r, b := &m.s.blocks[i].refs[t.ref], &m.s.blocks[at]
			text := b.text
			if own := ownLabel.FindStringSubmatch(text); own != nil {
				if Label(own[1]) != r.label {
					continue
				}
				text = text[len(own[0]):]
			} else if !noteAnchor.MatchString("#" + t.id) {
				continue
			}
			if _, ok := notes[at]; !ok && text != "" {
				notes[at] = len(m.s.notes)
				m.s.notes = append(m.s.notes, sourceNote{label: r.label, text: text, line: b.line})
			}
			if n, ok := notes[at]; ok {
				r.note = n
			}
		}
	}
	if len(notes) == 0 {
		return
	}
	var kept []block
	for i, b := range m.s.blocks {
		if _, ok := notes[i]; !ok {
			kept = append(kept, b)
		}
	}
	m.s.blocks = kept
}
