package report

import (
	"slices"
	"strings"
	"testing"
)

// readBody reads a document of the paragraphs, with the styles and notes that
// tests share.
func readBody(t testing.TB, paragraphs ...string) *source {
	t.Helper()
	s, err := readDOCX(t.Context(), docxParts{
		"word/document.xml":  wordBody(paragraphs...),
		"word/styles.xml":    wordStyles,
		"word/footnotes.xml": wordNotes("footnote", 2, "甲注。", 5, "乙注。", 7, para("", "※ 丙注。"), 8, para("", "[", `<w:r><w:footnoteRef/></w:r>`, "] 丁注。")),
	}.zip(t))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// lines prints blocks: a heading's depth, kind, text, and references.
func lines(s *source) []string {
	var out []string
	for _, b := range s.blocks {
		var l strings.Builder
		l.WriteString(strings.Repeat("#", b.level))
		if b.kind == Title || b.kind == Caption {
			l.WriteString(kindNames[b.kind] + ":")
		}
		l.WriteString(b.text)
		for _, r := range b.refs {
			note := "无"
			if r.note >= 0 {
				note = s.notes[r.note].label + s.notes[r.note].text
			}
			l.WriteString(" {" + b.text[r.Start:r.End] + "=" + r.label + ":" + note + "}")
		}
		out = append(out, l.String())
	}
	return out
}

func customRef(id, text string) string {
	return `<w:r><w:footnoteReference w:customMarkFollows="1" w:id="` + id + `"/>` + text + `</w:r>`
}

func TestDOCXBlocks(t *testing.T) {
	box := func(text string) string { return `<w:txbxContent>` + para("", text) + `</w:txbxContent>` }
	long := strings.Repeat("这一段很长", 20)
	for name, c := range map[string]struct {
		in   string
		want []string
	}{
		"runs are joined":        {para("", "堤长", "九里", "。"), []string{"堤长九里。"}},
		"tabs and breaks":        {para("", "甲", `<w:r><w:tab/><w:br/><w:t> 乙 </w:t><w:cr/></w:r>`), []string{"甲 乙"}},
		"tab stops":              {`<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr>` + textRun("", "甲") + `</w:p>`, []string{"甲"}},
		"blanks in the file":     {para("", "甲", "<w:r>\n <w:t>\n乙\n</w:t>\n</w:r>", "丙"), []string{"甲乙丙"}},
		"hard hyphen":            {para("", "甲", `<w:r><w:noBreakHyphen/><w:softHyphen/></w:r>`, "乙"), []string{"甲-乙"}},
		"empty":                  {para("", "", " ") + para("1"), nil},
		"deleted":                {para("", "甲", `<w:del><w:r><w:delText>旧</w:delText><w:t>旧</w:t></w:r></w:del>`, "乙"), []string{"甲乙"}},
		"moved away":             {para("", "甲", `<w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom>`, `<w:moveTo><w:r><w:t>新</w:t></w:r></w:moveTo>`), []string{"甲新"}},
		"inserted":               {para("", "甲", `<w:ins>`+textRun("", "新")+`</w:ins>`), []string{"甲新"}},
		"field codes":            {para("", `<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE 1</w:instrText><w:fldChar w:fldCharType="separate"/></w:r>`, "3", `<w:r><w:fldChar w:fldCharType="end"/></w:r>`), []string{"3"}},
		"hidden":                 {para("", "甲", textRun(`<w:vanish/>`, "暗"), textRun(`<w:vanish w:val="0"/>`, "明"), textRun(`<w:rStyle w:val="Secret"/>`, "暗")), []string{"甲明"}},
		"hidden before a change": {para("", textRun(`<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>`, "明")), []string{"明"}},
		"hidden paragraph mark":  {`<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>` + `<w:hyperlink r:id="x">` + textRun("", "明") + `</w:hyperlink></w:p>`, []string{"明"}},
		"text box": {para("", "甲", `<w:r><mc:AlternateContent><mc:Choice Requires="wps">`+box("框")+`</mc:Choice><mc:Choice Requires="wpg">`+box("框")+`</mc:Choice><mc:Fallback>`+box("框")+`</mc:Fallback></mc:AlternateContent></w:r>`, "乙"),
			[]string{"甲乙", "框"}},
		"old text box":                           {para("", "甲", `<w:r><w:pict><v:textbox>`+box("框")+`</v:textbox></w:pict></w:r>`, "乙"), []string{"甲乙", "框"}},
		"content control":                        {`<w:sdt><w:sdtPr><w:rPr><w:vanish/></w:rPr></w:sdtPr><w:sdtContent>` + para("", "甲", `<w:sdt><w:sdtContent>`+textRun("", "乙")+`</w:sdtContent></w:sdt>`) + `</w:sdtContent></w:sdt>`, []string{"甲乙"}},
		"hidden paragraph mark before a formula": {`<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath></w:p>`, []string{"x"}},
		"hyperlink":                              {para("", "见", `<w:hyperlink r:id="rId3">`+textRun("", "网站")+`</w:hyperlink>`), []string{"见网站"}},
		"reading aid":                            {para("", `<w:r><w:ruby><w:rt>`+textRun("", "dī")+`</w:rt><w:rubyBase>`+textRun("", "堤")+`</w:rubyBase></w:ruby></w:r>`), []string{"堤"}},
		"table":                                  {table("甲|乙", "|丙", "丁|", "|"), []string{"甲 | 乙", "| 丙", "丁 |"}},
		"cell of paragraphs":                     {table("甲|" + para("", "乙") + para("1", "丙")), []string{"甲 | 乙 丙"}},
		"table in a cell":                        {table("甲|" + table("乙")), []string{"甲 | 乙"}},
		"frame":                                  {table(para("1", "甲") + para("", "乙")), []string{"#甲", "乙"}},
		"heading 1":                              {para("1", "甲"), []string{"#甲"}},
		"标题 2":                                   {para("2", "甲"), []string{"##甲"}},
		"outline by basedOn":                     {para("Own", "甲"), []string{"###甲"}},
		"own outline":                            {`<w:p><w:pPr><w:pStyle w:val="1"/><w:outlineLvl w:val="3"/></w:pPr>` + textRun("", "甲") + `</w:p>`, []string{"####甲"}},
		"outline of body text":                   {`<w:p><w:pPr><w:pStyle w:val="1"/><w:outlineLvl w:val="9"/></w:pPr>` + textRun("", "甲") + `</w:p>`, []string{"甲"}},
		"styles in a ring":                       {para("Ring", "甲"), []string{"甲"}},
		"style not in file":                      {para("Heading4", "甲"), []string{"####甲"}},
		"title and caption":                      {para("a3", "甲") + para("a4", "图1 乙"), []string{"title:甲", "caption:图1 乙"}},
		"title within the text":                  {para("a3", "甲") + para("1", "乙") + para("a3", "致谢") + para("", "丙"), []string{"title:甲", "#乙", "#致谢", "丙"}},
		"contents":                               {para("TOC1", "甲 1") + para("TOCHeading", "目录") + para("", "乙"), []string{"乙"}},
		"paragraph as heading":                   {para("1", long+"。"), []string{long + "。"}},
		"paragraph too long":                     {para("", strings.Repeat("长", longestLine/3+1)) + para("", "乙"), []string{"乙"}},
		"formula":                                {para("", "设", `<m:oMath><m:r><m:t>x[1]</m:t></m:r></m:oMath>`, "为"), []string{"设x[1]为"}},
	} {
		if got := lines(readBody(t, c.in)); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
	s := readBody(t, para("", "设", `<m:oMath><m:r><m:t>x[1]</m:t></m:r></m:oMath>`))
	if b := s.blocks[0]; len(b.mute) != 1 || b.text[b.mute[0].Start:b.mute[0].End] != "x[1]" {
		t.Errorf("a formula's brackets may be markers: %+v", b)
	}
}

func TestDOCXReferences(t *testing.T) {
	for name, c := range map[string]struct {
		in   string
		want []string
	}{
		"by order, not by id":          {para("", "甲。", foot(5), "乙。", foot(2)), []string{"甲。[1]乙。[2] {[1]=1:1乙注。} {[2]=2:2甲注。}"}},
		"twice":                        {para("", "甲。", foot(5), "乙。", foot(2)) + para("", "丙。", foot(5)), []string{"甲。[1]乙。[2] {[1]=1:1乙注。} {[2]=2:2甲注。}", "丙。[1] {[1]=1:1乙注。}"}},
		"missing":                      {para("", "甲。", foot(66), "乙。", foot(2)), []string{"甲。[1]乙。[2] {[1]=1:无} {[2]=2:2甲注。}"}},
		"separator":                    {para("", "甲。", foot(0)), []string{"甲。[1] {[1]=1:无}"}},
		"own mark":                     {para("", "甲", customRef("7", `<w:t>※</w:t>`), "乙。", foot(2)), []string{"甲※乙。[1] {※=※:※丙注。} {[1]=1:1甲注。}"}},
		"own mark, next run":           {para("", "甲", customRef("7", ""), textRun(superscript, "※"), "乙"), []string{"甲※乙 {※=※:※丙注。}"}},
		"own mark, symbol":             {para("", "甲", customRef("7", `<w:sym w:font="Symbol" w:char="F02A"/>`), "乙"), []string{"甲*乙 {*=*:*※ 丙注。}"}},
		"own mark, in a run":           {para("", "甲", customRef("7", `<w:t>※这之后还有正文</w:t>`)), []string{"甲※这之后还有正文 {※=※:※丙注。}"}},
		"own mark lost before another": {para("", "甲", customRef("2", ""), foot(5)), []string{"甲[1][2] {[1]=1:1甲注。} {[2]=2:2乙注。}"}},
		"own mark of digits":           {para("", "甲", customRef("2", ""), textRun(superscript, "3"), "乙"), []string{"甲3乙 {3=3:3甲注。}"}},
		"own mark lost":                {para("", "甲", customRef("2", "")), []string{"甲[1] {[1]=1:1甲注。}"}},
		"deleted":                      {para("", "甲", `<w:del>`+foot(5)+`</w:del>`, "乙", foot(2)), []string{"甲乙[1] {[1]=1:1甲注。}"}},
		"hidden":                       {para("", "甲", `<w:r><w:rPr><w:vanish/></w:rPr><w:footnoteReference w:id="5"/></w:r>`, "乙", foot(2)), []string{"甲乙[1] {[1]=1:1甲注。}"}},
		"in a table":                   {table("甲|" + para("", "乙", foot(5))), []string{"甲 | 乙[1] {[1]=1:1乙注。}"}},
		"typed":                        {para("", "甲。[1]"), []string{"甲。[1]"}},
		"in typed brackets":            {para("", "甲[", foot(5), "]、乙（", foot(2), "），", textRun(superscript, "3"), "。"), []string{"甲[1]、乙（2），3。 {[1]=1:1乙注。} {（2）=2:2甲注。} {3=3:无}"}},
		"in brackets with more":        {para("", "甲[", foot(5), foot(2), "]、乙（见", foot(5), "）〔", foot(2), "]"), []string{"甲[[1][2]]、乙（见[1]）〔[2]] {[1]=1:1乙注。} {[2]=2:2甲注。} {[1]=1:1乙注。} {[2]=2:2甲注。}"}},
		"note in typed brackets":       {para("", "甲", foot(8)), []string{"甲[1] {[1]=1:1丁注。}"}},
		"raised":                       {para("", "甲", textRun(superscript, "1"), textRun(superscript, "2"), "。"), []string{"甲12。 {12=12:无}"}},
		"raised by its style":          {para("", "甲", textRun(`<w:rStyle w:val="FootnoteReference"/>`, "3")), []string{"甲3 {3=3:无}"}},
		"raised after stop":            {para("", "甲。", textRun(superscript, "3"), "乙"), []string{"甲。3乙 {3=3:无}"}},
		"m2":                           {para("", "12 km", textRun(superscript, "2")), []string{"12 km2"}},
		"10 to the 3":                  {para("", "10", textRun(superscript, "3")), []string{"103"}},
		"raised word":                  {para("", "甲", textRun(superscript, "3号")), []string{"甲3号"}},
		"raised numeral":               {para("", "甲", textRun(superscript, "三")), []string{"甲三"}},
		"raised first":                 {para("", textRun(superscript, "3"), "甲"), []string{"3甲"}},
		"raised alone":                 {para("", "甲 ", textRun(superscript, "3")), []string{"甲 3"}},
		"raised year":                  {para("", "甲", textRun(superscript, "2015")), []string{"甲2015"}},
		"not raised":                   {para("", "甲", textRun(`<w:vertAlign w:val="subscript"/>`, "3")), []string{"甲3"}},
	} {
		if got := lines(readBody(t, c.in)); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestDOCXCaptions(t *testing.T) {
	for name, c := range map[string]struct {
		in   []string
		want int
	}{
		"above its table": {[]string{para("a4", "表1 田亩"), table("甲|乙")}, 0},
		"below its table": {[]string{table("甲|乙"), para("a4", "表1 田亩"), para("", "如上。")}, 0},
		"without one":     {[]string{para("", "如下。"), para("a4", "表1 田亩"), para("", "如上。")}, 1},
	} {
		r, err := parseFile(t.Context(), t, "田亩.docx", docxParts{"word/document.xml": wordBody(c.in...), "word/styles.xml": wordStyles}.zip(t))
		if err != nil || len(r.Warnings) != c.want {
			t.Errorf("%s: %v, %v, want %d warnings", name, r.Warnings, err, c.want)
		}
	}
}
