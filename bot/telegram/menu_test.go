package telegram_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"chuchu/bot"
	"chuchu/bot/telegram"
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

// TestMenuLanguages holds that each audience reads the commands in the language
// that the bot would answer it in, by the codes that Telegram knows.
func TestMenuLanguages(t *testing.T) {
	tg := telegramtest.New(t, token)
	tg.Meet(7)
	whole(t, tg, t.TempDir(), bot.Options{Admins: []int64{7}})
	tg.Wait("the menus", func() bool { return len(tg.Calls("setMyCommands")) == 9 })
	for _, scope := range []string{`{"type":"default"}`, `{"type":"all_group_chats"}`, `{"type":"chat","chat_id":7}`} {
		for code, want := range map[string]string{"zh": "查注号", "en": "Look up a note", "": "Look up a note"} {
			if got := tg.Menu(scope, code); !strings.Contains(got, want) {
				t.Errorf("to %s with code %q the menu is %s", scope, code, got)
			}
		}
	}
}

// TestMenuIsTriedAgain has Telegram refuse the menus for a while, and one for
// good: the bot answers meanwhile, and all the others come to be set.
func TestMenuIsTriedAgain(t *testing.T) {
	tg := telegramtest.New(t, token)
	tg.Fail("setMyCommands", telegramtest.TooMany(time.Second), telegramtest.BadGateway(), telegramtest.CutBefore(), telegramtest.Error(400, "Bad Request: no"))
	r := serve(t, tg, t.TempDir(), library{}, hurriedly)
	tg.Says(7, "甲是什么？")
	tg.WaitSent(1)
	tg.Wait("the menus", func() bool { return len(tg.Calls("setMyCommands")) == 6+3 })
	r.stop()
	set := 0
	for _, scope := range []string{`{"type":"default"}`, `{"type":"all_group_chats"}`} {
		for _, code := range []string{"", "zh", "en"} {
			if tg.Menu(scope, code) != "" {
				set++
			}
		}
	}
	if set != 5 {
		t.Errorf("%d menus are set, want all but the one that is refused", set)
	}
}

// TestMenuOfAdmins follows who comes to be an admin before they wrote to the
// bot, and who is none any more.
func TestMenuOfAdmins(t *testing.T) {
	tg, dir := telegramtest.New(t, token), t.TempDir()
	tg.Meet(7)
	scope := func(chat int64) string { return fmt.Sprintf(`{"type":"chat","chat_id":%d}`, chat) }
	stop := whole(t, tg, dir, bot.Options{Admins: []int64{7, 9}})
	tg.Wait("the menus", func() bool { return len(tg.Calls("setMyCommands")) == 6+3+1 })
	tg.Says(9, "/start")
	tg.Wait("the menu of who writes at last", func() bool { return strings.Contains(tg.Menu(scope(9), "en"), "stats") })
	tg.Says(7, "/lang 繁體")
	tg.Wait("a menu in traditional characters", func() bool { return strings.Contains(tg.Menu(scope(7), "en"), "報告") })
	stop()

	sets := len(tg.Calls("setMyCommands"))
	stop = whole(t, tg, dir, bot.Options{Admins: []int64{7}})
	tg.Wait("the menus to be looked at", func() bool {
		return strings.Contains(tg.Menu(scope(7), ""), "報告") && len(tg.Calls("getMyCommands")) >= sets+9
	})
	tg.Says(9, "/stats@ChuchuTestBot")
	tg.Wait("the menu of who is none any more", func() bool {
		return tg.Menu(scope(9), "")+tg.Menu(scope(9), "zh")+tg.Menu(scope(9), "en") == ""
	})
	tg.Says(9, "/stats")
	tg.WaitSent(4)
	stop()
	if n := len(tg.Calls("setMyCommands")); n != sets {
		t.Errorf("menus are set again: %d calls, %d before", n, sets)
	}
	if n := len(tg.Calls("deleteMyCommands")); n != 3 {
		t.Errorf("menus are taken off %d times, want 3", n)
	}
}

