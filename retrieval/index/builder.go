package index

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2"
	scorch "github.com/blevesearch/scorch_segment_api/v2"
	"golang.org/x/sync/errgroup"
)

// partDocs is the number of passages that are made a part of a segment, in
// memory, at a time: what bleve needs to make one grows with it.
const partDocs = 1000

// Builder collects passages for one segment.
type Builder struct {
	about about
	seen  map[rune]int // the passage in which a character was seen last, from 1
	cut   []Doc        // passages of the next part
	parts []*part
	alone bool
	work  errgroup.Group
}

type part struct{ zap scorch.Segment }

// NewBuilder starts a segment. Alone, nothing of it is made beside Add.
func NewBuilder(alone bool) *Builder {
	b := &Builder{seen: map[rune]int{}, alone: alone}
	b.about.Chars = map[rune]int{}
	b.work.SetLimit(2)
	return b
}

// Docs is the number of passages collected.
func (b *Builder) Docs() int { return b.about.docs }

// Add takes in the next passage of the report in a slot, whose tokens must stay
// as they are. A report's passages come one after another.
func (b *Builder) Add(slot uint32, d Doc) {
	a := &b.about
	if n := len(a.Runs); n == 0 || a.Runs[n-1].Slot != slot {
		a.add(run{Slot: slot})
	}
	last := &a.Runs[len(a.Runs)-1]
	last.Count++
	last.Runes += len(d[Bigrams])
	a.runes += len(d[Bigrams])
	a.docs++
	for _, g := range d[Bigrams] { // they hold every character of the passage
		for _, r := range g {
			if b.seen[r] != a.docs {
				b.seen[r] = a.docs
				a.Chars[r]++
			}
		}
	}
	if b.cut = append(b.cut, d); len(b.cut) == partDocs {
		b.cutOff()
	}
}

// cutOff makes a part of the passages collected, beside the collecting.
func (b *Builder) cutOff() {
	docs, p, made := b.cut, &part{}, make(chan struct{})
	b.cut, b.parts = nil, append(b.parts, p)
	b.work.Go(func() (err error) {
		defer close(made)
		p.zap, err = newZap(docs, nil)
		return err
	})
	if b.alone {
		<-made
	}
}

// Write writes the segment to a new file.
func (b *Builder) Write(path string) error {
	if b.about.docs == 0 {
		return errNothing
	}
	data, err := b.about.encode()
	if err != nil {
		return err
	}
	if len(b.parts) == 0 {
		s, err := newZap(b.cut, data)
		if err != nil {
			return err
		}
		return create(path, func() error { return s.Persist(path) })
	}
	if len(b.cut) > 0 {
		b.cutOff()
	}
	if err := b.work.Wait(); err != nil {
		return err
	}
	var parts []scorch.Segment
	for _, p := range b.parts {
		parts = append(parts, p.zap)
	}
	return join(context.Background(), path, parts, make([]*roaring.Bitmap, len(parts)), data)
}
