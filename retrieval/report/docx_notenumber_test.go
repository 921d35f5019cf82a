package report

import (
	"slices"
	"strings"
	"testing"
)

const pageBreak = `<w:r><w:lastRenderedPageBreak/></w:r>`

// sectionEnd is a paragraph that ends its section, and says of it what is given.
func sectionEnd(says string, parts ...string) string {
	return strings.Replace(para("x", parts...), `<w:pStyle w:val="x"/>`, `<w:sectPr>`+says+`<w:pgSz w:w="11906"/></w:sectPr>`, 1)
}

func notePr(kind, says string) string { return `<w:` + kind + `Pr>` + says + `</w:` + kind + `Pr>` }

func TestDOCXNoteNumbers(t *testing.T) {
	const bySection, byPage = `<w:numRestart w:val="eachSect"/>`, `<w:numRestart w:val="eachPage"/>`
	const circled = `<w:numFmt w:val="decimalEnclosedCircleChinese"/>`
	three := []string{para("", "甲。", foot(1)), para("", "乙。", foot(2)), para("", "丙。", foot(3))}
	for name, c := range map[string]struct {
		settings string
		in       []string
		want     string
	}{
		"through":             {"", three, "甲。[1]{1甲注。} 乙。[2]{2乙注。} 丙。[3]{3丙注。}"},
		"circled":             {notePr("footnote", circled), three, "甲。①{1甲注。} 乙。②{2乙注。} 丙。③{3丙注。}"},
		"in Chinese":          {notePr("footnote", `<w:numFmt w:val="chineseCounting"/>`), three, "甲。[一]{1甲注。} 乙。[二]{2乙注。} 丙。[三]{3丙注。}"},
		"from seven":          {notePr("footnote", `<w:numStart w:val="7"/>`), three, "甲。[7]{7甲注。} 乙。[8]{8乙注。} 丙。[9]{9丙注。}"},
		"of no format":        {notePr("footnote", `<w:numFmt w:val="none"/>`), three, "甲。[1]{1甲注。} 乙。[2]{2乙注。} 丙。[3]{3丙注。}"},
		"by section":          {notePr("footnote", bySection), []string{three[0], sectionEnd("", "乙。", foot(2)), three[2]}, "甲。[1]{1甲注。} 乙。[2]{2乙注。} 丙。[1]{1丙注。}"},
		"sections, through":   {"", []string{three[0], sectionEnd("", "乙。", foot(2)), three[2]}, "甲。[1]{1甲注。} 乙。[2]{2乙注。} 丙。[3]{3丙注。}"},
		"as the section says": {"", []string{sectionEnd(notePr("footnote", circled+bySection), "甲。", foot(1)), sectionEnd(notePr("footnote", bySection), "乙。", foot(2)), three[2]}, "甲。①{1甲注。} 乙。[1]{1乙注。} 丙。[2]{2丙注。}"},
		"of the other series": {notePr("endnote", bySection), []string{three[0], sectionEnd(notePr("endnote", bySection), "乙。", foot(2)), three[2]}, "甲。[1]{1甲注。} 乙。[2]{2乙注。} 丙。[3]{3丙注。}"},
		"by page":             {notePr("footnote", byPage+circled), []string{three[0], para("", "乙。", foot(2), pageBreak, "丙。", foot(3))}, "甲。①{1甲注。} 乙。②丙。①{2乙注。}{1丙注。}"},
		"by page, as asked for": {notePr("footnote", byPage), []string{three[0], para("", `<w:r><w:br w:type="page"/></w:r>`, "乙。", foot(2)), para("", `<w:r><w:br/></w:r>`, "丙。", foot(3))},
			"甲。[1]{1甲注。} 乙。[1]{1乙注。} 丙。[2]{2丙注。} warning: notes are numbered by page, and the file does not say where its pages end: their numbers may differ from print"},
		"again on a later page": {notePr("footnote", byPage), []string{three[0], para("", pageBreak, "乙。", foot(2), foot(1))}, "甲。[1]{1甲注。} 乙。[1][1]{1乙注。}{1甲注。} warning: the text refers nowhere to 1 of the file's footnotes"},
		"a change to the section": {"", []string{three[0], sectionEnd(`<w:sectPrChange><w:sectPr>`+notePr("footnote", bySection)+`</w:sectPr></w:sectPrChange>`, "乙。", foot(2)), three[2]},
			"甲。[1]{1甲注。} 乙。[2]{2乙注。} 丙。[3]{3丙注。}"},
	} {
		parts := docxParts{
			"word/document.xml":  wordBody(c.in...),
			"word/footnotes.xml": wordNotes("footnote", 1, "甲注。", 2, "乙注。", 3, "丙注。"),
		}
		if c.settings != "" {
			parts["word/settings.xml"] = xmlHead + `<w:settings` + wordSpaces + `>` + c.settings + `</w:settings>`
		}
		s, err := readDOCX(t.Context(), parts.zip(t))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var got []string
		for _, b := range s.blocks {
			line := b.text
			for _, r := range b.refs {
				line += "{" + s.notes[r.note].label + s.notes[r.note].text + "}"
			}
			got = append(got, line)
		}
		for _, w := range s.warns {
			got = append(got, "warning: "+w.String())
		}
		if text := strings.Join(got, " "); text != c.want {
			t.Errorf("%s:\n got %s\nwant %s", name, text, c.want)
		}
	}
}

