package eval

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"chuchu/retrieval"
)

func TestRead(t *testing.T) {
	items, err := Read(strings.NewReader(`{"id":"a","text":"湿地有几处","gold":["p1","p2"],"answers":["九处","9处"]}

{"id":"b","question":"那林场呢","text":"不作数","turns":["湿地有几处"],"gold":["p3"],"answer":"四处"}
{"id":"c","text":"谁管火星","unanswerable":true,"gold":[]}
`))
	if err != nil {
		t.Fatal(err)
	}
	if len(items) != 3 {
		t.Fatalf("%d items, want 3", len(items))
	}
	a, b, c := items[0], items[1], items[2]
	if a.Ask() != "湿地有几处" || !slices.Equal(a.Gold, []string{"p1", "p2"}) || !slices.Equal(a.Golds(), []string{"九处", "9处"}) || !a.answerable() {
		t.Errorf("read %+v", a)
	}
	if b.Ask() != "那林场呢" || !slices.Equal(b.Turns, []string{"湿地有几处"}) || !slices.Equal(b.Golds(), []string{"四处"}) {
		t.Errorf("read %+v", b)
	}
	if c.answerable() || len(c.Golds()) > 0 {
		t.Errorf("read %+v as answerable", c)
	}
	if (Item{Gold: []string{"p"}, Unanswerable: true}).answerable() {
		t.Error("what is marked unanswerable is answerable by its gold")
	}
}

