package rank

import "testing"

// TestQuoteRuns quotes the run of clauses or sentences that answers.
func TestQuoteRuns(t *testing.T) {
	for _, tt := range []struct{ name, text, question, want string }{
		{
			"clauses that open alike", "茶园向游客开放后，村里很热闹。发展茶旅融合，有利于提高茶农收入；有利于保护古茶树；有利于传承制茶手艺。茶园门票为30元。",
			"为什么要发展茶旅融合", "发展茶旅融合，有利于提高茶农收入；有利于保护古茶树；有利于传承制茶手艺。",
		},
		{
			"numbered clauses", "茶园门票为30元。垃圾分类有以下步骤，一是在学校试行；二是推广到小区；三是覆盖乡镇。茶园很大。",
			"垃圾分类有哪些步骤", "垃圾分类有以下步骤，一是在学校试行；二是推广到小区；三是覆盖乡镇。",
		},
		{
			"one clause where one is asked for", "杭州市种茶30亩，山坡上的荒地都开成了梯田；宁波市上半年改种茶叶45亩，河边平地仍种水稻；温州市种茶60亩，另有荒山12亩计划在明年春天种上油茶树苗。",
			"宁波市种了多少亩茶叶", "宁波市上半年改种茶叶45亩，河边平地仍种水稻；",
		},
		{
			"the sentence that names the set", "2012年县里在清溪镇、清河镇、清泉镇设立茶叶市场。新设的第二批共3个茶叶市场中，清溪镇市场主营绿茶。那里门票为30元。",
			"第二批茶叶市场主营什么", "2012年县里在清溪镇、清河镇、清泉镇设立茶叶市场。新设的第二批共3个茶叶市场中，清溪镇市场主营绿茶。",
		},
		{
			"the whole of what is done", "一是整治河道。河道两岸种树，清走淤泥。沿河建步道，方便居民散步。二是修路。",
			"整治河道都要做哪些事", "一是整治河道。河道两岸种树，清走淤泥。沿河建步道，方便居民散步。二是修路。",
		},
	} {
		r := newRanker(t, tt.text, "湿地面积为11平方公里。")
		if _, got, _ := first(askRanker(t, r, tt.question)); got != tt.want {
			t.Errorf("%s: %s is quoted, want %s", tt.name, got, tt.want)
		}
	}
}

// TestDatesCountNothing finds the number of a thing, not the year beside it.
func TestDatesCountNothing(t *testing.T) {
	r := newRanker(t, "茶场2015年扩招采茶女工。工资不低。全场女工达230。")
	q := understand(t, r, "茶场采茶女工有多少")
	if d := r.doc(0); !q.answers(d.Fold.Text, d.answersIn(quantities, 2)[0]) {
		t.Error("a bare number is no quantity")
	} else if q.answers(d.Fold.Text, d.answersIn(quantities, 0)[0]) {
		t.Error("a year counts women")
	}
}
