package report

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

func warned(s *source, part string) bool {
	return slices.ContainsFunc(s.warns, func(w Warning) bool { return strings.Contains(w.Text, part) })
}

func TestDOCXRefused(t *testing.T) {
	whole := docxParts{"word/document.xml": wordBody(para("", "甲。"))}.zip(t)
	doctype := `<!DOCTYPE w [<!ENTITY a "甲">]>`
	deep := strings.Repeat(`<w:ins>`, deepestXML) + strings.Repeat(`</w:ins>`, deepestXML)
	declared := strings.Replace(wordBody(para("", "甲。")), "<w:document", doctype+"<w:document", 1)
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"truncated":        {whole[:len(whole)/2], "open archive"},
		"no document":      {docxParts{"word/styles.xml": wordStyles}.zip(t), "lacks it"},
		"nothing readable": {docxParts{"word/document.xml": `<w:document` + wordSpaces + `><w:body><w:p>`}.zip(t), "read"},
		"no XML":           {docxParts{"word/document.xml": "甲"}.zip(t), ""},
		"document type":    {docxParts{"word/document.xml": declared}.zip(t), "document type"},
		"type within":      {docxParts{"word/document.xml": wordBody(para("", "甲。"), doctype)}.zip(t), "document type"},
		"type in the notes": {docxParts{"word/document.xml": wordBody(para("", "甲。")),
			"word/footnotes.xml": doctype + wordNotes("footnote")}.zip(t), "document type"},
		"too deep":          {docxParts{"word/document.xml": wordBody(para("", "甲。"), deep)}.zip(t), "deeper than 256"},
		"too deep, skipped": {docxParts{"word/document.xml": wordBody(para("", "甲。"), `<w:del>`+deep+`</w:del>`)}.zip(t), "deeper than 256"},
	} {
		s, err := readDOCX(t.Context(), c.data)
		if c.want == "" { // text without a paragraph is no error of the XML
			if err == nil && len(s.blocks) > 0 {
				t.Errorf("%s: gives %q", name, lines(s))
			}
			continue
		}
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: the error is %v, want one line with %q", name, err, c.want)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := readDOCX(ctx, whole); !errors.Is(err, context.Canceled) {
		t.Errorf("a call that was given up gives %v", err)
	}
	shallow := strings.Repeat(`<w:ins>`, deepestXML-2) + strings.Repeat(`</w:ins>`, deepestXML-2)
	if got := lines(readBody(t, para("", "甲。")+shallow)); !slices.Equal(got, []string{"甲。"}) {
		t.Errorf("the deepest that may be gives %q", got)
	}
}

func TestDOCXBroken(t *testing.T) {
	for name, c := range map[string]struct {
		body string
		want []string
	}{
		"in a paragraph": {para("", "甲。") + `<w:p><w:r><w:t>乙只到`, []string{"甲。"}},
		"in a table":     {para("", "甲。") + `<w:tbl><w:tr><w:tc>` + para("", "乙") + `</w:tc><w:tc>` + para("", "丙"), []string{"甲。", "乙", "丙"}},
		"wrong end":      {para("", "甲。") + `</w:x>` + para("", "乙。"), []string{"甲。"}},
		"entity":         {para("", "甲。") + para("", "&none;"), []string{"甲。"}},
	} {
		s, err := readDOCX(t.Context(), docxParts{"word/document.xml": `<w:document` + wordSpaces + `><w:body>` + c.body}.zip(t))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := lines(s); !slices.Equal(got, c.want) || !warned(s, "breaks off") {
			t.Errorf("%s: got %q, warnings %v; want %q and a warning", name, got, s.warns, c.want)
		}
	}
	notes := strings.TrimSuffix(wordNotes("footnote", 2, "甲注。", 5, "乙注。"), "</w:footnote></w:footnotes>")
	s, err := readDOCX(t.Context(), docxParts{"word/document.xml": wordBody(para("", "甲。", foot(2), foot(5))), "word/footnotes.xml": notes}.zip(t))
	if err != nil || !slices.Equal(lines(s), []string{"甲。[1][2] {[1]=1:1甲注。} {[2]=2:无}"}) || !warned(s, "footnotes.xml") || !warned(s, "[2]") {
		t.Errorf("broken notes: %v, %v", s, err)
	}
}

