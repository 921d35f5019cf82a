package rank

import (
	"math"
	"strings"
	"testing"
)

// TestOrdinals takes the third of several for no other one.
func TestOrdinals(t *testing.T) {
	r := newRanker(t, "第二批试点在春天开始,由三个县先行。第三批试点在秋天开始,由五个县先行。")
	for question, want := range map[string]string{
		"第三批试点什么时候开始": "第三批试点在秋天开始,由五个县先行。",
		"第2批试点什么时候开始": "第二批试点在春天开始,由三个县先行。",
	} {
		if _, quote, _ := first(askRanker(t, r, question)); quote != want {
			t.Errorf("%s: %q, want %q", question, quote, want)
		}
	}
	if e, err := r.Explain(t.Context(), "第四批试点什么时候开始", nil); err != nil || e.Passages[0].Features[passageColumn["absent_fact"]] != 1 {
		t.Errorf("that there is no fourth is not told: %v", err)
	}
}

// TestFractions counts a fraction as a share, however it is written.
func TestFractions(t *testing.T) {
	r := newRanker(t, "该县茶园占耕地的三分之一。")
	for _, question := range []string{"茶园占耕地的比重", "茶园占耕地百分之几"} {
		if _, _, answer := first(askRanker(t, r, question)); answer != "三分之一" {
			t.Errorf("%s: %q", question, answer)
		}
		if q := understand(t, r, question); !q.measure.MatchString("1/3") {
			t.Errorf("%s: a third is no share", question)
		}
	}
	if q := understand(t, r, "茶园有多少平方公里"); q.measure.MatchString("1/3") {
		t.Error("a third is taken for an area")
	}
}

// unitsOf are a feature's values over the units of the best passage.
func unitsOf(t *testing.T, r *Ranker, question, feature string) []float64 {
	t.Helper()
	e, err := r.Explain(t.Context(), question, nil)
	if err != nil || len(e.Passages) == 0 {
		t.Fatalf("%s: %v", question, err)
	}
	var out []float64
	for _, row := range e.Passages[0].Units {
		out = append(out, math.Round(100*row[unitColumn[feature]])/100)
	}
	return out
}

// TestEnumerated tells a place that is one of many from one that a sentence is about.
func TestEnumerated(t *testing.T) {
	r := newRanker(t, "河南省、湖北省、四川省新设渡口。湖北省的渡口运送木材。")
	for question, want := range map[string][]float64{
		"湖北 渡口":    {1, 0},
		"河南 渡口":    {1, 0},
		"四川 湖北 渡口": {1, 0},
		"新设渡口":     {0, 0},
	} {
		if got := unitsOf(t, r, question, "enumerated"); got[0] != want[0] || got[1] != want[1] {
			t.Errorf("%s: %v, want %v", question, got, want)
		}
	}
}

// TestCarried reads a sentence without a place or year of its own as of the one
// named last before it.
func TestCarried(t *testing.T) {
	r := newRanker(t, "北京在2015年修了渡口。渡口运送木材三万吨。上海在2016年也修了渡口。")
	for question, want := range map[string][]float64{
		"北京渡口运送木材多少吨": {0, 0, 1},
		"上海渡口运送木材多少吨": {1, 1, 0},
		"渡口运送木材多少吨":   {0, 0, 0},
	} {
		if got := unitsOf(t, r, question, "after_place"); got[0] != want[0] || got[1] != want[1] || got[2] != want[2] {
			t.Errorf("%s: %v, want %v", question, got, want)
		}
	}
	for question, want := range map[string][]float64{
		"2015年渡口运送木材多少吨": {0, 0, 1},
		"2016年渡口运送木材多少吨": {1, 1, 0},
	} {
		if got := unitsOf(t, r, question, "after_year"); got[0] != want[0] || got[1] != want[1] || got[2] != want[2] {
			t.Errorf("%s: %v, want %v", question, got, want)
		}
	}
}

// TestNicknamesOfPlaces takes 魔都 for the place that it is.
func TestNicknamesOfPlaces(t *testing.T) {
	r := newRanker(t, "上海市有茶馆30家。北京市有茶馆50家。")
	for question, want := range map[string][]float64{
		"魔都的茶馆": {0, 1},
		"帝都的茶馆": {1, 0},
	} {
		if got := unitsOf(t, r, question, "other_place"); len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
			t.Errorf("%s: other places %v, want %v", question, got, want)
		}
	}
}

// TestPlacesWithinNames takes 北京烤鸭 for of a place as well.
func TestPlacesWithinNames(t *testing.T) {
	r := newRanker(t, "天津的烤鸭每年卖出30万只。北京烤鸭每年卖出50万只。")
	if got := unitsOf(t, r, "北京烤鸭卖出多少", "other_place"); len(got) != 2 || got[0] != 1 || got[1] != 0 {
		t.Errorf("other places %v", got)
	}
}

// TestNoAnswerFromAnotherPlace asks of one place what is told of another alone.
func TestNoAnswerFromAnotherPlace(t *testing.T) {
	r := newRanker(t, "苏州茶区这些片区定位为高端绿茶基地，重点发展制茶、观光和研学。杭州茶区包括龙井、梅坞、云栖3个片区，各片区分工明确。")
	if _, quote, answer := first(askRanker(t, r, "苏州茶区包括哪几个片区")); strings.Contains(quote, "杭州") {
		t.Errorf("answered with %q in %q", answer, quote)
	}
	if _, _, answer := first(askRanker(t, r, "杭州茶区包括哪几个片区")); answer != "龙井、梅坞、云栖" {
		t.Errorf("of the other place the answer is %q", answer)
	}
}
