package report

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
)

// docxBody reads the paragraphs of a document, or of a part that holds notes.
type docxBody struct {
	styles   docxStyles
	lists    *docxLists // nil: paragraphs have no numbers
	src      *source    // for the notes it refers to and its warnings
	foot     *docxNotes // nil: references are left out
	end      *docxNotes
	paras    []*docxPara     // that are open, the innermost last
	holders  []*holder       // likewise; the first is the body itself
	choices  []bool          // whether an mc:AlternateContent has had its choice
	chars    strings.Builder // of the text element that is open
	reading  bool
	preserve bool
	title    bool // a paragraph is styled as one
	headed   bool // one has been read that is a heading
	at       docxPlace
	rendered bool // the file says where its pages broke when it was printed last
	names    docxNames
	fields   docxFields
}

func newDocxBody(styles docxStyles, src *source) *docxBody {
	return &docxBody{styles: styles, src: src, holders: []*holder{{}}}
}

// inWord tells the elements of word processing, in either edition of the standard.
func inWord(n xml.Name) bool {
	return n.Space == "http://schemas.openxmlformats.org/wordprocessingml/2006/main" || n.Space == "http://purl.oclc.org/ooxml/wordprocessingml/main"
}

func inMath(n xml.Name) bool { return strings.HasSuffix(n.Space, "/math") }

// leftOut are the elements whose text is not printed, or that say how a part
// looked before it was changed. Text is <w:t> alone, so field codes are none.
var leftOut = map[string]bool{
	"del": true, "moveFrom": true, "rt": true, "sdtPr": true, "sectPr": true,
	"rPrChange": true, "pPrChange": true, "tblPrChange": true, "trPrChange": true, "tcPrChange": true, "sectPrChange": true,
}

func (b *docxBody) para() *docxPara {
	if len(b.paras) == 0 {
		return nil
	}
	return b.paras[len(b.paras)-1]
}

func (b *docxBody) holder() *holder { return b.holders[len(b.holders)-1] }

func (b *docxBody) pop() *holder {
	h := b.holder()
	b.holders = b.holders[:len(b.holders)-1]
	return h
}

// take returns what the body holds and empties it.
func (b *docxBody) take() []block {
	h := b.holders[0]
	blocks := h.blocks
	h.blocks = nil
	return blocks
}

func (b *docxBody) visitor() xmlVisitor {
	return xmlVisitor{start: b.open, end: b.closed, text: func(s []byte) {
		switch {
		case b.reading:
			b.chars.Write(s)
		case b.fields.reading:
			b.fields.instruct(s)
		}
	}}
}

func (b *docxBody) open(e xml.StartElement) bool {
	if !inWord(e.Name) {
		return b.openOther(e)
	}
	name := e.Name.Local
	switch {
	case leftOut[name]:
		if p := b.para(); name == "sectPr" && p != nil {
			p.last = true
		}
		return false
	case name == "bookmarkStart":
		b.names.start(e)
	case name == "bookmarkEnd":
		b.names.end(attribute(e, "id"))
	case name == "p":
		b.paras = append(b.paras, &docxPara{num: noNumber})
	case name == "txbxContent" || name == "tc":
		b.holders = append(b.holders, &holder{})
	case name == "tr":
		b.holders = append(b.holders, &holder{row: true})
	case b.para() != nil:
		b.openInline(name, e)
	}
	return true
}

// openOther reads the elements around those of word processing: formulas, and
// what is given in two ways, of which the first is read.
func (b *docxBody) openOther(e xml.StartElement) bool {
	n := len(b.choices)
	switch e.Name.Local {
	case "AlternateContent":
		b.choices = append(b.choices, false)
	case "Choice":
		if n > 0 && b.choices[n-1] {
			return false
		}
		if n > 0 {
			b.choices[n-1] = true
		}
	case "Fallback":
		return n == 0 || !b.choices[n-1]
	case "t":
		if inMath(e.Name) {
			b.startText(true)
		}
	}
	return true
}

// openInline reads what stands in a paragraph.
func (b *docxBody) openInline(name string, e xml.StartElement) {
	p := b.para()
	switch name {
	case "pStyle":
		p.style = attribute(e, "val")
	case "outlineLvl":
		if n, err := strconv.Atoi(attribute(e, "val")); err == nil {
			p.outline = &n
		}
	case "numId":
		p.num.num = attribute(e, "val")
	case "ilvl":
		p.num.setLevel(attribute(e, "val"))
	case "r":
		p.run = docxRun{}
	case "rStyle":
		p.run.hidden, p.run.up = b.styles.run(attribute(e, "val"))
	case "vanish":
		p.run.hidden = on(e)
	case "vertAlign":
		p.run.up = attribute(e, "val") == "superscript"
	case "t":
		b.startText(attribute(e, "space") == "preserve")
	case "tab", "ptab", "br", "cr":
		if attribute(e, "type") == "page" {
			b.breakPage(false)
		}
		p.add(" ", b.src)
	case "lastRenderedPageBreak":
		b.breakPage(true)
	case "fldChar":
		b.fields.char(b, attribute(e, "fldCharType"))
	case "instrText":
		b.fields.reading = true
	case "fldSimple":
		b.fields.open(attribute(e, "instr"))
	case "noBreakHyphen":
		p.add("-", b.src)
	case "sym":
		p.add(symbol(attribute(e, "char")), b.src)
	case "footnoteReference":
		b.refer(b.foot, e)
	case "endnoteReference":
		b.refer(b.end, e)
	}
}

