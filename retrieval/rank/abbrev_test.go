package rank

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"chuchu/retrieval/report"
	"chuchu/retrieval/zh"
)

// findPairs finds the names in texts, a passage each, as "how short = long".
func findPairs(t *testing.T, texts ...string) []string {
	t.Helper()
	seg, err := loadShared()
	if err != nil {
		t.Fatal(err)
	}
	names := NewNames(seg.Tag)
	for i, text := range texts {
		d := NewDoc(&report.Report{}, &report.Paragraph{ID: fmt.Sprint(i), Text: text})
		names.Add(d, seg.Search(d.Fold.Text))
	}
	var out []string
	for _, p := range names.Pairs() {
		out = append(out, fmt.Sprintf("%s %s = %s", p.How, p.Short, p.Long))
	}
	return out
}

func TestNamesDeclared(t *testing.T) {
	for text, want := range map[string]string{
		"临江市数据资源管理局（以下简称“数管局”）设六个处。": "数管局 = 数据资源管理局",
		"滨河新城开发建设指挥部，简称滨河指挥部，设在老码头。": "滨河指挥部 = 滨河新城开发建设指挥部",
		"村里办起综合服务中心（下称综服中心）。":        "综服中心 = 综合服务中心",
		"《青石县茶山保护条例》（以下简称“茶山条例”）施行。": "茶山条例 = 青石县茶山保护条例",
		"江港集团，全称江滨港口投资集团，2003年成立。":   "江港集团 = 江滨港口投资集团",
		"“综改”是指综合配套改革。":              "综改 = 综合配套改革",
		"“数改”，即数字化改革，今年起步。":          "数改 = 数字化改革",
		"工地推行建筑信息模型（BIM）技术。":         "bim = 建筑信息模型",
		"隧道是PPP（政府和社会资本合作）项目。":       "ppp = 政府和社会资本合作",

		"本办法所称经营者（以下简称“公司”）须登记。":      "",
		"《青石县茶山保护条例》（以下简称“条例”）施行。":    "",
		"两家公司合称双雄，简称仍旧。":              "",
		"“放水养鱼”是指少收税。":                "",
		"鲤鱼港（LIYUGANG）在江北，水深9米（max）。": "",
		"码头（A）和仓库（b）都已建成。":            "",
		"简称": "", "（即": "", "“即": "", "《简称“": "", "全称，": "",
	} {
		var got []string
		for _, p := range findPairs(t, text) {
			if p, ok := strings.CutPrefix(p, "declared "); ok {
				got = append(got, p)
			}
		}
		if strings.Join(got, "; ") != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// TestNamesDeclaredTooOften believes no short name that stands for many things.
func TestNamesDeclaredTooOften(t *testing.T) {
	texts := []string{"河港联盟总会（以下简称“河总”）在北岸。", "河道管理总站（以下简称“河总”）在南岸。", "河鲜商会总部（以下简称“河总”）在桥头。"}
	if got := findPairs(t, texts[:2]...); len(got) != 2 {
		t.Errorf("two meanings give %q", got)
	}
	if got := findPairs(t, texts...); len(got) != 0 {
		t.Errorf("three meanings give %q", got)
	}
}

func TestNamesTitles(t *testing.T) {
	got := findPairs(t,
		"会议审议《澜沧江城市带发展规划纲要（2021—2030年）》，也谈到《黑龙江省内河航道规划》。",
		"《国家古村落保护规划（2015—2020年）》已经印发。",
		"《岷江航运发展规划》和《岷江生态修复规划》同日公布。",
		"小说《河边的规划师》和没有写完的《规划")
	for _, want := range []string{
		"titled 澜沧江规划 = 澜沧江城市带发展规划纲要(2021-2030年)",
		"titled 澜沧江规划纲要 = 澜沧江城市带发展规划纲要(2021-2030年)",
		"titled 古村落保护规划 = 国家古村落保护规划(2015-2020年)",
		"titled 国家古村落保护规划 = 国家古村落保护规划(2015-2020年)",
	} {
		if !slices.Contains(got, want) {
			t.Errorf("no %q in %q", want, got)
		}
	}
	for _, p := range got {
		if strings.Contains(p, "岷江规划") || strings.Contains(p, "黑龙江省规划") || strings.Contains(p, "规划师") {
			t.Errorf("%q may be another work", p)
		}
	}
}

func TestNamesPlans(t *testing.T) {
	for text, want := range map[string]string{
		"“八五”期间修了三座桥。":           "numbered 八五 = 第8个5年计划",
		"第七个五年计划提出开通航线。":         "numbered 七五 = 第7个5年计划",
		"“十五”计划写进了这条铁路。":         "numbered 15计划 = 第10个5年计划",
		"“十五五”规划正在编制。":           "numbered 十五五 = 第15个5年规划",
		"十四五时期，港口改用岸电。":          "numbered 十四五 = 第14个5年规划",
		"一五计划建成了第一座发电厂。":         "numbered 一五 = 第1个5年计划",
		"初五计划放假，农历二十五规划出游，三五个人。": "",
		"第三十个五年规划还早。":            "",
	} {
		got := findPairs(t, text)
		if want == "" && len(got) > 0 || want != "" && !slices.Contains(got, want) {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestNamesShortened(t *testing.T) {
	for name, c := range map[string]struct {
		want  string
		texts []string
	}{
		"three characters, once together": {"市监局 = 市场监督管理局", []string{
			"市场监督管理局抽检了320批食品，市监局公布了结果。", "市监局换了电话。"}},
		"the whole last word stays": {"航研中心 = 航运研究中心", []string{
			"江北建起航运研究中心。", "航研中心有船池两座，去年的船池试验由航运研究中心主持。", "访客可预约参观航研中心。"}},
		"a name that is one word": {"环保部 = 环境保护部", []string{
			"环境保护部公布名单，环保部换了电话。", "环保部公布章程。"}},
		"one word left out": {"港职院 = 港口职业技术学院", []string{
			"港口职业技术学院有学生三千人，港职院的实习船叫启明号。", "港职院今年扩招。"}},
		"two characters, together and with like neighbours": {"船协 = 船舶协会", []string{
			"全省船舶协会换届，船协公布章程。", "船舶协会公布名单。", "全省船协换届。"}},
	} {
		if got := findPairs(t, c.texts...); !slices.Contains(got, "shortened "+c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	for name, texts := range map[string][]string{
		"chance":                  {"全部设施更新，全部设计和施工更新。", "全部设施更新，全部设计和施工更新。", "设施完好。"},
		"never near nor alike":    {"船舶协会换届。", "船舶协会编写手册。", "船协发布年报。", "明天船协开会。"},
		"the head of its phrase":  {"中国国家馆开放，中国有很多馆。", "中国国家馆闭馆，中国有很多馆。"},
		"a piece of another word": {"省船协公布名单。", "船舶协会公布名单，省船协换届。", "全省船舶协会换届，省船协开会。"},
		"verbs":                   {"疏修河道花了三年，疏通修补河道的有九人。", "商会疏修河道，疏通修补河道的船不多。"},
	} {
		for _, p := range findPairs(t, texts...) {
			if strings.HasPrefix(p, "shortened ") {
				t.Errorf("%s: found %q", name, p)
			}
		}
	}
}

// TestNamesRepeat finds the same in the same order each time.
func TestNamesRepeat(t *testing.T) {
	texts := []string{"市场监督管理局抽检食品，市监局公布结果。", "市监局（ISO）受理投诉，航运研究中心的航研中心。", "航研中心在江北，“八五”计划，“九五”计划。"}
	want := findPairs(t, texts...)
	if len(want) < 6 {
		t.Fatalf("only %q", want)
	}
	for range 5 {
		if got := findPairs(t, texts...); !slices.Equal(got, want) {
			t.Fatalf("%q, before %q", got, want)
		}
	}
}

// TestStreamThins reads a large library's later words in part only.
func TestStreamThins(t *testing.T) {
	tokens := make([]zh.Token, 1<<10)
	for i := range tokens {
		tokens[i] = zh.Token{Text: "泊位", Start: 6 * i, End: 6*i + 6}
	}
	s := newStream()
	for range wholeParts / len(tokens) {
		s.add(tokens)
	}
	whole := len(s.seq)
	for range 100 * thinned {
		s.add(tokens)
	}
	if more := (len(s.seq) - whole) / len(tokens); whole < wholeParts || more < 100 || more > 101 {
		t.Errorf("of %d words %d are kept, of %d passages more %d", wholeParts, whole, 100*thinned, more)
	}
}
