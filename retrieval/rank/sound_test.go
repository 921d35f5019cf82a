package rank

import "testing"

func TestCorrect(t *testing.T) {
	r := newRanker(t)
	for _, tt := range []struct{ name, topic, want string }{
		{"sound-alike", "屋水处理厂", "污水处理厂"},
		{"one wrong character that rhymes", "图书宽", "图书馆"},
		{"one that does not", "图书宫", "图书宫"},
		{"an ordinal behind a name", "杭州第7轮", "杭州第7轮"}, // 杭州市
		{"whole words, though close to a term", "轨道交道", "轨道交道"},
		{"pinyin", "杭州 tushuguan 数量", "杭州 图书馆 数量"},
		{"pinyin by syllables", "苏州 bo wu guan 数量", "苏州 博物馆 数量"},
		{"the library's words", "污水处理厂", "污水处理厂"},
		{"real words that the library lacks", "航空母舰 发动机", "航空母舰 发动机"},
		{"a real word that sounds like the library's", "书目 森林 失地", "书目 森林 失地"}, // 湿地
		{"Latin words that are no pinyin", "苏州 wifi 数量", "苏州 wifi 数量"},
	} {
		got, err := r.correct(t.Context(), tt.topic)
		if err != nil {
			t.Fatal(err)
		}
		if got != tt.want {
			t.Errorf("%s: %q becomes %q, want %q", tt.name, tt.topic, got, tt.want)
		}
	}
}

func TestMendedQuestionFinds(t *testing.T) {
	r := newRanker(t)
	q := understand(t, r, "杭州的 tushuguan 有多少家")
	if q.Mended == "" {
		t.Errorf("not marked as mended: topic %q", q.Topic)
	}
	if id, _, answer := first(askRanker(t, r, "杭州的 tushuguan 有多少家")); id != "library-hangzhou" || answer != "46家" {
		t.Errorf("%s says %q", id, answer)
	}
	if q := understand(t, r, "杭州的图书馆有多少家"); q.Mended != "" {
		t.Errorf("a question without a mistake is mended to %q", q.Mended)
	}
}
