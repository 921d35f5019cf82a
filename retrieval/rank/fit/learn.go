package main

import (
	"cmp"
	"math"
	"slices"

	"chuchu/retrieval/rank"
)

const (
	rounds = 400  // of Adam over all groups
	rate   = 0.05 // its step
	decay  = 4e-3 // of the weights' squares, against overfitting
)

// adam is Kingma and Ba's optimizer over named weights.
type adam struct {
	names []string
	w     []float64
	m, v  []float64
	t     int
}

func newAdam(names []string) *adam {
	n := len(names)
	return &adam{names: names, w: make([]float64, n), m: make([]float64, n), v: make([]float64, n)}
}

func (a *adam) step(grad []float64) {
	a.t++
	for i, g := range grad {
		g += decay * a.w[i]
		a.m[i] = 0.9*a.m[i] + 0.1*g
		a.v[i] = 0.999*a.v[i] + 0.001*g*g
		m := a.m[i] / (1 - math.Pow(0.9, float64(a.t)))
		v := a.v[i] / (1 - math.Pow(0.999, float64(a.t)))
		a.w[i] -= rate * m / (math.Sqrt(v) + 1e-8)
	}
}

func (a *adam) weights() map[string]float64 {
	out := map[string]float64{}
	for i, n := range a.names {
		out[n] = math.Round(a.w[i]*1000) / 1000
	}
	return out
}

func (a *adam) score(row []float64) float64 {
	s := 0.0
	for i, v := range row {
		s += a.w[i] * v
	}
	return s
}

// fitSoftmax maximizes the chance of the good rows of each group.
func fitSoftmax(names []string, gs []group, holdOut bool) map[string]float64 {
	a := newAdam(names)
	for range rounds {
		grad := make([]float64, len(a.w))
		for _, g := range gs {
			if !holdOut || !g.test {
				softmaxGradient(a, g, grad)
			}
		}
		a.step(grad)
	}
	return a.weights()
}

func softmaxGradient(a *adam, g group, grad []float64) {
	s := make([]float64, len(g.rows))
	top := math.Inf(-1)
	for i, r := range g.rows {
		s[i] = a.score(r)
		top = math.Max(top, s[i])
	}
	all, good := 0.0, 0.0
	for i := range s {
		s[i] = math.Exp(s[i] - top)
		all += s[i]
		if g.good[i] {
			good += s[i]
		}
	}
	for i, r := range g.rows {
		d := s[i] / all
		if g.good[i] && good > 0 {
			d -= s[i] / good
		}
		for k, v := range r {
			grad[k] += g.weight * d * v
		}
	}
}

// refusedMost is the share of the questions with an answer that may be refused.
const refusedMost = 0.08

// threshold is the confidence, rounded down to a hundredth, below which no more
// than refusedMost of the held-out questions with an answer fall.
func threshold(s *rank.Scorer, gs []group) float64 {
	type sure struct{ p, weight float64 }
	var right []sure
	total := 0.0
	for _, g := range gs {
		if g.good[0] && g.test && g.made == "" {
			right = append(right, sure{1 / (1 + math.Exp(-s.Score(g.rows[0]))), g.weight})
			total += g.weight
		}
	}
	slices.SortFunc(right, func(x, y sure) int { return cmp.Compare(x.p, y.p) })
	sum := 0.0
	for _, r := range right {
		if sum += r.weight; sum > refusedMost*total {
			return math.Floor(r.p*100) / 100
		}
	}
	return 0
}
