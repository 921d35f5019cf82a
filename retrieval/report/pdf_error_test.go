package report

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"
)

// TestPDFErrors holds that a file that cannot be read says why, in one line.
func TestPDFErrors(t *testing.T) {
	whole := pdfNotes().bytes()
	// one whose head names its root, as files for the web have it
	cut := bytes.Replace(whole, []byte("%PDF-1.7\n"), []byte("%PDF-1.7\ntrailer << /Size 20 /Root 1 0 R >>\n"), 1)
	cut = cut[:bytes.LastIndex(cut, []byte("stream\nBT"))]
	locked, err := os.ReadFile("testdata/pdf/password.pdf")
	if err != nil {
		t.Fatal(err)
	}
	line := column(90, 700, 12, 20, "这一页的字没有对照表，谁也读不出来。")
	pictures := &pdfBuilder{image: true, pages: [][]pdfText{{}, {}}}
	for _, c := range []struct {
		name, want string
		data       []byte
	}{
		{"scanned", "pictures without text", pictures.bytes()},
		{"blank", "no text", (&pdfBuilder{pages: [][]pdfText{{}}}).bytes()},
		{"fonts", "fonts do not say", (&pdfBuilder{private: true, pages: [][]pdfText{line}}).bytes()},
		{"password", "needs a password", locked},
		{"cut", "damaged or cut off", whole[:len(whole)/2]},
		{"cut in its last page", "damaged or cut off", cut},
		{"garbage", "damaged or cut off", []byte("%PDF-1.7\n" + strings.Repeat("no such thing ", 99) + "startxref\n7\n%%EOF")},
	} {
		_, err := parseFile(t.Context(), t, "f.pdf", c.data)
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v, want an error with %q in one line", c.name, err, c.want)
		}
	}
}

// TestPDFPartly warns of pages that are pictures among others.
func TestPDFPartly(t *testing.T) {
	p := pdfOver()
	data := p.bytes()
	whole, err := parseFile(t.Context(), t, "f.pdf", data)
	if err != nil || len(whole.Warnings) != 0 {
		t.Fatalf("%v, %v", err, whole.Warnings)
	}
	p.image = true
	p.page()
	p.page()
	r, err := parseFile(t.Context(), t, "f.pdf", p.bytes())
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(r.Warnings); got != "[page 4: pictures without text, left out (pages 4-5)]" {
		t.Errorf("warnings %v", got)
	}
}

// TestPDFTogether reads files side by side, one of them given up.
func TestPDFTogether(t *testing.T) {
	data := pdfNotes().bytes()
	given, cancel := context.WithCancel(t.Context())
	cancel()
	var wg sync.WaitGroup
	for range 6 {
		wg.Go(func() {
			if r, err := parseFile(t.Context(), t, "f.pdf", data); err != nil || len(r.Notes) != 4 {
				t.Errorf("%v", err)
			}
		})
	}
	wg.Go(func() {
		if _, err := parseFile(given, t, "f.pdf", data); !errors.Is(err, context.Canceled) {
			t.Errorf("a file given up: %v", err)
		}
	})
	wg.Wait()
}

// TestPDFGivenUp stops a reading in the midst of a page that would take hours,
// and reads on with the next file.
func TestPDFGivenUp(t *testing.T) {
	if _, err := testParser(t).pdf.Read(t.Context(), pdfOver().bytes()); err != nil { // compiled by now
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() {
		_, err := testParser(t).pdf.Read(ctx, pdfBomb())
		done <- err
	}()
	time.AfterFunc(100*time.Millisecond, cancel)
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("given up: %v", err)
	}
	if _, err := parseFile(t.Context(), t, "f.pdf", pdfOver().bytes()); err != nil {
		t.Errorf("the next file: %v", err)
	}
}

// pdfBomb is a page whose forms draw one another, a thousand times each, four deep.
func pdfBomb() []byte {
	const depth = 4
	objects := []string{"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /X 6 0 R >> >> /Contents 4 0 R >>",
		"<< /Length 6 >>\nstream\n/X Do \nendstream", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"}
	for i := range depth {
		draw := strings.Repeat("/X Do ", 1000)
		if i == depth-1 {
			draw = "BT /F 12 Tf (dike) Tj ET"
		}
		objects = append(objects, fmt.Sprintf("<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F 5 0 R >> /XObject << /X %d 0 R >> >> /Length %d >>\nstream\n%s\nendstream", i+7, len(draw), draw))
	}
	return pdfFile(objects, "")
}

func FuzzPDF(f *testing.F) {
	for _, p := range []*pdfBuilder{pdfNotes(), pdfJustified(), pdfOver(), pdfColumns()} {
		f.Add(p.bytes())
	}
	f.Add([]byte("%PDF-1.4 startxref"))
	if _, err := testParser(f).readPDF(f.Context(), pdfOver().bytes()); err != nil { // compiled before an input's time runs
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 64<<10 {
			return
		}
		s, err := testParser(t).readPDF(t.Context(), data)
		if err != nil {
			if strings.Contains(err.Error(), "\n") {
				t.Fatalf("error of several lines: %q", err)
			}
			return
		}
		for _, b := range s.blocks {
			if !utf8.ValidString(b.text) || strings.ContainsAny(b.text, "\n\x00") || b.page < 1 || len(b.text) > 4*longestPara {
				t.Fatalf("block %+v", b)
			}
			for _, r := range b.refs {
				if r.Start < 0 || r.End > len(b.text) || b.text[r.Start:r.End] != r.label {
					t.Fatalf("reference %+v of %q", r, b.text)
				}
			}
		}
		for _, p := range assemble("f.pdf", s).Passages() {
			checkDivision(t, p.Text, p.Markers, p.Units)
		}
	})
}
