package report

import (
	"slices"
	"strings"
	"testing"
)

// cut is a text's units as printed, those of one sentence joined by "/".
func cut(text string) []string {
	var out []string
	last := -1
	for _, u := range splitUnits(text, ScanMarkers(text)) {
		s := text[u.Start:u.End]
		if u.Sentence == last {
			out[len(out)-1] += "/" + s
		} else {
			out = append(out, s)
		}
		last = u.Sentence
	}
	return out
}

func TestUnits(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"stops", "水位上涨。船停了吗？停了！有人问", []string{"水位上涨。", "船停了吗？", "停了！", "有人问"}},
		{"stops in a row and closing quotes", "他问:“船停了吗？！”没人答。", []string{"他问:“船停了吗？！”", "没人答。"}},
		{"blanks between", " 水位上涨。 　船停了。 ", []string{"水位上涨。", "船停了。"}},
		{"numbers", "面积120.72平方公里,占5.95%,PM2.5为3.1%。另有v1.2版,见port.CN。", []string{"面积120.72平方公里,占5.95%,PM2.5为3.1%。", "另有v1.2版,见port.CN。"}},
		{"a clause a semicolon ends", "甲市拆除了八十个批发市场；乙市升级了三十四家批发市场。", []string{"甲市拆除了八十个批发市场；/乙市升级了三十四家批发市场。"}},
		{"short members stay together", "三市为:甲；乙；丙。甲市建港；乙市修路。", []string{"三市为:甲；乙；丙。", "甲市建港；乙市修路。"}},
		{"a list that a colon opens", "措施包括:完善资源总量管理和节约制度;健全资源有偿使用和补偿制度;放开竞争环节的价格。", []string{"措施包括:完善资源总量管理和节约制度;健全资源有偿使用和补偿制度;放开竞争环节的价格。"}},
		{"a title", "《为什么是上海？答案在江里。》出版了；《潮水！》也将在明年春天再版重印。", []string{"《为什么是上海？答案在江里。》出版了；/《潮水！》也将在明年春天再版重印。"}},
		{"a title in a title", "《读〈江？〉与《海。》札记！》出版。", []string{"《读〈江？〉与《海。》札记！》出版。"}},
		{"brackets", "水位上涨(三米。船停了。)后回落。又涨（半米；没有停船。）了。", []string{"水位上涨(三米。船停了。)后回落。", "又涨（半米；没有停船。）了。"}},
		{"a bracket never closed", "水位上涨(三米。船停了。", []string{"水位上涨(三米。", "船停了。"}},
		{"markers behind stops", "水位上涨。[3]船停了。[4][5]", []string{"水位上涨。", "船停了。"}},
		{"a blank before a marker", "水位上涨。 [3] 船停了。 [4]", []string{"水位上涨。", "船停了。"}},
		{"markers at an end without a stop", "水位上涨。船停了 [4] [5]", []string{"水位上涨。", "船停了"}},
		{"a marker in a sentence", "据《条例》[6],水位上涨。", []string{"据《条例》[6],水位上涨。"}},
		{"a marker before the stop", "水位上涨[7]。船停了", []string{"水位上涨[7]。", "船停了"}},
		{"a marker behind a clause", "甲市拆除了八十个批发市场;[8]乙市升级了三十四家批发市场。[9]", []string{"甲市拆除了八十个批发市场;/乙市升级了三十四家批发市场。"}},
		{"Latin text", "The port opened in 2015. It moved 3.5 million t. 后来停了。", []string{"The port opened in 2015. It moved 3.5 million t.", "后来停了。"}},
		{"list numbers", "1.船闸 2.岸电", []string{"1.船闸 2.岸电"}},
		{"nothing to quote", "……——。[3]", nil},
		{"nothing", "", nil},
	} {
		if got := cut(c.text); !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
}

// TestFarBracket keeps a bracket that closes too far away from holding a
// whole paragraph together.
func TestFarBracket(t *testing.T) {
	long := strings.Repeat("水位上涨。", 60)
	if n := len(cut("开头(" + long + ")结尾。")); n < 50 {
		t.Errorf("a bracket of %d bytes leaves %d units", len(long), n)
	}
	near := strings.Repeat("水位上涨。", 20)
	if got := cut("开头(" + near + ")结尾。"); len(got) != 1 {
		t.Errorf("a bracket of %d bytes is cut into %d units", len(near), len(got))
	}
}

// TestShippedUnits cuts nothing that must stay whole in the shipped report.
func TestShippedUnits(t *testing.T) {
	r := shipped(t)
	whole := []string{"120.72平方公里", "5.95%", "78.5%和31.7%", "(PM2.5)", "3.93%", "21.07万平方公里", "《生态城市绿皮书:中国生态城市建设发展报告(2016)》", "(以下称内地九省区)"}
	seen := map[string]bool{}
	for _, p := range r.Passages() {
		end := 0
		for _, u := range p.Units {
			text := p.Text[u.Start:u.End]
			for _, w := range whole {
				seen[w] = seen[w] || strings.Contains(text, w)
			}
			if strings.Count(text, "《") != strings.Count(text, "》") || strings.Count(text, "(") != strings.Count(text, ")") {
				t.Errorf("paragraph %d: a bracket is cut: %q", p.Index, text)
			}
			if gap := ruleMarker.ReplaceAllString(p.Text[end:u.Start], ""); gap != "" {
				t.Errorf("paragraph %d: %q stands between units", p.Index, gap)
			}
			end = u.End
		}
		if gap := ruleMarker.ReplaceAllString(p.Text[end:], ""); gap != "" {
			t.Errorf("paragraph %d: %q stands behind the last unit", p.Index, gap)
		}
	}
	for _, w := range whole {
		if !seen[w] {
			t.Errorf("no unit holds %q whole", w)
		}
	}
}

func TestScanMarkers(t *testing.T) {
	for text, want := range map[string]string{
		"水位上涨。[35]":                  "35",
		"水位上涨。［３５］船停了。〔7〕":           "35 7",
		"水位上涨。[３]":                   "3",
		"水位上涨。[007]":                 "7",
		"发改地区[2015]738号":             "",
		"国发〔2016〕18号":                "",
		"发改地区[15]738号":               "",
		"发改地区［15］第738号":              "",
		"地铁开通。[12]13号线同时开工。":         "12",
		"见[J]与[a1]及[]":               "",
		"[1234]":                     "",
		"水位[1],流量[2]。":               "1 2",
		"国函〔2016〕68号[9]与国函〔2016〕43号": "9",
		"水位上涨[1,2],流量大增。[4-6]":       "1 2 4 5 6",
		"水位上涨。[1,01]":                "1",
		"水位上涨。[2-4,3,5,2]":           "2 3 4 5",
		"水位上涨。[5,3]":                 "5 3",
		"水位上涨。[5-3]":                 "",
		"水位上涨。$^{1,2}$[3]":           "1 2 3",
	} {
		var got []string
		for _, m := range ScanMarkers(text) {
			got = append(got, m.Label)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s holds markers %q, want %q", text, got, want)
		}
	}
}
