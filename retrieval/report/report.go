// Package report reads a file into a Report: its paragraphs with the section
// each stands in, their sentences, and the footnote markers and notes.
//
// Text is kept as printed; every Span is a byte range of its Paragraph's Text.
package report

// Report is one document of a library.
type Report struct {
	ID         string // stable, made from the file's name
	Title      string
	Paragraphs []Paragraph
	Notes      map[string]string // marker to note text, where the report prints notes
	Habit      Habit
	Warnings   []Warning
}

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
	Line    int // line of the file, from 1
	Kind    Kind
	Title   string // a JSONL passage's own title
	Section []string
	Text    string
	Units   []Unit
	Markers []Marker
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
}

// Habit says what a report's markers cover.
type Habit int

const (
	RunHabit  Habit = iota // sources behind sentences: a marker covers the run before it
	WordHabit              // glossary notes on words: a marker covers its own sentence alone
)

// Warning is something that a reader of the report should know.
type Warning struct {
	Line int // from 1; 0: the whole file
	Text string
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

// habitShare is the share of markers inside sentences from which a report's
// markers are glossary notes on words; source notes stand behind stops, so the
// two habits lie far from it on either side.
const habitShare = 0.6

// measureHabit tells from where its markers stand what they cover.
func (r *Report) measureHabit() {
	inside, all := 0, 0
	for i := range r.Paragraphs {
		for _, m := range r.Paragraphs[i].Markers {
			all++
			if !m.Run {
				inside++
			}
		}
	}
	r.Habit = RunHabit
	if all > 0 && float64(inside)/float64(all) >= habitShare {
		r.Habit = WordHabit
	}
}
