package pdftext

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/tetratelabs/wazero"
)

// file is a PDF file of these objects, numbered from 1; the first is its root.
func file(objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	table := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, o := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, table)
	return b.Bytes()
}

func stream(head, text string) string {
	return fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", head, len(text), text)
}

// page is a file of one page that draws this, with these objects behind it, from 6 on.
func page(contents string, more ...string) []byte {
	return file(append([]string{"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 5 0 R >> /XObject << /X 6 0 R >> >> /Contents 4 0 R >>",
		contents, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"}, more...)...)
}

// endless is a page whose forms draw one another a thousand times each, four deep.
func endless() []byte {
	var forms []string
	for i := range 4 {
		draw := strings.Repeat("/X Do ", 1000)
		if i == 3 {
			draw = "BT /F 12 Tf (dike) Tj ET"
		}
		forms = append(forms, stream(fmt.Sprintf("/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F 5 0 R >> /XObject << /X %d 0 R >> >>", i+7), draw))
	}
	return page(stream("", "/X Do "), forms...)
}

// swollen is a page whose contents unpack to so many bytes.
func swollen(size int) []byte {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	block := bytes.Repeat([]byte(" "), 1<<20)
	for range size >> 20 {
		z.Write(block)
	}
	z.Write([]byte("BT /F 12 Tf (dike) Tj ET"))
	z.Close()
	return page(stream("/Filter /FlateDecode", b.String()))
}

// TestLimits stops a file that takes too long, and one that takes too much
// memory, and reads on with the next.
func TestLimits(t *testing.T) {
	pool, err := initialize(wazero.NewRuntimeConfig(), 64<<20)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	sound := page(stream("", "BT /F 12 Tf 72 700 Td (dike) Tj ET"))
	check := func() {
		t.Helper()
		d, err := readWithin(t.Context(), pool, sound, longestRead)
		if err != nil || len(d.Pages) != 1 || d.Pages[0].Chars != 4 {
			t.Fatalf("a sound file: %+v, %v", d, err)
		}
	}
	check()
	if _, err := readWithin(t.Context(), pool, endless(), 50*time.Millisecond); !errors.Is(err, ErrTooLong) {
		t.Errorf("an endless page: %v, want %v", err, ErrTooLong)
	}
	check()
	d, err := readWithin(t.Context(), pool, swollen(256<<20), longestRead)
	if err == nil && d.Pages[0].Chars > 0 {
		t.Errorf("256 MiB are read in 64")
	}
	t.Logf("a page that unpacks to too much: %v", err)
	check()
}
