package rank

import (
	"encoding/json"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"chuchu/retrieval/index"
	"chuchu/retrieval/rank/lex"
	"chuchu/retrieval/rank/trees"
	"chuchu/retrieval/rank/vectors"
	"chuchu/retrieval/report"
	"chuchu/retrieval/zh"
)

// library is a small report of made-up facts, a passage a line.
var library = []struct{ id, title, text string }{
	{"sewage", "水务", "杭州市2009年建成第一座污水处理厂。该厂日处理能力为35万吨。2013年又建成两座，日处理能力合计52万吨。"},
	{"sewage-suzhou", "水务", "苏州市2011年建成第一座污水处理厂，日处理能力为18万吨。"},
	{"metro", "交通", "宁波市轨道交通一号线全长约28.6公里，设有22座车站，总投资120余亿元。2012年6月9日开工。"},
	{"notice", "交通", "2011年8月5日，浙江省交通运输厅发布《关于加快轨道交通建设的通知》(浙交发〔2011〕27号)。文件要求三年内开通两条线路。"},
	{"sorting", "环境", "垃圾分类分三步走。第一步，在机关和学校试行。第二步，推广到居民小区。第三步，覆盖全部乡镇。这项工作由城市管理局负责。"},
	{"library-hangzhou", "文化", "杭州市有公共图书馆46家，藏书980万册。"},
	{"library-suzhou", "文化", "苏州市有公共图书馆31家，藏书720万册。"},
	{"museum", "文化", "苏州市有博物馆19家，2014年接待观众410万人次。"},
	{"museum-15", "文化", "苏州市的博物馆2015年接待观众455万人次。"},
	{"miit", "产业", "工业和信息化部批准设立陶瓷产业基地。"},
	{"tea", "产业", "安徽省的茶叶产量为11万吨。其中绿茶占百分之七十左右。"},
	{"wetland", "环境", "西溪湿地的面积为11.5平方公里，森林覆盖率达到63%。"},
	{"rain", "环境", "海绵城市的建设要求包括：雨水就地入渗；调蓄利用；净化排放。"},
	{"ferry", "交通", "轮渡公司因大雾停航三天，为此加开了公共汽车。"},
}

var loadShared = sync.OnceValues(func() (*zh.Segmenter, error) { return zh.NewSegmenter("") })

