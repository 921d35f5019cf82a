package retrieval

import (
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestLookUpMarker(t *testing.T) {
	l := SharedLibrary(t)
	for text, marker := range map[string]string{
		"注27讲什么": "27", "[27]": "27", "第12条注释": "12", "27号脚注": "27", "注２７": "27", "27": "27",
		"［２７］": "27", "〔27〕说的是啥": "27", "【27】": "27", "[27]是哪句话？": "27", "[^27]": "27", "(27)": "27",
		"注二十七": "27", "第二十七条注释": "27", "第 8 个注在哪": "8", "脚注 8 在哪": "8", "脚注第8号": "8", "尾注8": "8", "註８": "8",
		"标注31的那句": "31", "标号为31的注释": "31", "引注[31]": "31", "footnote 45": "45", "what is note 45 about": "45", "Notes 45": "45", "reference #45": "45",
		"请问报告里面标着[27]的那一整句话说的到底是什么事情": "27",
	} {
		a := ask(t, l, text)
		if a.Kind != KindCitation || a.Lookup == nil || a.Lookup.What != LookupMarker || a.Lookup.Asked != marker {
			t.Errorf("%s: kind %d, look-up %+v", text, a.Kind, a.Lookup)
			continue
		}
		if !a.Found || a.Confidence != 1 || len(a.Hits) != 1 || labels(a) != marker || a.Missing != nil || a.Lookup.Known != nil {
			t.Errorf("%s: found %v, %g, %d hits with notes %q, missing %q", text, a.Found, a.Confidence, len(a.Hits), labels(a), a.Missing)
		}
	}
}

// TestLookUpEveryMarker quotes the sentence each marker of the shipped report stands on.
func TestLookUpEveryMarker(t *testing.T) {
	l := SharedLibrary(t)
	for n := 3; n <= 50; n++ {
		label := strconv.Itoa(n)
		a := ask(t, l, "注"+label)
		if len(a.Hits) != 1 || !slices.Contains(strings.Fields(labels(a)), label) {
			t.Errorf("note %d: %d hits with notes %q", n, len(a.Hits), labels(a))
			continue
		}
		h := a.Hits[0]
		before, _, ok := strings.Cut(h.Text, "["+label+"]")
		if !ok || !strings.HasSuffix(before, h.Quote) && !strings.Contains(h.Quote, "["+label+"]") {
			t.Errorf("note %d: the quote %q does not end at it", n, h.Quote)
		}
		if h.Footnotes[0].Note != nil {
			t.Errorf("note %d: a text %q that the report does not print", n, *h.Footnotes[0].Note)
		}
	}
}

// TestLookUpUnknownMarker says which markers there are.
func TestLookUpUnknownMarker(t *testing.T) {
	var known []string
	for n := 3; n <= 50; n++ {
		known = append(known, strconv.Itoa(n))
	}
	for _, text := range []string{"55", "[55]", "注55是什么", "[1]讲了什么", "注0"} {
		a := ask(t, SharedLibrary(t), text)
		if a.Kind != KindCitation || a.Found || a.Confidence != 0 || len(a.Hits) > 0 || len(a.Missing) != 1 {
			t.Errorf("%s: kind %d, found %v, %d hits, missing %q", text, a.Kind, a.Found, len(a.Hits), a.Missing)
		}
		if a.Lookup == nil || !slices.Equal(a.Lookup.Known, known) {
			t.Errorf("%s: %+v, want the markers 3 to 50", text, a.Lookup)
		}
	}
}

func TestLookUpNumber(t *testing.T) {
	l := SharedLibrary(t)
	for text, printed := range map[string]string{
		"国函68号": "国函〔2016〕68号", "国函〔2016〕68号": "国函〔2016〕68号", "国函[2016]68号": "国函〔2016〕68号", "国函（2016）68号": "国函〔2016〕68号",
		"国函【二〇一六】68号": "国函〔2016〕68号", "国函 〔２０１６〕 ６８ 号": "国函〔2016〕68号", "国函2016年第68号": "国函〔2016〕68号", "68号": "国函〔2016〕68号", "68号文件": "国函〔2016〕68号", "68號文": "国函〔2016〕68号",
		"国函〔2016〕68号是什么文件": "国函〔2016〕68号", "国函68号批复了哪个规划": "国函〔2016〕68号", "报告提到的国发18号文是关于什么的": "国发〔2016〕18号", "8月8号看到的国函68号": "国函〔2016〕68号",
		"发改地区738号": "发改地区[2015]738号", "发改地区〔2015〕738号": "发改地区[2015]738号", "发改地区(2010)1243号": "发改地区〔2010〕1243号", "國函43號": "国函〔2016〕43号",
	} {
		a := ask(t, l, text)
		if a.Kind != KindCitation || a.Lookup == nil || a.Lookup.What != LookupNumber || !a.Found || len(a.Hits) == 0 {
			t.Errorf("%s: kind %d, look-up %+v, found %v", text, a.Kind, a.Lookup, a.Found)
			continue
		}
		if h := a.Hits[0]; len(a.Hits) != 1 || !strings.Contains(h.Quote, printed) || strings.Count(h.Quote, "。") > 1 {
			t.Errorf("%s: %d hits, the first %q, want %s", text, len(a.Hits), h.Quote, printed)
		}
	}
	for _, text := range []string{"99号", "国函67号", "国函〔2016〕8号", "国函〔2015〕68号", "国发〔2016〕68号讲的是什么", "168号"} {
		a := ask(t, l, text)
		if a.Kind != KindCitation || a.Found || len(a.Hits) > 0 || len(a.Missing) != 1 {
			t.Errorf("%s: kind %d, found %v, %d hits, missing %q", text, a.Kind, a.Found, len(a.Hits), a.Missing)
		}
	}
}

func TestLookUpTitle(t *testing.T) {
	l := SharedLibrary(t)
	for _, c := range []struct {
		text string
		at   []int
	}{
		{"《上海市政务数据共享管理办法》", []int{43}},
		{"《上海市政务数据资源共享管理办法》", []int{80}},
		{"《关于深化泛珠三角区域合作的指导意见》(国发〔2016〕18号)", []int{9}},
		{"〈上海市政务数据共享管理办法〉", []int{43}},
		{"《上海市政务数据》", []int{43, 80}},
		{"《上海市政务数据", []int{43, 80}},
		{"《国家创新驱动发展战略纲要》", []int{34, 35}},
		{"《電子政務藍皮書》", []int{79}},
		{"哪句引用了《主要林木育种科技创新规划》", []int{37}},
		{"哪一句引用了《生态城市绿皮书》？", []int{71}},
		{"《深圳市“互联网+”行动计划》的出处", []int{51}},
		{"深圳市互联网+行动计划 出处是哪个注", []int{51}},
		{"which note cites 《北京加强全国科技创新中心建设总体方案》", []int{50}},
	} {
		a := ask(t, l, c.text)
		if a.Kind != KindCitation || a.Lookup == nil || a.Lookup.What == LookupMarker || !a.Found {
			t.Errorf("%s: kind %d, look-up %+v, found %v", c.text, a.Kind, a.Lookup, a.Found)
			continue
		}
		if got := places(a); !slices.Equal(got, c.at) {
			t.Errorf("%s: paragraphs %v, want %v", c.text, got, c.at)
		}
		for _, h := range a.Hits {
			if !strings.Contains(h.Quote, "《") {
				t.Errorf("%s: the quote %q names no title", c.text, h.Quote)
			}
		}
	}
	for _, text := range []string{"《大运河文化带建设规划》", "哪句引用了《大运河文化带建设规划》"} {
		if a := ask(t, l, text); a.Kind != KindCitation || a.Found || len(a.Hits) > 0 || len(a.Missing) != 1 {
			t.Errorf("%s: kind %d, found %v, %d hits, missing %q", text, a.Kind, a.Found, len(a.Hits), a.Missing)
		}
	}
}

// TestNoLookUp takes nothing for a citation that is none.
func TestNoLookUp(t *testing.T) {
	for _, text := range []string{
		"8月8号", "2016年8月8号发布了什么", "2015年", "2015年底", "十二月31号有什么", "8号线几点收车", "3000", "2016",
		"关注12个重点领域", "专注3件事", "15个项目注资多少", "2015注册了几家", "注册资本2亿", "下注3次", "批注12人", "2016注", "5.95注", "35注册企业", "第35条注重什么", "8月68号", "2016年2月18号", "地铁18号线", "四号线", "2亿元注入", "30条意见注重什么",
		"第二批自贸区", "27章里讲了什么", "政府给35家企业注明了什么", "《环保法》什么时候施行", "120.72", "5.95%",
	} {
		if a := ask(t, SharedLibrary(t), text); a.Kind == KindCitation {
			t.Errorf("%s is taken for a look-up of %+v", text, a.Lookup)
		}
	}
}

func TestCite(t *testing.T) {
	l := SharedLibrary(t)
	for _, c := range []struct {
		text string
		what LookupKind
		hits int
	}{
		{"27", LookupMarker, 1},
		{"国函68号", LookupNumber, 1},
		{"《国家创新驱动发展战略纲要》", LookupTitle, 2},
		{"国家创新驱动发展战略纲要", LookupTitle, 2}, // the brackets left out
		{"大运河规划", LookupTitle, 0},
		{"", LookupTitle, 0},
	} {
		a, err := l.Cite(t.Context(), Question{Text: c.text})
		if err != nil || a.Kind != KindCitation || a.Lookup == nil || a.Lookup.What != c.what || len(a.Hits) != c.hits || a.Found != (c.hits > 0) {
			t.Errorf("%s: %v, kind %d, look-up %+v, %d hits, found %v", c.text, err, a.Kind, a.Lookup, len(a.Hits), a.Found)
		}
		if err := CheckSubstrings(a); err != nil {
			t.Errorf("%s: %v", c.text, err)
		}
	}
	if a, err := l.Cite(t.Context(), Question{Text: "《上海", Top: 1}); err != nil || len(a.Hits) != 1 {
		t.Errorf("one hit at most: %d, %v", len(a.Hits), err)
	}
}
