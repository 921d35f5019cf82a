package main

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"

	"chuchu/retrieval/rank"
)

// worth is the share of the neighbours quoted beside the best unit that must
// be the only one of both to answer: a reader reads three sentences more for an
// answer that would have been missed.
const worth = 1. / 4

// beside is the neighbour of a best unit that fits next best.
type beside struct {
	gap   float64 // how much less it scores
	helps bool    // it answers, and the best unit does not
}

// fitRival is how much less than the best unit a neighbour may score and still
// be worth quoting, measured on held out groups.
func fitRival(out io.Writer, s *rank.Scorer, groups []group) float64 {
	var all []beside
	for _, g := range groups {
		if b, ok := g.beside(s); ok && g.test {
			all = append(all, b)
		}
	}
	slices.SortFunc(all, func(a, b beside) int { return cmp.Compare(a.gap, b.gap) })
	rival, quoted, helped, help := 0.0, 0, 0, 0
	for i, b := range all {
		if b.helps {
			help++
		}
		if float64(help) >= worth*float64(i+1) {
			rival, quoted, helped = b.gap, i+1, help
		}
	}
	rival = math.Floor(rival*20) / 20
	fmt.Fprintf(out, "a neighbour within %.2f of the best unit is quoted in %d of %d, and is the only one of both to answer in %d\n", rival, quoted, len(all), helped)
	return rival
}

// beside finds the neighbour that would be quoted first beside the best unit.
func (g group) beside(s *rank.Scorer) (beside, bool) {
	scores := make([]float64, len(g.rows))
	best := 0
	for u, row := range g.rows {
		if scores[u] = s.Score(row); scores[u] > scores[best] {
			best = u
		}
	}
	near := -1
	for _, u := range []int{best - 1, best + 1} {
		if u >= 0 && u < len(g.rows) && rank.MayRival(g.rows[best], g.rows[u]) && (near < 0 || scores[u] > scores[near]) {
			near = u
		}
	}
	if near < 0 {
		return beside{}, false
	}
	return beside{scores[best] - scores[near], !g.good[best] && g.good[near]}, true
}
