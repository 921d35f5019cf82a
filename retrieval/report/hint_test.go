package report

import (
	"math/rand/v2"
	"testing"
)

// TestHints holds that no form of marker is passed over that a text has.
func TestHints(t *testing.T) {
	pieces := []string{"河道", "注", "注释", "[", "]", "［", "］", "〔", "〕", "(", ")", "（", "）", "【", "】", "$", "^", "[^", "{", "}", "7", "12", "456", "３", "三", "十", "²", "⁵", "*", "＊", "†", "‡", "①", "㊿", "➀", "⒈", "⑴", " ", "\n", "\u00a0", "。", "；", "”", "》", "％", ",", "、", "-", "a", "\xff"}
	rng := rand.New(rand.NewPCG(5, 6))
	found := map[form]int{}
	for range 150_000 {
		text := ""
		for range 1 + rng.IntN(8) {
			text += pieces[rng.IntN(len(pieces))]
		}
		h := hintsIn(text)
		for _, mf := range markerForms {
			if mf.re.MatchString(text) {
				if found[mf.form]++; !h.has(mf.form) {
					t.Fatalf("%q: form %d is passed over", text, mf.form)
				}
			}
		}
		for _, r := range text {
			if n, _ := glyphNumber(r); n > 0 {
				if found[circled]++; !h.has(circled) {
					t.Fatalf("%q: its glyph is passed over", text)
				}
			}
		}
	}
	for _, f := range []form{bracket, caret, word, upper, lenticular, round, bare, sign, circled} {
		if found[f] < 5 {
			t.Errorf("form %d was met %d times", f, found[f])
		}
	}
}
