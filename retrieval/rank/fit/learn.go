package main

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"

	"chuchu/retrieval/rank"
)

const (
	rounds = 400  // of Adam over all groups
	rate   = 0.05 // its step
	decay  = 1e-4 // of the weights' squares, against overfitting
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

func (a *adam) score(row []rank.Feature) float64 {
	s := 0.0
	for i, f := range row {
		s += a.w[i] * f.Value
	}
	return s
}

func names(gs []group) []string {
	var out []string
	if len(gs) > 0 && len(gs[0].rows) > 0 {
		for _, f := range gs[0].rows[0] {
			out = append(out, f.Name)
		}
	}
	return out
}

// fitSoftmax maximizes the chance of the good rows of each group.
func fitSoftmax(out io.Writer, what string, gs []group) map[string]float64 {
	a := newAdam(names(gs))
	for range rounds {
		grad := make([]float64, len(a.w))
		for _, g := range gs {
			if !g.test {
				softmaxGradient(a, g, grad)
			}
		}
		a.step(grad)
	}
	fmt.Fprintf(out, "%s: first right: train %.4f, held out %.4f\n", what, firstRight(a, gs, false), firstRight(a, gs, true))
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
		for k, f := range r {
			grad[k] += g.weight * d * f.Value
		}
	}
}

func firstRight(a *adam, gs []group, test bool) float64 {
	right, n := 0.0, 0.0
	for _, g := range gs {
		if g.test != test {
			continue
		}
		best, top := -1, math.Inf(-1)
		for i, r := range g.rows {
			if s := a.score(r); s > top {
				best, top = i, s
			}
		}
		n += g.weight
		if g.good[best] {
			right += g.weight
		}
	}
	return right / n
}

// fitLogistic separates first passages that answer from those that do not.
func fitLogistic(out io.Writer, gs []group) (weights map[string]float64, threshold float64) {
	a := newAdam(append(names(gs), "bias"))
	bias := len(a.w) - 1
	for range rounds * 2 {
		grad := make([]float64, len(a.w))
		for _, g := range gs {
			if g.test {
				continue
			}
			row := g.rows[0]
			d := 1 / (1 + math.Exp(-a.score(row)-a.w[bias]))
			if g.good[0] {
				d--
			}
			for k, f := range row {
				grad[k] += g.weight * d * f.Value
			}
			grad[bias] += g.weight * d
		}
		a.step(grad)
	}
	fmt.Fprintf(out, "confidence: AUC right against wrong: train %.4f, held out %.4f\n", area(a, gs, false), area(a, gs, true))
	return a.weights(), a.threshold(gs, a.w[bias])
}

// refusedRight is the share of right first passages that may be refused.
const refusedRight = 0.02

// threshold is the confidence, rounded down to a hundredth, below which no more
// than refusedRight of the right first passages fall.
func (a *adam) threshold(gs []group, bias float64) float64 {
	type sure struct{ p, weight float64 }
	var right []sure
	total := 0.0
	for _, g := range gs {
		if g.good[0] {
			right = append(right, sure{1 / (1 + math.Exp(-a.score(g.rows[0])-bias)), g.weight})
			total += g.weight
		}
	}
	slices.SortFunc(right, func(x, y sure) int { return cmp.Compare(x.p, y.p) })
	sum := 0.0
	for _, s := range right {
		if sum += s.weight; sum > refusedRight*total {
			return math.Floor(s.p*100) / 100
		}
	}
	return 0
}

func area(a *adam, gs []group, test bool) float64 {
	var yes, no []float64
	for _, g := range gs {
		if g.test != test {
			continue
		}
		if s := a.score(g.rows[0]); g.good[0] {
			yes = append(yes, s)
		} else {
			no = append(no, s)
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
