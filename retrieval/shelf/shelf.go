// Package shelf keeps parsed reports on disk: packs, files that never change
// once they are written. Of a report in a pack one passage, or one table, is
// read at a time; each has its own sum.
package shelf

import (
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
	"sync"

	"github.com/vmihailenco/msgpack/v5"

	"chuchu/retrieval/report"
)

// Version is the packs' format; a change of what is kept must raise it.
const Version = 1

// errSpoilt says that a part of a pack is not as it was written.
var errSpoilt = errors.New("not as written")

// Place is where a report lies in its pack: where its passages begin, and each
// of its tables.
type Place struct {
	Start    int64 `json:"start"`
	Passages int   `json:"passages"`
	Offsets  int64 `json:"offsets"` // of the passages; from here on the tables follow
	Head     int64 `json:"head"`
	Keys     int64 `json:"keys"`
	Marks    int64 `json:"marks"`
	Works    int64 `json:"works"`
	End      int64 `json:"end"`
}

// Head is a report without its passages.
type Head struct {
	Report  report.Report // of its paragraphs none
	Outline []Section     // as they follow
}

// Section is a heading of a report with those above it.
type Section struct {
	Path  []string // the heading itself last
	Notes bool     // it heads nothing but notes
}

// Keys are what passages are told by, in their order.
type Keys struct {
	IDs        []string // their ids; none where each is made of its paragraph's number
	Texts      []uint64 // hashes of their folded texts
	Paragraphs []int32  // their numbers in the report
}

// Mark is a marker in a passage.
type Mark struct {
	Passage int32 // its place among the report's passages
	Marker  int32 // its place among the passage's markers
	Label   string
	Section []string // that the passage stands in
}

// Work is a work named in a unit of a passage.
type Work struct {
	Passage int32
	Unit    int32
	Printed report.Work
	Title   string // squeezed
	Base    string
	Number  string
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

var encoders = sync.Pool{New: func() any {
	e := msgpack.NewEncoder(nil)
	e.UseArrayEncodedStructs(true)
	e.UseCompactInts(true)
	return e
}}

// appendBlob adds v to out, behind its sum.
func appendBlob(out []byte, v any) ([]byte, error) {
	e := encoders.Get().(*msgpack.Encoder)
	defer encoders.Put(e)
	start := len(out)
	buf := bytes.NewBuffer(append(out, 0, 0, 0, 0))
	e.ResetWriter(buf)
	if err := e.Encode(v); err != nil {
		return out, err
	}
	out = buf.Bytes()
	order.PutUint32(out[start:], crc32.Checksum(out[start+4:], castagnoli))
	return out, nil
}

// readBlob reads into v what appendBlob wrote.
func readBlob(data []byte, v any) error {
	if len(data) < 4 || crc32.Checksum(data[4:], castagnoli) != order.Uint32(data) {
		return errSpoilt
	}
	if err := msgpack.Unmarshal(data[4:], v); err != nil {
		return fmt.Errorf("%w: %w", errSpoilt, err)
	}
	return nil
}
