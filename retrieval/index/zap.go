package index

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"

	"github.com/RoaringBitmap/roaring/v2"
	bleve "github.com/blevesearch/bleve_index_api"
	scorch "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/blevesearch/zapx/v17"
)

// plugin is bleve's own writer and reader of segments.
var plugin = new(zap.ZapPlugin)

// aboutField is where a segment's last document keeps what is told about it.
const aboutField = "about"

// document is a passage as bleve takes it, or what is told about a segment.
type document struct {
	of    Doc
	about []byte
	last  bool // it tells about the segment
	room  *[len(fields)]cutField
}

func (d *document) VisitFields(visit bleve.FieldVisitor) {
	visit(&storedField{name: "_id"}) // zap asks for one
	for f, name := range fields {
		field := &d.room[f]
		field.name, field.tokens = string(name), d.of[name]
		visit(field)
	}
	if d.last {
		visit(&storedField{aboutField, d.about})
	}
}

func (d *document) ID() string                                   { return "" }
func (d *document) Size() int                                    { return 0 }
func (d *document) VisitComposite(_ bleve.CompositeFieldVisitor) {}
func (d *document) HasComposite() bool                           { return false }
func (d *document) NumPlainTextBytes() uint64                    { return 0 }
func (d *document) AddIDField()                                  {}
func (d *document) StoredFieldsBytes() uint64                    { return uint64(len(d.about)) }
func (d *document) Indexed() bool                                { return true }

// cutField is a field of a passage, cut already. One serves a field of all
// passages, one after the other: zap keeps nothing but the terms.
type cutField struct {
	name   string
	tokens []string
	freqs  bleve.TokenFrequencies
	counts []bleve.TokenFreq // what freqs points to
}

func (f *cutField) AnalyzedTokenFrequencies() bleve.TokenFrequencies {
	if f.freqs == nil {
		f.freqs = bleve.TokenFrequencies{}
	}
	clear(f.freqs)
	if len(f.counts) < len(f.tokens) {
		f.counts = make([]bleve.TokenFreq, 2*len(f.tokens))
	}
	for _, t := range f.tokens {
		n := f.freqs[t]
		if n == nil {
			n = &f.counts[len(f.freqs)]
			n.SetFrequency(0)
			f.freqs[t] = n
		}
		n.SetFrequency(n.Frequency() + 1)
	}
	return f.freqs
}

func (f *cutField) Name() string                        { return f.name }
func (f *cutField) Value() []byte                       { return nil }
func (f *cutField) ArrayPositions() []uint64            { return nil }
func (f *cutField) EncodedFieldType() byte              { return 't' }
func (f *cutField) Analyze()                            {}
func (f *cutField) Options() bleve.FieldIndexingOptions { return bleve.IndexField }
func (f *cutField) AnalyzedLength() int                 { return len(f.tokens) }
func (f *cutField) NumPlainTextBytes() uint64           { return 0 }

// storedField is kept and not searched.
type storedField struct {
	name  string
	value []byte
}

func (f *storedField) Name() string                                     { return f.name }
func (f *storedField) Value() []byte                                    { return f.value }
func (f *storedField) ArrayPositions() []uint64                         { return nil }
func (f *storedField) EncodedFieldType() byte                           { return 't' }
func (f *storedField) Analyze()                                         {}
func (f *storedField) Options() bleve.FieldIndexingOptions              { return bleve.StoreField }
func (f *storedField) AnalyzedLength() int                              { return 0 }
func (f *storedField) AnalyzedTokenFrequencies() bleve.TokenFrequencies { return nil }
func (f *storedField) NumPlainTextBytes() uint64                        { return 0 }

// newZap makes a segment in memory: passages, and last what is told about it.
func newZap(docs []Doc, about []byte) (scorch.UnpersistedSegment, error) {
	room := &[len(fields)]cutField{}
	all := make([]bleve.Document, 0, len(docs)+1)
	for _, d := range docs {
		all = append(all, &document{of: d, room: room})
	}
	all = append(all, &document{about: about, last: true, room: room})
	s, _, err := plugin.New(all)
	if err != nil {
		return nil, err
	}
	return s.(scorch.UnpersistedSegment), nil
}

// join writes segments as one file, without the passages in drops and what is
// told about each; about is told of the whole.
func join(ctx context.Context, path string, segs []scorch.Segment, drops []*roaring.Bitmap, about []byte) error {
	for i, s := range segs {
		if drops[i] == nil {
			drops[i] = roaring.New()
		}
		drops[i].Add(uint32(s.Count() - 1))
	}
	last, err := newZap(nil, about)
	if err != nil {
		return err
	}
	stop := make(chan struct{})
	defer context.AfterFunc(ctx, func() { close(stop) })()
	return create(path, func() error {
		_, _, err := plugin.Merge(append(segs, last), append(drops, nil), path, stop, nil)
		if err == nil || errors.Is(err, scorch.ErrClosed) { // it may be done before it hears of the end
			return ctx.Err()
		}
		return err
	})
}

// create writes a new file, which others may read; where that fails, the file
// is removed.
func create(path string, write func() error) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return fmt.Errorf("write segment: %w", err)
	}
	if err = f.Close(); err == nil {
		err = write()
	}
	if err != nil {
		os.Remove(path)
		return fmt.Errorf("write segment: %w", err)
	}
	return nil
}

// guard calls what reads a segment. Zap trusts its files: where one is not as
// written, or was cut off while it is mapped, it panics or faults.
func guard(read func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: %v", errSpoilt, r)
		}
	}()
	return read()
}
