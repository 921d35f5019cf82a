package report

import (
	"bufio"
	"html"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	render "github.com/yuin/goldmark/renderer/html"
)

// inline writes what a node holds.
func (m *markdown) inline(k *inked, n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		m.inlineNode(k, c)
	}
}

func (m *markdown) inlineNode(k *inked, n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		k.write(printed(n.Value(m.src), n.IsRaw()))
		switch {
		case n.HardLineBreak():
			k.space(blank)
		case n.SoftLineBreak():
			k.space(lineEnd)
		}
	case *ast.String:
		k.write(string(n.Value))
	case *ast.CodeSpan:
		var b strings.Builder
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			if t, ok := c.(*ast.Text); ok {
				b.Write(t.Value(m.src))
			}
		}
		k.muted(b.String())
	case *ast.Link:
		m.link(k, n)
	case *ast.AutoLink:
		k.write(string(n.Label(m.src)))
	case *ast.Image, *east.TaskCheckBox:
	case *ast.RawHTML:
		m.tags.read(k, string(n.Segments.Value(m.src)))
	case *noteMark:
		m.mark(k, n)
	case *formula:
		if small, ok := strings.CutPrefix(n.text, "^"); ok {
			b := k.here()
			k.write(strings.Trim(small, "{} "))
			if labels, ok := raisedNotes(k.since(b)); ok && len(labels) > 0 {
				k.raise(b)
				return
			}
			k.back(b)
		}
		k.muted(n.text)
	default:
		m.inline(k, n)
	}
}

// printed is text without escapes and entities.
func printed(text []byte, raw bool) string {
	if raw {
		return string(text)
	}
	var b strings.Builder
	w := bufio.NewWriter(&b)
	render.DefaultWriter.Write(w, text) // it resolves both, and writes HTML
	w.Flush()
	return html.UnescapeString(b.String())
}

// mark writes a reference to a note.
func (m *markdown) mark(k *inked, n *noteMark) {
	d := m.marks[n.label]
	switch {
	case d == nil || d.label == "":
		k.write("[^" + n.label + "]")
	case m.inNotes:
		k.write("[" + d.label + "]")
	default:
		k.refer(d.label, d.note)
	}
}

// link writes a link's text. A number in brackets that a definition is named
// by is a reference to what it says.
func (m *markdown) link(k *inked, n *ast.Link) {
	if r := n.Reference; r != nil && r.Type != ast.ReferenceLinkFull {
		if d := m.marks[linkKey(string(r.Value))]; d != nil {
			k.refer(d.label, d.note)
			return
		}
	}
	b := k.here()
	m.inline(k, n)
	k.lead(b, string(n.Destination), len(m.tags.sups) > 0)
}

var (
	noteAnchor = regexp.MustCompile(`(?i)^#.*(?:note|fn|ref|cite|注|脚|尾)`)
	backAnchor = regexp.MustCompile(`^[\[(]?[↩↑^⏎⤴↵\x{FE0E}\x{FE0F}]+[\])]?$`)
)

// lead ends the text of a link that began at b: one that leads to a note of
// this file is a reference, and one that leads back from it is no text.
func (k *inked) lead(b bookmark, to string, small bool) {
	if !strings.HasPrefix(to, "#") {
		return
	}
	text := strings.TrimSpace(k.since(b))
	if backAnchor.MatchString(text) {
		k.back(b)
		return
	}
	if len(k.refs) == b.refs && (small || noteAnchor.MatchString(to)) {
		if labels, ok := raisedNotes(text); ok && len(labels) == 1 {
			k.back(b)
			k.refer(labels[0], -1)
		}
	}
	for i := b.refs; i < len(k.refs); i++ {
		if k.refs[i].note < 0 {
			k.targets = append(k.targets, target{i, to[1:]})
		}
	}
}
