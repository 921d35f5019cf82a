package retrieval

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// form is a way to ask, with what it must be understood as and find.
type form struct {
	text string
	want string // the hits: report's first character (2 of 2016…), paragraph and markers
}

// twoReports are a report of chapters and one of numbered headings, whose
// markers, document numbers and sections overlap.
func twoReports(t *testing.T) *Library {
	return open(t, write(t, t.TempDir(), map[string]string{
		"滨海年报.txt": "滨海年报\n第一章 港口\n滨海港2021年新增泊位9个。[1]市政府印发《滨海港口建设规划(2021—2025年)》(滨政发〔2021〕12号)。[2]\n" +
			"第二章 渔业\n第一节 近海\n近海渔船减少到340艘。[3]禁渔期从5月1日开始。\n第二节 远洋\n远洋渔获4.2万吨,居全省第二。[4][5]\n第三章 旅游\n游客达到88万人次。\n",
		"山城公报.txt": "山城公报\n一、道路:“村村通”与隧道\n山城修通村道210公里。[2]2021年7月8日,省交通厅发布《山城道路养护办法》(山交发〔2021〕12号)。[3]\n" +
			"二、林业\n(一)林场\n森林覆盖率升到71%。[7]\n(二)职工\n林场职工有1200人。[9]\n三、教育\n新建小学三所。[10]\n",
	}), SharedCache(t))
}

// found writes an answer's hits on one line.
func found(a Answer) string {
	var out []string
	for _, h := range a.Hits {
		var labels []string
		for _, f := range h.Footnotes {
			labels = append(labels, f.Marker)
		}
		out = append(out, fmt.Sprintf("%c%d[%s]", []rune(h.Report)[0], h.Paragraph, strings.Join(labels, ",")))
	}
	return strings.Join(out, " ")
}

// checkForms asks each form and compares what it finds; want "" is a refusal.
func checkForms(t *testing.T, l *Library, what LookupKind, forms []form) {
	t.Helper()
	for _, f := range forms {
		a := ask(t, l, f.text)
		if a.Kind != KindCitation || a.Lookup == nil || a.Lookup.What != what {
			t.Errorf("%s: kind %d, look-up %+v", f.text, a.Kind, a.Lookup)
			continue
		}
		if got := found(a); got != f.want || a.Found != (f.want != "") || a.Found == (len(a.Missing) > 0) || a.Confidence != map[bool]float64{true: 1}[a.Found] {
			t.Errorf("%s: %s, want %s; found %v, %g, missing %q", f.text, got, f.want, a.Found, a.Confidence, a.Missing)
		}
	}
}

func each(want string, texts ...string) (out []form) {
	for _, text := range texts {
		out = append(out, form{text, want})
	}
	return out
}

func TestMarkerForms(t *testing.T) {
	checkForms(t, SharedLibrary(t), LookupMarker, slices.Concat(
		each("246[27]", "注27", "[27]", "第27条注释", "脚注二十七", "note 27", "footnote 27", "27号注释说的什么", "注27对应哪段", "注㉗", "注廿七", "fn. 27", "ref 27", "n. 27", "the 27th note",
			"注:27", "27.", "参考文献27", "角标27", "脚注号27", "[27]这条注标在哪句上", "note27.", "27注"),
		each("255[35] 258[36]", "注35和注36", "注35、36", "[35][36]", "[35]和[36]", "注35跟36分别是什么", "notes 35 and 36", "第35、36条注释", "35号和36号脚注", "第三十五条脚注和第三十六条脚注", "注36和35", "35、36", "注35/36", "注 35 ，36"),
		each("255[35] 258[36] 261[37] 264[38]", "注35到38", "注35-38", "[35]到[38]", "第三十五至三十八条脚注", "footnotes 35 to 38", "注35—38", "注35～38", "注35到注38"),
		each("279[48] 280[49] 280[50]", "注48到52", "注48、49、50和99"),
		each("", "注99", "注0", "[51]", "note 99", "注51和52"),
	))
	two := twoReports(t)
	checkForms(t, two, LookupMarker, slices.Concat(
		each("山2[2] 滨2[2]", "注2", "[2]", "note 2", "注2在哪个报告里"),
		each("山5[7]", "注7"),
		each("滨7[4,5]", "注4和注5", "注5和4"),
		each("山2[2] 山2[3] 滨2[1] 滨2[2] 滨5[3]", "注1到3"),
		each("", "注99", "[8]"),
	))
}

