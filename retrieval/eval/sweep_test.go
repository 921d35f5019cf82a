package eval

import (
	"cmp"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"chuchu/retrieval"
)

// shown is an outcome that has hits to show.
func shown(gold string, rank int, confidence float64) Outcome {
	o := outcome(gold, rank, true, confidence, 0)
	o.Answer.Hits = []retrieval.Hit{{}}
	return o
}

// swept are eight questions, five of them answerable.
func swept() []Outcome {
	noHit := outcome("", 0, false, 0, 0)
	lookUp := shown("a", 1, 1)
	lookUp.Answer.Kind = retrieval.KindCitation
	loose := shown("b", 2, 0.2) // a pasted sentence that is told apart, whatever its share
	loose.Answer.Kind = retrieval.KindQuotation
	marked := shown("c", 1, 0.5)
	marked.Item.Unanswerable = true // its gold plays no part
	return []Outcome{
		shown("d", 1, 0.9), shown("e f", 1, 0.5), shown("g", 3, 0.7),
		marked, shown("", 0, 0.8), noHit, lookUp, loose,
	}
}

func TestPointAt(t *testing.T) {
	for _, tt := range []struct{ threshold, coverage, precision, refused, refusedUnanswerable float64 }{
		{0, 7. / 8, 3. / 7, 0, 1. / 3},   // nothing to show is no answer
		{0.5, 7. / 8, 3. / 7, 0, 1. / 3}, // a confidence at the threshold answers
		{0.6, 5. / 8, 2. / 5, 1. / 5, 2. / 3},
		{0.75, 4. / 8, 2. / 4, 2. / 5, 2. / 3},
		{0.85, 3. / 8, 2. / 3, 2. / 5, 1},
		{1, 2. / 8, 1. / 2, 3. / 5, 1}, // what no threshold governs stands
	} {
		p := pointAt(swept(), tt.threshold)
		for name, pair := range map[string][2]float64{
			"threshold": {p.Threshold, tt.threshold}, "coverage": {p.Coverage, tt.coverage}, "precision": {value(p.Precision), tt.precision},
			"refused answerable": {value(p.RefusedAnswerable), tt.refused}, "refused unanswerable": {value(p.RefusedUnanswerable), tt.refusedUnanswerable},
		} {
			if !(math.Abs(pair[0]-pair[1]) < 1e-9) {
				t.Errorf("at %v the %s is %v, want %v", tt.threshold, name, pair[0], pair[1])
			}
		}
	}
}

// value is no number where there is none.
func value(share *float64) float64 {
	if share == nil {
		return math.NaN()
	}
	return *share
}

func TestPointOfNothing(t *testing.T) {
	if p := pointAt(nil, 0.5); p.Coverage != 0 || p.Precision != nil || p.RefusedAnswerable != nil || p.RefusedUnanswerable != nil {
		t.Errorf("no question gives %+v", p)
	}
	if p := pointAt([]Outcome{shown("a", 1, 0.3)}, 0.5); p.Precision != nil || value(p.RefusedAnswerable) != 1 || p.RefusedUnanswerable != nil {
		t.Errorf("no answer gives %+v", p)
	}
}

func TestSweep(t *testing.T) {
	for _, shipped := range []float64{0, 0.28, 0.3, 0.7183, 1} {
		points := Sweep(swept(), shipped)
		if n := len(points); n < 15 || n > 20 {
			t.Errorf("%d points, want 15 to 20", n)
		}
		if points[0].Threshold != 0 || points[len(points)-1].Threshold != 1 {
			t.Errorf("the threshold goes from %v to %v", points[0].Threshold, points[len(points)-1].Threshold)
		}
		for i, p := range points[1:] {
			if before := points[i]; p.Threshold <= before.Threshold || p.Coverage > before.Coverage {
				t.Errorf("at %v %v is answered, at %v %v", before.Threshold, before.Coverage, p.Threshold, p.Coverage)
			}
		}
		for _, p := range points {
			if p.Shipped != (p.Threshold == shipped) {
				t.Errorf("shipped is %v, and %v is marked %v", shipped, p.Threshold, p.Shipped)
			}
		}
		if !slices.ContainsFunc(points, func(p Point) bool { return p.Shipped }) {
			t.Errorf("no point is at the shipped %v", shipped)
		}
	}
	if !slices.IsSortedFunc(roundThresholds, cmp.Compare) {
		t.Error("the round thresholds are out of order")
	}
}

// TestSweepRepeatsTheRefusals holds the sweep, at the shipped threshold, to what
// a library answers and refuses.
func TestSweepRepeatsTheRefusals(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "city.jsonl")
	err := os.WriteFile(file, []byte(`{"id":"park","text":"全市共有公园301座,见《公园名录》。"}
{"id":"metro","text":"全市共有地铁站88座。"}
{"id":"bridge","text":"跨江大桥于1998年5月1日通车。"}
`), 0o644)
	if err != nil {
		t.Fatal(err)
	}
	lib, err := retrieval.Open(t.Context(), retrieval.Options{Path: file, Cache: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer lib.Close()
	lib.Model().Threshold = 0.5 // so that a library this small refuses with something to show
	outs, err := Run(t.Context(), lib, []Item{
		{ID: "asked", Text: "全市共有多少座公园？", Gold: []string{"park"}},
		{ID: "refused", Text: "码头的吊车有几吨？", Gold: []string{"bridge"}},
		{ID: "title", Text: "《公园名录》", Gold: []string{"park"}},
		{ID: "no such title", Text: "《桥梁名录》", Unanswerable: true},
		{ID: "pasted", Text: "跨江大桥于1998年5月1日建成通车。", Gold: []string{"bridge"}},
		{ID: "elsewhere", Text: "火星上谁养猫？", Unanswerable: true},
		{ID: "near", Text: "全市共有多少座博物馆？", Unanswerable: true},
		{ID: "nothing", Text: "？", Unanswerable: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	threshold := lib.Model().Threshold
	kinds := map[retrieval.Kind]bool{}
	near := 0 // refused, with something to show
	for _, o := range outs {
		kinds[o.Answer.Kind] = true
		if !o.Answer.Found && len(o.Answer.Hits) > 0 {
			near++
		}
		if got := answersAt(o.Answer, threshold); got != o.Answer.Found {
			t.Errorf("%s: answered by the sweep %v, by the library %v", o.Item.ID, got, o.Answer.Found)
		}
	}
	if len(kinds) != 3 || near == 0 {
		t.Errorf("the questions are of %d kinds, want all three; %d are refused with hits", len(kinds), near)
	}
	want := Summarize(outs)
	points := Sweep(outs, threshold)
	got := points[slices.IndexFunc(points, func(p Point) bool { return p.Shipped })]
	if value(got.RefusedAnswerable) != want.RefusedAnswerable || value(got.RefusedUnanswerable) != want.RefusedUnanswerable {
		t.Errorf("the sweep refuses %v and %v, the library %v and %v", value(got.RefusedAnswerable), value(got.RefusedUnanswerable), want.RefusedAnswerable, want.RefusedUnanswerable)
	}
}
