package report

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf16"
)

// pdfText is a piece of text of a page that a test prints.
type pdfText struct {
	x, y, size float64
	text       string
	gap        float64 // between its characters
	blank      float64 // what its blanks are printed as: gaps so wide
	latin      bool    // in Helvetica; else in a Chinese font that the file names and does not hold
}

// pdfBuilder writes PDF files by hand.
type pdfBuilder struct {
	title, author string
	creator       string
	pages         [][]pdfText
	image         bool // each page is covered by a picture
	private       bool // the Chinese font maps nothing to Unicode
	turned        bool // the pages are printed along their side, and say so; their box begins at 100, 50
}

func (p *pdfBuilder) page(texts ...pdfText) { p.pages = append(p.pages, texts) }

// han is a line of Chinese text.
func han(x, y, size float64, text string) pdfText { return pdfText{x: x, y: y, size: size, text: text} }

// column is a run of lines under one another, from y down, leading apart.
func column(x, y, size, leading float64, lines ...string) []pdfText {
	var out []pdfText
	for i, l := range lines {
		indent := 0.0
		for strings.HasPrefix(l, "　") {
			l, indent = strings.TrimPrefix(l, "　"), indent+size
		}
		out = append(out, han(x+indent, y-float64(i)*leading, size, l))
	}
	return out
}

func ucs2(s string) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", u)
	}
	return b.String()
}

func (p *pdfBuilder) content(texts []pdfText) string {
	var b strings.Builder
	if p.image {
		b.WriteString("q 595 0 0 842 0 0 cm /I Do Q\n")
	}
	if p.turned {
		b.WriteString("0 1 -1 0 695 50 cm\n")
	}
	for _, t := range texts {
		font, show := "H", "<"+ucs2(t.text)+">"
		if t.latin {
			font, show = "L", "("+strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`).Replace(t.text)+")"
		}
		if t.blank > 0 {
			show = strings.ReplaceAll(show, " ", fmt.Sprintf(") %g (", -1000*t.blank/t.size))
		}
		if t.gap > 0 {
			show = ""
			for _, r := range t.text {
				show += fmt.Sprintf("<%s> %g ", ucs2(string(r)), -1000*t.gap/t.size)
			}
		}
		fmt.Fprintf(&b, "BT /%s %g Tf 1 0 0 1 %g %g Tm [%s] TJ ET\n", font, t.size, t.x, t.y, show)
	}
	return b.String()
}

// toUnicode maps the characters of the pages to ones of no meaning.
func (p *pdfBuilder) toUnicode() string {
	var b strings.Builder
	n := 0
	for _, texts := range p.pages {
		for _, t := range texts {
			for _, r := range t.text {
				fmt.Fprintf(&b, "1 beginbfchar <%s> <%04X> endbfchar\n", ucs2(string(r)), 0xE000+n%0x1000)
				n++
			}
		}
	}
	s := "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n" + b.String() + "endcmap end end\n"
	return fmt.Sprintf("<< /Length %d >>\nstream\n%sendstream", len(s), s)
}

// bytes writes the file.
func (p *pdfBuilder) bytes() []byte {
	objects := []string{"<< /Type /Catalog /Pages 2 0 R >>", ""}
	cmap, base := "/UniGB-UCS2-H", "/STSong-Light"
	order := "<< /Registry (Adobe) /Ordering (GB1) /Supplement 4 >>"
	private := ""
	if p.private {
		private = "/ToUnicode 9 0 R"
	}
	objects = append(objects,
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
		fmt.Sprintf("<< /Type /Font /Subtype /Type0 /BaseFont %s /Encoding %s %s /DescendantFonts [5 0 R] >>", base, cmap, private),
		fmt.Sprintf("<< /Type /Font /Subtype /CIDFontType0 /BaseFont %s /CIDSystemInfo %s /FontDescriptor 6 0 R /DW 1000 /W [1 95 500] >>", base, order),
		fmt.Sprintf("<< /Type /FontDescriptor /FontName %s /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>", base),
		"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\n\x80\nendstream",
		fmt.Sprintf("<< /Title <FEFF%s> /Author <FEFF%s> /Creator (%s) >>", ucs2(p.title), ucs2(p.author), p.creator),
		p.toUnicode(),
	)
	box := "[0 0 595 842]"
	if p.turned {
		box = "[100 50 695 892] /Rotate 90"
	}
	var kids []string
	for _, texts := range p.pages {
		c := p.content(texts)
		n := len(objects) + 1
		kids = append(kids, fmt.Sprintf("%d 0 R", n))
		objects = append(objects,
			fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox %s /Resources << /Font << /L 3 0 R /H 4 0 R >> /XObject << /I 7 0 R >> >> /Contents %d 0 R >>", box, n+1),
			fmt.Sprintf("<< /Length %d >>\nstream\n%sendstream", len(c), c))
	}
	objects[1] = fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] >>", len(kids), strings.Join(kids, " "))
	return pdfFile(objects, "/Info 8 0 R")
}

// pdfFile writes the file of some objects.
func pdfFile(objects []string, trailer string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	offsets := make([]int, len(objects))
	for i, o := range objects {
		offsets[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, trailer, start)
	return b.Bytes()
}
