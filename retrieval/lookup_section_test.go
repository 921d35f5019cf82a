package retrieval

import (
	"slices"
	"strings"
	"testing"
)

func TestSectionForms(t *testing.T) {
	const (
		first  = "29[3] 211[4] 215[5] 216[6] 219[7] 220[8] 221[9] 224[10]"
		second = "233[11] 234[12] 235[13] 237[14] 237[15] 237[16] 239[17] 240[18] 243[19] 243[20] 244[21] 244[22] 244[23] 244[24] 245[25] 245[26] 246[27] 247[28] 247[29] 247[30] 250[31] 250[32] 251[33] 251[34]"
		third  = "255[35] 258[36] 261[37]"
		fourth = "264[38] 267[39] 267[40] 268[41] 269[42] 272[43] 272[44] 272[45]"
		fifth  = "274[46] 275[47] 279[48] 280[49] 280[50]"
	)
	checkForms(t, SharedLibrary(t), LookupSection, slices.Concat(
		each(third, "有哪些注来自第三章", "第三章有哪些注", "第三部分有哪些脚注", "which notes are in chapter 3", "三、新突破有哪些注", "三、有哪些注", "自贸区那一节有哪些注", "脚注在第三章有几条",
			"有没有注来自第三章", "第三章有没有注", "第三章有注吗", "第三章用了哪几条注", "第三章的注有哪些", "第三章里面一共有几条注释", "哪些注在第三章", "哪几条脚注是第三章的", "第三章脚注", "列出第三章的所有脚注",
			"把第三章的注都列出来", "第三部分引用了哪些注", "what notes does chapter 3 have", "how many notes does chapter III have", "chapter 3 footnotes", "footnotes in part 3", "制度创新成为推动大都市政府职能转变的关键这部分有哪些注"),
		each("255[35]", "第三章第1节有哪些注", "3.1节有哪些注", "which footnotes appear in section 3.1", "第55段有哪些注"),
		each("219[7] 220[8] 221[9]", "一、(二)有哪些注", "(2)有哪些注", "第一章第二节第二小节有哪些注", "京津冀那节的注"),
		each(fifth, "最后一章有哪些注", "“互联网+政务”那一节的脚注有哪些", "互联网政务那部分有哪些注", "show me the notes in chapter 5"),
		each(second, "第二部分有哪些脚注", "创新驱动发展转型那章有哪些注"),
		each(first+" "+second+" "+third+" "+fourth+" "+fifth, "全文有多少条注", "一共有多少个注", "这份报告有几条脚注", "how many footnotes are there", "list all footnotes", "列出所有脚注", "所有注释", "报告的注从几到几"),
		each("", "第九章有哪些注", "notes in chapter 9", "火星那一节有哪些注", "3.四大国家级城市群那一节有哪些注", "第54段有哪些注"),
	))
	checkForms(t, twoReports(t), LookupSection, slices.Concat(
		each("山5[7] 山7[9] 滨5[3] 滨7[4,5]", "第二章有哪些注", "which notes are in chapter 2", "chapter 2 footnotes"),
		each("滨5[3] 滨7[4,5]", "渔业部分的脚注", "《滨海年报》第二章有哪些注", "《滨海年报》的第二章有几条注"),
		each("山7[9] 滨7[4,5]", "第二章第二节有哪些注", "2.2节有哪些注"),
		each("滨7[4,5]", "《滨海年报》第二节的注", "远洋那一节有哪些注"),
		each("山7[9]", "二、(二)有哪些注", "(二)有哪些注", "职工那一节有哪些注"),
		each("山9[10]", "第三章有哪些注", "教育那章有哪些脚注"),
		each("山5[7] 山7[9] 山9[10] 滨5[3] 滨7[4,5]", "第2章到第3章有哪些注", "第二、三章有哪些注", "第二到三章有哪些注"),
		each("山2[2] 山2[3] 山5[7] 山7[9] 山9[10]", "《山城公报》有多少条注", "山城公报有哪些注"),
		each("山2[2] 山2[3] 山5[7] 山7[9] 山9[10] 滨2[1] 滨2[2] 滨5[3] 滨7[4,5]", "全文有多少条注", "两份报告一共多少条注"),
		each("", "第四章有哪些注", "旅游那章有几条注"),
	))
}

