package report

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// tags are the HTML tags that are open within a block's text, and the ids of
// those passed.
type tags struct {
	sups  []bookmark
	codes []bookmark
	links []anchor
	ids   []string
}

type anchor struct {
	bookmark
	to string
}

// read takes the tags of a piece of HTML without text.
func (g *tags) read(k *inked, raw string) {
	z := html.NewTokenizer(strings.NewReader(raw))
	for z.Next() != html.ErrorToken {
		g.take(k, z.Token())
	}
}

func (g *tags) take(k *inked, t html.Token) {
	switch t.Type {
	case html.StartTagToken, html.SelfClosingTagToken:
		g.open(k, t)
	case html.EndTagToken:
		g.close(k, t.DataAtom)
	}
}

func (g *tags) open(k *inked, t html.Token) {
	to := ""
	for _, a := range t.Attr {
		switch a.Key {
		case "id", "name":
			g.ids = append(g.ids, a.Val)
		case "href":
			to = a.Val
		}
	}
	switch {
	case t.DataAtom == atom.Br:
		k.space(blank)
	case t.Type == html.SelfClosingTagToken:
	case t.DataAtom == atom.Sup:
		g.sups = append(g.sups, k.here())
	case t.DataAtom == atom.Code:
		g.codes = append(g.codes, k.here())
	case t.DataAtom == atom.A:
		g.links = append(g.links, anchor{k.here(), to})
	}
}

func (g *tags) close(k *inked, tag atom.Atom) {
	switch tag {
	case atom.Sup:
		if b, ok := pop(&g.sups); ok && b.at <= len(k.text) {
			k.raise(b)
		}
	case atom.Code:
		if b, ok := pop(&g.codes); ok && b.at < len(k.text) {
			start := b.at + len(k.since(b)) - len(strings.TrimLeft(k.since(b), " "))
			k.mute = append(k.mute, Span{start, len(k.text)})
		}
	case atom.A:
		if a, ok := pop(&g.links); ok && a.at <= len(k.text) {
			k.lead(a.bookmark, a.to, len(g.sups) > 0)
		}
	}
}

// pop takes the last of a list off it.
func pop[T any](list *[]T) (last T, ok bool) {
	n := len(*list)
	if n == 0 {
		return last, false
	}
	last = (*list)[n-1]
	*list = (*list)[:n-1]
	return last, true
}

// partsBlocks tells the tags between blocks of text.
func partsBlocks(tag atom.Atom) bool {
	switch tag {
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Caption, atom.Center, atom.Dd, atom.Details, atom.Div, atom.Dl,
		atom.Dt, atom.Figcaption, atom.Figure, atom.Footer, atom.Form, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Header, atom.Hr,
		atom.Li, atom.Main, atom.Nav, atom.Ol, atom.P, atom.Pre, atom.Section, atom.Summary, atom.Table, atom.Tbody, atom.Thead, atom.Tr, atom.Ul:
		return true
	}
	return false
}

// unshown tells the tags whose content is no text.
func unshown(tag atom.Atom) bool {
	return tag == atom.Script || tag == atom.Style || tag == atom.Template || tag == atom.Head || tag == atom.Title
}

// markupBlock reads a block of HTML within Markdown.
type markupBlock struct {
	m       *markdown
	k       *inked
	start   int // line of the first words
	level   int // of the heading that is open
	cells   int // of the row so far
	inCell  bool
	skipped atom.Atom
}

// html adds the text of a block of HTML.
func (m *markdown) html(n *ast.HTMLBlock) {
	var raw strings.Builder
	for i := range n.Lines().Len() {
		segment := n.Lines().At(i)
		raw.Write(segment.Value(m.src))
	}
	if n.HasClosure() {
		raw.Write(n.ClosureLine.Value(m.src))
	}
	u := &markupBlock{m: m, k: m.begin()}
	line := m.line(n.Pos())
	z := html.NewTokenizer(strings.NewReader(raw.String()))
	for z.Next() != html.ErrorToken {
		lines := strings.Count(string(z.Raw()), "\n")
		u.token(z.Token(), line)
		line += lines
	}
	u.flush()
}

func (u *markupBlock) token(t html.Token, line int) {
	switch {
	case u.skipped != 0:
		if t.Type == html.EndTagToken && t.DataAtom == u.skipped {
			u.skipped = 0
		}
	case t.Type == html.TextToken:
		if words := strings.TrimSpace(t.Data); words != "" && u.start == 0 {
			u.start = line + strings.Count(t.Data[:strings.Index(t.Data, words)], "\n")
		}
		u.k.write(t.Data)
	case t.Type != html.StartTagToken && t.Type != html.EndTagToken && t.Type != html.SelfClosingTagToken:
	case t.Type == html.StartTagToken && unshown(t.DataAtom):
		u.skipped = t.DataAtom
	case t.DataAtom == atom.Td || t.DataAtom == atom.Th:
		u.inCell = t.Type == html.StartTagToken
		if u.inCell {
			if u.cells++; u.cells > 1 {
				u.start = max(u.start, line)
				u.k.write(" | ")
			}
		}
	case partsBlocks(t.DataAtom) && u.inCell && t.DataAtom != atom.Tr && t.DataAtom != atom.Table:
		u.k.space(blank)
	case partsBlocks(t.DataAtom):
		u.flush()
		u.cells, u.inCell, u.level = 0, false, 0
		if t.Type == html.StartTagToken {
			u.level = headingLevel(t.DataAtom)
		}
		u.m.tags.take(u.k, t) // for its id
	default:
		u.m.tags.take(u.k, t)
	}
}

// headingLevel is that of h1 to h6; 0: no heading.
func headingLevel(tag atom.Atom) int {
	switch tag {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return int(tag.String()[1] - '0')
	}
	return 0
}

func (u *markupBlock) flush() {
	switch {
	case u.start == 0 || strings.Trim(string(u.k.text), "| ") == "":
		u.m.add(u.k, block{}) // its ids are those of the block behind it
	case u.level > 0:
		b := u.k.block(u.start)
		b.kind, b.level = Heading, u.level
		u.m.add(u.k, b)
	default:
		u.m.addText(u.k, u.start)
	}
	u.k, u.start = u.m.begin(), 0
}
