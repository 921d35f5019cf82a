package index

import (
	"container/heap"
	"iter"

	"github.com/RoaringBitmap/roaring/v2"
	scorch "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/blevesearch/zapx/v17"
)

// cursor goes through a dictionary's terms.
type cursor struct {
	d    *zap.Dictionary
	seg  int
	it   scorch.DictionaryIterator
	term string
	err  error
	room *zap.PostingsList
	docs roaring.Bitmap
}

func (c *cursor) start() { c.it = c.d.AutomatonIteratorOmitCount(nil, nil, nil) }

// next goes to the next term, the first at first.
func (c *cursor) next() bool {
	entry, err := c.it.Next()
	if err != nil || entry == nil {
		c.err = err
		return false
	}
	c.term = entry.Term
	return true
}

// list is the passages of the term: the iterator's own count is wrong behind
// a term that has one passage.
func (c *cursor) list(dead *roaring.Bitmap) (*zap.PostingsList, error) {
	list, err := c.d.PostingsList([]byte(c.term), dead, c.room)
	if err != nil {
		return nil, err
	}
	c.room = list.(*zap.PostingsList)
	return c.room, nil
}

// cursors is a heap of the cursors of several segments, the least term first.
type cursors []*cursor

func (h cursors) Len() int           { return len(h) }
func (h cursors) Less(i, j int) bool { return h[i].term < h[j].term }
func (h cursors) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *cursors) Push(x any)        { *h = append(*h, x.(*cursor)) }
func (h *cursors) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}

// Vocabulary yields the terms of a field with the number of passages that
// hold each, in byte order.
func (x *Index) Vocabulary(field Field) iter.Seq2[string, int] {
	return func(yield func(string, int) bool) {
		f := field.number()
		if f < 0 {
			return
		}
		var h cursors
		for i, s := range x.segs {
			c := &cursor{seg: i}
			if guard(func() (err error) {
				if c.d, err = s.dictionary(f); err == nil {
					if c.start(); c.next() {
						h = append(h, c)
					}
				}
				return err
			}) != nil {
				return
			}
		}
		heap.Init(&h)
		for len(h) > 0 {
			term, n := "", 0
			err := guard(func() (err error) {
				term, n, err = x.least(&h)
				return err
			})
			if err != nil || n > 0 && !yield(term, n) {
				return
			}
		}
	}
}

// least is the least term that is left, and the number of its passages.
func (x *Index) least(h *cursors) (term string, n int, err error) {
	term = (*h)[0].term
	for len(*h) > 0 && (*h)[0].term == term {
		c := (*h)[0]
		list, err := c.list(x.dead[c.seg])
		if err != nil {
			return "", 0, err
		}
		n += int(list.Count())
		if c.next() {
			heap.Fix(h, 0)
		} else if heap.Pop(h); c.err != nil {
			return "", 0, c.err
		}
	}
	return term, n, nil
}