// TestSectionCounts says of each section which markers it has, however many
// sentences are shown.
func TestSectionCounts(t *testing.T) {
	l := twoReports(t)
	for text, want := range map[string][]Marked{
		"第三章有哪些注":  {{"山城公报", "三、教育", []string{"10"}, nil}, {"滨海年报", "第三章 旅游", nil, nil}},
		"旅游那章有几条注": {{"滨海年报", "第三章 旅游", nil, nil}},
		"全文有多少条注":  {{"山城公报", "", []string{"2", "3", "7", "9", "10"}, nil}, {"滨海年报", "", []string{"1", "2", "3", "4", "5"}, nil}},
		"第7段有哪些注":  {{"山城公报", "", []string{"9"}, ptr(7)}, {"滨海年报", "", []string{"4", "5"}, ptr(7)}},
		"第九章有哪些注":  {},
	} {
		a := ask(t, l, text)
		if !slices.EqualFunc(a.Lookup.Marked, want, sameMarked) {
			t.Errorf("%s: %+v, want %+v", text, a.Lookup.Marked, want)
		}
	}
	if a := ask(t, l, "第九章有哪些注"); !slices.Equal(a.Lookup.Known, []string{"一、道路:“村村通”与隧道", "二、林业", "三、教育", "第一章 港口", "第二章 渔业", "第三章 旅游"}) || a.Missing[0] != "第9章" {
		t.Errorf("%+v, missing %q", a.Lookup, a.Missing)
	}
	a, err := l.Ask(t.Context(), Question{Text: "全文有多少条注", Report: l.Reports()[1].ID, Top: 2})
	if err != nil || found(a) != "滨2[1] 滨2[2]" || len(a.Lookup.Marked) != 1 || len(a.Lookup.Marked[0].Markers) != 5 {
		t.Errorf("two of one report: %s, %+v, %v", found(a), a.Lookup, err)
	}
	if a, err := l.Cite(t.Context(), Question{Text: "第三章"}); err != nil || found(a) != "山9[10]" {
		t.Errorf("cite 第三章: %s, %v", found(a), err)
	}
}

// TestLookUpInTurn asks for what stands alone, whatever was asked before it.
func TestLookUpInTurn(t *testing.T) {
	for text, want := range map[string]string{"有哪些注来自第三章": "255[35] 258[36] 261[37]", "注27是什么": "246[27]", "那注36呢": "258[36]"} {
		if a := ask(t, SharedLibrary(t), text, "上海自贸区面积多大"); a.Kind != KindCitation || found(a) != want || a.ReadAs != "" {
			t.Errorf("%s, in turn: %s, read as %q", text, found(a), a.ReadAs)
		}
	}
}