// TestMenusWaitAsAsked fails the setting of commands in passing: each list is
// set in the end, and none is tried before Telegram wants it to be.
func TestMenusWaitAsAsked(t *testing.T) {
	tg := telegramtest.New(t, token)
	tg.Fail("setMyCommands", telegramtest.TooMany(30*time.Second), telegramtest.BadGateway())
	r := serve(t, tg, t.TempDir(), library{})
	r.clock.waitTimer(t, 30*time.Second)
	tg.Says(7, "什么") // does not wait for it
	tg.WaitSent(1)
	if n := len(tg.Calls("setMyCommands")); n != 1 {
		t.Errorf("%d calls though Telegram asks to wait, want 1", n)
	}
	r.clock.advance(30 * time.Second)
	r.clock.waitTimer(t, 2*time.Second)
	r.clock.advance(2 * time.Second)
	tg.Wait("all menus", func() bool { return len(tg.Calls("setMyCommands")) == 8 })
	r.stop()
	if strings.Contains(r.log.String(), "the list of commands is not set") {
		t.Errorf("the log says that one is not set:\n%s", r.log)
	}
}

// TestMenusOfManyChatsAreSetInTurn has chats one after another turn to another
// language while Telegram asks to wait: no call is made for them until then.
func TestMenusOfManyChatsAreSetInTurn(t *testing.T) {
	tg := telegramtest.New(t, token)
	r := serve(t, tg, t.TempDir(), library{})
	tg.Wait("the menus", func() bool { return len(tg.Calls("setMyCommands")) == 6 })
	tg.Fail("setMyCommands", telegramtest.TooMany(30*time.Second))
	tg.Says(100, "上海自貿區的面積")
	r.clock.waitTimer(t, 30*time.Second)
	for chat := range int64(20) {
		tg.Says(101+chat, "上海自貿區的面積")
	}
	tg.WaitSent(21)
	tg.Wait("the updates to be confirmed", func() bool { return tg.Unconfirmed() == 0 })
	if n := len(tg.Calls("setMyCommands")); n != 7 {
		t.Errorf("%d calls though Telegram asks to wait, want 7", n)
	}
	r.clock.advance(30 * time.Second)
	tg.Wait("all menus", func() bool { return len(tg.Calls("setMyCommands")) == 7+2*21 })
	r.stop()
}

// TestMenuOfAChatThatTurnsBackAndForth has one turn from language to language
// while Telegram asks to wait: then it is given the menu of the last alone.
func TestMenuOfAChatThatTurnsBackAndForth(t *testing.T) {
	tg := telegramtest.New(t, token)
	r := serve(t, tg, t.TempDir(), library{})
	tg.Wait("the menus", func() bool { return len(tg.Calls("setMyCommands")) == 6 })
	tg.Fail("setMyCommands", telegramtest.TooMany(time.Hour))
	tg.Says(100, "上海自貿區的面積")
	r.clock.waitTimer(t, time.Hour)
	sent := 1
	tg.WaitSent(sent)
	for range 5 {
		for _, text := range []string{"上海自貿區的面積", "what is the size of the zone in Shanghai"} {
			tg.Says(101, text)
			sent++
			r.clock.advance(time.Second)
			tg.WaitSent(sent)
		}
	}
	tg.Wait("the updates to be confirmed", func() bool { return tg.Unconfirmed() == 0 })
	r.clock.advance(time.Hour)
	scope := `{"type":"chat","chat_id":101}`
	tg.Wait("the menu", func() bool { return strings.Contains(tg.Menu(scope, "zh"), "Ask a question") })
	r.stop()
	if n := len(tg.Calls("setMyCommands")); n != 7+2+2 {
		t.Errorf("%d calls, want one refused and two for each chat", n)
	}
}

// TestMenuThatIsNotSetNamesNobody has Telegram not know admins yet: the log
// says that a menu is not set, but not whose.
func TestMenuThatIsNotSetNamesNobody(t *testing.T) {
	tg := telegramtest.New(t, token)
	r := serve(t, tg, t.TempDir(), library{}, func(o *telegram.Options) { o.Admins = []int64{987654321, 9} })
	tg.Wait("the next one's menu", func() bool { return len(tg.Calls("setMyCommands")) == 8 })
	r.stop()
	if log := r.log.String(); strings.Contains(log, "987654321") || !strings.Contains(log, "the list of commands is not set") {
		t.Errorf("the log is\n%s", log)
	}
}
