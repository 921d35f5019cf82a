// Package index keeps passages in bleve's index segments on disk and finds the
// candidates for a query. It knows passages by their ordinal alone.
//
// Text comes here already cut into tokens, by the same code for passages and
// queries, so the two sides cannot disagree. An index is a set of segments:
// files that never change once they are written. What a segment holds of a
// report that has gone is passed over until the segment is merged with others.
package index

import (
	"context"
	"errors"
	"fmt"
	"math"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
)

// errNothing is returned where there is no passage to index.
var errNothing = errors.New("no passages")

// Version is the index format's; a change of fields, analysis or folding must
// raise it, so that cached indexes are built anew.
const Version = 4

// Field is one way in which a passage's text is cut.
type Field string

const (
	Words   Field = "word"   // jieba search-mode words
	Bigrams Field = "bigram" // character bigrams
	Head    Field = "head"   // bigrams of the title and the section path
)

// fields are all fields, in the order in which a segment holds them.
var fields = [...]Field{Words, Bigrams, Head}

// number is the place of a field among fields, -1 for one never heard of.
func (f Field) number() int {
	for i, g := range fields {
		if f == g {
			return i
		}
	}
	return -1
}

// Doc is one passage, cut.
type Doc map[Field][]string

// Term is one term of a query.
type Term struct {
	Field Field
	Text  string
	Boost float64
}

// Hit is a candidate: the passage's ordinal and its BM25 score.
type Hit struct {
	Ord   int
	Score float64
}

// Ord is the ordinal of the n-th passage of the report in a slot. A slot is a
// number that one reading of one report has, and none has again.
func Ord(slot uint32, n int) int { return int(slot)<<32 | n }

// SplitOrd gives what Ord made an ordinal of.
func SplitOrd(ord int) (slot uint32, n int) { return uint32(ord >> 32), int(uint32(ord)) }

// Index is a set of open segments. It is safe for concurrent use.
type Index struct {
	segs  []*Segment
	dead  []*roaring.Bitmap // of each segment; nil: all its passages are there
	docs  int
	runes int
	mean  [len(fields)]float64

	readers sync.Pool
}

// New makes an index of segments, which it closes. Of a report in a slot that
// is not live nothing is found.
func New(segs []*Segment, live func(slot uint32) bool) *Index {
	x := &Index{segs: segs}
	most := 0
	for _, s := range segs {
		dead, n := s.deadOf(live)
		x.dead = append(x.dead, dead)
		x.docs += s.Docs() - n
		x.runes += s.about.runes
		most = max(most, s.Docs())
	}
	x.readers.New = func() any { return newReader(x, most) }
	for f := range fields {
		x.mean[f] = x.meanTerms(f)
	}
	return x
}

// meanTerms is the mean length that scores are measured by: the distinct terms
// for a passage, rounded up, as bleve has it, with whose scores the model was
// learned. Those of several segments are told from the largest by Heaps' law.
func (x *Index) meanTerms(f int) float64 {
	docs, largest, terms := 0, 0, 0
	for _, s := range x.segs {
		docs += s.Docs()
		if s.Docs() > largest {
			largest, terms = s.Docs(), s.terms[f]
		}
	}
	if docs == 0 {
		return 1
	}
	all := float64(terms) * math.Sqrt(float64(docs)/float64(largest))
	return max(1, math.Ceil(all/float64(docs)))
}

// Docs is the number of passages.
func (x *Index) Docs() int { return x.docs }

// CharFreq is the number of passages that hold a character; passages that have
// gone from a large segment still count.
func (x *Index) CharFreq(r rune) int {
	n := 0
	for _, s := range x.segs {
		n += s.about.Chars[r]
	}
	return min(n, x.docs)
}

// MeanLength is the mean length of a passage in characters.
func (x *Index) MeanLength() float64 {
	held := 0
	for _, s := range x.segs {
		held += s.Docs()
	}
	return float64(x.runes) / float64(max(1, held))
}

// Close releases the index; searches must have ended.
func (x *Index) Close() error {
	var err error
	for _, s := range x.segs {
		err = errors.Join(err, s.Close())
	}
	return err
}

// DocFreq is the number of passages that hold term in field.
func (x *Index) DocFreq(_ context.Context, field Field, term string) (int, error) {
	f := field.number()
	if f < 0 {
		return 0, nil
	}
	r := x.readers.Get().(*reader)
	defer x.readers.Put(r)
	n := 0
	for i := range x.segs {
		list, err := r.list(0, i, f, term)
		if err != nil {
			return 0, fmt.Errorf("look up %q in the index: %w", term, err)
		}
		n += int(list.Count())
	}
	return n, nil
}
