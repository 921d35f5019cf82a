package telegram_test

import (
	"strings"
	"testing"

	"chuchu/bot/telegram/telegramtest"
	"chuchu/retrieval"
)

// from is who a message is from, whose app is set to a language.
func from(code string) map[string]any {
	return map[string]any{"id": 7, "is_bot": false, "first_name": "问", "language_code": code}
}

func TestLanguageOfTheApp(t *testing.T) {
	for _, tt := range []struct {
		fields map[string]any
		want   string // what the one answer begins with
	}{
		{map[string]any{"text": "/cite", "from": from("en")}, "Write a note's number"},
		{map[string]any{"text": "/cite", "from": from("pt-br")}, "Write a note's number"},
		{map[string]any{"text": "/cite", "from": from("zh-hant")}, "/cite 後面寫上"},
		{map[string]any{"text": "/cite", "from": from("zh-hans")}, "/cite 后面写上"},
		{map[string]any{"text": "/cite"}, "/cite 后面写上"},
		{map[string]any{"photo": []any{}, "from": from("en")}, "I only read text."},
		{map[string]any{"text": "什么", "from": from("en")}, "关于什么，答案是甲乙丙。\n报告 › 一、章 › 第1段\n"},
		{map[string]any{"text": "什麼", "from": from("en")}, "关于什麼，答案是甲乙丙。\n报告 › 一、章 › 第1段\n[3] 本版未收此註原文\n"},
		{map[string]any{"text": "What?", "from": from("zh-hans")}, "关于What?，答案是甲乙丙。\n报告 › 一、章 › ¶1\n[3] note text not included"},
	} {
		tg := telegramtest.New(t, token)
		r := serve(t, tg, t.TempDir(), library{})
		tg.Sends(7, tt.fields)
		got := tg.WaitSent(1)[0].Text
		r.stop()
		if !strings.HasPrefix(got, tt.want) {
			t.Errorf("%v is answered with %q, want %q", tt.fields, got, tt.want)
		}
	}
}

// TestLanguageOfFailures is about answers that never come to be, or to arrive.
func TestLanguageOfFailures(t *testing.T) {
	panics := library{ask: func(retrieval.Question) error { panic("a bug") }}
	for _, tt := range []struct {
		text, code string
		lib        library
		refused    bool // Telegram takes no answer
		want       string
	}{
		{"What?", "zh-hans", library{}, true, "could not be sent"},
		{"什麼", "en", library{}, true, "沒能發出來"},
		{"What?", "", panics, false, "could not be sent"},
		{"27", "zh-tw", panics, false, "沒能發出來"},
		{"/cite 27", "zh-hk", panics, false, "沒能發出來"},
		{"/ask What?", "zh-hans", panics, false, "could not be sent"},
		{"什么", "en", panics, false, "没能发出来"},
	} {
		tg := telegramtest.New(t, token)
		if tt.refused {
			tg.Fail("sendMessage", telegramtest.Error(400, "Bad Request: can't parse entities"))
		}
		r := serve(t, tg, t.TempDir(), tt.lib, hurriedly)
		tg.Sends(7, map[string]any{"text": tt.text, "from": from(tt.code)})
		if got := tg.WaitSent(1)[0].Text; !strings.Contains(got, tt.want) {
			t.Errorf("%q with the app set to %q fails with %q, want %q", tt.text, tt.code, got, tt.want)
		}
		r.stop()
	}
}
