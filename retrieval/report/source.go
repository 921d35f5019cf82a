package report

import (
	"fmt"
	"strings"
	"unicode"
)

// source is a report as its format gives it, before its sections are told and
// its footnotes resolved. Each format fills one; assemble does the rest, the
// same for all.
type source struct {
	format Format
	title  string // from the file's metadata; empty: told from the first lines
	meta   Meta
	blocks []block
	notes  []sourceNote // those that the format itself marks as notes
	warns  []Warning
}

// block is a paragraph of a source: a block of text, a heading, a list item, or
// a row of a table with its cells parted by " | ".
type block struct {
	text string // as printed, without line breaks; a reference whose mark the format draws itself is printed "[7]"
	refs []ref  // the references that the format marks, in order
	kind Kind   // Body, unless the format says otherwise
	// level is a heading's depth, from 1, where the format marks headings; 0:
	// headings are told from their numbering.
	level   int
	line    int // of the file, from 1; 0: none
	page    int // from 1; 0: none
	chapter string
	// contents is the line of a book's contents that it stands under, behind those
	// above that line; empty: not known.
	contents string
	scope    int    // blocks of one number share a numbering of notes: an article, a file of an EPUB
	foot     bool   // printed at a page's foot, or in smaller type where notes stand
	code     bool   // code or formulas: its brackets are no markers
	mute     []Span // parts of it that are so
}

// ref is a reference to a note that the format marks: a link, a superscript.
type ref struct {
	Span         // of the marker in the block's text
	label string // the marker's own number or sign, "7"
	note  int    // of the source's notes; -1: a marker is all that is known
	loose bool   // a marker only if a note answers
}

// sourceNote is a note that the format marks as one. Its text stands in no block.
type sourceNote struct {
	label string // as its references print it; empty: by its first reference
	text  string
	page  int
	line  int
}

// assemble makes a report of a source. name is the file's name, which makes the id.
func assemble(name string, s *source) *Report {
	r := &Report{ID: ID(name), Meta: s.meta, Format: s.format, Warnings: s.warns}
	for _, b := range s.blocks {
		index := len(r.Paragraphs)
		r.Paragraphs = append(r.Paragraphs, Paragraph{
			ID: fmt.Sprintf("%s#p%d", r.ID, index), Index: index, Line: b.line, Page: b.page, Chapter: b.chapter, Kind: b.kind, Text: b.text,
		})
	}
	r.resolve(s)
	r.classify(s.blocks)
	if s.title != "" {
		r.Title = s.title
	}
	r.Meta = frontMeta(r.Paragraphs).over(r.Meta)
	r.divide()
	return r
}

// divide cuts the passages into units, and takes the markers out of the names
// of sections.
func (r *Report) divide() {
	clean := map[string]string{}
	for i := range r.Paragraphs {
		p := &r.Paragraphs[i]
		switch p.Kind {
		case Body:
			p.Units = splitUnits(p.Text, p.Markers)
		case Heading, Title:
			clean[p.Text] = withoutMarkers(p.Text, p.Markers)
		}
	}
	for i := range r.Paragraphs {
		for k, s := range r.Paragraphs[i].Section {
			if c, ok := clean[s]; ok {
				r.Paragraphs[i].Section[k] = c
			}
		}
	}
	if c, ok := clean[r.Title]; ok {
		r.Title = c
	}
}

// unspaced tells the characters that are written without blanks between, so that
// a line that breaks among them joins the next as it stands.
func unspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r >= 0x3000 && r <= 0x303F || r >= 0xFF00 && r <= 0xFFEF || strings.ContainsRune("“”‘’…—·", r)
}

// oneLine is text as a block holds it: without line breaks, blanks in runs, or
// blanks around it.
func oneLine(text string) string {
	return strings.Join(strings.FieldsFunc(text, unicode.IsSpace), " ")
}
