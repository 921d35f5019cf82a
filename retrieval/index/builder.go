package index

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"hash"
	"hash/crc32"
	"os"
	"slices"
	"strings"
)

// Builder collects passages for one segment.
type Builder struct {
	seg    Segment
	fields [len(fields)]fieldBuilder
	seen   map[rune]int // the passage in which a character was seen last, from 1
}

type fieldBuilder struct {
	short map[uint64]uint32 // terms of up to seven bytes, packed
	long  map[string]uint32
	terms []string
	posts [][]posting
}

type posting struct{ doc, freq uint32 }

// NewBuilder starts a segment.
func NewBuilder() *Builder {
	b := &Builder{seen: map[rune]int{}}
	b.seg.chars = map[rune]int{}
	for f := range b.fields {
		b.fields[f].short, b.fields[f].long = map[uint64]uint32{}, map[string]uint32{}
	}
	return b
}

// Docs is the number of passages collected.
func (b *Builder) Docs() int { return b.seg.docs }

// Add takes in the next passage of the report in a slot. A report's passages
// come one after another.
func (b *Builder) Add(slot uint32, d Doc) {
	doc := uint32(b.seg.docs)
	if n := len(b.seg.runs); n == 0 || b.seg.runs[n-1].slot != slot {
		b.seg.runs = append(b.seg.runs, run{slot: slot, first: doc})
	}
	b.seg.runs[len(b.seg.runs)-1].count++
	b.seg.docs++
	for f, name := range fields {
		tokens := d[name]
		b.fields[f].add(doc, tokens)
		p := &b.seg.fields[f]
		p.lens = append(p.lens, uint32(len(tokens)))
		p.tokens += len(tokens)
	}
	b.seg.runes += len(d[Bigrams])
	for _, g := range d[Bigrams] { // they hold every character of the passage
		for _, r := range g {
			if b.seen[r] != b.seg.docs {
				b.seen[r] = b.seg.docs
				b.seg.chars[r]++
			}
		}
	}
}

func (b *fieldBuilder) add(doc uint32, tokens []string) {
	for _, t := range tokens {
		id := b.id(t)
		posts := b.posts[id]
		if n := len(posts); n > 0 && posts[n-1].doc == doc {
			posts[n-1].freq++
			continue
		}
		b.posts[id] = append(posts, posting{doc, 1})
	}
}

// id is the number of a term. Most terms are two characters: packed they are
// found faster.
func (b *fieldBuilder) id(t string) uint32 {
	key := uint64(len(t))
	if len(t) <= 7 {
		for i := range len(t) {
			key = key<<8 | uint64(t[i])
		}
		if id, ok := b.short[key]; ok {
			return id
		}
	} else if id, ok := b.long[t]; ok {
		return id
	}
	t = strings.Clone(t)
	id := uint32(len(b.terms))
	if len(t) <= 7 {
		b.short[key] = id
	} else {
		b.long[t] = id
	}
	b.terms = append(b.terms, t)
	b.posts = append(b.posts, nil)
	return id
}

// Write writes the segment to a new file.
func (b *Builder) Write(path string) error {
	if b.seg.docs == 0 {
		return errNothing
	}
	w, err := newWriter(path)
	if err != nil {
		return err
	}
	for f := range b.fields {
		fb := &b.fields[f]
		order := make([]uint32, len(fb.terms))
		for i := range order {
			order[i] = uint32(i)
		}
		slices.SortFunc(order, func(x, y uint32) int { return strings.Compare(fb.terms[x], fb.terms[y]) })
		p := w.field(&b.seg.fields[f])
		for _, id := range order {
			w.begin()
			for _, post := range fb.posts[id] {
				w.posting(post.doc, post.freq)
			}
			p.end(fb.terms[id])
		}
		p.done()
	}
	return w.finish(&b.seg)
}

// writer writes a segment's file.
type writer struct {
	file *os.File
	out  *bufio.Writer
	sum  hash.Hash32
	at   uint64
	buf  []byte
	last uint32
	n    uint32
	err  error
}

func newWriter(path string) (*writer, error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return nil, fmt.Errorf("write segment: %w", err)
	}
	return &writer{file: f, out: bufio.NewWriterSize(f, 1<<20), sum: crc32.New(castagnoli)}, nil
}

func (w *writer) begin() { w.buf, w.last, w.n = w.buf[:0], 0, 0 }

func (w *writer) posting(doc, freq uint32) {
	w.buf = appendPosting(w.buf, w.last, doc, freq)
	w.last = doc
	w.n++
}

// fieldWriter writes the terms of a field, in byte order.
type fieldWriter struct {
	w    *writer
	part *fieldPart
	text strings.Builder
}

func (w *writer) field(part *fieldPart) *fieldWriter { return &fieldWriter{w: w, part: part} }

// end ends the postings of a term; one without any is left out.
func (p *fieldWriter) end(term string) {
	w := p.w
	if w.n == 0 || w.err != nil {
		return
	}
	p.text.WriteString(term)
	p.part.ends = append(p.part.ends, uint32(p.text.Len()))
	p.part.freqs = append(p.part.freqs, w.n)
	p.part.at = append(p.part.at, w.at)
	w.at += uint64(len(w.buf))
	w.sum.Write(w.buf)
	_, w.err = w.out.Write(w.buf)
}

func (p *fieldWriter) done() {
	p.part.text = p.text.String()
	p.part.at = append(p.part.at, p.w.at)
}

// finish writes the dictionary and the trailer; where anything failed, the
// file is removed.
func (w *writer) finish(s *Segment) error {
	dict := s.encode()
	tail := append([]byte{}, magic...)
	tail = binary.LittleEndian.AppendUint64(tail, w.at)
	tail = binary.LittleEndian.AppendUint32(tail, crc32.Checksum(dict, castagnoli))
	tail = binary.LittleEndian.AppendUint32(tail, w.sum.Sum32())
	for _, part := range [][]byte{dict, tail} {
		if w.err == nil {
			_, w.err = w.out.Write(part)
		}
	}
	if w.err == nil {
		w.err = w.out.Flush()
	}
	if err := w.file.Close(); w.err == nil {
		w.err = err
	}
	if w.err != nil {
		os.Remove(w.file.Name())
		return fmt.Errorf("write segment: %w", w.err)
	}
	return nil
}
