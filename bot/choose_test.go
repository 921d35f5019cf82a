package bot

import (
	"testing"

	"chuchu/bot/words"
)

func TestFindTongue(t *testing.T) {
	for name, want := range map[string]words.Language{
		"简体": words.Simplified, "簡體中文": words.Simplified, "ZH": words.Simplified, "zh-CN": words.Simplified, "zh_SG": words.Simplified, "中文": words.Simplified, "Chinese": words.Simplified,
		"繁體": words.Traditional, "繁体中文": words.Traditional, "zh-TW": words.Traditional, "zh-hk": words.Traditional, "ZH-Hant-MO": words.Traditional, "正體": words.Traditional, "Traditional Chinese": words.Traditional,
		"en": words.English, "EN-us": words.English, "英文": words.English, "英語": words.English, "Ｅｎｇｌｉｓｈ": words.English,
		"自動": words.Unclear, "auto": words.Unclear,
	} {
		if i := findTongue(name); i < 0 || tongues[i].language != want {
			t.Errorf("%q is choice %d, want the one of language %d", name, i, want)
		}
	}
	for _, name := range []string{"fr", "火星话", "日本語", "-", "", "e"} {
		if i := findTongue(name); i >= 0 {
			t.Errorf("%q is choice %d", name, i)
		}
	}
}
