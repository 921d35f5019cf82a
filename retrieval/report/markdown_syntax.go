package report

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// markdownParser reads CommonMark with tables, struck-out text, task lists,
// notes and formulas. Notes that nothing refers to stay, and references without
// a note are told.
func markdownParser() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(append(parser.DefaultBlockParsers(),
			util.Prioritized(formulaBlocks{}, 650),
			util.Prioritized(extension.NewFootnoteBlockParser(), 999))...),
		parser.WithInlineParsers(append(parser.DefaultInlineParsers(),
			util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
			util.Prioritized(noteMarks{}, 101),
			util.Prioritized(formulas{}, 150),
			util.Prioritized(extension.NewStrikethroughParser(), 500))...),
		parser.WithParagraphTransformers(
			util.Prioritized(shortDefinitions{parser.LinkReferenceParagraphTransformer}, 100),
			util.Prioritized(filledTables{extension.NewTableParagraphTransformer()}, 200)),
		parser.WithASTTransformers(util.Prioritized(extension.NewTableASTTransformer(), 0)),
	)
}

var (
	kindNoteMark     = ast.NewNodeKind("NoteMark")
	kindFormula      = ast.NewNodeKind("Formula")
	kindFormulaBlock = ast.NewNodeKind("FormulaBlock")
)

// noteMark is [^label], whether or not there is such a note.
type noteMark struct {
	ast.BaseInline
	label string
}

func (n *noteMark) Kind() ast.NodeKind            { return kindNoteMark }
func (n *noteMark) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// longestNoteLabel is that of CommonMark's link labels, in bytes.
const longestNoteLabel = 999

type noteMarks struct{}

// Trigger holds the exclamation mark, which would make an image of 好![^1].
func (noteMarks) Trigger() []byte { return []byte{'[', '!'} }

func (noteMarks) Parse(parent ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, segment := block.PeekLine()
	open := bytes.TrimPrefix(line, []byte("!"))
	lead := len(line) - len(open)
	if !bytes.HasPrefix(open, []byte("[^")) {
		return nil
	}
	end := bytes.IndexAny(open[2:], "[]")
	if end <= 0 || end > longestNoteLabel || open[2+end] != ']' || bytes.HasPrefix(open[3+end:], []byte("(")) {
		return nil
	}
	label := string(open[2 : 2+end])
	if strings.TrimSpace(label) == "" {
		return nil
	}
	if lead > 0 {
		parent.AppendChild(parent, ast.NewTextSegment(text.NewSegment(segment.Start, segment.Start+lead)))
	}
	block.Advance(lead + 3 + end)
	return &noteMark{label: label}
}

// formula is $x$ or $$x$$ within a line.
type formula struct {
	ast.BaseInline
	text string
}

func (n *formula) Kind() ast.NodeKind            { return kindFormula }
func (n *formula) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

type formulas struct{}

func (formulas) Trigger() []byte { return []byte{'$'} }

// Parse takes what stands between dollars without blanks inside them; sums of
// money, $5亿和$6亿, are no formulas.
func (formulas) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	sign := []byte("$")
	if bytes.HasPrefix(line, []byte("$$")) {
		sign = []byte("$$")
	}
	rest := line[len(sign):]
	end := bytes.Index(rest, sign)
	for end > 0 && rest[end-1] == '\\' {
		next := bytes.Index(rest[end+len(sign):], sign)
		if next < 0 {
			return nil
		}
		end += len(sign) + next
	}
	if end <= 0 {
		return nil
	}
	inner := string(rest[:end])
	after, _ := utf8.DecodeRune(rest[end+len(sign):])
	if len(sign) == 1 && (inner != strings.TrimSpace(inner) || unicode.IsDigit(after)) {
		return nil
	}
	if !strings.ContainsAny(inner, `\^_={}`) && strings.ContainsFunc(inner, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		return nil
	}
	block.Advance(len(sign) + end + len(sign))
	return &formula{text: strings.TrimSpace(inner)}
}

// formulaBlock is $$…$$ on lines of its own.
type formulaBlock struct {
	ast.BaseBlock
	closed bool
}

func (n *formulaBlock) Kind() ast.NodeKind            { return kindFormulaBlock }
func (n *formulaBlock) IsRaw() bool                   { return true }
func (n *formulaBlock) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

type formulaBlocks struct{}

func (formulaBlocks) Trigger() []byte { return []byte{'$'} }

func (formulaBlocks) Open(_ ast.Node, reader text.Reader, _ parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	t := bytes.TrimSpace(line)
	if !bytes.HasPrefix(t, []byte("$$")) {
		return nil, parser.NoChildren
	}
	n := &formulaBlock{}
	if at := bytes.Index(t[2:], []byte("$$")); at >= 0 {
		if at+4 != len(t) {
			return nil, parser.NoChildren // text follows it: it stands within a line
		}
		n.closed = true
	}
	n.Lines().Append(segment)
	reader.AdvanceToEOL()
	return n, parser.NoChildren
}

func (formulaBlocks) Continue(node ast.Node, reader text.Reader, _ parser.Context) parser.State {
	n := node.(*formulaBlock)
	line, segment := reader.PeekLine()
	if n.closed || util.IsBlank(line) { // one never closed ends with its paragraph
		return parser.Close
	}
	n.Lines().Append(segment)
	reader.AdvanceToEOL()
	n.closed = bytes.Contains(line, []byte("$$"))
	return parser.Continue | parser.NoChildren
}

func (formulaBlocks) Close(ast.Node, text.Reader, parser.Context) {}
func (formulaBlocks) CanInterruptParagraph() bool                 { return true }
func (formulaBlocks) CanAcceptIndentedLine() bool                 { return false }
