// Package index keeps passages in an inverted index on disk and finds the
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
	"iter"
	"math"
	"sync"
)

// errNothing is returned where there is no passage to index.
var errNothing = errors.New("no passages")

// Version is the index format's; a change of fields, analysis or folding must
// raise it, so that cached indexes are built anew.
const Version = 3

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
	dead  []bitmap // of each segment; nil: all its passages are there
	docs  int
	runes int
	mean  [len(fields)]float64
	space sync.Pool
}

// New makes an index of segments, which it closes. Of a report in a slot that
// is not live nothing is found.
func New(segs []*Segment, live func(slot uint32) bool) *Index {
	x := &Index{segs: segs}
	most := 0
	for _, s := range segs {
		dead, n := s.deadOf(live)
		x.dead = append(x.dead, dead)
		x.docs += s.docs - n
		x.runes += s.runes
		most = max(most, s.docs)
	}
	x.space.New = func() any { return newSpace(most) }
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
		docs += s.docs
		if s.docs > largest {
			largest, terms = s.docs, s.fields[f].size()
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
		n += s.chars[r]
	}
	return min(n, x.docs)
}

// MeanLength is the mean length of a passage in characters.
func (x *Index) MeanLength() float64 {
	held := 0
	for _, s := range x.segs {
		held += s.docs
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
	n := 0
	for i, s := range x.segs {
		if at, ok := s.fields[f].find(term); ok {
			df, err := x.freq(i, f, at)
			if err != nil {
				return 0, fmt.Errorf("look up %q in the index: %w", term, err)
			}
			n += df
		}
	}
	return n, nil
}

// freq is the number of passages of segment i that hold its term at.
func (x *Index) freq(i, f, at int) (int, error) {
	s := x.segs[i]
	if x.dead[i] == nil {
		return int(s.fields[f].freqs[at]), nil
	}
	n := 0
	err := s.postings(f, at, func(doc, _ uint32) {
		if !x.dead[i].has(doc) {
			n++
		}
	})
	return n, err
}

// Vocabulary yields the terms of a field with the number of passages that
// hold each, in byte order.
func (x *Index) Vocabulary(field Field) iter.Seq2[string, int] {
	return func(yield func(string, int) bool) {
		f := field.number()
		if f < 0 {
			return
		}
		for term, at := range union(x.segs, f) {
			n := 0
			for _, p := range at {
				df, err := x.freq(p.seg, f, p.term)
				if err != nil {
					return
				}
				n += df
			}
			if n > 0 && !yield(term, n) {
				return
			}
		}
	}
}
