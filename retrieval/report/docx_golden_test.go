package report

import (
	"fmt"
	"maps"
	"strings"
	"testing"
)

// card is all that was read of a report: its title and metadata, every
// paragraph with its section, and its footnotes.
func card(r *Report) string {
	var b strings.Builder
	fmt.Fprintf(&b, "title: %s\nauthors: %s\nyear: %s\npublisher: %s\nnotes: %d\n\n", r.Title, strings.Join(r.Meta.Authors, ", "), r.Meta.Year, r.Meta.Publisher, len(r.Notes))
	for _, p := range r.Paragraphs {
		fmt.Fprintf(&b, "%s %s", p.ID, kindNames[p.Kind])
		if len(p.Section) > 0 {
			fmt.Fprintf(&b, " in %s", strings.Join(p.Section, " > "))
		}
		fmt.Fprintf(&b, "\n  %s\n", p.Text)
	}
	fmt.Fprintf(&b, "\n%s\n", strings.Join(pairs(r), "\n"))
	return b.String()
}

// docxReports are whole reports as word processors save them.
var docxReports = map[string]docxParts{
	"水库": {
		"_rels/.rels":       `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`,
		"docProps/core.xml": `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>去年的模板</dc:title><dc:creator>柳溪水务站; 何田</dc:creator><dcterms:created>2021-03-04T00:00:00Z</dcterms:created></cp:coreProperties>`,
		"word/styles.xml":   wordStyles,
		"word/header1.xml":  `<w:hdr` + wordSpaces + `><w:p><w:r><w:t>页眉不是正文</w:t></w:r></w:p></w:hdr>`,
		"word/document.xml": wordBody(
			para("a3", "柳溪水库运行报告"),
			para("TOCHeading", "目录"),
			para("TOC1", "一、库容", `<w:r><w:tab/></w:r>`, "1"),
			para("1", "库容"),
			para("", "柳溪水库总库容为", "三千二百万立方米。", foot(5), "死库容四百万立方米。", foot(2)),
			para("2", "坝体"),
			para("", "大坝为土石坝，坝高四十一米，", foot(5), "坝顶宽六米。"),
			para("a4", "表1 各年蓄水量"),
			table("年份|蓄水量", "2019|"+para("", "两千万", foot(9), "立方米"), "2020|"),
			para("Own", "渗漏"),
			para("", "渗漏量每天不足三十吨。", foot(77)),
			para("1", "灌溉"),
			para("", "灌区面积为12km", textRun(superscript, "2"), "，涉及七个村。"),
		),
		"word/footnotes.xml": wordNotes("footnote", 2, "《柳溪水库竣工图册》，第8页。", 5, "柳溪县水务局：《水库登记表》，2018年。", 9, "站内日志。", 11, "没有用到的注。"),
	},
	"茶场": {
		"docProps/core.xml": `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>云岭茶场志略</dc:title><dc:creator>User</dc:creator><dc:publisher>云岭文史社</dc:publisher><dcterms:issued>1998-05-01</dcterms:issued></cp:coreProperties>`,
		"word/styles.xml":   wordStyles,
		"word/document.xml": wordBody(
			para("1", "建场"),
			para("", "茶场建于1953年春，", end(4), "最初只有十一名工人。", foot(1)),
			para("", "第一批茶苗自邻县运来", `<w:r><w:footnoteReference w:customMarkFollows="1" w:id="3"/><w:t>*</w:t></w:r>`, "，成活不到一半。", foot(2)),
			para("1", "扩种"),
			para("", "1961年扩种到九百亩。", end(6), "茶厂同年投产", textRun(superscript, "8"), "。"),
			`<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>`+para("", `<w:ins w:id="1">`+textRun("", "场部迁到岭下。")+`</w:ins>`, `<w:del w:id="2"><w:r><w:delText>旧句。</w:delText></w:r></w:del>`)+`</w:sdtContent></w:sdt>`,
		),
		"word/footnotes.xml": wordNotes("footnote", 1, "场史手稿，第2页。", 2, "据老工人口述。", 3, para("", "* 茶苗为群体种。")),
		"word/endnotes.xml":  wordNotes("endnote", 4, "云岭区档案：茶场批文。", 6, para("", `<w:r><w:endnoteRef/></w:r>`, " 统计年报，")+para("", "1961年，第3表。")),
	},
	"集市": {
		"word/document.xml": wordBody(
			para("Title", "青桥集市调查"),
			para("Heading1", "摊位"),
			para("", "集市逢三逢八开市，摊位二百一十个。[1]", "其中菜摊占四成。[2]"),
			`<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>`+para("", "框中写着：市场归镇上管理。")+`</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>`+para("", "框中写着：市场归镇上管理。")+`</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>`+textRun("", "管理费每摊每天两元。[3]")+`</w:p>`,
			para("Heading1", "注释"),
			para("", "[1] 镇市场所台账，2015年。"),
			para("", "[2] 同上。"),
			para("", "[3] 收费公示牌。"),
		),
	},
}

// numberedReport has its headings, works and notes numbered by the word processor.
var numberedReport = docxParts{
	"word/settings.xml":  xmlHead + `<w:settings` + wordSpaces + `>` + notePr("footnote", `<w:numFmt w:val="decimalEnclosedCircle"/><w:numRestart w:val="eachSect"/>`) + `</w:settings>`,
	"word/styles.xml":    listStyles,
	"word/numbering.xml": wordLists,
	"word/document.xml": wordBody(
		para("a3", "石桥镇沟渠志"),
		para("1", "旧渠"),
		para("2", "东渠"),
		para("", "东渠开于1932年，", namedRef("_Ref5", foot(3)), "全长六里。[1]"),
		sectionEnd("", "渠口有石闸一座", foot(4), "，尺寸同前", field("NOTEREF _Ref5 \\f", textRun(superscript, "1")), "。"),
		para("1", "新渠"),
		para("2", "西渠"),
		para("", "西渠于1957年通水。", foot(5), "它分三段：[2]"),
		listPara(2, 0, "上段十二里；"),
		listPara(2, 0, "中段九里；"),
		listPara(2, 0, "下段已废。"),
		unnumbered("1", "参考文献"),
		listPara(5, 0, "石桥镇政府：《沟渠普查表》，1986年。"),
		listPara(5, 0, "许庄：《西渠开工记》，1958年。"),
	),
	"word/footnotes.xml": wordNotes("footnote", 3, "一说1931年。", 4, "闸石今存镇文化站。", 5, "当年五月初八。"),
}

// TestDOCXReports compares whole reports with what is known to be in them.
func TestDOCXReports(t *testing.T) {
	docxReports := maps.Clone(docxReports)
	docxReports["沟渠"] = numberedReport
	for name, parts := range docxReports {
		r, err := parseFile(t.Context(), t, name+".docx", parts.zip(t))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		golden(t, "docx/"+name+".golden", card(r))
	}
}
