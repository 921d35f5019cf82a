package rank

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestReadPinyin(t *testing.T) {
	for question, want := range map[string]string{
		"shidi mianji shi duoshao": "shidi mianji 是 多少",
		"nage gongsi":              "哪个 gongsi",
		"de facto standards":       "de facto standards",
		"湿地 mianji":                "湿地 mianji",
	} {
		if got := readPinyin(question); got != want {
			t.Errorf("%q is read as %q, want %q", question, got, want)
		}
	}
}

func TestReadAsked(t *testing.T) {
	r := newRanker(t)
	for _, tt := range []struct {
		question string
		kind     Asked
		topic    string // words that must stay, a blank for those that ask
	}{
		{"第一座污水厂哪年建成", AskDate, "第一座污水厂 建成"},
		{"轮渡什么时候停航", AskDate, "轮渡 停航"},
		{"轻轨几月几号开工", AskDate, "轻轨 开工"},
		{"茶园何时开放", AskDate, "茶园 开放"},
		{"湿地面积有多大", AskQuantity, "湿地面积"},
		{"图书馆有多少家", AskQuantity, "图书馆"},
		{"茶叶占比百分之几", AskQuantity, "茶叶"},
		{"轻轨设几个站", AskQuantity, "轻轨设 站"},
		{"谁负责垃圾清运", AskWho, "负责垃圾清运"},
		{"垃圾清运归哪个部门管", AskWho, "垃圾清运 管"},
		{"哪家公司运营轮渡", AskWho, "运营轮渡"},
		{"哪个文件要求建轻轨", AskTitle, "要求建轻轨"},
		{"陶瓷基地在哪里", AskPlace, "陶瓷基地"},
		{"哪座城市茶叶最多", AskPlace, "茶叶最多"},
		{"哪片园区做陶瓷", AskPlace, "做陶瓷"},
		{"垃圾分类有哪些优点", AskList, "垃圾分类 优点"},
		{"垃圾分类有哪些步骤", AskList, "垃圾分类 步骤"},
		{"垃圾分哪几类", AskList, "垃圾"},
		{"垃圾分几类", AskQuantity, "垃圾分"},
		{"两条线路分别通往什么", AskList, "两条线路 通往"},
		{"为什么轮渡停航", AskWhy, "轮渡停航"},
		{"雨水怎么利用", AskHow, "雨水 利用"},
		{"介绍一下海绵城市", AskHow, "海绵城市"},
		{"讲讲海绵城市", AskHow, "海绵城市"},
		{"海绵城市是什么意思", AskWhat, "海绵城市"},
		{"茶园有没有开放", AskWhether, "茶园 开放"},
		{"茶园已开放吗", AskWhether, "茶园已开放"},
		{"古镇有多少人口", AskQuantity, "古镇 人口"},
		{"茶厂雇了多少人", AskQuantity, "茶厂雇了"},
		{"工会拥有多少名额", AskQuantity, "工会拥有 名额"},
		{"博物馆投了多少亿元", AskQuantity, "博物馆投了"},
		{"哪个文化中心在装修", AskAny, "哪个文化中心在装修"},
		{"哪个市场卖茶", AskAny, "哪个市场卖茶"},
		{"轻轨检查归哪个部门", AskWho, "轻轨检查"},
		{"湿地资金来源有哪些", AskList, "湿地资金来源"},
		{"各地的茶园有多大", AskQuantity, "各地的茶园"},
		{"哈尔滨的网吧有几家呀", AskQuantity, "哈尔滨的网吧"},
		{"茶园有几座，不是菜园", AskQuantity, "茶园"},
		{"绿茶占几分之几，别给我红茶的", AskQuantity, "绿茶"},
		{"湿地几乎没有鱼吗", AskWhether, "湿地几乎没有鱼"},
		{"茶园有许多成就吗", AskWhether, "茶园有许多成就"},
		{"湿地开放了，不要求预约吗", AskWhether, "湿地开放了，不要求预约"},
		{"湿地是不是禁渔", AskWhether, "湿地 禁渔"},
		{"湿地最热的话题", AskAny, "湿地最热的话题"},
		{"茶园 绿茶", AskAny, "茶园 绿茶"},
		{"湿地面积", AskQuantity, "湿地面积"},
		{"轻轨 开工时间", AskDate, "轻轨 开工时间"},
		{"面积最大的湿地", AskAny, "面积最大的湿地"},
		{"when was the ferry suspended", AskDate, "ferry suspended"},
		{"how many libraries are there", AskQuantity, "libraries"},
		{"what percentage of tea is green", AskQuantity, "tea green"},
		{"who collects garbage", AskWho, "collects garbage"},
		{"which ministry approved the kiln", AskWho, "approved kiln"},
		{"which document covers light rail", AskTitle, "covers light rail"},
		{"where is the wetland", AskPlace, "wetland"},
		{"why did the ferry stop", AskWhy, "ferry stop"},
		{"how does sorting work", AskHow, "sorting work"},
		{"list the museums", AskList, "museums"},
		{"what is a sponge town", AskWhat, "sponge town"},
		{"is the museum open", AskWhether, "museum open"},
	} {
		kind, topic := r.readAsked(foldText(tt.question))
		if kind != tt.kind {
			t.Errorf("%s asks for kind %d, want %d", tt.question, kind, tt.kind)
		}
		if got := strings.Join(strings.Fields(topic), " "); got != foldText(tt.topic) {
			t.Errorf("%s: the topic is %q, want %q", tt.question, got, foldText(tt.topic))
		}
	}
}

