package index

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
	bleve "github.com/blevesearch/bleve_index_api"
	scorch "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/blevesearch/zapx/v17"
)

// TestLaidOutAsZap writes the very bytes that zap's own writer does, up to the
// table of fields: there zap has a place for every kind of index it knows.
func TestLaidOutAsZap(t *testing.T) {
	often := someDocs(3, 3000) // several chunks
	for i := range often {
		often[i][Words] = append(often[i][Words], "港")
	}
	for name, docs := range map[string][]Doc{
		"few":          harbour,
		"one":          {{Words: {"航道", "航道"}}},
		"without text": {{}, {Words: {"航道"}}, {}},
		"many":         often,
		"long words":   {{Words: {"航", "航道整治工程", "航道整治工业", "abcdefgh", "abcdefgha", "abcdefg", "", "a", "a\x00", "ab"}}},
	} {
		dir := build(t, docs)
		got, err := os.ReadFile(filepath.Join(dir, segmentFile))
		if err != nil {
			t.Fatal(err)
		}
		s := reopened(t, filepath.Join(dir, segmentFile))
		about, err := s.about.encode()
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "zap")
		if _, _, err := plugin.Merge([]scorch.Segment{zapOf(t, docs, about)}, []*roaring.Bitmap{nil}, path, nil, nil); err != nil {
			t.Fatal(err)
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := beforeFields(got), beforeFields(want); !bytes.Equal(got, want) {
			at := 0
			for at < min(len(got), len(want)) && got[at] == want[at] {
				at++
			}
			t.Errorf("%s: %d bytes, zap has %d, other ones from %d on", name, len(got), len(want), at)
		}
	}
}

// beforeFields is a file up to the table of fields: the first of them is the id.
func beforeFields(file []byte) []byte {
	table := binary.BigEndian.Uint64(file[len(file)-zap.FooterSize+20:])
	_, n := binary.Uvarint(file[table:])
	return file[:binary.BigEndian.Uint64(file[table+uint64(n):])]
}

// zapOf makes a segment with zap's own writer.
func zapOf(t *testing.T, docs []Doc, about []byte) scorch.Segment {
	t.Helper()
	room := &[len(fields)]cutField{}
	all := make([]bleve.Document, 0, len(docs)+1)
	for _, d := range docs {
		all = append(all, &document{of: d, room: room})
	}
	all = append(all, &document{about: about, last: true, room: room})
	s, _, err := plugin.New(all)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

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
