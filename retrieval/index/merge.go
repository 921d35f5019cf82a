package index

import (
	"container/heap"
	"context"
	"iter"
	"os"
)

// Merge writes what is live of some segments as one, their passages in order.
// It fails where nothing is.
func Merge(ctx context.Context, path string, segs []*Segment, live func(slot uint32) bool) error {
	var out Segment
	out.chars = map[rune]int{}
	to := make([][]uint32, len(segs)) // passage numbers, by the old ones; from 1
	gone := false
	for i, s := range segs {
		dead, _ := s.deadOf(live)
		gone = gone || dead != nil
		to[i] = out.take(s, dead)
	}
	if out.docs == 0 {
		return errNothing
	}
	w, err := newWriter(path)
	if err != nil {
		return err
	}
	for f := range fields {
		p := w.field(&out.fields[f])
		n := 0
		for term, places := range union(segs, f) {
			if n++; n%4096 == 0 && ctx.Err() != nil && w.err == nil {
				w.err = ctx.Err()
			}
			if w.err != nil {
				break
			}
			w.begin()
			for _, at := range places {
				err := segs[at.seg].postings(f, at.term, func(doc, freq uint32) {
					if n := to[at.seg][doc]; n > 0 {
						w.posting(n-1, freq)
					}
				})
				if err != nil && w.err == nil {
					w.err = err
				}
			}
			p.end(term)
		}
		p.done()
	}
	if w.err == nil && gone {
		w.err = w.countChars(&out)
	}
	return w.finish(&out)
}

// take adds the passages of s that are not dead, and tells their new numbers,
// counted from 1.
func (out *Segment) take(s *Segment, dead bitmap) []uint32 {
	to := make([]uint32, s.docs)
	for _, r := range s.runs {
		if dead.has(r.first) {
			continue
		}
		out.runs = append(out.runs, run{slot: r.slot, first: uint32(out.docs), count: r.count})
		for i := range r.count {
			doc := r.first + i
			out.docs++
			to[doc] = uint32(out.docs)
			for f := range s.fields {
				n := s.fields[f].lens[doc]
				out.fields[f].lens = append(out.fields[f].lens, n)
				out.fields[f].tokens += int(n)
			}
			out.runes += int(s.fields[Bigrams.number()].lens[doc])
		}
	}
	for c, n := range s.chars {
		out.chars[c] += n
	}
	return to
}

// countChars counts the characters of the passages anew, from the bigrams just
// written.
func (w *writer) countChars(s *Segment) error {
	if err := w.out.Flush(); err != nil {
		return err
	}
	f, err := os.Open(w.file.Name())
	if err != nil {
		return err
	}
	defer f.Close()
	s.file = f
	defer func() { s.file = nil }()
	p := &s.fields[Bigrams.number()]
	with := map[rune][]int{}
	for i := range p.ends {
		for _, r := range p.term(i) {
			if at := with[r]; len(at) == 0 || at[len(at)-1] != i {
				with[r] = append(at, i)
			}
		}
	}
	s.chars = map[rune]int{}
	seen := make([]rune, s.docs)
	for r, terms := range with {
		for _, at := range terms {
			err := s.postings(Bigrams.number(), at, func(doc, _ uint32) {
				if seen[doc] != r {
					seen[doc] = r
					s.chars[r]++
				}
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// termAt is a term of a segment.
type termAt struct{ seg, term int }

// union yields the terms of a field of several segments, in byte order, with
// the segments that hold each.
func union(segs []*Segment, f int) iter.Seq2[string, []termAt] {
	return func(yield func(string, []termAt) bool) {
		h := &cursors{segs: segs, f: f}
		for i, s := range segs {
			if s.fields[f].size() > 0 {
				h.at = append(h.at, termAt{i, 0})
			}
		}
		heap.Init(h)
		var same []termAt
		for len(h.at) > 0 {
			term := h.term(0)
			same = same[:0]
			for len(h.at) > 0 && h.term(0) == term {
				same = append(same, h.at[0])
				if h.at[0].term++; h.at[0].term < segs[h.at[0].seg].fields[f].size() {
					heap.Fix(h, 0)
				} else {
					heap.Pop(h)
				}
			}
			if !yield(term, same) {
				return
			}
		}
	}
}

// cursors is a heap of the next term of each segment; of the same, the earlier
// segment's comes first.
type cursors struct {
	segs []*Segment
	f    int
	at   []termAt
}

func (h *cursors) term(i int) string { return h.segs[h.at[i].seg].fields[h.f].term(h.at[i].term) }
func (h *cursors) Len() int          { return len(h.at) }
func (h *cursors) Swap(i, j int)     { h.at[i], h.at[j] = h.at[j], h.at[i] }
func (h *cursors) Push(x any)        { h.at = append(h.at, x.(termAt)) }
func (h *cursors) Pop() any {
	last := h.at[len(h.at)-1]
	h.at = h.at[:len(h.at)-1]
	return last
}
func (h *cursors) Less(i, j int) bool {
	a, b := h.term(i), h.term(j)
	return a < b || a == b && h.at[i].seg < h.at[j].seg
}