func TestSmallTalkIsNoTopic(t *testing.T) {
	r := newRanker(t)
	for _, question := range []string{"请问绿茶产量的话", "帮我查一下绿茶产量呗", "麻烦告诉我绿茶产量哦，谢谢"} {
		_, topic := r.readAsked(foldText(question))
		if !strings.Contains(topic, "绿茶产量") || strings.ContainsAny(topic, "请问帮查麻烦谢") {
			t.Errorf("%s: the topic is %q", question, topic)
		}
	}
}

func TestTranslate(t *testing.T) {
	r := newRanker(t)
	q := understand(t, r, "How large is the wetland and its forest coverage?")
	if !q.English || !strings.Contains(q.Topic, "湿地") || !strings.Contains(q.Topic, "森林覆盖率") {
		t.Errorf("read as %q, English %v", q.Topic, q.English)
	}
	if id, _, _ := first(askRanker(t, r, "How large is the wetland and its forest coverage?")); id != "wetland" {
		t.Errorf("found %s", id)
	}
	// Of several Chinese words, the one that the library prints.
	if q := understand(t, r, "how long is the metro"); !strings.Contains(q.Topic, "轨道交通") {
		t.Errorf("metro is read as %q, want the library's word", q.Topic)
	}
	// What is no word of the lists stays; what names nothing does not.
	q = understand(t, r, "did Xyzzyq according to the report have 35 museums")
	if got := strings.Fields(q.Topic); !slices.Contains(got, "xyzzyq") || !slices.Contains(got, "35") || slices.Contains(got, "according") {
		t.Errorf("read as %q", q.Topic)
	}
	if q := understand(t, r, "湿地 wetland 面积"); q.English {
		t.Error("a question with Han characters is English")
	}
}

func TestSubstitutes(t *testing.T) {
	r := newRanker(t)
	if id, _, _ := first(askRanker(t, r, "工信部批准的基地")); id != "miit" {
		t.Errorf("the short name finds %s", id)
	}
	if id, quote, _ := first(askRanker(t, r, "地铁一号线有多长")); id != "metro" {
		t.Errorf("the everyday word finds %s: %s", id, quote)
	}
	// One that shares no character with the word asked, among passages as good without it.
	junk := newRanker(t, "当地的茶叶统一收集。", "当地的杂志统一收集。", "当地的固体废物统一收集。", "当地的硬币统一收集。")
	if _, quote, _ := first(askRanker(t, junk, "破烂统一收集")); quote != "当地的固体废物统一收集。" {
		t.Errorf("a substitute of other characters: first is %q", quote)
	}
	// The same sentence with the word asked for must come before that with its
	// substitute, wherever it stands.
	for _, texts := range [][]string{
		{"当地轻轨全长九公里。", "当地轨道交通全长九公里。", "茶园在山上。"},
		{"当地轨道交通全长九公里。", "当地轻轨全长九公里。", "茶园在山上。"},
	} {
		res := askRanker(t, newRanker(t, texts...), "轻轨全长")
		if _, quote, _ := first(res); quote != "当地轻轨全长九公里。" {
			t.Errorf("first is %q", quote)
		}
		if len(res.Hits) < 2 || res.Hits[0].Score <= res.Hits[1].Score {
			t.Errorf("the exact match does not outrank the substitute: %d hits", len(res.Hits))
		}
	}
	for _, form := range r.words.forms("地铁") {
		if form.Factor >= 1 || form.Text == "地铁" {
			t.Errorf("%+v counts as the word itself", form)
		}
	}
}

func TestRefusalNamesWhatIsMissing(t *testing.T) {
	r := newRanker(t)
	res := askRanker(t, r, "核潜艇有多少艘")
	if res.Found || !slices.Contains(res.Missing, "核潜艇") {
		t.Errorf("found %v, missing %q", res.Found, res.Missing)
	}
	res = askRanker(t, r, "宁波有几座动物园") // 宁波 has other things by number
	if res.Found || !slices.Contains(res.Missing, "动物园") {
		t.Errorf("found %v, missing %q", res.Found, res.Missing)
	}
	res = askRanker(t, r, "除了核潜艇还有多少艘") // words that only join others are none to miss
	if res.Found || slices.Contains(res.Missing, "除了") || !slices.Contains(res.Missing, "核潜艇") {
		t.Errorf("found %v, missing %q", res.Found, res.Missing)
	}
	res = askRanker(t, r, "苏州有多少家公共图书馆")
	if id, _, answer := first(res); !res.Found || len(res.Missing) > 0 || id != "library-suzhou" || answer != "31家" {
		t.Errorf("found %v, missing %q, %s says %q", res.Found, res.Missing, id, answer)
	}
	if res.Confidence < r.Model().Threshold || res.Confidence > 1 {
		t.Errorf("confidence %v", res.Confidence)
	}
}

func TestAskSearchesOnlyWhatItMay(t *testing.T) {
	r := newRanker(t)
	res, err := r.Ask(t.Context(), "公共图书馆有多少家", func(ord int) bool { return library[ord].id == "library-hangzhou" }, 10)
	if err != nil || len(res.Hits) != 1 {
		t.Fatalf("%d hits, %v", len(res.Hits), err)
	}
	if id, _, _ := first(res); id != "library-hangzhou" {
		t.Errorf("found %s", id)
	}
	var many []string
	for i := range 40 {
		many = append(many, fmt.Sprintf("第%d家公共图书馆。", i))
	}
	if res, err := newRanker(t, many...).Ask(t.Context(), "公共图书馆", nil, 30); err != nil || len(res.Hits) != 30 {
		t.Errorf("top 30 gives %d hits, %v", len(res.Hits), err)
	}
	if res, err = r.Ask(t.Context(), "公共图书馆有多少家", nil, 1); err != nil || len(res.Hits) != 1 {
		t.Errorf("top 1 gives %d hits, %v", len(res.Hits), err)
	}
}
