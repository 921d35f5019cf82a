package index

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
)

// BM25's usual constants (Robertson and Zaragoza 2009).
const (
	bm25K = 1.2
	bm25B = 0.75
)

// mostPostings bounds the passages that the terms of a query are looked up in,
// each counted as often as terms find it; beyond it the terms that tell least
// are left out. Among 200,000 passages no fewer questions are answered so.
const mostPostings = 100_000

// leastTerms is the number of terms that are looked up whatever they cost.
const leastTerms = 8

// weighted is a term of a query with what a passage gains by it.
type weighted struct {
	Term
	f      int
	freq   int
	weight float64
	lists  int // the first of its lists, one of each segment
}

// Search returns the best size candidates for terms, best first.
func (x *Index) Search(ctx context.Context, terms []Term, size int) ([]Hit, error) {
	return x.SearchOnly(ctx, terms, size, nil)
}

// SearchOnly is Search among the passages that only holds for; nil: all.
func (x *Index) SearchOnly(ctx context.Context, terms []Term, size int, only func(ord int) bool) ([]Hit, error) {
	if len(terms) == 0 || x.docs == 0 || size <= 0 {
		return nil, nil
	}
	r := x.readers.Get().(*reader)
	defer x.readers.Put(r)
	ws, err := r.weigh(ctx, terms)
	if err != nil {
		return nil, fmt.Errorf("search index: %w", err)
	}
	best := top{size: size}
	for i := range x.segs {
		if err := r.score(ctx, i, ws); err != nil {
			r.clear()
			return nil, fmt.Errorf("search index: %w", err)
		}
		for _, doc := range r.touched {
			score := r.gained[doc].score * float64(r.gained[doc].matched)
			if best.full() && score < best.hits[0].Score {
				continue
			}
			ord := x.segs[i].ord(doc)
			if only == nil || only(ord) {
				best.add(Hit{ord, score})
			}
		}
		r.clear()
	}
	return best.sorted(), nil
}

// weigh gives each term its weight, and leaves out the least where all of them
// together cost too much.
func (r *reader) weigh(ctx context.Context, terms []Term) ([]weighted, error) {
	var out []weighted
	for _, t := range terms {
		f := t.Field.number()
		if f < 0 {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		first := len(out) * len(r.x.segs)
		df := 0
		for i := range r.x.segs {
			list, err := r.list(first+i, i, f, t.Text)
			if err != nil {
				return nil, err
			}
			df += int(list.Count())
		}
		if df == 0 {
			continue
		}
		idf := math.Log(1 + (float64(r.x.docs)-float64(df)+0.5)/(float64(df)+0.5))
		out = append(out, weighted{t, f, df, idf * idf * t.Boost, first})
	}
	cost := 0
	for _, w := range out {
		cost += w.freq
	}
	if cost <= mostPostings {
		return out, nil
	}
	slices.SortStableFunc(out, func(a, b weighted) int { return cmp.Compare(b.weight, a.weight) })
	cost = 0
	for i, w := range out {
		if cost += w.freq; i >= leastTerms && cost > mostPostings {
			return out[:i], nil
		}
	}
	return out, nil
}

// roots are the square roots of small counts.
var roots = func() (out [64]float64) {
	for i := range out {
		out[i] = math.Sqrt(float64(i))
	}
	return out
}()

func root(n uint64) float64 {
	if n < uint64(len(roots)) {
		return roots[n]
	}
	return math.Sqrt(float64(n))
}

// top keeps the best hits: a heap whose first is the worst of them.
type top struct {
	size int
	hits []Hit
}

func (t *top) full() bool { return len(t.hits) == t.size }

// worse orders hits, the best last: of equal scores the later passage is worse.
func worse(a, b Hit) bool { return a.Score < b.Score || a.Score == b.Score && a.Ord > b.Ord }

func (t *top) add(h Hit) {
	if !t.full() {
		t.hits = append(t.hits, h)
		for i := len(t.hits) - 1; i > 0 && worse(t.hits[i], t.hits[(i-1)/2]); i = (i - 1) / 2 {
			t.hits[i], t.hits[(i-1)/2] = t.hits[(i-1)/2], t.hits[i]
		}
		return
	}
	if !worse(t.hits[0], h) {
		return
	}
	t.hits[0] = h
	for i := 0; ; {
		least := i
		for _, c := range []int{2*i + 1, 2*i + 2} {
			if c < len(t.hits) && worse(t.hits[c], t.hits[least]) {
				least = c
			}
		}
		if least == i {
			return
		}
		t.hits[i], t.hits[least] = t.hits[least], t.hits[i]
		i = least
	}
}

func (t *top) sorted() []Hit {
	slices.SortFunc(t.hits, func(a, b Hit) int {
		if worse(b, a) {
			return -1
		}
		return 1
	})
	return t.hits
}