func TestReadNamesTheBadLine(t *testing.T) {
	const good = `{"id":"a","text":"湿地有几处"}` + "\n"
	for name, tt := range map[string]struct{ in, want string }{
		"no JSON":     {good + "\n湿地\n", "line 3: "},
		"wrong type":  {`{"id":"a","text":"x","gold":"p1"}`, "line 1: "},
		"no question": {good + `{"id":"b","gold":["p1"]}`, "line 2: no question in it"},
	} {
		items, err := Read(strings.NewReader(tt.in))
		if err == nil || !strings.HasPrefix(err.Error(), tt.want) || items != nil {
			t.Errorf("%s: %v items, error %v, want %q", name, len(items), err, tt.want)
		}
	}
	broken := errors.New("cable cut")
	if _, err := Read(failing{broken}); !errors.Is(err, broken) {
		t.Errorf("a failed read gives %v", err)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// outcome is one of an answerable question unless gold is empty.
func outcome(gold string, rank int, found bool, confidence float64, took time.Duration) Outcome {
	o := Outcome{Rank: rank, Took: took, Answer: retrieval.Answer{Found: found, Confidence: confidence}}
	if gold != "" {
		o.Item.Gold = strings.Fields(gold)
	}
	return o
}

func TestSummarize(t *testing.T) {
	outs := []Outcome{
		outcome("a", 1, true, 0.9, 5*time.Millisecond),
		outcome("b", 4, true, 0.6, 1*time.Millisecond),
		outcome("c d", 10, false, 0.6, 3500*time.Microsecond),
		outcome("e", 11, false, 0.2, 2*time.Millisecond), // beyond ten counts as missed
		outcome("f", 0, true, 0.4, 4*time.Millisecond),
		outcome("", 0, false, 0.6, 6*time.Millisecond),
		outcome("", 0, true, 0.3, 7*time.Millisecond),
	}
	// The first hit's answer is judged; where none is marked, the quote.
	outs[0].Item.Answers = []string{"８ 万吨", "九万吨"}
	outs[0].Answer.Hits = []retrieval.Hit{{Answer: "8万吨。", Quote: "日处理8万吨。"}}
	outs[1].Item.Answer = "35万吨"
	outs[1].Answer.Hits = []retrieval.Hit{{Quote: "约35万吨"}, {Answer: "35万吨"}}
	outs[2].Item.Answer = "江苏" // nothing in common
	outs[2].Answer.Hits = []retrieval.Hit{{Answer: "1998年"}}
	outs[3].Item.Answer = "四条" // no hit at all
	got := Summarize(outs)
	want := Report{
		Queries: 7, Answerable: 5,
		R1: 1. / 5, R5: 2. / 5, R10: 3. / 5,
		MRR:               (1 + 1./4 + 1./10) / 5,
		RefusedAnswerable: 2. / 5, RefusedUnanswerable: 1. / 2,
		// .9 beats both; .6 twice ties one and beats one; .4 beats one; .2 none.
		AUC:        (2 + 1.5 + 1.5 + 1 + 0) / 10,
		ExactMatch: 1. / 4,
		F1:         (1 + 2*0.8*1/(0.8+1)) / 4, // 4 of 5 characters right, all 4 found
		P50:        4, P99: 7,
	}
	compareReports(t, got, want)
}

func compareReports(t *testing.T, got, want Report) {
	t.Helper()
	if got.Queries != want.Queries || got.Answerable != want.Answerable {
		t.Errorf("%d queries, %d answerable, want %d, %d", got.Queries, got.Answerable, want.Queries, want.Answerable)
	}
	for name, pair := range map[string][2]float64{
		"R@1": {got.R1, want.R1}, "R@5": {got.R5, want.R5}, "R@10": {got.R10, want.R10}, "MRR": {got.MRR, want.MRR},
		"refused answerable": {got.RefusedAnswerable, want.RefusedAnswerable}, "refused unanswerable": {got.RefusedUnanswerable, want.RefusedUnanswerable},
		"AUC": {got.AUC, want.AUC}, "EM": {got.ExactMatch, want.ExactMatch}, "F1": {got.F1, want.F1},
		"p50": {got.P50, want.P50}, "p99": {got.P99, want.P99},
	} {
		if math.IsNaN(pair[0]) || math.Abs(pair[0]-pair[1]) > 1e-9 {
			t.Errorf("%s is %v, want %v", name, pair[0], pair[1])
		}
	}
}

func TestSummarizeOneKindAlone(t *testing.T) {
	compareReports(t, Summarize(nil), Report{})
	compareReports(t, Summarize([]Outcome{outcome("a", 1, true, 0.9, 0)}), Report{Queries: 1, Answerable: 1, R1: 1, R5: 1, R10: 1, MRR: 1})
	compareReports(t, Summarize([]Outcome{outcome("", 0, false, 0.9, 0)}), Report{Queries: 1, RefusedUnanswerable: 1})
}

func TestCharF1(t *testing.T) {
	for _, tt := range []struct {
		got, want string
		f1        float64
	}{
		{"长江", "长江", 1},
		{"长江口", "长江", 0.8}, // precision 2/3, recall 1
		{"江长", "长江", 1},    // order plays no part
		{"江江江", "长江", 0.4}, // a character counts as often as it is there
		{"", "长江", 0},
		{"黄河", "长江", 0},
	} {
		if f1 := CharF1(tt.got, tt.want); math.Abs(f1-tt.f1) > 1e-9 {
			t.Errorf("%q for %q has F1 %v, want %v", tt.got, tt.want, f1, tt.f1)
		}
	}
}

func TestPercentile(t *testing.T) {
	hundred := make([]float64, 101)
	for i := range hundred {
		hundred[100-i] = float64(i)
	}
	for p, want := range map[float64]float64{0.5: 50, 0.99: 99, 0: 0, 1: 100} {
		if got := percentile(hundred, p); got != want {
			t.Errorf("percentile %v of 0 to 100 is %v, want %v", p, got, want)
		}
	}
}

// canned answers a question with the passages listed for it.
type canned map[string][]string

var errBroken = errors.New("out of paper")

func (c canned) Ask(ctx context.Context, q retrieval.Question) (retrieval.Answer, error) {
	ids, ok := c[strings.Join(append(q.Turns, q.Text), "/")]
	if !ok {
		return retrieval.Answer{}, errBroken
	}
	a := retrieval.Answer{Question: q.Text, Found: len(ids) > 0}
	for _, id := range ids {
		a.Hits = append(a.Hits, retrieval.Hit{PassageID: id})
	}
	return a, ctx.Err()
}

func TestRun(t *testing.T) {
	asker := canned{"湿地有几处": {"p9", "p2", "p1"}, "湿地有几处/那林场呢": {"p3"}, "谁管火星": nil}
	items := []Item{
		{ID: "a", Text: "湿地有几处", Gold: []string{"p1", "p2"}},
		{ID: "b", Question: "那林场呢", Turns: []string{"湿地有几处"}, Gold: []string{"p3"}},
		{ID: "c", Text: "谁管火星"},
	}
	outs, err := Run(t.Context(), asker, items)
	if err != nil {
		t.Fatal(err)
	}
	var ranks []int
	for i, o := range outs {
		ranks = append(ranks, o.Rank)
		if o.Item.ID != items[i].ID || o.Answer.Question != items[i].Ask() || o.Took < 0 {
			t.Errorf("outcome %d is %+v", i, o)
		}
	}
	if !slices.Equal(ranks, []int{2, 1, 0}) {
		t.Errorf("ranks %v, want the first gold passage's: [2 1 0]", ranks)
	}
	_, err = Run(t.Context(), asker, append(items, Item{ID: "d", Text: "没有准备"}))
	if !errors.Is(err, errBroken) || !strings.Contains(err.Error(), "question d") {
		t.Errorf("a failure gives %v, want it to name question d", err)
	}
}
