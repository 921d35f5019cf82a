package report

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// Bounds of one file. What a person wrote stays far below them; they keep the
// memory that a file takes to a multiple of its size, and its time to one of its
// length.
const (
	mostParagraphs = 500_000
	mostPage       = 32 << 20 // bytes of an HTML file
	mostMarkdown   = 16 << 20 // bytes of a Markdown file
	mostMarkers    = 300_000  // in a file, those that may be some included
	mostDefined    = 2_000    // lines in which links are defined, one behind the other
	mostNested     = 100      // lists and quotations that one line of Markdown opens
	mostBrackets   = 20_000   // in lines of Markdown that no empty one parts
)

// boundParagraphs refuses a file of too many.
func boundParagraphs(n int) error {
	if n > mostParagraphs {
		return fmt.Errorf("it has %d paragraphs, over the %d that a report may have: split it, or give its passages as JSONL", n, mostParagraphs)
	}
	return nil
}

// boundMarkup refuses text that would make too large a tree.
func boundMarkup(text string, most int) error {
	if len(text) > most {
		return fmt.Errorf("its text of %d MiB is over the %d that are read", len(text)>>20, most>>20)
	}
	return nil
}

// shortDefinitions keeps the lines that define links from a parser that reads
// all of them anew for each.
type shortDefinitions struct{ parser.ParagraphTransformer }

func (s shortDefinitions) Transform(n *ast.Paragraph, r text.Reader, pc parser.Context) {
	if n.Lines().Len() <= mostDefined {
		s.ParagraphTransformer.Transform(n, r, pc)
	}
}

// filledTables leaves as text what would be a table of more cells than it has
// characters: a parser fills each short row up to the head's width.
type filledTables struct{ parser.ParagraphTransformer }

func (f filledTables) Transform(n *ast.Paragraph, r text.Reader, pc parser.Context) {
	lines := n.Lines()
	if lines.Len() == 0 {
		return
	}
	first, last := lines.At(0), lines.At(lines.Len()-1)
	columns := bytes.Count(first.Value(r.Source()), []byte("|"))
	if columns*lines.Len() <= last.Stop-first.Start {
		f.ParagraphTransformer.Transform(n, r, pc)
	}
}

// dropKnots empties lines of Markdown that open too many blocks within each
// other, and runs of lines with too many brackets: a parser tries each with all
// those before.
func (s *source) dropKnots(content string) string {
	if len(content) < mostNested {
		return content
	}
	lines := strings.Split(content, "\n")
	drop := func(from, to int, why string) {
		s.warns = append(s.warns, Warning{Line: from + 1, Text: "left out: " + why})
		for i := from; i < to; i++ {
			lines[i] = ""
		}
	}
	from, brackets := 0, 0
	for i, l := range append(lines, "") {
		if strings.TrimSpace(l) == "" {
			if brackets > mostBrackets {
				drop(from, i, fmt.Sprintf("%d brackets in one paragraph", brackets))
			}
			from, brackets = i+1, 0
			continue
		}
		brackets += strings.Count(l, "[")
		if n := opened(l); n > mostNested {
			drop(i, i+1, fmt.Sprintf("%d lists or quotations within each other", n))
		}
	}
	return strings.Join(lines, "\n")
}

// opened counts the marks of lists and quotations that a line begins with.
func opened(line string) (n int) {
	for i, c := range []byte(line) {
		blank := i+1 < len(line) && (line[i+1] == ' ' || line[i+1] == '\t')
		switch {
		case c == '>' || blank && strings.IndexByte("-+*.)", c) >= 0:
			n++
		case strings.IndexByte("-+*.)", c) >= 0: // a rule, an underline, dots
			return n
		case c != ' ' && c != '\t' && (c < '0' || c > '9'):
			return n
		}
	}
	return n
}
