package trees

import (
	"math"
	"math/rand/v2"
	"slices"
	"sync"
)

// Group is one decision: among its rows, those with Good are right. A group of
// one row is a yes or no by itself.
type Group struct {
	Rows   [][]float64
	Good   []bool
	Base   []float64 // scores that the trees add to; nil: none
	Weight float64   // 0 leaves the group out
}

// Options of learning.
type Options struct {
	Trees  int
	Leaves int     // of a tree
	Rate   float64 // by which each tree is shrunk
	Lambda float64 // L2 penalty on leaves, in units of a row's mean curvature
	Least  int     // rows of a leaf
	Sample float64 // share of the groups that a tree is grown from; 0: all (Friedman 2002)
	Rises  []int   // by feature: 1 where more of it may not lower a score, -1 where it may not raise it; 0, or none: any
}

// rises is what more of a feature may do.
func (o Options) rises(feature int) int {
	if feature < len(o.Rises) {
		return o.Rises[feature]
	}
	return 0
}

// maxBins is the number of bounds of a feature that are tried.
const maxBins = 63

// Learn grows a forest by Newton boosting (Friedman 2001; Chen and Guestrin
// 2016). Groups of several rows are fitted by the softmax over their rows,
// groups of one by the logistic.
func Learn(features []string, groups []Group, o Options) *Forest {
	d := newData(len(features), groups)
	f := &Forest{Features: features}
	rng := rand.New(rand.NewPCG(1, 1)) // the same forest from the same rows
	for range o.Trees {
		d.gradients(func() bool { return o.Sample <= 0 || rng.Float64() < o.Sample })
		t, leafOf := d.grow(o)
		for k := range t.Value {
			t.Value[k] = round(t.Value[k] * o.Rate)
		}
		for i, leaf := range leafOf {
			d.score[i] += t.Value[leaf]
		}
		f.Trees = append(f.Trees, t)
	}
	return f
}

func round(v float64) float64 { return math.Round(v*1e4) / 1e4 }

// data is the training rows, binned, column by column.
type data struct {
	groups []Group
	start  []int // first row of each group
	bins   [][]uint8
	bounds [][]float64
	score  []float64
	g, h   []float64
	total  float64 // weight over all rows
}

func newData(features int, groups []Group) *data {
	d := &data{groups: groups}
	n := 0
	for _, g := range groups {
		d.start = append(d.start, n)
		n += len(g.Rows)
	}
	d.score, d.g, d.h = make([]float64, n), make([]float64, n), make([]float64, n)
	for i, g := range groups {
		if g.Base != nil {
			copy(d.score[d.start[i]:], g.Base)
		}
		d.total += g.Weight
	}
	d.bins, d.bounds = make([][]uint8, features), make([][]float64, features)
	var wg sync.WaitGroup
	for f := range features {
		wg.Go(func() {
			col := make([]float64, 0, n)
			for _, g := range groups {
				for _, r := range g.Rows {
					col = append(col, r[f])
				}
			}
			d.bounds[f] = quantiles(col)
			d.bins[f] = make([]uint8, n)
			for i, v := range col {
				b, _ := slices.BinarySearch(d.bounds[f], v)
				d.bins[f][i] = uint8(b)
			}
		})
	}
	wg.Wait()
	return d
}

// quantiles are up to maxBins values that split a column into like shares.
// Rounded up to four digits, so that a stored bound splits as the learned one.
func quantiles(col []float64) []float64 {
	s := slices.Clone(col)
	slices.Sort(s)
	var out []float64
	for i := 1; i <= maxBins; i++ {
		v := math.Ceil(s[(len(s)-1)*i/(maxBins+1)]*1e4) / 1e4
		if len(out) == 0 || v > out[len(out)-1] {
			out = append(out, v)
		}
	}
	return out
}

// gradients sets the rows' gradients and curvatures, of the groups not taken to 0.
func (d *data) gradients(take func() bool) {
	for i, g := range d.groups {
		lo := d.start[i]
		if !take() {
			clear(d.g[lo : lo+len(g.Rows)])
			clear(d.h[lo : lo+len(g.Rows)])
			continue
		}
		s := d.score[lo : lo+len(g.Rows)]
		gs, hs := d.g[lo:], d.h[lo:]
		if len(s) == 1 {
			p := 1 / (1 + math.Exp(-s[0]))
			y := 0.0
			if g.Good[0] {
				y = 1
			}
			gs[0], hs[0] = g.Weight*(p-y), g.Weight*p*(1-p)
			continue
		}
		softmax(g, s, gs, hs)
	}
}

func softmax(g Group, s, gs, hs []float64) {
	top := slices.Max(s)
	all, good := 0.0, 0.0
	p := make([]float64, len(s))
	for i, v := range s {
		p[i] = math.Exp(v - top)
		all += p[i]
		if g.Good[i] {
			good += p[i]
		}
	}
	for i := range p {
		q := p[i] / all
		gs[i], hs[i] = g.Weight*q, g.Weight*q*(1-q)
		if g.Good[i] && good > 0 {
			gs[i] -= g.Weight * p[i] / good
		}
	}
}
