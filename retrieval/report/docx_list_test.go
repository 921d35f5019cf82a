package report

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// wordLists are the lists of the test reports: 1 of chapters, by style; 2 plain,
// 3 the same from 5 on, 4 the same again; 5 of works, 6 of bullets, 7 by a style
// of lists, 8 of none.
const wordLists = xmlHead + `<w:numbering` + wordSpaces + `>
<w:abstractNum w:abstractNumId="10">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:pStyle w:val="1"/><w:lvlText w:val="第%1章"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:pStyle w:val="2"/><w:suff w:val="nothing"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Article"/><w:isLgl/><w:lvlText w:val="%1.%2.%3"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="20">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimalEnclosedCircleChinese"/><w:lvlRestart w:val="0"/><w:lvlText w:val="%3"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="50"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="[%1]"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="60"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="●"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="none"/><w:lvlText w:val="注："/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="70"><w:numStyleLink w:val="ListStyle"/></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="10"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="20"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="20"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="20"/><w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl></w:lvlOverride></w:num>
<w:num w:numId="5"><w:abstractNumId w:val="50"/></w:num>
<w:num w:numId="6"><w:abstractNumId w:val="60"/></w:num>
<w:num w:numId="7"><w:abstractNumId w:val="70"/></w:num>
<w:num w:numId="8"><w:abstractNumId w:val="99"/></w:num>
</w:numbering>`

// listStyles are wordStyles of which the headings are numbered.
var listStyles = strings.NewReplacer(
	`<w:pPr><w:outlineLvl w:val="0"/></w:pPr>`, `<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr>`,
	`<w:name w:val="标题 2"/><w:basedOn w:val="a"/>`, `<w:name w:val="标题 2"/><w:basedOn w:val="1"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr>`,
	`</w:styles>`, `<w:style w:type="numbering" w:styleId="ListStyle"><w:name w:val="list"/><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>`+
		`<w:style w:type="paragraph" w:styleId="Article"><w:name w:val="条"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>`,
).Replace(wordStyles)

// listPara is a paragraph of a list.
func listPara(num, level int, text ...string) string {
	return strings.Replace(para("x", text...), `<w:pStyle w:val="x"/>`, fmt.Sprintf(`<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr>`, level, num), 1)
}

// unnumbered is a paragraph of a numbered style without its number.
func unnumbered(style, text string) string {
	return strings.Replace(para(style, text), `</w:pPr>`, `<w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>`, 1)
}

