package bot_test

import (
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"chuchu/bot"
)

// TestWithoutButtons holds that where nothing is kept, and nothing can be
// tapped, as in a terminal, each command still does what it says.
func TestWithoutButtons(t *testing.T) {
	k := newTalk(t, txtar.Parse([]byte("-- library/港口.txt --\n江滨港年报\n江滨港2019年新增泊位12个。\n江滨港2018年新增泊位7个。\n-- library/茶山.txt --\n茶山年报\n茶山有茶园九处。\n")))
	b := bot.New(k.lib, bot.Options{})
	for i, tt := range []struct{ say, text string }{
		{"/more", "前面没有可以往下看的答案"},
		{"江滨港2019年新增泊位多少个？", "hit 1"},
		{"/more", "hit 2"},
		{"/new", "都忘掉了"},
		{"/more", "前面没有可以往下看的答案"},
		{"/report", "在 /report 后面写上号码或名字"},
		{"/report 年报", "叫“年报”的报告有2份，是哪一份？\n1. 江滨港年报\n2. 茶山年报"},
		{"/report 茶山", "好，现在只查《茶山年报》。"},
		{"/reports", "现在有这些报告："},
		{"/lang", "\n/lang English\n/lang 自动"},
		{"/lang 自动", "您用什么语言"},
		{"/feedback 好", "这里没有人收意见。"},
		{"/privacy delete", "不保存提问的记录"},
	} {
		r, err := b.Handle(t.Context(), bot.Message{ID: int64(i + 1), Text: tt.say})
		if err != nil {
			t.Errorf("%s: %v", tt.say, err)
		}
		text := r.Text
		if r.Answer != nil {
			text = "hit " + string('1'+rune(r.Hit))
		}
		if !strings.Contains(text, tt.text) || len(r.Buttons) > 0 || strings.Contains(text, "点一下") {
			t.Errorf("%s is answered %q with %d buttons, want %q", tt.say, text, len(r.Buttons), tt.text)
		}
		if lists := strings.HasPrefix(tt.say, "/reports") || tt.say == "/report"; lists != (len(r.Reports) == 2) {
			t.Errorf("%s lists %d reports", tt.say, len(r.Reports))
		}
	}
}
