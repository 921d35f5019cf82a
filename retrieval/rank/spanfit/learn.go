package main

import (
	"math"
	"math/rand/v2"
	"slices"

	"chuchu/retrieval/rank"
)

const (
	rounds   = 6   // over all groups
	rate     = 0.1 // of a step, less for weights that have moved much
	slack    = 1   // keeps rare features from great steps
	enough   = 0.5 // F1 of a part from which a group teaches
	close    = 0.8 // of the best F1, from which a part is right too
	sharpest = 18  // how much the best part is preferred to one nearly so
)

// learner fits weights by AdaGrad (Duchi and others, 2011).
type learner struct{ w, moved []float64 }

func newLearner() *learner {
	return &learner{w: make([]float64, rank.SpanWeights), moved: make([]float64, rank.SpanWeights)}
}

func (l *learner) sum(fs []uint32) float64 {
	s := 0.0
	for _, f := range fs {
		s += l.w[f]
	}
	return s
}

func (l *learner) step(fs []uint32, grad float64) {
	if grad == 0 {
		return
	}
	for _, f := range fs {
		l.moved[f] += grad * grad
		l.w[f] -= rate * grad / (math.Sqrt(l.moved[f]) + slack)
	}
}

// scores are the parts' scores.
func (l *learner) scores(s *rank.Spans) []float64 {
	first, last := make([]float64, len(s.First)), make([]float64, len(s.Last))
	for i := range s.First {
		first[i], last[i] = l.sum(s.First[i]), l.sum(s.Last[i])
	}
	out := make([]float64, len(s.Parts))
	for i, p := range s.Parts {
		out[i] = first[p.First] + last[p.Last] + l.sum(p.Features) + l.w[s.Units[p.Unit]]
	}
	return out
}

func softmax(s []float64) []float64 {
	top, sum := slices.Max(s), 0.0
	out := make([]float64, len(s))
	for i, v := range s {
		out[i] = math.Exp(v - top)
		sum += out[i]
	}
	for i := range out {
		out[i] /= sum
	}
	return out
}

// aim is what the softmax should give each part: the parts of the greatest F1,
// by what the learner now thinks of them.
func (g *group) aim(p []float64) []float64 {
	out := make([]float64, len(p))
	sum := 0.0
	for i := range p {
		if g.f1[i] > close*g.best {
			out[i] = p[i] * math.Exp(sharpest*(g.f1[i]-g.best))
			sum += out[i]
		}
	}
	for i := range out {
		out[i] /= sum
	}
	return out
}

func (l *learner) learn(g *group) {
	p := softmax(l.scores(g.spans))
	aim := g.aim(p)
	first, last := make([]float64, len(g.spans.First)), make([]float64, len(g.spans.Last))
	unit := make([]float64, len(g.spans.Units))
	for i, part := range g.spans.Parts {
		d := g.weight * (p[i] - aim[i])
		if math.Abs(d) < 1e-5 {
			continue
		}
		first[part.First] += d
		last[part.Last] += d
		unit[part.Unit] += d
		l.step(part.Features, d)
	}
	for u, d := range unit {
		l.step(g.spans.Units[u:u+1], d)
	}
	for i := range first {
		l.step(g.spans.First[i], first[i])
		l.step(g.spans.Last[i], last[i])
	}
}

// fit learns from the groups that are not held out, or from all, and keeps the
// mean of the weights after the later rounds.
func (l *learner) fit(groups []group, all bool) {
	rng := rand.New(rand.NewPCG(1, 2))
	var use []*group
	for i := range groups {
		if g := &groups[i]; g.best >= enough && (all || !g.test) {
			use = append(use, g)
		}
	}
	mean := make([]float64, len(l.w))
	for round := range rounds {
		rng.Shuffle(len(use), func(i, j int) { use[i], use[j] = use[j], use[i] })
		for _, g := range use {
			l.learn(g)
		}
		for i := range mean {
			if round >= rounds/2 {
				mean[i] += l.w[i] / (rounds - rounds/2)
			}
		}
	}
	copy(l.w, mean)
}