func TestDOCXLists(t *testing.T) {
	for name, c := range map[string]struct {
		in   string
		want []string
	}{
		"by style": {para("1", "总述") + para("2", "水情") + para("2", "工情") + para("1", "分述") + para("2", "水情"),
			[]string{"#第一章 总述", "##（一）水情", "##（二）工情", "#第二章 分述", "##（一）水情"}},
		"level by style":        {para("1", "总述") + para("2", "水情") + para("Article", "甲。") + para("Article", "乙。"), []string{"#第一章 总述", "##（一）水情", "1.1.1 甲。", "1.1.2 乙。"}},
		"no level above":        {para("Article", "甲。"), []string{"1.1.1 甲。"}},
		"plain":                 {listPara(2, 0, "甲") + listPara(2, 0, "乙"), []string{"1、甲", "2、乙"}},
		"below begins anew":     {listPara(2, 0, "甲") + listPara(2, 1, "乙") + listPara(2, 1, "丙") + listPara(2, 0, "丁") + listPara(2, 1, "戊"), []string{"1、甲", "a) 乙", "b) 丙", "2、丁", "a) 戊"}},
		"never begins anew":     {listPara(2, 2, "甲") + listPara(2, 0, "乙") + listPara(2, 2, "丙"), []string{"① 甲", "1、乙", "② 丙"}},
		"one list used twice":   {listPara(2, 0, "甲") + listPara(4, 0, "乙") + listPara(2, 0, "丙"), []string{"1、甲", "II. 乙", "3、丙"}},
		"own start":             {listPara(2, 0, "甲") + listPara(3, 0, "乙") + listPara(3, 0, "丙"), []string{"1、甲", "5、乙", "6、丙"}},
		"empty ones count":      {listPara(2, 0, "甲") + listPara(2, 0, "") + listPara(2, 0, "丙"), []string{"1、甲", "3、丙"}},
		"taken from a heading":  {unnumbered("1", "附录") + para("1", "总述"), []string{"#附录", "#第一章 总述"}},
		"bullets":               {listPara(6, 0, "甲"), []string{"甲"}},
		"a word for the number": {listPara(6, 1, "甲"), []string{"注：甲"}},
		"by a style of lists":   {listPara(7, 0, "甲") + listPara(7, 0, "乙"), []string{"1、甲", "2、乙"}},
		"no such list":          {listPara(8, 0, "甲") + listPara(88, 0, "乙") + listPara(2, 12, "丙"), []string{"甲", "乙", "1、丙"}},
		"references move":       {listPara(2, 0, "甲", foot(5), "。"), []string{"1、甲[1]。 {[1]=1:1乙注。}"}},
		"before it was changed": {`<w:p><w:pPr><w:pPrChange><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:pPrChange></w:pPr>` + textRun("", "甲") + `</w:p>`, []string{"甲"}},
		"in a cell":             {table(listPara(2, 0, "甲")+"|乙", listPara(2, 0, "丙")+"|丁"), []string{"1、甲 | 乙", "2、丙 | 丁"}},
		"a text box on it":      {listPara(2, 0, "甲", `<w:r><w:pict><v:textbox><w:txbxContent>`+para("", "框")+`</w:txbxContent></v:textbox></w:pict></w:r>`), []string{"1、甲", "框"}},
	} {
		s, err := readDOCX(t.Context(), docxParts{
			"word/document.xml":  wordBody(c.in),
			"word/styles.xml":    listStyles,
			"word/numbering.xml": wordLists,
			"word/footnotes.xml": wordNotes("footnote", 5, "乙注。"),
		}.zip(t))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := lines(s); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestFormatNumber(t *testing.T) {
	for format, want := range map[string]string{
		"decimal":                   "1 2 3 9 10 11 20 26 27 99 100 101 110 1001 10010 20304",
		"unheardOf":                 "1 2 3 9 10 11 20 26 27 99 100 101 110 1001 10010 20304",
		"decimalZero":               "01 02 03 09 10 11 20 26 27 99 100 101 110 1001 10010 20304",
		"chineseCounting":           "一 二 三 九 十 十一 二十 二十六 二十七 九十九 一〇〇 一〇一 一一〇 一〇〇一 一〇〇一〇 二〇三〇四",
		"chineseCountingThousand":   "一 二 三 九 十 十一 二十 二十六 二十七 九十九 一百 一百零一 一百一十 一千零一 一万零一十 二万零三百零四",
		"ideographDigital":          "一 二 三 九 一〇 一一 二〇 二六 二七 九九 一〇〇 一〇一 一一〇 一〇〇一 一〇〇一〇 二〇三〇四",
		"chineseLegalSimplified":    "壹 贰 叁 玖 壹拾 壹拾壹 贰拾 贰拾陆 贰拾柒 玖拾玖 壹佰 壹佰零壹 壹佰壹拾 壹仟零壹 壹万零壹拾 贰万零叁佰零肆",
		"ideographLegalTraditional": "壹 貳 參 玖 壹拾 壹拾壹 貳拾 貳拾陸 貳拾柒 玖拾玖 壹佰 壹佰零壹 壹佰壹拾 壹仟零壹 壹萬零壹拾 貳萬零參佰零肆",
		"decimalEnclosedCircle":     "① ② ③ ⑨ ⑩ ⑪ ⑳ 26 27 99 100 101 110 1001 10010 20304",
		"decimalEnclosedParen":      "⑴ ⑵ ⑶ ⑼ ⑽ ⑾ ⒇ 26 27 99 100 101 110 1001 10010 20304",
		"ideographTraditional":      "甲 乙 丙 壬 癸 11 20 26 27 99 100 101 110 1001 10010 20304",
		"ideographZodiac":           "子 丑 寅 申 酉 戌 20 26 27 99 100 101 110 1001 10010 20304",
		"upperLetter":               "A B C I J K T Z AA UUUU VVVV WWWW FFFFF 1001 10010 20304",
		"upperRoman":                "I II III IX X XI XX XXVI XXVII XCIX C CI CX MI 10010 20304",
		"chicago":                   "* † ‡ *** ††† ‡‡‡ §§§§§ ††††††† ‡‡‡‡‡‡‡ 99 100 101 110 1001 10010 20304",
		"decimalFullWidth":          "１ ２ ３ ９ １０ １１ ２０ ２６ ２７ ９９ １００ １０１ １１０ １００１ １００１０ ２０３０４",
	} {
		var got []string
		for _, n := range []int{1, 2, 3, 9, 10, 11, 20, 26, 27, 99, 100, 101, 110, 1001, 10010, 20304} {
			got = append(got, formatNumber(format, n))
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%s:\n got %s\nwant %s", format, s, want)
		}
	}
	for n, want := range map[int]string{0: "〇", -3: "-3", 1 << 40: "1099511627776"} {
		if got := formatNumber("chineseCounting", n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}
