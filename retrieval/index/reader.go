package index

import (
	"context"

	"github.com/blevesearch/zapx/v17"
)

// reader is what one search at a time needs to read an index.
type reader struct {
	x       *Index
	dicts   [][len(fields)]*zap.Dictionary // of each segment, once asked for
	lists   []*zap.PostingsList            // room that is used again
	it      *zap.PostingsIterator          // likewise
	gained  []gain
	touched []uint32
}

// gain is what a passage gained by the terms that it holds.
type gain struct {
	score   float64
	matched int
}

func newReader(x *Index, docs int) *reader {
	return &reader{x: x, dicts: make([][len(fields)]*zap.Dictionary, len(x.segs)), gained: make([]gain, docs)}
}

func (r *reader) clear() {
	for _, doc := range r.touched {
		r.gained[doc] = gain{}
	}
	r.touched = r.touched[:0]
}

// list looks up the passages of segment i that hold a term, and keeps them in
// place at.
func (r *reader) list(at, i, f int, term string) (list *zap.PostingsList, err error) {
	for len(r.lists) <= at {
		r.lists = append(r.lists, nil)
	}
	s := r.x.segs[i]
	err = guard(func() error {
		d := r.dicts[i][f]
		if d == nil {
			if d, err = s.dictionary(f); err != nil {
				return err
			}
			r.dicts[i][f] = d
		}
		l, err := d.PostingsList([]byte(term), r.x.dead[i], r.lists[at])
		if err != nil {
			return err
		}
		list = l.(*zap.PostingsList)
		r.lists[at] = list
		return nil
	})
	return list, s.wrong(err)
}

// score adds up what the passages of segment i gain: a term's weight, by the
// root of its count and the passage's length.
func (r *reader) score(ctx context.Context, i int, ws []weighted) error {
	s := r.x.segs[i]
	return s.wrong(guard(func() error {
		for _, w := range ws {
			if err := ctx.Err(); err != nil {
				return err
			}
			list := r.lists[w.lists+i]
			if list.Count() == 0 {
				continue
			}
			r.it = list.Iterator(true, true, false, r.it).(*zap.PostingsIterator)
			if err := r.gain(w.weight*bm25K, bm25K*bm25B/r.x.mean[w.f], s.Docs()); err != nil {
				return err
			}
		}
		return nil
	}))
}

// gain adds what the postings give. What bleve calls the norm of a posting is
// the field's length.
func (r *reader) gain(weight, long float64, docs int) error {
	const base = bm25K * (1 - bm25B)
	for {
		next, err := r.it.Next()
		if err != nil || next == nil {
			return err
		}
		p := next.(*zap.Posting)
		doc := p.Number()
		if doc >= uint64(docs) {
			return errSpoilt
		}
		tf := root(p.Frequency())
		g := &r.gained[doc]
		if g.matched == 0 {
			r.touched = append(r.touched, uint32(doc))
		}
		g.matched++
		g.score += weight * tf / (tf + base + long*float64(p.NormUint64()))
	}
}
