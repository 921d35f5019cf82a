// Package pdftext reads PDF files: their pages as lines of text, each character
// with its place and size. The reader is PDFium, run as WebAssembly.
package pdftext

import (
	"fmt"
	"math"
	"strings"
	"unicode"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

// Bounds of what is read.
const (
	mostChars     = 10 << 20 // of a file
	mostPageChars = 200_000
)

// Document is the text of a file.
type Document struct {
	Title, Author string // as the file's own information says
	Pages         []Page
}

// Page is one page. Its measures are points, from the lower left corner.
type Page struct {
	Width, Height float64
	Lines         []Line // in the order of reading
	Unmapped      int    // characters that the file does not say in Unicode
	Chars         int    // printed, those included
	Drawn         bool   // something else than text is on it
	Err           error  // why it could not be read
	gutter        float64
}

// Char is one printed character.
type Char struct {
	Rune   rune
	X0, X1 float64 // its left and right
	Y      float64 // of its base line
	Size   float64 // in points
	index  int
	parted bool // the reader takes it for the first of a word
}

func info(inst pdfium.Pdfium, doc references.FPDF_DOCUMENT, tag string) string {
	r, err := inst.FPDF_GetMetaText(&requests.FPDF_GetMetaText{Document: doc, Tag: tag})
	if err != nil {
		return ""
	}
	return r.Value
}

// ringed are the characters by which the files of a program name circled numbers:
// the fonts of one database of Chinese journals say ¹ º » and print ① ② ③.
func ringed(creator string) map[rune]rune {
	if !strings.HasPrefix(creator, "ReaderEx") {
		return nil
	}
	out := map[rune]rune{}
	for i, r := range []rune("¹º»¼½¾¿ÀÁÂ") {
		out[r] = '①' + rune(i)
	}
	return out
}

// readPage reads page n, from 0. left counts down the characters that the file
// may have; rings are those that it says in its own way.
func readPage(inst pdfium.Pdfium, doc references.FPDF_DOCUMENT, n int, left *int, rings map[rune]rune) (Page, error) {
	loaded, err := inst.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: doc, Index: n})
	if err != nil {
		return Page{Err: err}, nil // the other pages may be sound
	}
	defer func() { _, _ = inst.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: loaded.Page}) }()
	page := requests.Page{ByReference: &loaded.Page}
	p := Page{Width: 595, Height: 842}
	if size, err := inst.FPDF_GetPageSizeByIndex(&requests.FPDF_GetPageSizeByIndex{Document: doc, Index: n}); err == nil {
		p.Width, p.Height = size.Width, size.Height
	}
	text, err := inst.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: page})
	if err != nil {
		p.Err = err
		return p, nil
	}
	defer func() { _, _ = inst.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text.TextPage}) }()
	count, err := inst.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: text.TextPage})
	if err != nil {
		p.Err = err
		return p, nil
	}
	if *left -= count.Count; count.Count > mostPageChars || *left < 0 {
		return p, fmt.Errorf("over %d characters on page %d, or %d in all", mostPageChars, n+1, mostChars)
	}
	r := reader{inst: inst, text: text.TextPage, view: newView(inst, page, p), rings: rings}
	chars := make([]Char, 0, max(count.Count, 0))
	parted := false
	for i := range count.Count {
		c, ok, err := r.char(i)
		if err != nil {
			return p, ErrDamaged // the reader's own words are a trace of many lines
		}
		if !ok {
			parted = parted || c.Rune == ' '
			continue
		}
		c.parted, parted = parted, false
		chars = append(chars, c)
		if c.Rune != ' ' {
			p.Chars++
		}
		if Unmapped(c.Rune) {
			p.Unmapped++
		}
	}
	if o, err := inst.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: page}); err == nil {
		p.Drawn = p.Chars == 0 && o.Count > 0
	}
	p.Lines, p.gutter = lines(chars, p.Width)
	for i, l := range p.Lines {
		f, err := inst.FPDFText_GetFontInfo(&requests.FPDFText_GetFontInfo{TextPage: text.TextPage, Index: l.Chars[0].index})
		if err == nil {
			p.Lines[i].Font = f.FontName
		}
	}
	return p, nil
}

// reader reads the characters of one page.
type reader struct {
	inst  pdfium.Pdfium
	text  references.FPDF_TEXTPAGE
	view  view
	rings map[rune]rune
}

// char reads character i; false: it is none that is printed.
func (r *reader) char(i int) (Char, bool, error) {
	u, err := r.inst.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: r.text, Index: i})
	if err != nil {
		return Char{}, false, err
	}
	c := Char{Rune: rune(u.Unicode), index: i}
	switch c.Rune {
	case '\r', '\n':
		return c, false, nil
	case 2: // how PDFium shows a hyphen at a line's end
		c.Rune = '-'
	case '\t', '\u00a0', '\u3000':
		c.Rune = ' '
	}
	if r, ok := r.rings[c.Rune]; ok {
		c.Rune = r
	}
	if c.Rune == ' ' {
		if g, err := r.inst.FPDFText_IsGenerated(&requests.FPDFText_IsGenerated{TextPage: r.text, Index: i}); err != nil || g.IsGenerated {
			return c, false, err // told from the places anew
		}
	}
	if e, err := r.inst.FPDFText_HasUnicodeMapError(&requests.FPDFText_HasUnicodeMapError{TextPage: r.text, Index: i}); err == nil && e.HasUnicodeMapError {
		c.Rune = unicode.ReplacementChar // PDFium gives the font's own number for it
	}
	box, err := r.inst.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: r.text, Index: i})
	if err != nil {
		return c, false, nil
	}
	origin, err := r.inst.FPDFText_GetCharOrigin(&requests.FPDFText_GetCharOrigin{TextPage: r.text, Index: i})
	if err != nil {
		return c, false, nil
	}
	size, err := r.inst.FPDFText_GetFontSize(&requests.FPDFText_GetFontSize{TextPage: r.text, Index: i})
	if err != nil {
		return c, false, err
	}
	c.Size = size.FontSize
	if m, err := r.inst.FPDFText_GetMatrix(&requests.FPDFText_GetMatrix{TextPage: r.text, Index: i}); err == nil {
		c.Size *= math.Hypot(float64(m.Matrix.C), float64(m.Matrix.D))
		if !r.view.upright(float64(m.Matrix.A), float64(m.Matrix.B)) {
			return c, false, nil // printed along the page's side: a watermark, a stamp
		}
	}
	x0, _ := r.view.point(float64(box.Rect.Left), float64(box.Rect.Bottom))
	x1, _ := r.view.point(float64(box.Rect.Right), float64(box.Rect.Top))
	x, y := r.view.point(origin.X, origin.Y)
	c.X0, c.X1, c.Y = min(x0, x1), max(x0, x1), y
	if !r.view.shows(x, y) {
		return c, false, nil // no reader sees it
	}
	for _, v := range []float64{c.X0, c.X1, c.Y, c.Size} {
		if math.IsNaN(v) || math.Abs(v) > 1e5 {
			return c, false, nil
		}
	}
	if c.Size < 1 || c.X1 < c.X0 {
		return c, false, nil
	}
	return c, true, nil
}

// Unmapped tells the characters that stand for no known one.
func Unmapped(r rune) bool {
	return r == 0xFFFD || r < ' ' || r >= 0x7F && r < 0xA0 || r >= 0xE000 && r <= 0xF8FF || r >= 0xF0000
}
