package retrieval

import (
	"math"

	"chuchu/retrieval/report"
)

// Question is what a person asks of the library.
type Question struct {
	Text   string
	Turns  []string // earlier questions of the same conversation, oldest first
	Report string   // id of the one report to search; empty: all
	Top    int      // hits wanted at most; 0: DefaultTop, and all of a listing of markers

	whole bool // Top was not given
}

// DefaultTop is the number of hits returned when a Question does not say.
const DefaultTop = 10

// bounded puts the default Top in where none is given.
func (q Question) bounded() Question {
	if q.Top <= 0 {
		q.Top, q.whole = DefaultTop, true
	}
	return q
}

// listing leaves a listing of markers whole, unless a Top was given.
func (q Question) listing() Question {
	if q.whole {
		q.Top = math.MaxInt
	}
	return q
}

// Kind says how a question was served.
type Kind int

const (
	KindAnswer    Kind = iota // a question, answered by ranking
	KindCitation              // a look-up of a marker, document number, title, or a section's markers
	KindQuotation             // a pasted sentence, checked against the reports
)

// Answer is what the library says to a Question. Its JSON form is a contract.
type Answer struct {
	Question   string   `json:"question"`
	ReadAs     string   `json:"read_as,omitempty"` // how a follow-up was understood
	Found      bool     `json:"found"`             // false: Hits are the nearest passages, no answer
	Confidence float64  `json:"confidence"`        // 0 to 1
	Missing    []string `json:"missing,omitempty"` // what a refusal lacks
	Hits       []Hit    `json:"hits"`

	Kind      Kind       `json:"-"`
	Lookup    *Lookup    `json:"-"` // set for KindCitation
	Quotation *Quotation `json:"-"` // set for KindQuotation
}

// Hit is one passage with the words of it that answer.
type Hit struct {
	PassageID string     `json:"passage_id"`
	Report    string     `json:"report"` // report id
	Title     string     `json:"title"`  // report title
	Section   []string   `json:"section"`
	Paragraph int        `json:"paragraph"`
	Page      int        `json:"page,omitempty"` // from 1, where the report has pages
	Chapter   string     `json:"chapter,omitempty"`
	Text      string     `json:"text"`   // the paragraph as printed
	Quote     string     `json:"quote"`  // exact substring of Text
	Answer    string     `json:"answer"` // exact substring of Quote; may be empty
	Score     float64    `json:"score"`
	Footnotes []Footnote `json:"footnotes"`

	Meta report.Meta `json:"-"` // what is known of the report for a citation
}

// Footnote is a marker of a quote, its note where the report prints one, and
// the works named by the sentence that carries it.
type Footnote struct {
	Marker string   `json:"marker"`
	Note   *string  `json:"note"` // nil: the report does not print the note's text
	Works  []string `json:"works"`
	Inside bool     `json:"inside"` // the marker is printed within the quote

	Named   []Work `json:"-"` // Works, with what else is printed of them
	Printed string `json:"-"` // the marker as it stands in the text: [35], ①
	See     string `json:"-"` // of a note that only points to another, that one's text

	at int // where the marker stands in the paragraph
}

// Work is a document that a noted sentence names. What is not printed is empty.
type Work struct {
	Title  string // with its 《》
	Number string // 国发〔2016〕18号
	Issuer string
	Date   string // as printed
}

// Lookup is what a citation look-up asked for.
type Lookup struct {
	What    LookupKind
	Asked   string   // the markers (35、36), document number, title or section as understood
	Lacking []string // of several markers, those that no report has
	Known   []string // where something is lacking: the markers, document numbers or headings there are, in order
	Marked  []Marked // the markers of a listing; where a marker is lacking, those of each report
}

// LookupKind is what a citation look-up names.
type LookupKind int

const (
	LookupMarker LookupKind = iota
	LookupNumber
	LookupTitle
	LookupSection // the markers of a section, or of whole reports
)

// Marked are the markers of one report or of a section of it.
type Marked struct {
	Report  string   // the report's title
	Section string   // its heading; empty: the whole report
	Markers []string // as they follow in the text, each once

	Paragraph *int // the one paragraph asked for
}

// Quotation is the check of a pasted sentence against the first hit's quote.
type Quotation struct {
	Exact bool
	Diff  []Segment // the first hit's quote and the pasted text, interleaved
}

// Segment is a run of characters that the report and the pasted text share or not.
type Segment struct {
	Op   Op
	Text string
}

// Op says which side has a Segment.
type Op int

const (
	Same    Op = iota // in both
	Printed           // only in the report
	Pasted            // only in the pasted text
)

// ReportInfo is one report of the library, as a list shows it.
type ReportInfo struct {
	ID       string
	Title    string
	Passages int
	Sections int
	Markers  int // distinct markers in the text
	Notes    int // notes whose text the report prints
	Warnings []string
}
