package retrieval

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
)

// varied are questions of many sorts: topics asked in several ways, and input
// that people send by chance.
func varied() []string {
	topics := []string{
		"上海自贸区", "京津冀协同发展", "负面清单", "众创空间", "长江中游城市群", "广州空气质量", "深圳环境执法", "第三批自贸区",
		"北京疏解非首都功能", "一带一路科技合作", "互联网+政务服务", "PM2.5", "研发经费", "户籍政策", "数据交易中心", "饮用水源", "城市总体规划2040",
		"自由贸易账户", "民用航空发动机", "粤港澳大湾区", "生态城市", "劣V类水体",
	}
	forms := []string{"%s", "%s是什么", "%s有多少", "什么时候%s", "谁管%s?", "为什么要搞%s", "介绍一下%s吧", "%s 2015 成效"}
	var out []string
	for i, topic := range topics {
		for j := range 5 {
			out = append(out, fmt.Sprintf(forms[(i+j*3)%len(forms)], topic))
		}
	}
	return append(out,
		"上海自貿區擴區之後面積係幾多", "how large is the free trade zone", "Why did Beijing close markets?", "zimaoqu mianji", "上海自贸区 mianji 多大",
		"?", "。。。", "🙂", "🙂上海自贸区🙂", "a", "的", "1", "上", "０", "\x00", "上海\x00自贸区面积", "\xff\xfe上海自贸区", "上海\n自贸区\n面积", "　上海　自贸区　", "\u200b上海\u200d自贸区",
		"<b>上海</b> & \"自贸区\"", "《", "》《", "[", "[[35]]", "((((", "《》", "号", "第号", "注", "注号", "国发〔〕号", "-1", "999999999999999999999号",
		strings.Repeat("上海", 3000), strings.Repeat("?", 3000), strings.Repeat("[3]", 900), strings.Repeat("《", 900), strings.Repeat("自贸区面积多大 ", 400),
		"SELECT * FROM passages; --", "../../etc/passwd", "%s%n%d", "{{.}}", `\u4e0a\u6d77`, "ſ ﬁ ㎡ Ⅷ ½ ①②③ ㈠",
	)
}

// TestAskVaried asks more than a hundred questions: whatever comes must be
// printed in the report, and come again.
func TestAskVaried(t *testing.T) {
	l := SharedLibrary(t)
	all := varied()
	if len(all) < 140 {
		t.Fatalf("only %d questions", len(all))
	}
	quoted := 0
	for _, text := range all {
		a := ask(t, l, text)
		if a.Question != text || a.Confidence < 0 || a.Confidence > 1 || len(a.Hits) > DefaultTop {
			t.Errorf("%.60q: question %.60q, confidence %g, %d hits", text, a.Question, a.Confidence, len(a.Hits))
		}
		if a.Found && len(a.Hits) == 0 || a.Found && len(a.Missing) > 0 {
			t.Errorf("%.60q is found, with %d hits and missing %q", text, len(a.Hits), a.Missing)
		}
		for i, h := range a.Hits {
			quoted++
			if i > 0 && a.Kind == KindAnswer && h.Score > a.Hits[i-1].Score {
				t.Errorf("%.60q: hit %d scores above the one before it", text, i)
			}
			if first := slices.IndexFunc(a.Hits, func(o Hit) bool { return o.PassageID == h.PassageID }); first != i && a.Kind != KindCitation {
				t.Errorf("%.60q: passage %s comes twice", text, h.PassageID)
			}
		}
		if again := ask(t, l, text); !reflect.DeepEqual(a, again) {
			t.Errorf("%.60q is answered otherwise the second time", text)
		}
		if _, err := json.Marshal(a); err != nil {
			t.Errorf("%.60q: %v", text, err)
		}
	}
	if quoted < 800 {
		t.Errorf("only %d quotes came", quoted)
	}
}

func FuzzAsk(f *testing.F) {
	for _, text := range varied() {
		f.Add(text)
	}
	l := SharedLibrary(f)
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1000 {
			return
		}
		ask(t, l, text)
	})
}

// TestJSON holds the form of an answer that scripts depend on.
func TestJSON(t *testing.T) {
	for _, text := range []string{"", "第15条注", "注55", "上海自贸区面积多大", "火星上有几座城市"} {
		data, err := json.Marshal(ask(t, SharedLibrary(t), text))
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(strings.ReplaceAll(string(data), `"note":null`, ""), "null") {
			t.Errorf("%s: a null in %s", text, data)
		}
		var got map[string]any
		if err := json.Unmarshal(data, &got); err != nil {
			t.Fatal(err)
		}
		for _, key := range []string{"question", "found", "confidence", "hits"} {
			if _, ok := got[key]; !ok {
				t.Errorf("%s: no %q in %s", text, key, data)
			}
		}
		for _, h := range got["hits"].([]any) {
			for _, key := range []string{"passage_id", "report", "title", "section", "paragraph", "text", "quote", "answer", "score", "footnotes"} {
				if _, ok := h.(map[string]any)[key]; !ok {
					t.Errorf("%s: a hit without %q", text, key)
				}
			}
		}
	}
}

