package words

import "testing"

func TestOfCode(t *testing.T) {
	for code, want := range map[string]Language{
		"": Unclear, "zh": Simplified, "zh-hans": Simplified, "zh-CN": Simplified, "zh-sg": Simplified, "zh_CN": Simplified,
		"zh-hant": Traditional, "zh-tw": Traditional, "zh-hk": Traditional, "zh-MO": Traditional, "zh-Hant-HK": Traditional, "zh-hant-raw": Traditional,
		"en": English, "en-GB": English, "de": English, "pt-br": English, "ja": English, "ru": English, "tlh": English, "x!": English, "😀": English,
	} {
		if got := OfCode(code); got != want {
			t.Errorf("OfCode(%q) = %d, want %d", code, got, want)
		}
	}
}

func TestOf(t *testing.T) {
	for text, want := range map[string]Language{
		"": Unclear, " ?!": Unclear, "27": Unclear, "[27]": Unclear, "😀": Unclear, "Сколько?": Unclear,
		"GDP": Unclear, "PM2.5": Unclear, "R&D 2015?": Unclear, "GDP PPP": Unclear, "a": Unclear,
		"上海自贸区扩区后面积有多大？": Simplified, "北京有多少人口": Simplified, "GDP多少": Simplified, "what is 自贸区": Simplified,
		"黄霑写了什么":         Simplified, // a name in the other script
		"上海自貿區擴區後面積有多大？": Traditional, "北京有多少兩院院士": Traditional, "註27": Traditional, "GDP 增長": Traditional,
		"How large is the free trade zone?": English, "population": English, "note 27": English, "HOW LARGE IS IT": English, "ｈｏｗ ｍａｎｙ": English, "combien d’été": English,
		"What does 《某规划》 say?": English, "what is “自贸区”": English, `what is "自贸区"`: English,
		"《上海市政务数据共享管理办法》說了什麼": Traditional, "「自貿區」是什么": Simplified,
		"《某规划》": Simplified, "《某規劃》": Traditional, "“What now”": English, "《未完": Simplified,
		"\xff\x00": Unclear,
	} {
		if got := Of(text, Unclear); got != want {
			t.Errorf("Of(%q) = %d, want %d", text, got, want)
		}
	}
}

// TestOfEither is about what both scripts write alike.
func TestOfEither(t *testing.T) {
	for before, want := range map[Language]Language{Unclear: Simplified, Simplified: Simplified, Traditional: Traditional, English: Simplified} {
		if got := Of("那北京呢", before); got != want {
			t.Errorf("after language %d it is %d, want %d", before, got, want)
		}
		if got := Of("那贵州呢", before); got != Simplified {
			t.Errorf("simplified text after language %d is %d", before, got)
		}
	}
}

func TestChoose(t *testing.T) {
	const own, borrowed = false, true
	for _, tt := range []struct {
		text       string
		borrowed   bool
		last, code Language
		want       Language
		said       bool
	}{
		{"", own, Unclear, Unclear, Simplified, false},
		{"27", own, Unclear, English, English, false},
		{"27", own, Traditional, English, Traditional, false},
		{"北京有多少人口", own, English, English, Simplified, true},
		{"北京有多少人口", own, Unclear, Traditional, Traditional, true},
		{"北京有多少人口", own, Simplified, Traditional, Simplified, true},
		{"How many?", own, Simplified, Traditional, English, true},
		{"北京有多少兩院院士", own, English, Simplified, Traditional, true},
		{"国函68号", borrowed, Unclear, English, Simplified, true},
		{"国函68号", borrowed, English, Unclear, English, false},
		{"国函68号", borrowed, Traditional, Unclear, Traditional, false},
		{"國函68號", borrowed, English, Unclear, Traditional, true},
		{"note 27", borrowed, Simplified, Unclear, English, true},
	} {
		got, said := Choose(tt.text, tt.borrowed, tt.last, tt.code)
		if got != tt.want || said != tt.said {
			t.Errorf("Choose(%q, %v, %d, %d) = %d, %v, want %d, %v", tt.text, tt.borrowed, tt.last, tt.code, got, said, tt.want, tt.said)
		}
	}
}
