// Package trees holds boosted regression trees: small forests that turn the
// features of a candidate into a score, and the learner that grows them.
package trees

import (
	"fmt"
	"slices"
)

// Forest is a sum of regression trees over named features.
type Forest struct {
	Features []string `json:"features"`
	Trees    []Tree   `json:"trees"`
}

// Tree is a binary tree in arrays. Node i goes to Left[i] where feature
// Feature[i] is at most Bound[i], else to Right[i]; a negative child ^k is the
// leaf with Value[k].
type Tree struct {
	Feature []int     `json:"f"`
	Bound   []float64 `json:"b"`
	Left    []int     `json:"l"`
	Right   []int     `json:"r"`
	Value   []float64 `json:"v"`
}

// Score sums the trees' values for a row of features, in the forest's order.
func (f *Forest) Score(row []float64) float64 {
	sum := 0.0
	for i := range f.Trees {
		sum += f.Trees[i].score(row)
	}
	return sum
}

func (t *Tree) score(row []float64) float64 {
	if len(t.Feature) == 0 {
		return t.Value[0]
	}
	for n := 0; ; {
		if row[t.Feature[n]] <= t.Bound[n] {
			n = t.Left[n]
		} else {
			n = t.Right[n]
		}
		if n < 0 {
			return t.Value[^n]
		}
	}
}

// Parts is what each feature adds to a row's score: at every split on a row's
// way the mean of the leaves below changes, and the change is the feature's
// (Saabas 2014). They and the forest's mean sum to the score.
func (f *Forest) Parts(row []float64) []float64 {
	parts := make([]float64, len(f.Features))
	for i := range f.Trees {
		t := &f.Trees[i]
		for n := 0; len(t.Feature) > 0 && n >= 0; {
			before, next := t.mean(n), t.Right[n]
			if row[t.Feature[n]] <= t.Bound[n] {
				next = t.Left[n]
			}
			parts[t.Feature[n]] += t.mean(next) - before
			n = next
		}
	}
	return parts
}

// mean is the mean of the leaves below a node, each side of a split alike.
func (t *Tree) mean(n int) float64 {
	if n < 0 {
		return t.Value[^n]
	}
	return (t.mean(t.Left[n]) + t.mean(t.Right[n])) / 2
}

// Over is the forest for rows of the named features, which may be more than
// it knows and in another order.
func (f *Forest) Over(names []string) (*Forest, error) {
	out := &Forest{Features: names, Trees: make([]Tree, len(f.Trees))}
	column := make([]int, len(f.Features))
	for i, n := range f.Features {
		if column[i] = slices.Index(names, n); column[i] < 0 {
			return nil, fmt.Errorf("there is no feature %q", n)
		}
	}
	for i, t := range f.Trees {
		if err := t.check(len(f.Features)); err != nil {
			return nil, fmt.Errorf("tree %d: %w", i, err)
		}
		t.Feature = slices.Clone(t.Feature)
		for k, n := range t.Feature {
			t.Feature[k] = column[n]
		}
		out.Trees[i] = t
	}
	return out, nil
}

func (t *Tree) check(features int) error {
	n := len(t.Feature)
	if len(t.Bound) != n || len(t.Left) != n || len(t.Right) != n || len(t.Value) != n+1 {
		return fmt.Errorf("%d splits, %d bounds, %d and %d children, %d values", n, len(t.Bound), len(t.Left), len(t.Right), len(t.Value))
	}
	for i := range n {
		if t.Feature[i] < 0 || t.Feature[i] >= features {
			return fmt.Errorf("split %d on feature %d of %d", i, t.Feature[i], features)
		}
		for _, c := range []int{t.Left[i], t.Right[i]} {
			if c >= n || c >= 0 && c <= i || c < 0 && ^c >= len(t.Value) {
				return fmt.Errorf("split %d leads to %d", i, c)
			}
		}
	}
	return nil
}
