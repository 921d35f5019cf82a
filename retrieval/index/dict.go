package index

import (
	"encoding/binary"
	"maps"
	"slices"
)

// encode writes all of a segment but its postings.
func (s *Segment) encode() []byte {
	var out []byte
	num := func(v int) { out = binary.AppendUvarint(out, uint64(v)) }
	num(s.docs)
	num(s.runes)
	num(len(s.runs))
	for _, r := range s.runs {
		num(int(r.slot))
		num(int(r.count))
	}
	num(len(s.chars))
	for _, c := range slices.Sorted(maps.Keys(s.chars)) {
		num(int(c))
		num(s.chars[c])
	}
	for f := range s.fields {
		p := &s.fields[f]
		num(p.size())
		num(len(p.text))
		num(p.tokens)
		out = append(out, p.text...)
		for _, v := range p.ends {
			out = binary.LittleEndian.AppendUint32(out, v)
		}
		for _, v := range p.freqs {
			out = binary.LittleEndian.AppendUint32(out, v)
		}
		for _, v := range p.at {
			out = binary.LittleEndian.AppendUint64(out, v)
		}
		for _, v := range p.lens {
			out = binary.LittleEndian.AppendUint32(out, v)
		}
	}
	return out
}

// decoder reads what encode wrote; short is set where there is less.
type decoder struct {
	data  []byte
	short bool
}

func (d *decoder) num() int {
	v, n := binary.Uvarint(d.data)
	if n <= 0 {
		d.short = true
		return 0
	}
	d.data = d.data[n:]
	return int(v)
}

func (d *decoder) bytes(n int) []byte {
	if n < 0 || n > len(d.data) {
		d.short = true
		return nil
	}
	out := d.data[:n]
	d.data = d.data[n:]
	return out
}

func (d *decoder) uint32s(n int) []uint32 {
	raw := d.bytes(4 * n)
	out := make([]uint32, len(raw)/4)
	for i := range out {
		out[i] = binary.LittleEndian.Uint32(raw[4*i:])
	}
	return out
}

func (d *decoder) uint64s(n int) []uint64 {
	raw := d.bytes(8 * n)
	out := make([]uint64, len(raw)/8)
	for i := range out {
		out[i] = binary.LittleEndian.Uint64(raw[8*i:])
	}
	return out
}

// decode reads a segment's dictionary, whose sum has been compared.
func (s *Segment) decode(d *decoder) {
	s.docs, s.runes = d.num(), d.num()
	first := uint32(0)
	for range d.num() {
		r := run{slot: uint32(d.num()), first: first, count: uint32(d.num())}
		first += r.count
		if s.runs = append(s.runs, r); d.short {
			return
		}
	}
	s.chars = map[rune]int{}
	for range d.num() {
		c := rune(d.num())
		if s.chars[c] = d.num(); d.short {
			return
		}
	}
	for f := range s.fields {
		p := &s.fields[f]
		size, text := d.num(), d.num()
		p.tokens = d.num()
		p.text = string(d.bytes(text))
		p.ends, p.freqs, p.at, p.lens = d.uint32s(size), d.uint32s(size), d.uint64s(size+1), d.uint32s(s.docs)
	}
}
