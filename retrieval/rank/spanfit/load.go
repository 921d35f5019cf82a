package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

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

func load(ctx context.Context, corpus, questions string) ([]group, error) {
	f, err := os.Open(questions)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	items, err := eval.Read(f)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", questions, err)
	}
	lib, err := retrieval.Open(ctx, retrieval.Options{Path: corpus})
	if err != nil {
		return nil, err
	}
	defer lib.Close()
	var out []group
	fold := map[string]int{}
	for _, it := range items {
		if len(it.Gold) == 0 || len(it.Golds()) == 0 {
			continue
		}
		e, err := lib.Explain(ctx, retrieval.Question{Text: it.Ask(), Turns: it.Turns})
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
		g.set, g.test = questions, fold[it.Gold[0]] == 4
		out = append(out, g)
	}
	return out, nil
}

func newGroup(s *rank.Spans, golds []string) group {
	n := len(s.Parts)
	g := group{spans: s, f1: make([]float64, n), exact: make([]bool, n)}
	var want []string
	for _, gold := range golds {
		want = append(want, plain(gold))
	}
	for i, p := range s.Parts {
		got := plain(p.Text)
		for _, w := range want {
			g.exact[i] = g.exact[i] || got == w
			g.f1[i] = max(g.f1[i], charF1(got, w))
		}
		g.best = max(g.best, g.f1[i])
	}
	return g
}

// plain drops width, case, blanks and punctuation.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPunct(r) || unicode.IsSpace(r) || unicode.IsSymbol(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKC.String(s))
}

func charF1(got, want string) float64 {
	count := map[rune]int{}
	n, m, same := 0, 0, 0
	for _, r := range want {
		count[r]++
		m++
	}
	for _, r := range got {
		n++
		if count[r] > 0 {
			count[r]--
			same++
		}
	}
	if same == 0 {
		return 0
	}
	return 2 * float64(same) / float64(n+m)
}
