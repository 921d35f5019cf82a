package retrieval

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"chuchu/retrieval/index"
	"chuchu/retrieval/rank"
	"chuchu/retrieval/report"
)

const (
	longestQuestion = 2000 // characters of a question that are read
	mostTurns       = 20   // turns before it that are read, the last
)

// readable is a question as far as it is read.
func readable(text string) string {
	text = strings.TrimSpace(text)
	n := 0
	for i := range text {
		if n++; n > longestQuestion {
			return text[:i]
		}
	}
	return text
}

func readableTurns(turns []string) []string {
	out := slices.Clone(turns[max(0, len(turns)-mostTurns):])
	for i, t := range out {
		out[i] = readable(t)
	}
	return out
}

// Ask answers a question: a look-up of a marker, document number or title, a
// pasted sentence, or a question to be answered by ranking.
func (l *Library) Ask(ctx context.Context, q Question) (Answer, error) {
	text := readable(q.Text)
	q = q.bounded()
	a := Answer{Question: q.Text, Hits: []Hit{}}
	if text == "" {
		return a, nil
	}
	read, err := l.readInTurn(ctx, text, readableTurns(q.Turns))
	if err != nil {
		return a, fmt.Errorf("answer %q: %w", text, err)
	}
	if read.Text != text || read.More {
		a.ReadAs = read.Text
	}
	q.Text = read.Text
	if read.More {
		q.Top++
	}
	err = l.serve(ctx, q, &a)
	if read.More && err == nil && len(a.Hits) > 0 {
		a.Hits = a.Hits[1:]
		a.Found = a.Found && len(a.Hits) > 0
	}
	return a, err
}

// serve answers a question that stands alone.
func (l *Library) serve(ctx context.Context, q Question, a *Answer) error {
	for _, serve := range []func(context.Context, Question, *Answer) (bool, error){l.lookUp, l.checkQuotation} {
		if done, err := serve(ctx, q, a); done || err != nil {
			return err
		}
	}
	res, err := l.ranker.Ask(ctx, q.Text, l.only(q.Report), q.Top)
	if err != nil {
		return fmt.Errorf("answer %q: %w", q.Text, err)
	}
	a.Found, a.Confidence = res.Found, res.Confidence
	if a.ReadAs == "" {
		a.ReadAs = strings.Join(strings.Fields(res.Mended), " ")
	}
	if !res.Found {
		a.Missing = res.Missing
	}
	for _, h := range res.Hits {
		a.Hits = append(a.Hits, newHit(h.Doc, h.Quote, h.Answer, h.Score))
	}
	return nil
}

func (l *Library) only(id string) func(int) bool {
	if id == "" {
		return nil
	}
	at := slices.IndexFunc(l.reports, func(r shelved) bool { return r.ID == id })
	return func(ord int) bool {
		slot, _ := index.SplitOrd(ord)
		return at >= 0 && slot == l.reports[at].Slot
	}
}

// newHit makes a hit of a passage, with the footnotes of its quote.
func newHit(d *rank.Doc, quote report.Span, answer string, score float64) Hit {
	p := d.Paragraph
	h := Hit{
		PassageID: p.ID,
		Report:    d.Report.ID,
		Title:     d.Report.Title,
		Section:   slices.Clone(p.Section),
		Paragraph: p.Index,
		Page:      p.Page,
		Chapter:   p.Chapter,
		Meta:      d.Report.Meta,
		Text:      p.Text,
		Quote:     p.Text[quote.Start:quote.End],
		Answer:    answer,
		Score:     score,
		Footnotes: footnotes(d, quote),
	}
	if p.Title != "" {
		h.Title = p.Title
	}
	if h.Section == nil {
		h.Section = []string{}
	}
	return h
}

// footnotes are the markers of a quote, each with its note and with the works
// named where it stands.
func footnotes(d *rank.Doc, quote report.Span) []Footnote {
	p := d.Paragraph
	marks, inside := p.Cover(quote)
	out := make([]Footnote, 0, len(marks))
	for i, m := range marks {
		out = append(out, newFootnote(d, m, quote, inside[i]))
	}
	return out
}

func newFootnote(d *rank.Doc, m report.Marker, quote report.Span, inside bool) Footnote {
	f := Footnote{Marker: m.Label, Works: []string{}, Named: named(d, m, quote), Inside: inside, Printed: d.Paragraph.Text[m.Start:m.End], at: m.Start}
	if note, ok := d.Report.NoteOf(m); ok {
		f.Note = &note.Text
		if note.See > 0 {
			f.See = d.Report.Notes[note.See-1].Text
		}
	}
	for _, w := range f.Named {
		for _, s := range []string{w.Title, w.Number} {
			if s != "" {
				f.Works = append(f.Works, s)
			}
		}
	}
	return f
}

// is tells whether the footnote is that of this marker. Numbers may stand twice
// in a paragraph, with notes of their own.
func (f Footnote) is(m report.Marker) bool { return f.Marker == m.Label && f.at == m.Start }

// named lists the works in that part of the quote which the marker covers, and
// in the sentence that carries it.
func named(d *rank.Doc, m report.Marker, quote report.Span) []Work {
	p := d.Paragraph
	at := slices.IndexFunc(p.Markers, func(o report.Marker) bool { return o.Start == m.Start && o.Label == m.Label })
	run := p.RunOf(at)
	var out []Work
	add := func(s report.Span) {
		if s.Start >= s.End || !mayName(p.Text[s.Start:s.End]) {
			return
		}
		for _, w := range report.Works(p.Text[s.Start:s.End]) {
			if !slices.ContainsFunc(out, func(o Work) bool { return o.Title == w.Title && o.Number == w.Number }) {
				out = append(out, Work(w))
			}
		}
	}
	add(report.Span{Start: max(run.Start, quote.Start), End: min(run.End, quote.End)})
	last := run
	for _, u := range p.Units {
		if u.Start >= run.Start && u.End <= run.End {
			last = u.Span
		}
	}
	add(last)
	return out
}

// Explain answers as Ask does and shows every feature. change, if there is one,
// puts another passage in a passage's place, or leaves it out where it gives nil.
func (l *Library) Explain(ctx context.Context, q Question, change func(*rank.Doc) *rank.Doc) (*rank.Explanation, error) {
	read, err := l.readInTurn(ctx, readable(q.Text), readableTurns(q.Turns))
	if err != nil {
		return nil, fmt.Errorf("explain %q: %w", q.Text, err)
	}
	return l.ranker.Changed(change).Explain(ctx, read.Text, l.only(q.Report))
}

// Understand reads a question that stands alone, as ranking does.
func (l *Library) Understand(ctx context.Context, text string) (*rank.Query, error) {
	return l.ranker.Understand(ctx, text)
}

// Model is the model that ranks.
func (l *Library) Model() *rank.Model { return l.ranker.Model() }
