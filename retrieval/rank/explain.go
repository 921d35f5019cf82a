package rank

import (
	"context"
	"sort"
)

// Explanation shows how a question was read and why passages stand where they do.
type Explanation struct {
	Query      *Query
	Confidence []Feature
	Passages   []Explained
	ranker     *Ranker
}

// Explained is one candidate, best first.
type Explained struct {
	Doc      *Doc
	Score    float64
	Features []Feature // each with its value; the model holds the weights
	Best     int       // the best unit, -1 where there is none
	Units    [][]Feature
	units    []float64
}

// Explain ranks as Ask does and keeps every feature.
func (r *Ranker) Explain(ctx context.Context, text string) (*Explanation, error) {
	q, err := r.Understand(ctx, text)
	if err != nil {
		return nil, err
	}
	found, err := r.rank(ctx, q, nil)
	if err != nil {
		return nil, err
	}
	e := &Explanation{Query: q, ranker: r}
	if len(found) > 0 {
		e.Confidence = q.trust(found)
	}
	for _, s := range found {
		x := Explained{Doc: s.doc, Score: s.score, Features: s.features, Best: s.best, units: s.units}
		for u := range s.match.units {
			x.Units = append(x.Units, q.unitFeatures(s, u))
		}
		e.Passages = append(e.Passages, x)
	}
	return e, nil
}

// Contribution is what a feature adds to a score.
type Contribution struct {
	Name          string
	Value, Weight float64
}

// Contributions weighs features, those that move the score most first.
func Contributions(weights map[string]float64, fs []Feature) []Contribution {
	var out []Contribution
	for _, f := range fs {
		if w := weights[f.Name]; w*f.Value != 0 {
			out = append(out, Contribution{f.Name, f.Value, w})
		}
	}
	size := func(c Contribution) float64 { return max(c.Value*c.Weight, -c.Value*c.Weight) }
	sort.SliceStable(out, func(i, j int) bool { return size(out[i]) > size(out[j]) })
	return out
}

// Model is the model that ranks.
func (r *Ranker) Model() *Model { return r.model }
