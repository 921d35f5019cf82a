package rank

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
)

func TestAnswerSpan(t *testing.T) {
	r := newRanker(t)
	for _, tt := range []struct{ name, question, quote, want string }{
		{"day", "轮渡哪天停航", "轮渡公司成立于1987年，2012年6月9日停航。", "2012年6月9日"},
		{"year near its verb", "博物馆哪年开放", "博物馆2003年开工，2006年开放。", "2006年"},
		{"not what was asked", "2006年什么时候开放", "2006年立项，2007年7月初开放。", "2007年7月初"},
		{"余", "轻轨全长多少公里", "轻轨设22座车站，全长28余公里。", "28余公里"},
		{"余亿", "轻轨总投资多少钱", "轻轨总投资120余亿元。", "120余亿元"},
		{"约", "轻轨有多长", "轻轨设22座车站，全长约28.6公里。", "约28.6公里"},
		{"左右", "绿茶占比多少", "绿茶产量11万吨，占70%左右。", "70%左右"},
		{"measure", "轻轨有多少座车站", "轻轨全长28公里，设22座车站。", "22座"},
		{"area", "湿地有多大", "湿地有鸟类63种，面积为11.5平方公里。", "11.5平方公里"},
		{"title with its number", "哪个文件要求建轻轨", "省厅发布《关于轻轨建设的通知》(浙交发〔2011〕27号)，要求建轻轨。", "《关于轻轨建设的通知》(浙交发〔2011〕27号)"},
		{"title", "哪个通知要求建轻轨", "《轻轨建设通知》要求建轻轨。", "《轻轨建设通知》"},
		{"body", "谁负责垃圾清运", "城市管理局负责垃圾清运。", "城市管理局"},
		{"body behind what it does", "谁负责垃圾清运", "垃圾清运由城市管理局负责。", "城市管理局"},
		{"sum with 余", "轻轨总投资多少钱", "轻轨全长28公里,总投资120余亿元。", "120余亿元"},
		{"what it became", "茶馆有多少家", "茶馆从原来的12家增加到30家。", "30家"},
		{"what it was", "茶馆原来有多少家", "茶馆从原来的12家增加到30家。", "12家"},
		{"place", "博物馆在哪座城市", "博物馆位于苏州市，2006年开放。", "苏州市"},
		{"the second value", "苏州增长多少", "杭州、苏州分别增长3.1%、5.8%。", "5.8%"},
		{"the first value", "杭州增长多少", "杭州、苏州分别增长3.1%、5.8%。", "3.1%"},
		{"members", "中心城市有哪些", "中心城市包括杭州、苏州、宁波和温州。", "杭州、苏州、宁波和温州"},
		{"number joined to a word", "轻轨有多长", "轻轨全长约28.6公里。", "约28.6公里"},
		{"number of the question", "22座车站有多少人", "轻轨设22座车站。", ""},
		{"another measure", "轻轨总投资多少钱", "轻轨全长28公里。", ""},
		{"which note", "轻轨建设的通知是哪条注", "轻轨建设由省厅负责。", ""},
		{"no such thing", "谁负责垃圾清运", "垃圾清运一直有人做。", ""},
		{"no span asked for", "为什么停航", "因大雾2012年6月9日停航。", ""},
	} {
		got := r.answerSpan(understand(t, r, tt.question), tt.quote)
		if got != tt.want {
			t.Errorf("%s: %q of %q, want %q", tt.name, got, tt.quote, tt.want)
		}
		if !strings.Contains(tt.quote, got) {
			t.Errorf("%s: %q is not printed", tt.name, got)
		}
	}
}

// quoted is the quote for a question from the one passage given.
func quoted(t *testing.T, question, passage string) string {
	t.Helper()
	_, quote, _ := first(askRanker(t, newRanker(t, passage, "茶园在山上。"), question))
	return quote
}

func TestQuoteSpan(t *testing.T) {
	const plant = "杭州市建成第一座污水处理厂。该厂日处理能力为35万吨。职工食堂供应面条。"
	if got, want := quoted(t, "日处理能力是多少万吨", plant), "杭州市建成第一座污水处理厂。该厂日处理能力为35万吨。"; got != want {
		t.Errorf("a dependent sentence is quoted as %q, want %q", got, want)
	}
	if got, want := quoted(t, "食堂供应几种面条", plant), "职工食堂供应面条。"; got != want {
		t.Errorf("a sentence of its own is quoted as %q, want %q", got, want)
	}
	const steps = "本市的垃圾分类工作在全省统一部署之下，从去年秋天起开始，一共分为三个步骤逐年向前推进。第一步，在学校试行。第二步，推广到小区。"
	for _, question := range []string{"介绍一下垃圾分类的步骤", "explain the garbage sorting steps"} {
		if got := quoted(t, question, steps); got != steps {
			t.Errorf("%s: an account is quoted as %q", question, got)
		}
	}
	if got, want := quoted(t, "推广到小区是第几步", steps), "第二步，推广到小区。"; got != want {
		t.Errorf("a fact is quoted as %q, want %q", got, want)
	}
	const rule = "海绵城市的要求如下：雨水入渗，净化排放。其他从略。"
	if got := quoted(t, "海绵城市的要求是什么", rule); !strings.Contains(got, "净化排放") {
		t.Errorf("a lead-in is quoted alone: %q", got)
	}
}

func TestSpanModel(t *testing.T) {
	w := make([]float64, SpanWeights)
	w[3], w[5] = 2, -1
	data, err := json.Marshal(PackSpanModel(w))
	if err != nil {
		t.Fatal(err)
	}
	m, err := readSpanModel(data)
	if err != nil {
		t.Fatal(err)
	}
	if got := float64(m.sum([]uint32{3, 5})) * m.Scale; math.Abs(got-1) > 0.02 {
		t.Errorf("weights 2 and -1 sum to %v", got)
	}
	for _, bad := range []string{"", `{"scale":1,"weights":"AAA="}`} {
		if _, err := readSpanModel([]byte(bad)); err == nil {
			t.Errorf("%q is read", bad)
		}
	}
}

func BenchmarkAnswerSpan(b *testing.B) {
	r := newRanker(b)
	q, err := r.Understand(b.Context(), "轻轨总投资多少钱")
	if err != nil {
		b.Fatal(err)
	}
	const quote = "宁波市轨道交通一号线全长约28.6公里，设有22座车站，总投资120余亿元，2012年6月9日由省厅批准开工，按规划三年内建成并在高新区与机场之间通车。"
	for b.Loop() {
		r.answerSpan(q, quote)
	}
}
