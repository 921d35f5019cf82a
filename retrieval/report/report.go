// Package report reads a file into a Report: its paragraphs with the section
// each stands in, their sentences, and the footnote markers and notes.
//
// Text is kept as printed; every Span is a byte range of its Paragraph's Text.
package report

import "fmt"

// Report is one document of a library.
type Report struct {
	ID         string // stable, made from the file's name
	Title      string
	Meta       Meta
	Format     Format
	Paragraphs []Paragraph
	Notes      []Note // those that the report prints, in order
	Warnings   []Warning
}

// Meta is what a citation needs of a report beside its title; what is not known is empty.
type Meta struct {
	Authors   []string
	Year      string
	Publisher string
}

// Note is a footnote's own text, as printed, without its label.
type Note struct {
	Label string
	Text  string
	Page  int // where it is printed, from 1; 0: not known
	See   int // the note that it only points to, as its place in Notes from 1; 0: none
}

// Format is what kind of file a report was read from.
type Format string

const (
	TXT      Format = "TXT"
	JSONL    Format = "JSONL"
	Markdown Format = "Markdown"
	HTML     Format = "HTML"
	EPUB     Format = "EPUB"
	DOCX     Format = "DOCX"
	PDF      Format = "PDF"
)

// Kind says what a paragraph is. Only Body paragraphs are passages.
type Kind int

const (
	Body     Kind = iota
	Title         // the report's own title, or a line of its front matter
	Heading       // opens a section
	Caption       // names a table or figure
	Platform      // put there by a reading app, no part of the report
	NoteText      // a note's own text
)

// Paragraph is a block of a report. A text file's paragraphs are its non-empty
// lines, numbered from 0, headings and platform lines included.
type Paragraph struct {
	ID      string // the passage id
	Index   int
	Line    int // line of the file, from 1; 0: the format has none
	Page    int // from 1; 0: the format has none
	Chapter string
	Kind    Kind
	Title   string // a JSONL passage's own title
	Section []string
	Text    string
	Units   []Unit
	Markers []Marker
	Habit   Habit // of the markers around here
}

// Span is a byte range of a paragraph's text.
type Span struct{ Start, End int }

// Unit is the least quotable piece: a sentence, or a full clause of one that a
// semicolon ends. Markers behind its stop are not part of it.
type Unit struct {
	Span
	Sentence int // number of its sentence in the paragraph, from 0
}

// Marker is a footnote marker in the text.
type Marker struct {
	Span
	Label string // the number as digits: "35"
	Run   bool   // behind a stop or at the paragraph's end: covers the run before it
	Note  int    // its note, of the report's Notes; -1: the report does not print it
}

// Habit says what a report's markers cover.
type Habit int

const (
	RunHabit  Habit = iota // sources behind sentences: a marker covers the run before it
	WordHabit              // glossary notes on words: a marker covers its own sentence alone
)

// Warning is something that a reader of the report should know.
type Warning struct {
	Line int // from 1; 0: not of one line
	Page int // from 1; 0: not of one page
	Text string
}

func (w Warning) String() string {
	switch {
	case w.Page > 0:
		return fmt.Sprintf("page %d: %s", w.Page, w.Text)
	case w.Line > 0:
		return fmt.Sprintf("line %d: %s", w.Line, w.Text)
	}
	return w.Text
}

// Passages returns the paragraphs that are indexed and quoted, in order.
func (r *Report) Passages() []*Paragraph {
	var out []*Paragraph
	for i := range r.Paragraphs {
		if r.Paragraphs[i].Kind == Body {
			out = append(out, &r.Paragraphs[i])
		}
	}
	return out
}

// NoteOf returns the note of a marker, and false where the report does not
// print it.
func (r *Report) NoteOf(m Marker) (Note, bool) {
	if m.Note < 0 || m.Note >= len(r.Notes) {
		return Note{}, false
	}
	return r.Notes[m.Note], true
}
