package rank

import (
	"strings"
	"testing"
)

func TestReadInTurn(t *testing.T) {
	r := newRanker(t)
	for _, tt := range []struct {
		name, before, text, want string
	}{
		{"place for place", "杭州有多少家图书馆", "那苏州呢", "苏州有多少家图书馆"},
		{"year for year", "2014年博物馆接待多少观众", "那2015呢？", "2015年博物馆接待多少观众"},
		{"year for year, with its word", "2014年博物馆接待多少观众", "2015年呢", "2015年博物馆接待多少观众"},
		{"noun for noun", "苏州有多少家图书馆", "博物馆呢", "苏州有多少家博物馆"},
		{"stands alone", "杭州有多少家图书馆", "茶叶产量是多少", "茶叶产量是多少"},
		{"names what the library does not hold", "杭州有多少家图书馆", "谁写了红楼梦？", "谁写了红楼梦？"},
		{"the same once more", "谁写了红楼梦？", "谁写了红楼梦？", "谁写了红楼梦？"},
		{"first turn", "", "那苏州呢", "那苏州呢"},
		{"word for a word of its kind", "宁波市公共汽车有多少辆", "地铁呢", "宁波市地铁有多少辆"},
		{"ordinal for ordinal", "垃圾分类第一步是什么", "第三步呢", "垃圾分类第3步是什么"},
		{"chapter for chapter", "第三章讲什么", "第四章呢", "第4章讲什么"},
		{"several words for a run of nouns", "轨道交通建设规划是哪天印发的", "污水处理规划那份呢", "污水处理规划是哪天印发的"},
		{"the next note", "注19标的是哪句", "下一个注呢", "注20"},
		{"the note before", "[5]在哪里", "上一个呢？", "注4"},
		{"no note before the first", "注1在哪里", "前一个呢", "注1 前一个"},
		{"what is asked, of the same", "宁波轨道交通成立于哪一年", "那人口呢", "宁波 轨道交通 人口"},
		{"a measure of the place, not of what was counted there", "杭州有多少家图书馆", "人口多少", "杭州 人口多少"},
		{"a measure for a measure", "宁波人口有多少", "面积呢", "宁波面积有多少"},
		{"the same asked again", "图书馆有多少家", "图书馆有多少家", "图书馆有多少家"},
		{"a name that no report has", "杭州有多少家图书馆", "呼和浩特始建于哪年", "呼和浩特始建于哪年"},
		{"behind a look-up", "注27", "博物馆是什么", "博物馆是什么"},
		{"moment for moment", "宁波公交成立时有多少辆车", "现在呢", "宁波公交现在有多少辆车"},
		{"a run of words for one that ends alike", "宁波2014年新建图书馆多少家", "那社区图书馆呢", "宁波2014年社区图书馆多少家"},
		{"a moment with a name is none", "轨道交通建设规划是哪天印发的", "后来那份污水处理的规划呢", "后来那份污水处理的规划是哪天印发的"},
		{"a moment", "宁波公交有多少辆车", "那现在呢", "现在宁波公交有多少辆车"},
		{"source", "杭州有多少家图书馆", "出处呢？", "杭州有多少家图书馆"},
		{"source, in English", "杭州有多少家图书馆", "source?", "杭州有多少家图书馆"},
	} {
		var turns []string
		if tt.before != "" {
			turns = []string{tt.before}
		}
		got, err := r.ReadInTurn(t.Context(), tt.text, turns)
		if err != nil {
			t.Fatal(err)
		}
		if got.Text != tt.want || got.More {
			t.Errorf("%s: %q after %q is read as %q, more %v; want %q", tt.name, tt.text, tt.before, got.Text, got.More, tt.want)
		}
	}
}

func TestReadInTurnPronoun(t *testing.T) {
	r := newRanker(t)
	got, err := r.ReadInTurn(t.Context(), "它的投资是多少", []string{"宁波轨道交通一号线有多长"})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(got.Text, "1号线") || !strings.Contains(got.Text, "投资") || strings.Contains(got.Text, "它") {
		t.Errorf("read as %q", got.Text)
	}
}

func TestReadInTurnMore(t *testing.T) {
	r := newRanker(t)
	for _, text := range []string{"还有呢", "还有吗？", "别的呢", "what else?", "继续"} {
		got, err := r.ReadInTurn(t.Context(), text, []string{"杭州有多少家图书馆"})
		if err != nil {
			t.Fatal(err)
		}
		if !got.More || got.Text != "杭州有多少家图书馆" {
			t.Errorf("%q is read as %+v", text, got)
		}
	}
}

// TestReadInTurnThroughSeveral carries a topic over turns that lack it themselves.
func TestReadInTurnThroughSeveral(t *testing.T) {
	r := newRanker(t)
	turns := []string{"杭州有多少家图书馆", "那苏州呢", "出处呢"}
	got, err := r.ReadInTurn(t.Context(), "博物馆呢", turns)
	if err != nil {
		t.Fatal(err)
	}
	if got.Text != "苏州有多少家博物馆" {
		t.Errorf("read as %q", got.Text)
	}
	if id, _, answer := first(askRanker(t, r, got.Text)); id != "museum" || answer != "19家" {
		t.Errorf("%s says %q", id, answer)
	}
}