func TestTitleForms(t *testing.T) {
	checkForms(t, SharedLibrary(t), LookupTitle, slices.Concat(
		each("210[]", "成渝城市群发展规划的出处", "《成渝城市群发展规划》", "成渝城市群发展规划", "《成渝城市群发展规划》在哪一段", "哪句话引用了成渝城市群发展规划", "成渝城市群规划的出处", "城渝城市群发展规划的出处", "《城渝城市群发展规划》", "《成渝城市群发规划》",
			"谁印发的《成渝城市群发展规划》", "《成渝城市群发展规划》是谁印发的", "哪里提到《关于哈长城市群发展规划的批复》", "哪里提到哈长城市群发展规划的批复", "《哈长城市群发展规划》来自哪个文件"),
		each("234[12] 235[13]", "《国家创新驱动发展战略纲要》", "哪句引用了国家创新驱动发展战略纲要", "《国家创新驱动发展战略刚要》", "国家创新驱动发展战略纲要来自哪个文件", "where is 《国家创新驱动发展战略纲要》 mentioned"),
		each("234[12]", "谁印发了国家创新驱动发展战略纲要", "who issued 《国家创新驱动发展战略纲要》"),
		each("243[20] 280[50]", "《上海政务数据管理办法》", "上海政务数据管理办法的出处"),
		each("", "《上海市科技创新“十二五”规划》", "《杭州市科技创新“十三五”规划》", "哪里提到《大运河文化带建设规划》", "《南海市城市总体规划》", "《南京市“十三五”时期加强全国科技创新中心建设规划》"),
	))
	checkForms(t, twoReports(t), LookupTitle, slices.Concat(
		each("滨2[2]", "滨海港口建设规划的出处", "滨海港口健设规划的出处", "谁印发的《滨海港口建设规划》", "《滨海港口规划》"),
		each("山2[3]", "谁发布了山城道路养护办法", "《山城道路养护办法》哪天发布的", "哪里提到《山城道路养护办法》"),
		each("", "《滨海港口建设规划(2026—2030年)》", "《山城林业办法》", "《小山城道路养护办法》"),
	))
	for text, want := range map[string]string{
		"谁印发的《成渝城市群发展规划》": "国务院", "谁印发了国家创新驱动发展战略纲要": "中共中央、国务院", "《推进“一带一路”建设科技创新合作专项规划》谁发的": "科技部、发改委、外交部、商务部",
		"《北京加强全国科技创新中心建设总体方案》哪天印发": "2016年9月11日", "《国家创新驱动发展战略纲要》": "",
	} {
		if a := ask(t, SharedLibrary(t), text); a.Hits[0].Answer != want {
			t.Errorf("%s: answer %q, want %q", text, a.Hits[0].Answer, want)
		}
	}
	if a := ask(t, SharedLibrary(t), "《城渝城市群发展规划》"); a.ReadAs != "《成渝城市群发展规划》" || !strings.HasPrefix(a.Lookup.Asked, "成渝") {
		t.Errorf("read as %q, %+v", a.ReadAs, a.Lookup)
	}
}

// TestQuotationAsked finds the sentence that a question for its source holds.
func TestQuotationAsked(t *testing.T) {
	for text, want := range map[string]string{
		"“上海数据交易中心正式启动”的出处": "243[20]", "截至2015年底,北京拥有两院院士766人出自哪里": "250[31]", "北京拥有两院院士766人的出处": "250[31]",
		"哪句话说企业通过单一窗口一次性递交相关信息": "255[35]", "企业通过单一窗口一次性递交相关信息，这句话出自哪条注": "255[35]",
		"2016年9月11日,国务院印发《北京加强全国科技创新中心建设总体方案》出自哪里": "250[32]",
	} {
		if a := ask(t, SharedLibrary(t), text); a.Kind != KindQuotation || !a.Quotation.Exact || found(a) != want {
			t.Errorf("%s: kind %d, %s, want %s", text, a.Kind, found(a), want)
		}
	}
}

// TestPlainQuestions takes no plain question for a look-up or a quotation.
func TestPlainQuestions(t *testing.T) {
	for _, text := range []string{
		"注册资本是多少", "68号文件之后还有什么", "第三批自贸区有哪些省", "上海数据交易中心注册资本", "第三章讲什么", "第三部分讲了什么", "关注的领域有哪些", "上海有哪些政策备注", "上海有没有关注民生", "第35届会议的注意事项",
		"18号线", "地铁18号线什么时候通车", "18号下午发布了什么", "68号院在哪", "本月18号", "注资35亿元", "有3条注意事项吗", "这句话有3条注释吗", "第三批自贸区关注什么", "三章的内容", "自贸区有哪些注册企业", "有哪些备注", "下注", "引用最多的是什么", "上海自贸区在哪里",
		"谁发现了这个问题", "谁制定的规划", "城市群发展规划有哪些", "国发展得怎么样", "国函里说了什么", "2016年国务院批复了什么", "8-10月的空气质量", "which notes did Beijing take of this", "how many people are there",
	} {
		if a := ask(t, SharedLibrary(t), text); a.Kind != KindAnswer {
			t.Errorf("%s is of kind %d: %+v", text, a.Kind, a.Lookup)
		}
	}
}
