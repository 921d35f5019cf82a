package telegram_test

import (
	"strings"
	"testing"

	"chuchu/bot"
	"chuchu/bot/telegram/telegramtest"
)

// TestMenuOfAnAdminWhoIsNew gives an admin, who has yet to write to the bot when
// it starts, the admins' menu with the first answer.
func TestMenuOfAnAdminWhoIsNew(t *testing.T) {
	tg := telegramtest.New(t, token)
	defer whole(t, tg, t.TempDir(), bot.Options{Admins: []int64{9}})()
	own := func() (n int) {
		for _, c := range tg.Calls("setMyCommands") {
			if strings.Contains(c.Form.Get("scope"), `"chat_id":9}`) && strings.Contains(c.Form.Get("commands"), `"stats"`) {
				n++
			}
		}
		return n
	}
	tg.Wait("the menus", func() bool { return len(tg.Calls("setMyCommands")) == 7 && own() == 1 }) // that one is refused
	tg.Says(9, "/start")
	tg.Wait("the admin's menus", func() bool { return own() == 4 })
}

// TestMenuInTraditionalCharacters gives a chat that writes them a menu of its
// own, once, and takes it back when the chat no longer does; a group keeps its.
func TestMenuInTraditionalCharacters(t *testing.T) {
	tg := telegramtest.New(t, token)
	r := serve(t, tg, t.TempDir(), library{}, hurriedly)
	menus := func(chat string) (out []string) {
		for _, c := range tg.Calls("setMyCommands") {
			if strings.Contains(c.Form.Get("scope"), chat) {
				out = append(out, c.Form.Get("language_code")+" "+c.Form.Get("commands"))
			}
		}
		return out
	}
	tg.Says(8, "上海自贸区的面积")
	tg.Says(7, "上海自貿區的面積")
	tg.Says(7, "臺灣的經濟發展")
	tg.WaitSent(3)
	tg.Wait("a menu of its own", func() bool { return len(menus(`"chat_id":7}`)) == 2 })
	for i, code := range []string{" ", "zh "} {
		if got := menus(`"chat_id":7}`)[i]; !strings.HasPrefix(got, code) || !strings.Contains(got, "報告") {
			t.Errorf("menu %d is %s", i, got)
		}
	}
	tg.Says(7, "what is the size of the zone in Shanghai")
	tg.Wait("the menu back", func() bool { return len(menus(`"chat_id":7}`)) == 4 })
	if got := menus(`"chat_id":7}`)[3]; strings.Contains(got, "報告") {
		t.Errorf("the menu is still %s", got)
	}
	r.stop()
	if got := menus(`"chat_id":8}`); len(got) > 0 {
		t.Errorf("a chat in simplified characters gets %q", got)
	}
}
