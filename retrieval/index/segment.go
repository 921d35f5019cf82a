package index

import (
	"errors"
	"fmt"
	"hash/crc32"
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
// Its postings are not read: Verify does.
func OpenSegment(path string) (*Segment, error) {
	s := &Segment{path: path}
	if err := guard(s.open); err != nil {
		if s.zap != nil {
			s.zap.Close()
		}
		return nil, fmt.Errorf("open segment %s: %w", path, err)
	}
	return s, nil
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

// Verify reads the file and compares it with its sum.
func (s *Segment) Verify() error {
	return s.wrong(guard(func() error {
		data := s.zap.Data()
		if crc32.ChecksumIEEE(data[:len(data)-crc32.Size]) != s.zap.CRC() {
			return errSpoilt
		}
		return nil
	}))
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
