package index

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"sort"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/zapx/v17"
)

// A segment is a zap segment of bleve's: its documents are the passages, and
// behind them one that has no terms and stores what is told about them.

var errSpoilt = errors.New("not as written")

// Segment is an open segment. It is safe for concurrent use.
type Segment struct {
	path  string
	zap   *zap.Segment
	about about
	terms [len(fields)]int // of each field
}

// OpenSegment opens a segment's file; one that is not as written does not open.
func OpenSegment(path string) (*Segment, error) {
	s := &Segment{path: path}
	err := verify(path)
	if err == nil {
		err = guard(s.open)
	}
	if err != nil {
		if s.zap != nil {
			s.zap.Close()
		}
		return nil, fmt.Errorf("open segment %s: %w", path, err)
	}
	return s, nil
}

// verify compares a file with the sum at its end. Zap itself believes what it
// reads, lengths of what it makes room for among it.
func verify(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	body := info.Size() - crc32.Size
	if body < zap.FooterSize {
		return errSpoilt
	}
	sum := crc32.NewIEEE()
	if _, err := io.CopyBuffer(sum, io.LimitReader(f, body), make([]byte, 1<<18)); err != nil {
		return err
	}
	var want [crc32.Size]byte
	if _, err := f.ReadAt(want[:], body); err != nil {
		return err
	}
	if sum.Sum32() != binary.BigEndian.Uint32(want[:]) {
		return errSpoilt
	}
	return nil
}

func (s *Segment) open() error {
	z, err := plugin.Open(s.path)
	if err != nil {
		return err
	}
	s.zap = z.(*zap.Segment)
	docs := s.zap.Count()
	if docs == 0 {
		return errSpoilt
	}
	var data []byte
	err = s.zap.VisitStoredFields(docs-1, func(field string, _ byte, value []byte, _ []uint64) bool {
		if field == aboutField {
			data = append(data, value...)
		}
		return true
	})
	if err != nil {
		return err
	}
	if err := s.about.decode(data); err != nil {
		return err
	}
	if uint64(s.about.docs) != docs-1 {
		return errSpoilt
	}
	for f := range fields {
		d, err := s.dictionary(f)
		if err != nil {
			return err
		}
		s.terms[f] = d.Cardinality()
	}
	return nil
}

// wrong says of which file an error tells.
func (s *Segment) wrong(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("read %s: %w", s.path, err)
}

// Docs is the number of passages in the segment, those gone included.
func (s *Segment) Docs() int { return s.about.docs }

// Gone is the number of its passages whose report is not live.
func (s *Segment) Gone(live func(slot uint32) bool) int {
	_, n := s.deadOf(live)
	return n
}

// Close releases the file.
func (s *Segment) Close() error { return s.zap.Close() }

// deadOf is the passages whose report is not live, nil where there are none.
func (s *Segment) deadOf(live func(slot uint32) bool) (*roaring.Bitmap, int) {
	var dead *roaring.Bitmap
	n := 0
	for _, r := range s.about.Runs {
		if live(r.Slot) {
			continue
		}
		if dead == nil {
			dead = roaring.New()
		}
		n += int(r.Count)
		dead.AddRange(uint64(r.first), uint64(r.first)+uint64(r.Count))
	}
	return dead, n
}

// ord is the ordinal of a passage of the segment.
func (s *Segment) ord(doc uint32) int {
	runs := s.about.Runs
	i := sort.Search(len(runs), func(i int) bool { return runs[i].first > doc }) - 1
	return Ord(runs[i].Slot, int(doc-runs[i].first))
}

// dictionary is the terms of a field, for one goroutine.
func (s *Segment) dictionary(f int) (*zap.Dictionary, error) {
	d, err := s.zap.Dictionary(string(fields[f]))
	if err != nil {
		return nil, err
	}
	return d.(*zap.Dictionary), nil
}