// TestDOCXParts reads parts that stand elsewhere, other editions and encodings.
func TestDOCXParts(t *testing.T) {
	rel := func(kind, target string) string {
		return `<Relationships><Relationship Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/` + kind + `" Target="` + target + `"/></Relationships>`
	}
	strict := strings.NewReplacer("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main")
	wide := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(strings.Replace(wordBody(para("", "甲。")), "UTF-8", "UTF-16", 1))) {
		wide = append(wide, byte(u), byte(u>>8))
	}
	for name, c := range map[string]struct {
		parts docxParts
		want  string
	}{
		"main part elsewhere":  {docxParts{"_rels/.rels": rel("officeDocument", "/word/main.xml"), "word/main.xml": wordBody(para("", "甲。")), "word/document.xml": wordBody(para("", "乙。"))}, "甲。"},
		"main part not there":  {docxParts{"_rels/.rels": rel("officeDocument", "word/none.xml"), "word/document.xml": wordBody(para("", "乙。"))}, "乙。"},
		"broken relationships": {docxParts{"_rels/.rels": "<Relationships", "word/document.xml": wordBody(para("", "乙。"))}, "乙。"},
		"notes elsewhere": {docxParts{"word/_rels/document.xml.rels": rel("footnotes", "notes1.xml"), "word/document.xml": wordBody(para("", "甲。", foot(2))), "word/notes1.xml": wordNotes("footnote", 2, "甲注。")},
			"甲。[1] {[1]=1:1甲注。}"},
		"endnotes alone": {docxParts{"word/document.xml": wordBody(para("", "甲。", end(3))), "word/endnotes.xml": wordNotes("endnote", 3, "末注。")}, "甲。[1] {[1]=1:1末注。}"},
		"strict edition": {docxParts{"word/document.xml": strict.Replace(wordBody(para("", "甲。")))}, "甲。"},
		"UTF-16":         {docxParts{"word/document.xml": string(wide)}, "甲。"},
	} {
		s, err := readDOCX(t.Context(), c.parts.zip(t))
		if err != nil || !slices.Equal(lines(s), []string{c.want}) {
			t.Errorf("%s: got %v, %v, want %q", name, s, err, c.want)
		}
	}
}

func TestDOCXMetadata(t *testing.T) {
	for core, want := range map[string]source{
		`<t:title>Microsoft Word - 渡口志</t:title><t:date>2004年3月</t:date>`: {title: "渡口志", meta: Meta{Year: "2004"}},
		`<t:title>文档1</t:title><t:creator>admin；何田</t:creator>`:           {meta: Meta{Authors: []string{"何田"}}},
		`<t:created>2004-01-01</t:created><t:modified>2005</t:modified>`:  {},
		`<t:issued>20040101</t:issued>`:                                   {meta: Meta{Year: "2004"}},
		`<t:issued>2004010</t:issued>`:                                    {},
	} {
		s, err := readDOCX(t.Context(), docxParts{"word/document.xml": wordBody(para("", "甲。")), "docProps/core.xml": `<c xmlns:t="t">` + core + `</c>`}.zip(t))
		if err != nil || s.title != want.title || s.meta.Year != want.meta.Year || !slices.Equal(s.meta.Authors, want.meta.Authors) {
			t.Errorf("%s: got %q, %+v, %v", core, s.title, s.meta, err)
		}
	}
}

func TestLowerRoman(t *testing.T) {
	for n, want := range map[int]string{1: "i", 4: "iv", 9: "ix", 14: "xiv", 40: "xl", 99: "xcix", 3999: "mmmcmxcix", 4000: "4000"} {
		if got := lowerRoman(n); got != want {
			t.Errorf("%d is %q, want %q", n, got, want)
		}
	}
}

// FuzzDOCX holds what every source must: whole characters, text on one line,
// references inside it, in order, each to a note there is.
func FuzzDOCX(f *testing.F) {
	for _, parts := range docxReports {
		f.Add(parts["word/document.xml"], parts["word/footnotes.xml"])
	}
	f.Add(wordBody(table("甲|"+para("", "乙", foot(1))), para("", customRef("2", `<w:t>※ </w:t>`), textRun(superscript, "3"))), wordNotes("footnote", 2, "注"))
	f.Fuzz(func(t *testing.T, body, notes string) {
		parts := docxParts{"word/document.xml": body, "word/footnotes.xml": notes, "word/endnotes.xml": notes, "word/styles.xml": wordStyles}
		s, err := readDOCX(t.Context(), parts.zip(t))
		if err != nil {
			if strings.Contains(err.Error(), "\n") {
				t.Fatalf("the error %q is no line", err)
			}
			return
		}
		for _, n := range s.notes {
			if !utf8.ValidString(n.text) || !utf8.ValidString(n.label) {
				t.Fatalf("note %q %q", n.label, n.text)
			}
		}
		for _, b := range s.blocks {
			if b.text == "" || !utf8.ValidString(b.text) || b.text != oneLine(b.text) {
				t.Fatalf("block %q", b.text)
			}
			at := 0
			for _, r := range b.refs {
				checkSpan(t, b.text, r.Span)
				if r.Start < at || r.Start == r.End || r.note < -1 || r.note >= len(s.notes) || r.label == "" {
					t.Fatalf("reference %+v of %q, %d notes", r, b.text, len(s.notes))
				}
				at = r.End
			}
			for _, m := range b.mute {
				checkSpan(t, b.text, m)
			}
		}
		assemble("f.docx", s)
	})
}
