package main

import (
	"context"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"chuchu/retrieval/eval"
	"chuchu/retrieval/rank"
	"chuchu/retrieval/rank/trees"
)

// part is a scorer of the model and how it is learned.
type part struct {
	name    string
	scorer  func(*rank.Model) *rank.Scorer
	groups  func(eval.Item, *rank.Explanation) []group
	made    bool // with questions that nothing answers
	options trees.Options
	linear  bool // trees add to a weighted sum
	rises   map[string]int
}

var parts = []part{
	{"units", func(m *rank.Model) *rank.Scorer { return &m.Unit }, unitGroups, false, trees.Options{Trees: 80, Leaves: 4, Rate: 0.06, Lambda: 3, Least: 100, Sample: 0.6}, true, nil},
	{"passages", func(m *rank.Model) *rank.Scorer { return &m.Passage }, passageGroups, false, trees.Options{Trees: 80, Leaves: 4, Rate: 0.06, Lambda: 3, Least: 100, Sample: 0.6}, true, nil},
	{"confidence", func(m *rank.Model) *rank.Scorer { return &m.Confidence }, trustGroups, true, trees.Options{Trees: 300, Leaves: 4, Rate: 0.06, Lambda: 3, Least: 60, Sample: 0.6}, false, trusted()},
}

// trusted are the directions in which features of trust may tell: no question is
// the surer to be answered for what a passage lacks of it.
func trusted() map[string]int {
	out := map[string]int{}
	for _, n := range strings.Fields("absent_fact unit_absent other_year after_year other_place after_place unknown heaviest unknown_noun unknown_noun_typed absent_noun absent_noun_typed type_absent") {
		out[n] = -1
	}
	for _, n := range strings.Fields("words words_head unit_words unit_words_head soft soft_head unit_soft unit_soft_head focus focus_soft focus_known least least_soft typed") {
		out[n] = 1
	}
	return out
}

func (p part) fit(ctx context.Context, out io.Writer, model *rank.Model, sets []*eval.Set, ablate bool, only string) error {
	if only != "" && only != p.name {
		return nil
	}
	groups, err := collect(ctx, model, sets, p)
	if err != nil {
		return err
	}
	s := p.scorer(model)
	names := slices.Clone(s.Names())
	if err := p.learn(s, names, groups, true); err != nil {
		return err
	}
	p.report(out, s, groups, sets)
	if p.name == "units" {
		model.Rival = fitRival(out, s, groups)
	}
	if ablate && p.name != "confidence" {
		p.ablate(out, s, groups, sets)
	}
	if p.name == "confidence" {
		model.Threshold = threshold(s, groups)
		fmt.Fprintf(out, "threshold %.2f\n", model.Threshold)
	}
	return p.learn(s, names, groups, false)
}

// learn fits a scorer, held out groups aside or not.
func (p part) learn(s *rank.Scorer, names []string, groups []group, holdOut bool) error {
	fresh := rank.Scorer{}
	if p.linear {
		fresh.Weights = fitSoftmax(names, groups, holdOut)
	}
	if err := fresh.Prepare(names); err != nil {
		return err
	}
	learned := make([]trees.Group, 0, len(groups))
	for _, g := range groups {
		t := trees.Group{Rows: g.rows, Good: g.good, Weight: g.weight}
		if holdOut && g.test {
			t.Weight = 0
		}
		for _, r := range g.rows {
			t.Base = append(t.Base, fresh.Score(r))
		}
		learned = append(learned, t)
	}
	o := p.options
	for _, n := range names {
		o.Rises = append(o.Rises, p.rises[n])
	}
	fresh.Forest = trees.Learn(names, learned, o)
	*s = fresh
	return nil
}

// report prints how often the first row is right, or for groups of one the
// area under the curve, seen and held out, for every set.
func (p part) report(out io.Writer, s *rank.Scorer, groups []group, sets []*eval.Set) {
	for k, set := range sets {
		var mine []group
		for _, g := range groups {
			if g.set == k && g.made == "" {
				mine = append(mine, g)
			}
		}
		measure := firstRight
		if len(mine) > 0 && len(mine[0].rows) == 1 {
			measure = area
		}
		if !p.made || slices.ContainsFunc(mine, func(g group) bool { return !g.good[0] }) {
			fmt.Fprintf(out, "%-24s %-50s %5d  seen %.3f  held out %.3f\n", p.name, set.Name, len(mine), measure(s, mine, false), measure(s, mine, true))
		}
		if p.made {
			reportMade(out, s, groups, k, set)
		}
	}
}

// reportMade prints how well each kind of made question of a set is told from
// those that it answers.
func reportMade(out io.Writer, s *rank.Scorer, groups []group, k int, set *eval.Set) {
	fmt.Fprintln(out, "confidence against questions made of", set.Name)
	for _, kind := range []string{"gone", "cut", "else", "swap", "foreign"} {
		var mine []group
		for _, g := range groups {
			if g.set == k && (g.made == kind || g.made == "" && g.good[0]) {
				mine = append(mine, g)
			}
		}
		fmt.Fprintf(out, "  against %-14s seen %.3f  held out %.3f\n", kind, area(s, mine, false), area(s, mine, true))
	}
}

// ablate prints what the scorer is worth without each feature, whose values
// within a decision are made one.
func (p part) ablate(out io.Writer, s *rank.Scorer, groups []group, sets []*eval.Set) {
	for f, name := range s.Names() {
		without := make([]group, len(groups))
		for i, g := range groups {
			without[i] = g.without(f)
		}
		q := p
		q.name = "without " + name
		q.report(out, s, without, sets)
	}
}

// without is the group with one feature made the same in all its rows.
func (g group) without(f int) group {
	mean := 0.0
	for _, r := range g.rows {
		mean += r[f] / float64(len(g.rows))
	}
	rows := make([][]float64, len(g.rows))
	for i, r := range g.rows {
		rows[i] = slices.Clone(r)
		rows[i][f] = mean
	}
	g.rows = rows
	return g
}

func firstRight(s *rank.Scorer, gs []group, test bool) float64 {
	right, n := 0.0, 0.0
	for _, g := range gs {
		if g.test != test {
			continue
		}
		best, top := -1, math.Inf(-1)
		for i, r := range g.rows {
			if v := s.Score(r); v > top {
				best, top = i, v
			}
		}
		n++
		if g.good[best] {
			right++
		}
	}
	return right / n
}

func area(s *rank.Scorer, gs []group, test bool) float64 {
	var yes, no []float64
	for _, g := range gs {
		if g.test != test {
			continue
		}
		if v := s.Score(g.rows[0]); g.good[0] {
			yes = append(yes, v)
		} else {
			no = append(no, v)
		}
	}
	sum := 0.0
	for _, y := range yes {
		for _, n := range no {
			switch {
			case y > n:
				sum++
			case y == n:
				sum += 0.5
			}
		}
	}
	return sum / float64(max(1, len(yes)*len(no)))
}