// newRanker ranks the passages of library, or of the texts given.
func newRanker(t testing.TB, texts ...string) *Ranker {
	t.Helper()
	var lines strings.Builder
	enc := json.NewEncoder(&lines)
	add := func(id, title, text string) {
		if err := enc.Encode(map[string]string{"id": id, "title": title, "text": text}); err != nil {
			t.Fatal(err)
		}
	}
	for i, text := range texts {
		add(string(rune('a'+i%26))+strings.Repeat("'", i/26), "", text)
	}
	if len(texts) == 0 {
		for _, p := range library {
			add(p.id, p.title, p.text)
		}
	}
	rep, err := report.ParseJSONL("small.jsonl", []byte(lines.String()))
	if err != nil {
		t.Fatal(err)
	}
	seg, err := loadShared()
	if err != nil {
		t.Fatal(err)
	}
	var docs []*Doc
	for _, p := range rep.Passages() {
		docs = append(docs, NewDoc(rep, p))
	}
	dir := filepath.Join(t.TempDir(), "index")
	err = index.Build(t.Context(), dir, func(yield func(index.Doc) bool) {
		for _, d := range docs {
			if !yield(index.Doc{
				index.Words:   tokenTexts(seg.Search(d.Fold.Text)),
				index.Bigrams: tokenTexts(zh.Bigrams(d.Fold.Text)),
				index.Head:    tokenTexts(zh.Bigrams(d.Head)),
			}) {
				return
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	x, err := index.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	words, err := lex.Load()
	if err != nil {
		t.Fatal(err)
	}
	alike, err := vectors.Open()
	if err != nil {
		t.Fatal(err)
	}
	model, err := DefaultModel()
	if err != nil {
		t.Fatal(err)
	}
	return New(x, seg, NewWords(words, alike), model, func(ord int) *Doc { return docs[ord] })
}

func tokenTexts(tokens []zh.Token) []string {
	out := make([]string, len(tokens))
	for i, t := range tokens {
		out[i] = t.Text
	}
	return out
}

func understand(t *testing.T, r *Ranker, text string) *Query {
	t.Helper()
	q, err := r.Understand(t.Context(), text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return q
}

func askRanker(t *testing.T, r *Ranker, text string) *Result {
	t.Helper()
	res, err := r.Ask(t.Context(), text, nil, 10)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return res
}

// first is the best hit's passage id, quote and answer.
func first(res *Result) (id, quote, answer string) {
	if len(res.Hits) == 0 {
		return "", "", ""
	}
	h := res.Hits[0]
	return h.Doc.Paragraph.ID, h.Doc.Paragraph.Text[h.Quote.Start:h.Quote.End], h.Answer
}

// TestModelWeighsEveryFeature compares the features that the model names with
// those that ranking makes.
func TestModelWeighsEveryFeature(t *testing.T) {
	r := newRanker(t)
	for _, question := range []string{"杭州有多少家图书馆", "哪个通知要求建轨道交通", "湿地 森林", "when did the metro start"} {
		compareFeatures(t, r, question)
	}
	if m := r.Model(); m.Threshold <= 0 || m.Threshold >= 1 || m.Background < 0 || m.Background > 1 {
		t.Errorf("threshold %v, background %v", m.Threshold, m.Background)
	}
}

// compareFeatures fails where a question's features are not those weighed.
func compareFeatures(t *testing.T, r *Ranker, question string) {
	t.Helper()
	e, err := r.Explain(t.Context(), question, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(e.Passages) == 0 || len(e.Passages[0].Units) == 0 {
		t.Fatalf("%s: nothing ranked", question)
	}
	for _, tt := range []struct {
		name   string
		scorer *Scorer
		row    []float64
	}{
		{"passage", &r.Model().Passage, e.Passages[0].Features},
		{"unit", &r.Model().Unit, e.Passages[0].Units[0]},
		{"confidence", &r.Model().Confidence, e.Confidence},
	} {
		if len(tt.row) != len(tt.scorer.Names()) {
			t.Errorf("%s: %s has %d features, the model names %d", question, tt.name, len(tt.row), len(tt.scorer.Names()))
		}
		for i, v := range tt.row {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				t.Errorf("%s: %s feature %s is %v", question, tt.name, tt.scorer.Names()[i], v)
			}
		}
		if tt.scorer.Forest == nil || len(tt.scorer.Forest.Trees) == 0 {
			t.Errorf("%s: nothing was learned", tt.name)
		}
	}
}

func TestScorer(t *testing.T) {
	s := Scorer{
		Bias:    1,
		Weights: map[string]float64{"words": 2, "length": -3},
		Forest: &trees.Forest{Features: []string{"words", "length", "new"}, Trees: []trees.Tree{
			{Feature: []int{2}, Bound: []float64{1}, Left: []int{-1}, Right: []int{-2}, Value: []float64{-0.5, 0.5}},
		}},
	}
	if err := s.Prepare([]string{"words", "length", "new"}); err != nil {
		t.Fatal(err)
	}
	row := []float64{0.5, 2, 9}
	if got := s.Score(row); got != -3.5 {
		t.Errorf("score %v, want 1+1-6+0.5 = -3.5", got)
	}
	cs, total := s.Contributions(row)
	want := []Contribution{{"length", 2, -6}, {"words", 0.5, 1}, {"new", 9, 0.5}}
	if !slices.Equal(cs, want) || total != -3.5 {
		t.Errorf("contributions %v of %v, want %v", cs, total, want)
	}
	if err := s.Prepare([]string{"words", "length"}); err == nil {
		t.Error("trees over a feature that is gone are taken")
	}
	s.Weights["misspelt"] = 1
	if err := s.Prepare([]string{"words", "length", "new"}); err == nil {
		t.Error("a weight of no feature is taken")
	}
}

func TestMaskAndCover(t *testing.T) {
	var a, b mask
	a.set(0)
	a.set(63)
	b.set(64)
	b.set(maxBits - 1)
	both := a.or(b)
	for i := range maxBits {
		if want := i == 0 || i == 63 || i == 64 || i == 127; both.has(i) != want {
			t.Errorf("member %d is %v", i, !want)
		}
	}
	if a.or(a) != a || (mask{}).or(b) != b {
		t.Error("a set with itself, or with nothing, is another")
	}
	var ws weights
	if ws.cover(both) != 0 {
		t.Error("no weights are covered")
	}
	for i, w := range []float64{3, 1, 4} {
		if ws.add(w) != i {
			t.Errorf("weight %d has another number", i)
		}
	}
	var m mask
	m.set(0)
	m.set(100) // of no weight
	if got := ws.cover(m); got != 3./8 {
		t.Errorf("cover %v, want 3/8", got)
	}
	m.set(1)
	m.set(2)
	if got := ws.cover(m); got != 1 {
		t.Errorf("cover of all %v", got)
	}
}
