package main

import (
	"context"
	"slices"
	"strings"

	"chuchu/retrieval"
	"chuchu/retrieval/eval"
	"chuchu/retrieval/rank"
)

// group is one decision: among rows, those with good are right.
type group struct {
	rows   [][]float64
	good   []bool
	set    int
	weight float64
	test   bool
	made   string // how it was made, if it is not a question of the set
}

// collect ranks every question of the sets and makes groups of what comes out;
// made adds questions of its own making.
func collect(ctx context.Context, model *rank.Model, sets []*eval.Set, p part) ([]group, error) {
	var out []group
	for k, s := range sets {
		*s.Lib.Model() = *model
		var got []group
		var m *maker
		if p.made {
			var err error
			if m, err = newMaker(ctx, s); err != nil {
				return nil, err
			}
		}
		for i, it := range s.Items {
			e, err := s.Lib.Explain(ctx, retrieval.Question{Text: it.Ask(), Turns: it.Turns}, nil)
			if err != nil {
				return nil, err
			}
			groups := p.groups(it, e)
			if m != nil {
				more, err := m.unanswered(ctx, i, it, e)
				if err != nil {
					return nil, err
				}
				groups = append(groups, more...)
			}
			for _, g := range groups {
				g.test = i%5 == 4
				got = append(got, g)
			}
		}
		if m != nil {
			more, err := m.foreign(ctx, sets, k)
			if err != nil {
				return nil, err
			}
			got = append(got, more...)
		}
		total := 0.0
		for i := range got {
			if got[i].weight == 0 {
				got[i].weight = 1
			}
			total += got[i].weight
		}
		for i := range got {
			got[i].set = k
			got[i].weight *= s.Weight / total
		}
		out = append(out, got...)
	}
	return out, nil
}

// unitGroups marks the units of a gold passage that hold an answer; of a
// question whose answer is a whole sentence, those of the sentence.
func unitGroups(it eval.Item, e *rank.Explanation) []group {
	var out []group
	for _, p := range e.Passages {
		if !slices.Contains(it.Gold, p.Doc.Paragraph.ID) || len(p.Units) < 2 {
			continue
		}
		g := group{rows: p.Units, good: make([]bool, len(p.Units))}
		for i, u := range p.Doc.Paragraph.Units {
			text := p.Doc.Paragraph.Text[u.Start:u.End]
			inside := it.Sentence == "" || strings.Contains(it.Sentence, text)
			g.good[i] = len(it.Golds()) == 0 && it.Sentence != "" && inside
			for _, a := range it.Golds() {
				g.good[i] = g.good[i] || a != "" && inside && strings.Contains(text, a)
			}
		}
		if slices.Contains(g.good, true) && slices.Contains(g.good, false) {
			out = append(out, g)
		}
	}
	return out
}

func passageGroups(it eval.Item, e *rank.Explanation) []group {
	var g group
	for _, p := range e.Passages {
		g.rows = append(g.rows, p.Features)
		g.good = append(g.good, slices.Contains(it.Gold, p.Doc.Paragraph.ID))
	}
	if !slices.Contains(g.good, true) || len(g.rows) < 2 {
		return nil
	}
	return []group{g}
}

// asked is what a question of a set weighs beside one made out of it.
const asked = 3

// trustGroups are good where the set has an answer: another first passage than
// the best is still near it.
func trustGroups(it eval.Item, e *rank.Explanation) []group {
	if len(e.Passages) == 0 {
		return nil
	}
	return []group{{rows: [][]float64{e.Confidence}, good: []bool{len(it.Gold) > 0 && !it.Unanswerable}, weight: asked}}
}
