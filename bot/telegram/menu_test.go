package telegram_test

import (
	"strings"
	"testing"
	"time"

	"chuchu/bot/telegram/telegramtest"
)

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
	noRefusals(t, tg)
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
	noRefusals(t, tg)
}