func (b *docxBody) refer(series *docxNotes, e xml.StartElement) {
	if series == nil {
		return
	}
	m := docxMark{series, attribute(e, "id"), b.at}
	if !b.para().run.hidden {
		b.names.point(m)
	}
	custom := false
	switch attribute(e, "customMarkFollows") {
	case "1", "true", "on":
		custom = true
	}
	b.para().refer(m, custom, b.src)
}

// breakPage begins a page: as the file was printed last where it says so, else
// where it asks for one.
func (b *docxBody) breakPage(rendered bool) {
	if rendered == b.rendered {
		b.at.page++
	}
}

// symbol is a character of a symbol font that is one of text too.
func symbol(code string) string {
	n, err := strconv.ParseUint(code, 16, 16)
	switch {
	case err != nil:
		return ""
	case n == 0xF02A:
		return "*"
	case n >= 0xE000 && n < 0xF900 || n < 0x20 || n >= 0xD800 && n < 0xE000:
		return "" // what it shows is the font's affair
	}
	return string(rune(n))
}

func (b *docxBody) startText(preserve bool) {
	b.reading, b.preserve = true, preserve
	b.chars.Reset()
}

func (b *docxBody) closed(n xml.Name) {
	if !inWord(n) {
		switch {
		case n.Local == "AlternateContent" && len(b.choices) > 0:
			b.choices = b.choices[:len(b.choices)-1]
		case n.Local == "t" && inMath(n):
			b.endText(true)
		}
		return
	}
	switch n.Local {
	case "p":
		p := b.para()
		b.paras = b.paras[:len(b.paras)-1]
		b.finish(p)
	case "r", "pPr": // which says how the paragraph's own mark looks
		if p := b.para(); p != nil {
			p.run = docxRun{}
		}
	case "t":
		b.endText(false)
	case "instrText":
		b.fields.reading = false
	case "fldSimple":
		b.fields.end(b)
	case "txbxContent":
		h := b.pop()
		if p := b.para(); p != nil {
			p.after = append(p.after, h.blocks...)
		} else {
			b.holder().blocks = append(b.holder().blocks, h.blocks...)
		}
	case "tc":
		h := b.pop()
		if row := b.holder(); row.row {
			row.cells = append(row.cells, h.blocks)
		} else {
			row.blocks = append(row.blocks, h.blocks...)
		}
	case "tr":
		h := b.pop()
		b.holder().blocks = append(b.holder().blocks, h.rowBlocks()...)
	}
}

func (b *docxBody) endText(math bool) {
	p := b.para()
	if !b.reading || p == nil {
		b.reading = false
		return
	}
	b.reading = false
	s := b.chars.String()
	if !b.preserve {
		s = strings.TrimSpace(s)
	}
	if b.fields.take(p.run, s) {
		return
	}
	from := p.text.Len()
	p.add(s, b.src)
	if math && p.text.Len() > from {
		p.mute = append(p.mute, Span{from, p.text.Len()})
	}
}

// finish makes a block of a paragraph that has been read.
func (b *docxBody) finish(p *docxPara) {
	b.fields.flush(b, p)
	p.close(b.src)
	if p.last {
		b.at.section++
		b.breakPage(false)
	}
	h := b.holder()
	r := b.styles.role(p.style)
	if p.outline != nil && r.kind != Title && r.kind != Caption {
		toc := r.toc
		r = outlineRole(*p.outline)
		r.toc = toc
	}
	bl := b.numbered(p)
	switch {
	case len(bl.text) > longestLine:
		b.src.warns = append(b.src.warns, Warning{Text: fmt.Sprintf("a paragraph of %d bytes is left out: over %d no reader could be shown it", len(bl.text), longestLine)})
	case bl.text != "" && !r.toc:
		// a whole paragraph that opens with its heading is styled as one
		if r.kind == Heading && !short(bl.text) && endsSentence(bl.text) {
			r = role{}
		}
		if r.kind == Title && b.headed { // the name of a part, acknowledgements and such
			r = outlineRole(0)
		}
		bl.kind, bl.level = r.kind, r.level
		b.title = b.title || r.kind == Title
		b.headed = b.headed || r.kind == Heading
		h.blocks = append(h.blocks, bl)
	}
	h.blocks = append(h.blocks, p.after...)
}

// numbered is the paragraph's block, behind its number in a list if it has one.
func (b *docxBody) numbered(p *docxPara) block {
	bl := p.block()
	if b.lists == nil {
		return bl
	}
	// an empty paragraph is counted too
	number, between := b.lists.next(b.lists.of(p.num, p.style))
	if number == "" || bl.text == "" {
		return bl
	}
	return joinBlocks([]block{{text: number}, bl}, between)
}

// rest returns what has been read of a body that breaks off, its whole paragraphs.
func (b *docxBody) rest() []block {
	var out []block
	for _, h := range b.holders {
		out = append(out, h.blocks...)
		for _, c := range h.cells {
			out = append(out, c...)
		}
	}
	for _, p := range b.paras {
		out = append(out, p.after...)
	}
	return out
}
