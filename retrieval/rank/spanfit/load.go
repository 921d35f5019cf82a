package main

import (
	"context"
	"slices"

	"chuchu/retrieval"
	"chuchu/retrieval/eval"
	"chuchu/retrieval/rank"
)

// group is one question with the parts of the text that holds its answer.
type group struct {
	set    string
	spans  *rank.Spans
	f1     []float64 // of each part
	exact  []bool
	best   float64
	weight float64
	test   bool
}

func load(ctx context.Context, s *eval.Set) ([]group, error) {
	var out []group
	fold := map[string]int{}
	for _, it := range s.Items {
		if len(it.Gold) == 0 || len(it.Golds()) == 0 {
			continue
		}
		e, err := s.Lib.Explain(ctx, retrieval.Question{Text: it.Ask(), Turns: it.Turns}, nil)
		if err != nil {
			return nil, err
		}
		if _, ok := fold[it.Gold[0]]; !ok {
			fold[it.Gold[0]] = len(fold) % 5
		}
		at := slices.IndexFunc(e.Passages, func(x rank.Explained) bool { return slices.Contains(it.Gold, x.Doc.Paragraph.ID) })
		if at < 0 || e.Passages[at].Best < 0 {
			continue
		}
		g := newGroup(e.Spans(e.Passages[at]), it.Golds())
		g.set, g.weight, g.test = s.Name, s.Weight, fold[it.Gold[0]] == 4
		out = append(out, g)
	}
	return out, nil
}

func newGroup(s *rank.Spans, golds []string) group {
	n := len(s.Parts)
	g := group{spans: s, f1: make([]float64, n), exact: make([]bool, n)}
	var want []string
	for _, gold := range golds {
		want = append(want, eval.Plain(gold))
	}
	for i, p := range s.Parts {
		got := eval.Plain(p.Text)
		for _, w := range want {
			g.exact[i] = g.exact[i] || got == w
			g.f1[i] = max(g.f1[i], eval.CharF1(got, w))
		}
		g.best = max(g.best, g.f1[i])
	}
	return g
}
