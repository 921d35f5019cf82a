package pdftext

import (
	"bytes"
	"encoding/binary"
	"flag"
	"os"
	"slices"
	"testing"
	"unicode/utf16"
)

var update = flag.Bool("update", false, "write the reader's font")

const fontFile = "fontroot/usr/share/fonts/han.ttf"

// big is some numbers, one behind the other, their high bytes first.
func big(t *testing.T, values ...any) []byte {
	var b bytes.Buffer
	for _, v := range values {
		if err := binary.Write(&b, binary.BigEndian, v); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}

// names are the font's own: the reader looks for Chinese characters in it.
func names(t *testing.T) []byte {
	utf16be := func(s string) []byte { return big(t, utf16.Encode([]rune(s))) }
	family, style := utf16be("WenQuanYi Micro Hei"), utf16be("Regular")
	out := big(t, uint16(0), uint16(3), uint16(6+3*12))
	var texts []byte
	for _, n := range []struct {
		id   uint16
		text []byte
	}{{1, family}, {2, style}, {4, family}} {
		out = append(out, big(t, uint16(3), uint16(1), uint16(0x409), n.id, uint16(len(n.text)), uint16(len(texts)))...)
		texts = append(texts, n.text...)
	}
	return append(out, texts...)
}

// square is a glyph as wide as that.
func square(t *testing.T, width int16) []byte {
	g := big(t, int16(1), [4]int16{0, -120, width, 880}, uint16(3), uint16(0), [4]byte{1, 1, 1, 1},
		[4]int16{0, width, 0, -width}, [4]int16{-120, 0, 1000, 0})
	for len(g)%4 != 0 {
		g = append(g, 0)
	}
	return g
}

// squareFont makes a TrueType font whose characters are all one square, the
// Latin ones half as wide.
func squareFont(t *testing.T) []byte {
	half, full := square(t, 500), square(t, 1000)
	n := uint32(len(half))
	codePages := uint32(1<<17 | 1<<18 | 1<<19 | 1<<20) // Japanese, Chinese, Korean
	tables := []struct {
		tag  string
		data []byte
	}{
		{"OS/2", big(t, uint16(1), int16(1000), uint16(400), uint16(5), uint16(0), [11]int16{}, [10]byte{}, [4]uint32{0, 1 << 27}, []byte("CHCH"),
			uint16(64), uint16(0x20), uint16(0xFFFF), int16(880), int16(-120), int16(0), uint16(880), uint16(120), codePages, uint32(0))},
		{"cmap", big(t, uint16(0), uint16(1), uint16(3), uint16(10), uint32(12),
			uint16(13), uint16(0), uint32(40), uint32(0), uint32(2),
			[3]uint32{0x20, 0xFF, 1}, [3]uint32{0x100, 0x2FFFF, 2})},
		{"glyf", slices.Concat(half, half, full)},
		{"head", big(t, uint32(0x10000), uint32(0x10000), uint32(0), uint32(0x5F0F3CF5), uint16(3), uint16(1000), [2]int64{},
			[4]int16{0, -120, 1000, 880}, uint16(0), uint16(8), [3]int16{2, 1, 0})},
		{"hhea", big(t, uint32(0x10000), int16(880), int16(-120), int16(0), uint16(1000), [3]int16{0, 0, 1000}, [3]int16{1}, [4]int16{}, int16(0), uint16(3))},
		{"hmtx", big(t, [6]uint16{500, 0, 500, 0, 1000, 0})},
		{"loca", big(t, uint32(0), n, 2*n, 3*n)},
		{"maxp", big(t, uint32(0x10000), [3]uint16{3, 4, 1}, [2]uint16{}, uint16(1), [8]uint16{})},
		{"name", names(t)},
		{"post", big(t, uint32(0x30000), [7]uint32{})},
	}
	out := big(t, uint32(0x10000), uint16(len(tables)), uint16(128), uint16(3), uint16(len(tables)*16-128))
	var body []byte
	for _, table := range tables {
		for len(body)%4 != 0 {
			body = append(body, 0)
		}
		var sum uint32
		for i, c := range table.data {
			sum += uint32(c) << (24 - 8*(i%4))
		}
		out = append(out, table.tag...)
		out = append(out, big(t, sum, uint32(12+16*len(tables)+len(body)), uint32(len(table.data)))...)
		body = append(body, table.data...)
	}
	return append(out, body...)
}

// TestFont holds the font that the reader has against its making.
func TestFont(t *testing.T) {
	want := squareFont(t)
	if *update {
		if err := os.WriteFile(fontFile, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(fontFile)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s: %d bytes, not the %d that are made; run with -update", fontFile, len(got), len(want))
	}
}
