package rank

import (
	"context"
	"math"
	"slices"
)

// Explanation shows how a question was read and why passages stand where they do.
type Explanation struct {
	Query      *Query
	Confidence []float64 // features of the best passage's trust
	Passages   []Explained
	ranker     *Ranker
}

// Explained is one candidate, best first.
type Explained struct {
	Doc      *Doc
	Score    float64
	Features []float64 // in the order of the model's Passage scorer
	Best     int       // the best unit, -1 where there is none
	Units    [][]float64
	units    []float64
}

// Explain ranks as Ask does, among the passages that only lets in, and keeps
// every feature.
func (r *Ranker) Explain(ctx context.Context, text string, only func(ord int) bool) (*Explanation, error) {
	q, err := r.Understand(ctx, text)
	if err != nil {
		return nil, err
	}
	found, err := r.rank(ctx, q, only, candidates)
	if err != nil {
		return nil, err
	}
	e := &Explanation{Query: q, ranker: r}
	if len(found) > 0 {
		e.Confidence = q.trustRow(found)
	}
	for _, s := range found {
		e.Passages = append(e.Passages, Explained{Doc: s.doc, Score: s.score, Features: s.row, Best: s.best, Units: s.rows, units: s.units})
	}
	return e, nil
}

// Changed is the ranker over passages that change, if there is one, puts others
// in the place of, or leaves out where it gives nil.
func (r *Ranker) Changed(change func(*Doc) *Doc) *Ranker {
	if change == nil {
		return r
	}
	other := *r
	other.doc = func(ord int) *Doc {
		d := r.doc(ord)
		if d == nil {
			return nil
		}
		return change(d)
	}
	return &other
}

// Contribution is what a feature adds to a score.
type Contribution struct {
	Name         string
	Value, Added float64
}

// Contributions are the parts of a row's score, those that move it most first,
// and the score.
func (s *Scorer) Contributions(row []float64) ([]Contribution, float64) {
	parts := make([]float64, len(row))
	if s.Forest != nil {
		parts = s.Forest.Parts(row)
	}
	var out []Contribution
	for i, v := range row {
		if added := parts[i] + s.weights[i]*v; added != 0 {
			out = append(out, Contribution{s.names[i], v, added})
		}
	}
	slices.SortStableFunc(out, func(a, b Contribution) int {
		switch x, y := math.Abs(a.Added), math.Abs(b.Added); {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	})
	return out, s.Score(row)
}

// Focused is the concept that the question asks for, the one next to its asking
// words; nil where there is none.
func (q *Query) Focused() *Concept {
	if q.focus < 0 {
		return nil
	}
	return &q.Concepts[q.focus]
}

// Names are the features of a row, in order.
func (s *Scorer) Names() []string { return s.names }

// Model is the model that ranks.
func (r *Ranker) Model() *Model { return r.model }