func TestAskTopAndReport(t *testing.T) {
	l := SharedLibrary(t)
	for _, top := range []int{1, 3, 10} {
		a, err := l.Ask(t.Context(), Question{Text: "上海自贸区制度创新", Top: top})
		if err != nil || len(a.Hits) != top {
			t.Errorf("top %d gives %d, %v", top, len(a.Hits), err)
		}
	}
	for _, text := range []string{"上海自贸区制度创新", "注27", "国函68号", "《国家创新驱动发展战略纲要》"} {
		a, err := l.Ask(t.Context(), Question{Text: text, Report: "没有这份报告"})
		if err != nil || a.Found || len(a.Hits) > 0 {
			t.Errorf("%s, of a report that is not there: found %v, %d hits, %v", text, a.Found, len(a.Hits), err)
		}
		same, err := l.Ask(t.Context(), Question{Text: text, Report: l.Reports()[0].ID})
		if err != nil || len(same.Hits) == 0 {
			t.Errorf("%s, of the one report: %d hits, %v", text, len(same.Hits), err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := l.Ask(ctx, Question{Text: "上海自贸区制度创新"}); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled question gives %v", err)
	}
}

// TestAskAtOnce asks from many goroutines and gets what one alone gets.
func TestAskAtOnce(t *testing.T) {
	l := SharedLibrary(t)
	questions := []string{"上海自贸区面积多大", "注27讲什么", "国函68号", "广州15年罚了多少", printed, "《国家创新驱动发展战略纲要》", "who ranks first in e-government"}
	want := make([]Answer, len(questions))
	for i, text := range questions {
		want[i] = ask(t, l, text)
	}
	var wg sync.WaitGroup
	for g := range 6 {
		wg.Go(func() {
			for i := range questions {
				i = (i + g) % len(questions)
				if got := ask(t, l, questions[i]); !reflect.DeepEqual(got, want[i]) {
					t.Errorf("%s is answered otherwise among others", questions[i])
				}
			}
		})
	}
	wg.Wait()
}

// TestFootnoteWorks pins the works that stand behind a marker.
func TestFootnoteWorks(t *testing.T) {
	l := SharedLibrary(t)
	for _, c := range []struct {
		text   string
		works  []string
		named  []Work
		inside bool
	}{
		{"注15", []string{"《主要林木育种科技创新规划(2016—2025)》"}, []Work{{"《主要林木育种科技创新规划(2016—2025)》", "", "科技部、国家林业局", "2016年9月29日"}}, false},
		{"注43", []string{"《上海市2015—2017年环境保护和建设三年行动计划的通知》"}, []Work{{"《上海市2015—2017年环境保护和建设三年行动计划的通知》", "", "上海市政府", "2015年2月25日"}}, true},
		{"注44", []string{"《上海市城市总体规划(2016—2040)》"}, []Work{{"《上海市城市总体规划(2016—2040)》", "", "", "2016年8月"}}, true},
		{"注9", []string{}, nil, false},
	} {
		a := ask(t, l, c.text)
		if len(a.Hits) != 1 || len(a.Hits[0].Footnotes) != 1 {
			t.Errorf("%s: %+v", c.text, a.Hits)
			continue
		}
		f := a.Hits[0].Footnotes[0]
		if !slices.Equal(f.Works, c.works) || !slices.Equal(f.Named, c.named) || f.Inside != c.inside || f.Note != nil {
			t.Errorf("%s: %+v", c.text, f)
		}
	}
	// the sentence that carries [48] names it, the one before it is quoted
	early := ask(t, l, "北京、上海、深圳、广州等城市电子政务建设在全国范围内起步相对较早,经过多年发展已取得显著成绩")
	if labels(early) != "48" || !slices.Equal(early.Hits[0].Footnotes[0].Works, []string{"《电子政务蓝皮书:中国电子政务发展报告(2015—2016年)》"}) {
		t.Errorf("the works behind [48]: %+v", early.Hits)
	}
	// a document number stands in the run that [3] covers
	a := ask(t, l, "国发18号")
	if len(a.Hits) != 1 || labels(a) != "3" {
		t.Fatalf("国发18号: %+v", a.Hits)
	}
	if f := a.Hits[0].Footnotes[0]; !slices.Contains(f.Works, "国发〔2016〕18号") || !slices.Contains(f.Works, "《关于深化泛珠三角区域合作的指导意见》") {
		t.Errorf("国发18号: works %q", f.Works)
	}
}

// TestNotes gives the notes of reports that print them, by each habit.
func TestNotes(t *testing.T) {
	dir := filepath.Join("report", "testdata")
	for _, c := range []struct{ file, question, quote, marker, note string }{
		{"sources.txt", "新增的泊位可停靠几万吨级海轮", "当年新增泊位12个,最大的可停靠5万吨级海轮。", "2 3", "江滨港务集团:《泊位建设台账》。"},
		{"sources.txt", "注4", "两期都由省航道局实施。", "4", "省航道局:《疏浚工程决算》,2019年。"},
		{"glossary.txt", "擂茶", "客人进门先喝擂茶[5],喝完一碗再添。", "5", "擂茶:把茶叶、芝麻、花生擂碎后冲泡的茶。"},
		{"glossary.txt", "注4", "米粿蒸熟后要点红[4],点过红的才能上供桌。", "4", "点红:用筷子蘸红曲点在糕上。"},
	} {
		l := open(t, filepath.Join(dir, c.file), SharedCache(t))
		a := ask(t, l, c.question)
		if len(a.Hits) == 0 || a.Hits[0].Quote != c.quote || labels(a) != c.marker {
			t.Errorf("%s: %+v", c.question, a.Hits)
			continue
		}
		if f := a.Hits[0].Footnotes[0]; f.Note == nil || *f.Note != c.note {
			t.Errorf("%s: note %v, want %q", c.question, f.Note, c.note)
		}
		if n := l.Reports()[0].Notes; n < 7 {
			t.Errorf("%s: %d notes", c.file, n)
		}
	}
}