// TestMarkersLacking says of several markers which there are not, and which
// there are.
func TestMarkersLacking(t *testing.T) {
	a := ask(t, SharedLibrary(t), "注48到52")
	if !slices.Equal(a.Lookup.Lacking, []string{"51", "52"}) || len(a.Lookup.Known) != 48 || a.Lookup.Asked != "48、49、50、51、52" {
		t.Errorf("%+v", a.Lookup)
	}
	a = ask(t, twoReports(t), "注99")
	want := []Marked{{Report: "山城公报", Markers: []string{"2", "3", "7", "9", "10"}}, {Report: "滨海年报", Markers: []string{"1", "2", "3", "4", "5"}}}
	if !slices.EqualFunc(a.Lookup.Marked, want, sameMarked) || !slices.Equal(a.Missing, []string{"[99]"}) {
		t.Errorf("%+v, missing %q", a.Lookup, a.Missing)
	}
	if a := ask(t, SharedLibrary(t), "注27在第几段"); a.Hits[0].Answer != "" {
		t.Errorf("a place asked for is answered with %q", a.Hits[0].Answer)
	}
}

func sameMarked(a, b Marked) bool {
	return a.Report == b.Report && a.Section == b.Section && slices.Equal(a.Markers, b.Markers) &&
		(a.Paragraph == nil) == (b.Paragraph == nil) && (a.Paragraph == nil || *a.Paragraph == *b.Paragraph)
}

func ptr(n int) *int { return &n }

func TestNumberForms(t *testing.T) {
	checkForms(t, SharedLibrary(t), LookupNumber, slices.Concat(
		each("210[]", "68号", "国函68号", "国函〔2016〕68号", "国函[2016]68", "国函〔2016〕68", "国函2016-68", "2016年68号文", "2016年国函68号", "国函2016年68号", "国函68", "国函 68", "国函第68号", "六十八号文", "那个国函68讲什么"),
		each("29[3]", "发改地区1243", "发改地区1243号", "发改地区2010 1243", "发改地区〔2010〕1243", "2010年的1243号文", "国发十八号", "国发18号是哪天印发的"),
		each("210[] 210[]", "国函", "国函[2016]", "国函的文件有哪些", "68号和43号文件", "国函〔2016〕68号和国函〔2016〕43号"),
		each("", "99号", "国函67", "国函〔2016〕67", "2011年的1243号文", "2015年国函68号", "国办发〔2016〕18号"),
	))
	checkForms(t, twoReports(t), LookupNumber, slices.Concat(
		each("山2[3] 滨2[2]", "12号", "2021年12号文"),
		each("滨2[2]", "滨政发12号", "滨政发〔2021〕12", "滨政发"),
		each("山2[3]", "山交发2021年12号", "山交发12"),
		each("", "13号", "滨政发13号", "2020年12号文"),
	))
	for asked, known := range map[string]string{
		"国函67号": "国函〔2016〕43号 国函〔2016〕68号", "99号": "发改地区〔2010〕1243号 国发〔2016〕18号 发改地区[2015]738号 国函〔2016〕43号 国函〔2016〕68号",
	} {
		if a := ask(t, SharedLibrary(t), asked); strings.Join(a.Lookup.Known, " ") != known {
			t.Errorf("%s: known %q, want %q", asked, a.Lookup.Known, known)
		}
	}
}
