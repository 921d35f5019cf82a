package rank

import (
	"context"
	"sort"
	"strings"

	"chuchu/retrieval/report"
)

// Mention is a unit that names a work.
type Mention struct {
	Doc   *Doc
	Unit  int
	Exact bool // the work's whole title was asked for
}

// Cite quotes the places of a work, those that the rest of the question fits
// best first; of equals, one with a footnote, then the earlier.
func (r *Ranker) Cite(ctx context.Context, text string, places []Mention, top int) ([]Hit, error) {
	q, err := r.Understand(ctx, text)
	if err != nil {
		return nil, err
	}
	type placed struct {
		hit    Hit
		exact  bool
		marked bool
	}
	var all []placed
	seen := map[*Doc]map[int]bool{}
	for _, p := range places {
		if seen[p.Doc] == nil {
			seen[p.Doc] = map[int]bool{}
		}
		if seen[p.Doc][p.Unit] {
			continue
		}
		seen[p.Doc][p.Unit] = true
		s := r.newScored(q, p.Doc)
		u := p.Doc.Paragraph.Units[p.Unit]
		h := Hit{Doc: p.Doc, Quote: u.Span, Score: s.units[p.Unit]}
		marks, _ := p.Doc.Paragraph.Cover(h.Quote)
		all = append(all, placed{h, p.Exact, len(marks) > 0})
	}
	sort.SliceStable(all, func(i, j int) bool {
		a, b := all[i], all[j]
		switch {
		case a.exact != b.exact:
			return a.exact
		case a.hit.Score-b.hit.Score > scoreTie, b.hit.Score-a.hit.Score > scoreTie:
			return a.hit.Score > b.hit.Score
		default:
			return a.marked && !b.marked
		}
	})
	var hits []Hit
	for _, p := range all[:min(top, len(all))] {
		p.hit.Answer = r.answerSpan(q, p.hit.Doc.Paragraph.Text[p.hit.Quote.Start:p.hit.Quote.End])
		hits = append(hits, p.hit)
	}
	return hits, nil
}

// scoreTie is the difference of unit scores below which two places fit alike.
const scoreTie = 1

// NotedQuote is the sentence that marker i of a passage stands on, extended
// back within its run while it depends on what precedes.
func (r *Ranker) NotedQuote(d *Doc, i int) report.Span {
	p := d.Paragraph
	run := p.RunOf(i)
	if !p.Markers[i].Run || p.Habit == report.WordHabit {
		return run
	}
	first, last := -1, -1
	for u, unit := range p.Units {
		if unit.Start >= run.Start && unit.End <= run.End {
			if first < 0 {
				first = u
			}
			last = u
		}
	}
	if last < 0 {
		return run
	}
	at := last
	for at > first && (dependent.MatchString(d.text(at)) || p.Units[at-1].Sentence == p.Units[at].Sentence) {
		at--
	}
	return report.Span{Start: p.Units[at].Start, End: p.Units[last].End}
}

// AnswerIn finds what a question about a marker asks for in the marker's
// quote; a title asked for is the one before the marker.
func (r *Ranker) AnswerIn(text string, d *Doc, quote report.Span, marker int) string {
	q := &Query{Text: readQuestion(text)}
	q.Asked, q.Topic = r.readAsked(q.Text)
	s := d.Paragraph.Text[quote.Start:quote.End]
	if q.Asked == AskTitle {
		before := s[:min(len(s), max(0, marker-quote.Start))]
		if all := titleSpan.FindAllString(before, -1); len(all) > 0 {
			return all[len(all)-1]
		}
	}
	if strings.TrimSpace(q.Topic) == "" {
		return ""
	}
	return r.answerSpan(q, s)
}
