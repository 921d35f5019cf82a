package retrieval

import (
	"cmp"
	"fmt"
	"slices"

	"chuchu/retrieval/report"
)

// Card tells what was read of a file.
type Card struct {
	ID       string        `json:"id"`
	Title    string        `json:"title"`
	Format   report.Format `json:"format"`
	File     string        `json:"file"` // within the library
	Sections int           `json:"sections"`
	Passages int           `json:"passages"`
	Markers  int           `json:"markers"`  // distinct markers in the text, each note's its own
	Notes    int           `json:"notes"`    // notes whose text the report prints
	Matched  int           `json:"matched"`  // of them, those that a marker refers to
	Missing  int           `json:"missing"`  // markers without a note
	Orphaned int           `json:"orphaned"` // notes without a marker
	Warnings []string      `json:"warnings"`

	DuplicateOf string   `json:"duplicate_of,omitempty"` // id of the report that holds the same text and answers
	Also        []string `json:"also,omitempty"`         // other files that hold the same text
}

// better tells of two cards of the same text whether this one's file is to
// answer: the one with more of its notes found, then with more sections.
func (c *Card) better(other *Card) bool {
	return cmp.Or(cmp.Compare(c.Matched, other.Matched), cmp.Compare(c.Sections, other.Sections)) > 0
}

// info is the card as a list of reports shows it.
func (c *Card) info() ReportInfo {
	return ReportInfo{ID: c.ID, Title: c.Title, Passages: c.Passages, Sections: c.Sections, Markers: c.Markers, Notes: c.Notes, Warnings: slices.Clone(c.Warnings)}
}

// cardMaker makes the card of a report that comes part by part.
type cardMaker struct {
	card    Card
	markers map[string]bool // by label and note: it has one
	noted   map[int]bool    // notes that are referred to
}

func newCard(r *report.Report, file string) *cardMaker {
	m := &cardMaker{markers: map[string]bool{}, noted: map[int]bool{}}
	m.card = Card{ID: r.ID, Title: r.Title, Format: r.Format, File: file, Notes: len(r.Notes), Warnings: []string{}}
	return m
}

// warn adds what a reader of the report should know.
func (m *cardMaker) warn(warns []report.Warning) {
	for _, w := range warns {
		m.card.Warnings = append(m.card.Warnings, w.Text)
	}
}

// add counts paragraphs in. Notes are those of the report r.
func (m *cardMaker) add(r *report.Report, ps []report.Paragraph) {
	for i := range ps {
		p := &ps[i]
		switch p.Kind {
		case report.Body:
			m.card.Passages++
		case report.Heading:
			m.card.Sections++
		}
		for _, mark := range p.Markers {
			_, ok := r.NoteOf(mark)
			key := mark.Label // of a numbering that begins anew, one for each note
			if ok {
				key = fmt.Sprintf("%s %d", key, mark.Note)
			}
			m.markers[key] = ok
			if ok {
				m.noted[mark.Note] = true
			}
		}
	}
}

func (m *cardMaker) done() Card {
	c := m.card
	c.Markers, c.Matched = len(m.markers), len(m.noted)
	c.Orphaned = c.Notes - c.Matched
	for _, noted := range m.markers {
		if !noted {
			c.Missing++
		}
	}
	return c
}

// Cards tells what was read of each file that is a report, in their order.
func (l *Library) Cards() []Card {
	out := make([]Card, 0, len(l.entries))
	for i := range l.entries {
		if c, ok := l.cardOf(&l.entries[i]); ok {
			out = append(out, c)
		}
	}
	return out
}

// Card is the card of one report.
func (l *Library) Card(id string) (Card, bool) {
	for i := range l.entries {
		if l.entries[i].ID == id {
			return l.cardOf(&l.entries[i])
		}
	}
	return Card{}, false
}

func (l *Library) cardOf(e *entry) (Card, bool) {
	c := e.Card
	if c.ID == "" {
		return c, false
	}
	if e.Broken != "" {
		c.Warnings = append(slices.Clone(c.Warnings), e.Broken)
	}
	for i := range l.entries {
		if o := &l.entries[i]; e.live() && o.Card.DuplicateOf == e.ID {
			c.Also = append(c.Also, o.File)
		}
	}
	return c, true
}
