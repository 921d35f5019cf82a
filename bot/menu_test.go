package bot_test

import (
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"chuchu/bot"
	"chuchu/bot/words"
)

// TestEachCommandIsServed gives an admin every command of the menu in each
// language, bare, and holds that it is known, answered in that language, and
// told of in /help, and that what the menu says fits Telegram.
func TestEachCommandIsServed(t *testing.T) {
	a := txtar.Parse([]byte("admins: 9\n-- library/港口.txt --\n江滨港年报\n江滨港2019年新增泊位12个。\n-- library/茶山.txt --\n茶山年报\n茶山有茶园九处。\n"))
	for code, l := range map[string]words.Language{"zh-hans": words.Simplified, "zh-hant": words.Traditional, "en": words.English} {
		k := newTalk(t, a)
		w := words.In(l)
		help, err := k.bot.Handle(t.Context(), bot.Message{Chat: 9, User: 9, ID: 1, Text: "/help", Language: code})
		if err != nil {
			t.Fatal(err)
		}
		if n := len([]rune(help.Text)); n > 2000 {
			t.Errorf("the help of %s has %d characters", code, n)
		}
		for i, c := range k.bot.Menu() {
			if n := len([]rune(c.Text[l])); n < 1 || n > 256 {
				t.Errorf("/%s of %s is told of in %d characters", c.Name, code, n)
			}
			if c.Name != "start" && !strings.Contains(help.Text, "/"+c.Name) {
				t.Errorf("the help of %s has no /%s", code, c.Name)
			}
			r, err := k.bot.Handle(t.Context(), bot.Message{Chat: 9, User: 9, ID: int64(i + 2), Text: "/" + c.Name, Language: code})
			if err != nil || r.Empty() || r.Language != l || strings.Contains(r.Text, strings.SplitN(w.Unknown(c.Name, "|"), "|", 2)[0]) {
				t.Errorf("/%s in %s is answered %q in language %d, %v", c.Name, code, r.Text, r.Language, err)
			}
		}
	}
}
