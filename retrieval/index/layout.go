package index

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"math"

	"github.com/RoaringBitmap/roaring/v2"
	bleve "github.com/blevesearch/bleve_index_api"
	scorch "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/blevesearch/vellum"
	"github.com/blevesearch/zapx/v17"
	"github.com/golang/snappy"
)

// layout writes a segment as zap does, whose own writer goes through bleve's
// documents and takes several times as long. Only what our fields have is
// written: no places of terms, no values of documents.
type layout struct {
	sum  *zap.CountHashWriter
	out  *bufio.Writer
	num  [binary.MaxVarintLen64]byte
	docs uint64 // the last, which tells about the segment, among them

	stored, sections int // where those tables start
	bits             *roaring.Bitmap
	chunk, ends      []byte
}

// idField is the one that zap asks every document for.
const idField = "_id"

// layoutFields are the fields in the order that zap keeps them in.
var layoutFields = [...]struct {
	name    string
	of      Field
	options bleve.FieldIndexingOptions
}{
	{idField, "", bleve.IndexField | bleve.StoreField},
	{aboutField, "", bleve.StoreField},
	{string(Bigrams), Bigrams, bleve.IndexField},
	{string(Head), Head, bleve.IndexField},
	{string(Words), Words, bleve.IndexField},
}

func newLayout(w io.Writer, docs int) *layout {
	sum := zap.NewCountHashWriter(w)
	return &layout{sum: sum, out: bufio.NewWriterSize(sum, 1<<16), docs: uint64(docs + 1), bits: roaring.New()}
}

// inMemory makes a segment of no passages, which tells about others.
func inMemory(about []byte) (scorch.Segment, error) {
	var buf bytes.Buffer
	l := newLayout(&buf, 0)
	if err := l.body([len(fields)]*postings{}, about); err != nil {
		return nil, err
	}
	return zap.InitSegmentBase(buf.Bytes(), l.sum.Sum32(), zap.DefaultChunkMode, l.docs, uint64(l.stored), uint64(l.sections), nil, new(scorch.Stats))
}

// at is how much is written.
func (l *layout) at() int { return l.sum.Count() + l.out.Buffered() }

// The writer keeps its first error, which flush tells.
func (l *layout) bytes(b []byte) { l.out.Write(b) }

func (l *layout) varint(n uint64) { l.bytes(l.num[:binary.PutUvarint(l.num[:], n)]) }

func (l *layout) fixed(n uint64) { l.bytes(binary.BigEndian.AppendUint64(l.num[:0], n)) }

func (l *layout) fixed32(n uint32) { l.bytes(binary.BigEndian.AppendUint32(l.num[:0], n)) }

// body writes all but the footer.
func (l *layout) body(of [len(fields)]*postings, about []byte) error {
	l.documents(about)
	var starts [len(layoutFields)]int
	for i, f := range layoutFields {
		var p *postings
		if n := f.of.number(); n >= 0 {
			p = of[n]
		}
		start, err := l.field(p)
		if err != nil {
			return err
		}
		starts[i] = start
	}
	l.fieldTable(starts)
	return l.out.Flush()
}

// footer ends the file.
func (l *layout) footer() error {
	l.fixed32(0) // the length of the name of who changed the bytes: nobody
	l.fixed(l.docs)
	l.fixed(uint64(l.stored))
	l.fixed(uint64(l.sections))
	l.fixed32(zap.DefaultChunkMode)
	l.fixed32(zap.Version)
	if err := l.out.Flush(); err != nil {
		return err
	}
	l.fixed32(l.sum.Sum32())
	return l.out.Flush()
}

