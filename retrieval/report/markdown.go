package report

import (
	"bytes"
	"context"
	"fmt"
	"regexp"
	"sort"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

// readMarkdown makes a source of a Markdown file.
func readMarkdown(ctx context.Context, data []byte) (*source, error) {
	content, warns, err := decode(data)
	if err != nil {
		return nil, err
	}
	if err := boundMarkup(content, mostMarkdown); err != nil {
		return nil, err
	}
	content = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(content)
	s := &source{warns: warns}
	content = s.takeFrontMatter(s.dropKnots(s.dropLong(content)))
	m := &markdown{s: s, src: []byte(content), ids: map[string]int{}, leads: map[int][]target{}}
	for i, c := range content {
		if c == '\n' {
			m.breaks = append(m.breaks, i)
		}
	}
	doc := markdownParser().Parse(text.NewReader(m.src))
	m.number(doc)
	m.takeNotes()
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		m.block(n)
	}
	m.chooseTitle()
	m.follow()
	return s, nil
}

// dropLong empties the lines that no reader could be shown.
func (s *source) dropLong(content string) string {
	if len(content) <= longestLine {
		return content
	}
	lines := strings.Split(content, "\n")
	for i, l := range lines {
		if len(l) > longestLine {
			s.warns = append(s.warns, Warning{Line: i + 1, Text: fmt.Sprintf("a line of %d bytes is left out: over %d no reader could be shown it", len(l), longestLine)})
			lines[i] = ""
		}
	}
	return strings.Join(lines, "\n")
}

// markdown reads one file into a source.
type markdown struct {
	s      *source
	src    []byte
	breaks []int // offsets of line ends
	marks  map[string]*namedNote
	defs   []*namedNote
	ids    map[string]int   // blocks by the ids of their anchors
	leads  map[int][]target // what references of each block lead to

	tags    tags
	prefix  string // the number of a list item, before its first words
	inNotes bool
}

// line is the number of the line of an offset, from 1.
func (m *markdown) line(offset int) int { return sort.SearchInts(m.breaks, offset) + 1 }

// block adds the blocks of a node.
func (m *markdown) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Heading:
		k := m.begin()
		m.inline(k, n)
		b := k.block(m.line(n.Pos()))
		b.kind, b.level = Heading, n.Level
		m.add(k, b)
	case *ast.Paragraph, *ast.TextBlock:
		m.paragraph(n)
	case *ast.CodeBlock, *ast.FencedCodeBlock, *formulaBlock:
		m.code(n)
	case *ast.HTMLBlock:
		m.html(n)
	case *east.TableHeader, *east.TableRow:
		m.row(n)
	case *east.FootnoteList, *ast.LinkReferenceDefinition, *ast.ThematicBreak: // notes are read apart
	default:
		m.blocks(n)
	}
}

func (m *markdown) blocks(n ast.Node) {
	list, ok := n.(*ast.List)
	number := 0
	if ok {
		number = list.Start
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if ok && list.IsOrdered() {
			m.prefix = strconv.Itoa(number) + string(list.Marker) + " "
			number++
		}
		m.block(c)
	}
}

// begin opens the text of a block.
func (m *markdown) begin() *inked {
	k := &inked{}
	k.write(m.prefix)
	m.prefix, m.tags = "", tags{}
	return k
}

// add adds a block of which something is shown.
func (m *markdown) add(k *inked, b block) {
	at := len(m.s.blocks)
	for _, id := range m.tags.ids {
		if _, ok := m.ids[id]; !ok && !m.inNotes {
			m.ids[id] = at
		}
	}
	m.tags.ids = nil
	switch {
	case b.text == "":
		return
	case len(b.text) > longestLine:
		m.s.warns = append(m.s.warns, Warning{Line: b.line, Text: fmt.Sprintf("a block of %d bytes is left out: over %d no reader could be shown it", len(b.text), longestLine)})
		return
	}
	if len(k.targets) > 0 && !m.inNotes {
		m.leads[at] = k.targets
	}
	m.s.blocks = append(m.s.blocks, b)
}

var (
	typedNote = regexp.MustCompile(`^\s*(?:\[[0-9]{1,3}\]|［[0-9０-９]{1,3}］|〔[0-9０-９]{1,3}〕|[①-⑳⑴-⒇])`)
	colonNote = regexp.MustCompile(`^\[([0-9]{1,3})\]:\s*(.+)$`)
)

// indent opens a paragraph in Chinese print.
const indent = "\u3000\u3000"

// paragraph adds a paragraph. Paragraphs that are set off by an indent alone,
// and notes typed on one line each, are parted: CommonMark takes them for one.
func (m *markdown) paragraph(n ast.Node) {
	k, line := m.begin(), m.line(n.Pos())
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		m.inlineNode(k, c)
		t, ok := c.(*ast.Text)
		if !ok || c.NextSibling() == nil || !t.SoftLineBreak() && !t.HardLineBreak() {
			continue
		}
		next := m.line(t.Segment.Stop)
		rest := m.src[min(m.breaks[next-1]+1, len(m.src)):]
		if bytes.HasPrefix(rest, []byte(indent)) || typedNote.Match(k.text) && typedNote.Match(rest) {
			m.addText(k, line)
			k, line = m.begin(), next+1
		}
	}
	if image, ok := n.FirstChild().(*ast.Image); ok && n.ChildCount() == 1 {
		m.inline(k, image)
		b := k.block(line)
		b.kind = Caption
		m.add(k, b)
		return
	}
	m.addText(k, line)
}

// addText adds a paragraph, or the note that it defines.
func (m *markdown) addText(k *inked, line int) {
	if note := colonNote.FindStringSubmatch(string(k.text)); note != nil && !m.inNotes {
		m.s.notes = append(m.s.notes, sourceNote{label: Label(note[1]), text: note[2], line: line})
		return
	}
	m.add(k, k.block(line))
}

func (m *markdown) row(n ast.Node) {
	k := m.begin()
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.PreviousSibling() != nil {
			k.write(" | ")
		}
		m.inline(k, c)
	}
	if strings.Trim(string(k.text), "| ") != "" {
		m.add(k, k.block(m.line(n.Pos())))
	}
}

// code adds a block of code or a formula.
func (m *markdown) code(n ast.Node) {
	k := m.begin()
	var b strings.Builder
	for i := range n.Lines().Len() {
		segment := n.Lines().At(i)
		b.Write(segment.Value(m.src))
	}
	body := b.String()
	if n.Kind() == kindFormulaBlock {
		body = strings.Trim(strings.TrimSpace(body), "$")
	}
	k.write(body)
	added := k.block(m.line(n.Pos()))
	added.code = true
	m.add(k, added)
}

// chooseTitle makes the first heading of the first level, where nothing stands
// before it, the report's title; a numbered one opens a chapter.
func (m *markdown) chooseTitle() {
	if len(m.s.blocks) == 0 {
		return
	}
	b := &m.s.blocks[0]
	if b.level != 1 || headingRank(b.text) >= 0 || m.s.title != "" && m.s.title != b.text && m.chapters() > 1 {
		return
	}
	b.kind, b.level = Title, 0
	if m.s.title == "" {
		m.s.title = b.text
	}
}

// chapters counts the headings of the first level.
func (m *markdown) chapters() int {
	n := 0
	for _, b := range m.s.blocks {
		if b.level == 1 {
			n++
		}
	}
	return n
}
