package main

import (
	"fmt"
	"io"
	"slices"
)

// tally sums how questions did.
type tally struct{ n, exact, f1, reachExact, reachF1 float64 }

func (t *tally) add(g *group, scores []float64) {
	t.n++
	if len(scores) == 0 {
		return
	}
	best := 0
	for k := range scores {
		if scores[k] > scores[best] {
			best = k
		}
	}
	t.f1 += g.f1[best]
	t.reachF1 += g.best
	if g.exact[best] {
		t.exact++
	}
	if slices.Contains(g.exact, true) {
		t.reachExact++
	}
}

// measure prints, for each set, how the parts do that are chosen of the gold
// passages, and the best that were to be had.
func measure(out io.Writer, l *learner, groups []group) {
	by := map[string]*tally{}
	var names []string
	for i := range groups {
		g := &groups[i]
		name := g.set + " seen"
		if g.test {
			name = g.set + " held out"
		}
		if by[name] == nil {
			by[name] = &tally{}
			names = append(names, name)
		}
		by[name].add(g, l.scores(g.spans))
	}
	slices.Sort(names)
	for _, name := range names {
		t := by[name]
		fmt.Fprintf(out, "%s: %.0f questions, exact %.3f of %.3f in reach, F1 %.3f of %.3f\n", name, t.n, t.exact/t.n, t.reachExact/t.n, t.f1/t.n, t.reachF1/t.n)
	}
}
