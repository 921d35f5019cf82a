package index

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"sort"
)

// A segment's file holds the postings of each field, then the dictionary, then
// the trailer. The dictionary stays in memory while a segment is open; postings
// are read when they are asked for.

// magic opens a segment's trailer.
const magic = "chuchu\x00\x03"

// trailerSize is that of: magic, the dictionary's offset and sum, the postings' sum.
const trailerSize = len(magic) + 8 + 4 + 4

var (
	castagnoli = crc32.MakeTable(crc32.Castagnoli)
	errSpoilt  = errors.New("not as written")
)

// run is the passages of one report: they stand side by side.
type run struct {
	slot  uint32
	first uint32
	count uint32
}

// fieldPart is one field of a segment.
type fieldPart struct {
	text   string   // all terms, joined
	ends   []uint32 // where each term ends in text
	freqs  []uint32 // passages of each
	at     []uint64 // where the postings of each begin in the file, and the last ones end
	lens   []uint32 // tokens of each passage
	tokens int
}

func (p *fieldPart) size() int { return len(p.ends) }

func (p *fieldPart) term(i int) string {
	if i == 0 {
		return p.text[:p.ends[0]]
	}
	return p.text[p.ends[i-1]:p.ends[i]]
}

func (p *fieldPart) find(term string) (int, bool) {
	i := sort.Search(len(p.ends), func(i int) bool { return p.term(i) >= term })
	return i, i < len(p.ends) && p.term(i) == term
}

// Segment is an open segment. It is safe for concurrent use.
type Segment struct {
	file   *os.File
	docs   int
	runes  int
	runs   []run
	chars  map[rune]int // passages that hold each character
	fields [len(fields)]fieldPart
	body   int64 // bytes of the postings
	sum    uint32
}

// OpenSegment opens a segment's file; one that is not as written does not open.
// Its postings are not read: Verify does.
func OpenSegment(path string) (s *Segment, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	s = &Segment{file: f}
	if err := s.read(); err != nil {
		f.Close()
		return nil, fmt.Errorf("open segment %s: %w", path, err)
	}
	return s, nil
}

func (s *Segment) read() error {
	info, err := s.file.Stat()
	if err != nil {
		return err
	}
	tail := make([]byte, trailerSize)
	end := info.Size() - int64(trailerSize)
	if end < 0 {
		return errSpoilt
	}
	if _, err := s.file.ReadAt(tail, end); err != nil {
		return err
	}
	if string(tail[:len(magic)]) != magic {
		return errSpoilt
	}
	tail = tail[len(magic):]
	s.body = int64(binary.LittleEndian.Uint64(tail))
	sum := binary.LittleEndian.Uint32(tail[8:])
	s.sum = binary.LittleEndian.Uint32(tail[12:])
	if s.body < 0 || s.body > end {
		return errSpoilt
	}
	dict := make([]byte, end-s.body)
	if _, err := s.file.ReadAt(dict, s.body); err != nil {
		return err
	}
	if crc32.Checksum(dict, castagnoli) != sum {
		return errSpoilt
	}
	d := decoder{data: dict}
	s.decode(&d)
	if d.short || len(d.data) > 0 {
		return errSpoilt
	}
	return nil
}

// Verify reads the postings and compares them with their sum.
func (s *Segment) Verify() error {
	h := crc32.New(castagnoli)
	if _, err := io.Copy(h, io.NewSectionReader(s.file, 0, s.body)); err != nil {
		return fmt.Errorf("verify %s: %w", s.file.Name(), err)
	}
	if h.Sum32() != s.sum {
		return fmt.Errorf("verify %s: %w", s.file.Name(), errSpoilt)
	}
	return nil
}

// Docs is the number of passages in the segment, those gone included.
func (s *Segment) Docs() int { return s.docs }

// Gone is the number of its passages whose report is not live.
func (s *Segment) Gone(live func(slot uint32) bool) int {
	_, n := s.deadOf(live)
	return n
}

// Close releases the file.
func (s *Segment) Close() error { return s.file.Close() }

func (s *Segment) deadOf(live func(slot uint32) bool) (bitmap, int) {
	var dead bitmap
	n := 0
	for _, r := range s.runs {
		if live(r.slot) {
			continue
		}
		if dead == nil {
			dead = make(bitmap, s.docs/64+1)
		}
		n += int(r.count)
		for i := range r.count {
			dead.set(r.first + i)
		}
	}
	return dead, n
}

// ord is the ordinal of a passage of the segment.
func (s *Segment) ord(doc uint32) int {
	i := sort.Search(len(s.runs), func(i int) bool { return s.runs[i].first > doc }) - 1
	return Ord(s.runs[i].slot, int(doc-s.runs[i].first))
}

// raw reads the encoded postings of a term, into buf where there is room.
func (s *Segment) raw(f, at int, buf []byte) ([]byte, error) {
	p := &s.fields[f]
	n := int(p.at[at+1] - p.at[at])
	if cap(buf) < n {
		buf = make([]byte, n, 2*n)
	}
	buf = buf[:n]
	if _, err := s.file.ReadAt(buf, int64(p.at[at])); err != nil {
		return nil, fmt.Errorf("read %s: %w", s.file.Name(), err)
	}
	return buf, nil
}

// postings calls do for each passage that holds a term, with the number of
// times.
func (s *Segment) postings(f, at int, do func(doc, freq uint32)) error {
	buf, err := s.raw(f, at, nil)
	if err != nil {
		return err
	}
	doc := uint64(0)
	for len(buf) > 0 {
		v, n := binary.Uvarint(buf)
		if n <= 0 {
			return fmt.Errorf("read %s: %w", s.file.Name(), errSpoilt)
		}
		buf = buf[n:]
		freq := uint64(1)
		if v&1 == 1 {
			if freq, n = binary.Uvarint(buf); n <= 0 {
				return fmt.Errorf("read %s: %w", s.file.Name(), errSpoilt)
			}
			buf = buf[n:]
		}
		if doc += v >> 1; doc >= uint64(s.docs) {
			return fmt.Errorf("read %s: %w", s.file.Name(), errSpoilt)
		}
		do(uint32(doc), uint32(freq))
	}
	return nil
}

// appendPosting adds a passage to encoded postings of which last is the latest.
func appendPosting(out []byte, last, doc, freq uint32) []byte {
	v := uint64(doc-last) << 1
	if freq == 1 {
		return binary.AppendUvarint(out, v)
	}
	return binary.AppendUvarint(binary.AppendUvarint(out, v|1), uint64(freq))
}

type bitmap []uint64

func (b bitmap) set(i uint32)      { b[i>>6] |= 1 << (i & 63) }
func (b bitmap) has(i uint32) bool { return b != nil && b[i>>6]&(1<<(i&63)) != 0 }
