package shelf

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"os"

	"chuchu/retrieval/report"
)

var order = binary.LittleEndian

// Writer writes a pack, a report at a time.
type Writer struct {
	file    *os.File
	out     *bufio.Writer
	at      int64
	place   Place
	offsets []int64
	buf     []byte
}

// Create starts a pack in a new file.
func Create(path string) (*Writer, error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return nil, fmt.Errorf("write pack: %w", err)
	}
	return &Writer{file: f, out: bufio.NewWriterSize(f, 1<<20)}, nil
}

// Begin starts a report.
func (w *Writer) Begin() { w.place, w.offsets = Place{Start: w.at}, w.offsets[:0] }

// Passage adds the next passage of the report.
func (w *Writer) Passage(p *report.Paragraph) error {
	w.offsets = append(w.offsets, w.at)
	w.place.Passages++
	return w.blob(p)
}

func (w *Writer) blob(v any) (err error) {
	if w.buf, err = appendBlob(w.buf[:0], v); err != nil {
		return fmt.Errorf("write %s: %w", w.file.Name(), err)
	}
	return w.write(w.buf)
}

func (w *Writer) write(data []byte) error {
	n, err := w.out.Write(data)
	if w.at += int64(n); err != nil {
		return fmt.Errorf("write pack: %w", err)
	}
	return nil
}

// Finish ends the report and tells where it lies.
func (w *Writer) Finish(h *Head, k *Keys, marks []Mark, works []Work) (Place, error) {
	w.place.Offsets = w.at
	table := make([]byte, 0, 8*len(w.offsets)+8)
	for _, at := range append(w.offsets, w.at) {
		table = order.AppendUint64(table, uint64(at))
	}
	if err := w.write(table); err != nil {
		return Place{}, err
	}
	for _, t := range []struct {
		at *int64
		v  any
	}{{&w.place.Head, h}, {&w.place.Keys, k}, {&w.place.Marks, marks}, {&w.place.Works, works}} {
		*t.at = w.at
		if err := w.blob(t.v); err != nil {
			return Place{}, err
		}
	}
	w.place.End = w.at
	return w.place, nil
}

// Copy adds a report of another pack.
func (w *Writer) Copy(from *Pack, p Place) (Place, error) {
	shift := w.at - p.Start
	for _, part := range [][2]int64{{p.Start, p.Offsets}, {p.Offsets, p.Head}, {p.Head, p.End}} {
		data := make([]byte, part[1]-part[0])
		if _, err := from.file.ReadAt(data, part[0]); err != nil {
			return Place{}, fmt.Errorf("read %s: %w", from.file.Name(), err)
		}
		if part[0] == p.Offsets {
			for i := 0; i+8 <= len(data); i += 8 {
				order.PutUint64(data[i:], uint64(int64(order.Uint64(data[i:]))+shift))
			}
		}
		if err := w.write(data); err != nil {
			return Place{}, err
		}
	}
	for _, at := range []*int64{&p.Start, &p.Offsets, &p.Head, &p.Keys, &p.Marks, &p.Works, &p.End} {
		*at += shift
	}
	return p, nil
}

// Flush makes what was written so far readable.
func (w *Writer) Flush() error {
	if err := w.out.Flush(); err != nil {
		return fmt.Errorf("write pack: %w", err)
	}
	return nil
}

// Close ends the pack.
func (w *Writer) Close() error {
	err := w.out.Flush()
	if e := w.file.Close(); err == nil {
		err = e
	}
	if err != nil {
		return fmt.Errorf("write pack: %w", err)
	}
	return nil
}

// Pack is an open pack. It is safe for concurrent use.
type Pack struct{ file *os.File }

// Open opens a pack.
func Open(path string) (*Pack, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open pack: %w", err)
	}
	return &Pack{f}, nil
}

// Close releases the file.
func (p *Pack) Close() error { return p.file.Close() }

func (p *Pack) read(from, to int64, v any) error {
	if to < from {
		return fmt.Errorf("read %s: %w", p.file.Name(), errSpoilt)
	}
	data := make([]byte, to-from)
	if _, err := io.ReadFull(io.NewSectionReader(p.file, from, to-from), data); err != nil {
		return fmt.Errorf("read %s: %w", p.file.Name(), err)
	}
	if err := readBlob(data, v); err != nil {
		return fmt.Errorf("read %s: %w", p.file.Name(), err)
	}
	return nil
}

// Passage reads the n-th passage of a report.
func (p *Pack) Passage(at Place, n int) (*report.Paragraph, error) {
	if n < 0 || n >= at.Passages {
		return nil, fmt.Errorf("read %s: no passage %d", p.file.Name(), n)
	}
	var raw [16]byte
	if _, err := p.file.ReadAt(raw[:], at.Offsets+int64(8*n)); err != nil {
		return nil, fmt.Errorf("read %s: %w", p.file.Name(), err)
	}
	from, to := int64(order.Uint64(raw[:])), int64(order.Uint64(raw[8:]))
	if from < at.Start || to > at.Offsets {
		return nil, fmt.Errorf("read %s: %w", p.file.Name(), errSpoilt)
	}
	out := &report.Paragraph{}
	return out, p.read(from, to, out)
}

// Head reads a report without its passages.
func (p *Pack) Head(at Place) (*Head, error) {
	out := &Head{}
	return out, p.read(at.Head, at.Keys, out)
}

// Keys reads what a report's passages are told by.
func (p *Pack) Keys(at Place) (*Keys, error) {
	out := &Keys{}
	return out, p.read(at.Keys, at.Marks, out)
}

// Marks reads a report's markers.
func (p *Pack) Marks(at Place) (out []Mark, err error) {
	err = p.read(at.Marks, at.Works, &out)
	return out, err
}

// Works reads the works that a report names.
func (p *Pack) Works(at Place) (out []Work, err error) {
	err = p.read(at.Works, at.End, &out)
	return out, err
}
