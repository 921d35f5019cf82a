package report

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"
)

const wordSpaces = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

// docxParts are the parts of a DOCX file by their names.
type docxParts map[string]string

// zip packs the parts, in the order that word processors write them.
func (d docxParts) zip(t testing.TB) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, name := range []string{"_rels/.rels", "docProps/core.xml", "word/_rels/document.xml.rels", "word/document.xml", "word/main.xml", "word/settings.xml", "word/styles.xml", "word/numbering.xml", "word/footnotes.xml", "word/notes1.xml", "word/endnotes.xml", "word/header1.xml"} {
		text, ok := d[name]
		if !ok {
			continue
		}
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// wordBody is a main part with the paragraphs in it.
func wordBody(paragraphs ...string) string {
	return xmlHead + `<w:document` + wordSpaces + `><w:body>` + strings.Join(paragraphs, "") + `<w:sectPr><w:headerReference r:id="rId9"/></w:sectPr></w:body></w:document>`
}

// para is a paragraph of a style: parts that begin with "<" stand as they are,
// others are runs.
func para(style string, parts ...string) string {
	pr := ""
	if style != "" {
		pr = `<w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>`
	}
	var b strings.Builder
	for _, p := range parts {
		if !strings.HasPrefix(p, "<") {
			p = textRun("", p)
		}
		b.WriteString(p)
	}
	return `<w:p>` + pr + b.String() + `</w:p>`
}

// textRun is a run with properties.
func textRun(props, text string) string {
	if props != "" {
		props = `<w:rPr>` + props + `</w:rPr>`
	}
	return `<w:r>` + props + `<w:t xml:space="preserve">` + text + `</w:t></w:r>`
}

const superscript = `<w:vertAlign w:val="superscript"/>`

// foot and end refer to notes by their ids.
func foot(id int) string {
	return fmt.Sprintf(`<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="%d"/></w:r>`, id)
}

func end(id int) string {
	return fmt.Sprintf(`<w:r><w:rPr>%s</w:rPr><w:endnoteReference w:id="%d"/></w:r>`, superscript, id)
}

// wordNotes is a part of notes, by pairs of an id and paragraphs, behind the
// lines that part notes from text.
func wordNotes(kind string, notes ...any) string {
	var b strings.Builder
	fmt.Fprintf(&b, `%s<w:%ss%s>`, xmlHead, kind, wordSpaces)
	for id, sort := range []string{"separator", "continuationSeparator"} {
		fmt.Fprintf(&b, `<w:%s w:type="%s" w:id="%d"><w:p><w:r><w:%s/><w:t>————</w:t></w:r></w:p></w:%s>`, kind, sort, id-1, sort, kind)
	}
	for i := 0; i < len(notes); i += 2 {
		text, _ := notes[i+1].(string)
		if !strings.HasPrefix(text, "<") {
			text = para("FootnoteText", `<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:`+kind+`Ref/></w:r>`, " "+text)
		}
		fmt.Fprintf(&b, `<w:%s w:id="%d">%s</w:%s>`, kind, notes[i], text, kind)
	}
	fmt.Fprintf(&b, `</w:%ss>`, kind)
	return b.String()
}

// table is a table of rows, its cells parted by "|".
func table(rows ...string) string {
	var b strings.Builder
	for _, row := range rows {
		b.WriteString(`<w:tr>`)
		for c := range strings.SplitSeq(row, "|") {
			if !strings.HasPrefix(c, "<") {
				c = para("", c)
			}
			b.WriteString(`<w:tc><w:tcPr><w:tcW w:w="900"/></w:tcPr>` + c + `</w:tc>`)
		}
		b.WriteString(`</w:tr>`)
	}
	return `<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/></w:tblPr>` + b.String() + `</w:tbl>`
}

// wordStyles are the styles of the test reports.
const wordStyles = xmlHead + `<w:styles` + wordSpaces + `>
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="标题 2"/><w:basedOn w:val="a"/></w:style>
<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="单位小标题"/><w:basedOn w:val="Own1"/></w:style>
<w:style w:type="paragraph" w:styleId="Own1"><w:name w:val="单位标题"/><w:basedOn w:val="a"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Ring"><w:name w:val="环"/><w:basedOn w:val="Ring2"/></w:style>
<w:style w:type="paragraph" w:styleId="Ring2"><w:name w:val="环二"/><w:basedOn w:val="Ring"/></w:style>
<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="a4"><w:name w:val="caption"/></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="TOCHeading"><w:name w:val="TOC Heading"/><w:basedOn w:val="1"/></w:style>
<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Secret"><w:name w:val="hidden"/><w:rPr><w:vanish/></w:rPr></w:style>
</w:styles>`