// named stands a bookmark around a reference.
func namedRef(name, inner string) string {
	return `<w:bookmarkStart w:id="7" w:name="` + name + `"/>` + inner + `<w:bookmarkEnd w:id="7"/>`
}

// field is a field of a word processor with what it shows.
func field(instruction string, shown ...string) string {
	char := func(kind string) string { return `<w:r><w:fldChar w:fldCharType="` + kind + `"/></w:r>` }
	return char("begin") + `<w:r><w:instrText xml:space="preserve"> ` + instruction + ` </w:instrText></w:r>` + char("separate") + strings.Join(shown, "") + char("end")
}

func TestDOCXNoteFields(t *testing.T) {
	up := textRun(superscript, "1")
	for name, c := range map[string]struct {
		in   string
		want []string
	}{
		"raised":          {para("", "甲。", namedRef("_Ref1", foot(5)), "乙。", field("NOTEREF _Ref1 \\f \\h", up)), []string{"甲。[1]乙。[1] {[1]=1:1乙注。} {[1]=1:1乙注。}"}},
		"in the sentence": {para("", "甲。", namedRef("_Ref1", foot(5)), "参见注", field("noteref _Ref1", textRun("", "1")), "。"), []string{"甲。[1]参见注1。 {[1]=1:1乙注。} {1=1:1乙注。}"}},
		"simple":          {para("", "甲。", namedRef("_Ref1", foot(5)), "乙。", `<w:fldSimple w:instr=" NOTEREF _Ref1 ">`+up+`</w:fldSimple>`, "丙"), []string{"甲。[1]乙。[1]丙 {[1]=1:1乙注。} {[1]=1:1乙注。}"}},
		"before its note": {para("", "甲。", field("NOTEREF _Ref1", up), "乙。", foot(2)) + para("", "丙。", namedRef("_Ref1", foot(5))), []string{"甲。[1]乙。[1] {[1]=1:2乙注。} {[1]=1:1甲注。}", "丙。[2] {[2]=2:2乙注。}"}},
		"to nothing":      {para("", "甲。", field("NOTEREF _Ref9", up), "乙"), []string{"甲。[1]乙 {[1]=1:无}"}},
		"own mark":        {para("", "甲", namedRef("_Ref1", customRef("7", `<w:t>※</w:t>`)), "乙", field("NOTEREF _Ref1", textRun(superscript, "※"))), []string{"甲※乙※ {※=※:※丙注。} {※=※:※丙注。}"}},
		"another field":   {para("", "甲。", namedRef("_Ref1", foot(5)), field("REF _Ref1 \\h", textRun("", "乙")), "丙"), []string{"甲。[1]乙丙 {[1]=1:1乙注。}"}},
		"left open":       {para("", "甲。", namedRef("_Ref1", foot(5)), strings.TrimSuffix(field("NOTEREF _Ref1", up), `<w:r><w:fldChar w:fldCharType="end"/></w:r>`)) + para("", "乙。"), []string{"甲。[1][1] {[1]=1:1乙注。} {[1]=1:1乙注。}", "乙。"}},
		"ended only":      {para("", `<w:r><w:fldChar w:fldCharType="end"/></w:r>`, "甲。"), []string{"甲。"}},
		"around a field":  {para("", "甲。", namedRef("_Ref1", foot(5)), field("HYPERLINK x", "", field("NOTEREF _Ref1", up), textRun("", "乙"))), []string{"甲。[1][1]乙 {[1]=1:1乙注。} {[1]=1:1乙注。}"}},
		"very deep":       {para("", strings.Repeat(`<w:r><w:fldChar w:fldCharType="begin"/></w:r>`, 99), "甲。", strings.Repeat(`<w:r><w:fldChar w:fldCharType="end"/></w:r>`, 99), "乙"), []string{"甲。乙"}},
	} {
		if got := lines(readBody(t, c.in)); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}