// documents writes what is stored of each document: an empty id, and of the
// last what it tells.
func (l *layout) documents(about []byte) {
	empty := snappy.Encode(nil, nil)
	starts := make([]int, l.docs)
	for i := range starts {
		starts[i] = l.at()
		meta, data := []byte{0}, empty
		if i == len(starts)-1 {
			for _, n := range []uint64{1, 't', 0, uint64(len(about)), 0} { // its field, type, start, length, no array
				meta = binary.AppendUvarint(meta, n)
			}
			data = snappy.Encode(nil, about)
		}
		l.varint(uint64(len(meta)))
		l.varint(uint64(len(data)))
		l.bytes(meta)
		l.bytes(data)
	}
	l.stored = l.at()
	for _, at := range starts {
		l.fixed(uint64(at))
	}
	l.varint(0) // documents within others
}

// field writes a field's postings and its dictionary, and tells where what
// leads to them starts.
func (l *layout) field(p *postings) (int, error) {
	var dict bytes.Buffer
	// As zap has it, ends of terms are not shared: it takes long.
	fst, err := vellum.New(&dict, &vellum.BuilderOpts{Encoder: 1, RegistryTableSize: 0, RegistryMRUSize: 1})
	if err != nil {
		return 0, err
	}
	if p != nil {
		err = p.each(func(term string, docs, counts []uint32) error {
			return fst.Insert([]byte(term), l.list(docs, counts, p.lengths))
		})
		if err != nil {
			return 0, err
		}
	}
	if err := fst.Close(); err != nil {
		return 0, err
	}
	at := l.at()
	l.varint(uint64(dict.Len()))
	l.bytes(dict.Bytes())
	start := l.at()
	l.varint(math.MaxUint64) // no values of documents
	l.varint(math.MaxUint64)
	l.varint(uint64(at))
	return start, nil
}

// list writes where a term is found and tells what leads there. A term found
// once, in one document, has all that in this number.
func (l *layout) list(docs, counts, lengths []uint32) uint64 {
	if len(docs) == 1 && counts[0] == 1 && docs[0] <= math.MaxInt32 {
		return zap.FSTValEncode1Hit(uint64(docs[0]), uint64(lengths[docs[0]]))
	}
	counted := l.at()
	l.counts(docs, counts, lengths)
	at := l.at()
	l.varint(uint64(counted))
	l.varint(0) // no places
	l.bits.Clear()
	l.bits.AddMany(docs)
	l.varint(l.bits.GetSerializedSizeInBytes())
	l.bits.WriteTo(l.out)
	return uint64(at)
}

// counts writes how often each document has a term, and its length, in chunks
// of about a thousand.
func (l *layout) counts(docs, counts, lengths []uint32) {
	size := l.docs / (uint64(len(docs))/1024 + 1)
	chunks := (l.docs-1)/size + 1
	l.chunk, l.ends = l.chunk[:0], l.ends[:0]
	next := uint64(1)
	for i, doc := range docs {
		for ; uint64(doc) >= next*size; next++ {
			l.ends = binary.AppendUvarint(l.ends, uint64(len(l.chunk)))
		}
		l.chunk = binary.AppendUvarint(l.chunk, uint64(counts[i])<<1)
		l.chunk = binary.AppendUvarint(l.chunk, uint64(lengths[doc]))
	}
	for ; next <= chunks; next++ {
		l.ends = binary.AppendUvarint(l.ends, uint64(len(l.chunk)))
	}
	l.varint(chunks)
	l.bytes(l.ends)
	l.bytes(l.chunk)
}

// fieldTable writes the fields' names and where each starts.
func (l *layout) fieldTable(starts [len(layoutFields)]int) {
	var at [len(layoutFields)]int
	for i, f := range layoutFields {
		at[i] = l.at()
		l.varint(uint64(len(f.name)))
		l.bytes([]byte(f.name))
		l.varint(uint64(f.options))
		l.varint(1) // sections: the terms
		l.bytes(binary.BigEndian.AppendUint16(nil, zap.SectionInvertedTextIndex))
		l.fixed(uint64(starts[i]))
	}
	l.sections = l.at()
	l.varint(uint64(len(at)))
	for _, a := range at {
		l.fixed(uint64(a))
	}
}
