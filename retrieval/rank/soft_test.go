package rank

import "testing"

// TestLikeWordsFind asks in words that share no character with the answer and
// stand in no list.
func TestLikeWordsFind(t *testing.T) {
	r := newRanker(t, "货船在码头卸下煤炭。工厂烟囱排放废气。", "画家临摹壁画。", "农民收割小麦。", "医生治疗肺炎。")
	for question, want := range map[string]string{
		"庄稼 丰收": "农民收割小麦。",
		"港口 轮船": "货船在码头卸下煤炭。",
		"看病":    "医生治疗肺炎。",
	} {
		if _, quote, _ := first(askRanker(t, r, question)); quote != want {
			t.Errorf("%s: %q, want %q", question, quote, want)
		}
	}
}

// TestLikeWordDecides has passages that the printed characters cannot tell apart.
func TestLikeWordDecides(t *testing.T) {
	r := newRanker(t, "港口的吊车装卸鱼虾。", "港口的吊车运送乐器。", "港口的吊车吊起木材。")
	for question, want := range map[string]string{
		"港口的吊车 海鲜": "港口的吊车装卸鱼虾。",
		"港口的吊车 钢琴": "港口的吊车运送乐器。",
		"港口的吊车 树木": "港口的吊车吊起木材。",
	} {
		if _, quote, _ := first(askRanker(t, r, question)); quote != want {
			t.Errorf("%s: %q, want %q", question, quote, want)
		}
	}
}

// TestLikeWordHoldsLess holds by use alone less than what is printed holds.
func TestLikeWordHoldsLess(t *testing.T) {
	r := newRanker(t)
	q := understand(t, r, "图书馆")
	id, ok := r.words.vectors.Word("图书馆")
	if !ok {
		t.Fatal("图书馆 has no vector")
	}
	if f := q.like.of(id)[0]; f >= 1 || f < 0.5 {
		t.Errorf("the word itself holds %.2f of itself by its use", f)
	}
}

func TestExactMatchBeatsLikeWord(t *testing.T) {
	r := newRanker(t, "渔民在海边晒网。", "渔夫在海边晒网。", "农民在田里插秧。")
	for _, word := range []string{"渔民", "渔夫"} {
		if _, quote, _ := first(askRanker(t, r, word+"在哪里晒网")); quote != word+"在海边晒网。" {
			t.Errorf("%s: %q", word, quote)
		}
	}
}

func TestFocus(t *testing.T) {
	r := newRanker(t)
	for question, want := range map[string]string{
		"西溪湿地面积有多大":  "面积",
		"杭州有多少家图书馆":  "图书馆",
		"轻轨公司的董事长是谁": "董事长",
	} {
		q := understand(t, r, question)
		if q.focus < 0 || q.Concepts[q.focus].Text != want {
			t.Errorf("%s: the focus is %d of %v, want %s", question, q.focus, q.Concepts, want)
		}
	}
	if q := understand(t, r, "湿地 森林"); q.focus >= 0 {
		t.Errorf("without an asking word the focus is %s", q.Concepts[q.focus].Text)
	}
}
