package telegram_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"chuchu/bot"
	"chuchu/bot/telegram"
	"chuchu/bot/telegram/telegramtest"
)

// scripted is a bot that does as a test says.
type scripted struct {
	panics bool
	mu     sync.Mutex
	moves  []string
	asked  []int64 // chats
	heard  []int64 // messages that went out
}

func (s *scripted) do() {
	if s.panics {
		panic("a bug")
	}
}

func (s *scripted) Handle(_ context.Context, m bot.Message) (bot.Reply, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, m.Chat)
	return bot.Reply{Text: "关于" + m.Text}, nil
}

func (s *scripted) Press(_ context.Context, p bot.Press) (bot.Pressed, error) {
	s.do()
	return bot.Pressed{Edit: &bot.Reply{Text: "换成" + p.Data}, Toast: "好"}, nil
}

func (s *scripted) Inline(context.Context, bot.InlineQuery) (bot.InlineResults, error) {
	s.do()
	return bot.InlineResults{}, nil
}

func (s *scripted) Joined(context.Context, int64, int64, string) (bot.Reply, error) {
	s.do()
	return bot.Reply{}, nil
}

func (s *scripted) Left(context.Context, int64) error { s.do(); return nil }

func (s *scripted) Migrated(_ context.Context, from, to int64) error {
	s.mu.Lock()
	s.moves = append(s.moves, fmt.Sprintf("%d>%d", from, to))
	s.mu.Unlock()
	s.do()
	return nil
}

func (s *scripted) Delivered(_ context.Context, _ bot.Message, _ bot.Reply, message int64) error {
	s.do()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.heard = append(s.heard, message)
	return nil
}

// serveScripted serves with that bot, which is to leave nothing to answer.
func serveScripted(t *testing.T, tg *telegramtest.Server, s *scripted, change ...func(*telegram.Options)) *running {
	t.Helper()
	dir := t.TempDir()
	t.Cleanup(func() { // after the bot has stopped
		if n := left(t, dir); n > 0 {
			t.Errorf("%d updates are left to answer", n)
		}
	})
	return serveAs(t, tg, dir, func(*running) telegram.Answerer { return s }, change...)
}

func membership(from, to string) map[string]any {
	who := map[string]any{"id": telegramtest.BotID, "is_bot": true, "first_name": "出处"}
	return map[string]any{"chat": map[string]any{"id": -5, "type": "group"}, "date": 1, "from": map[string]any{"id": 7, "is_bot": false, "first_name": "问"},
		"old_chat_member": map[string]any{"status": from, "user": who}, "new_chat_member": map[string]any{"status": to, "user": who}}
}

func inGroup(chat int64, fields map[string]any) map[string]any {
	m := map[string]any{"message_id": 1, "date": 1, "chat": map[string]any{"id": chat, "type": kind(chat)}}
	for k, v := range fields {
		m[k] = v
	}
	return m
}

func kind(chat int64) string {
	if chat < -1000 {
		return "supergroup"
	}
	return "group"
}

// TestPanicsCostOneAnswer has everything but answers fail, one after another.
func TestPanicsCostOneAnswer(t *testing.T) {
	for name, send := range map[string]func(*telegramtest.Server){
		"tap": func(tg *telegramtest.Server) { tg.Taps(7, 7, 5, "x") },
		"inline": func(tg *telegramtest.Server) {
			tg.Update("inline_query", map[string]any{"id": "q", "from": map[string]any{"id": 7}, "query": "x", "offset": ""})
		},
		"joined": func(tg *telegramtest.Server) { tg.Update("my_chat_member", membership("left", "member")) },
		"left":   func(tg *telegramtest.Server) { tg.Update("my_chat_member", membership("member", "kicked")) },
		"moved": func(tg *telegramtest.Server) {
			tg.Update("message", inGroup(-5, map[string]any{"migrate_to_chat_id": -1005}))
		},
		"sent": func(tg *telegramtest.Server) { tg.Says(9, "什么") },
	} {
		t.Run(name, func(t *testing.T) {
			tg := telegramtest.New(t, token)
			r := serveScripted(t, tg, &scripted{panics: true})
			send(tg)
			tg.Says(8, "什么")
			tg.Wait("the other's answer", func() bool { return len(texts(tg.Sent(), 8)) == 1 })
			switch name {
			case "moved":
				r.stop()
				if log := r.log.String(); strings.Contains(log, "-1005") || !strings.Contains(log, "a bug") {
					t.Errorf("the log names the group, or no failure:\n%s", log)
				}
			case "tap":
				tg.Wait("the acknowledgement", func() bool { return len(tg.Calls("answerCallbackQuery")) == 1 })
				if toast := tg.Calls("answerCallbackQuery")[0].Form.Get("text"); !strings.Contains(toast, "没能") {
					t.Errorf("the toast is %q", toast)
				}
			case "inline":
				tg.Wait("the answer", func() bool { return len(tg.Calls("answerInlineQuery")) == 1 })
			}
			tg.Wait("the updates to be confirmed", func() bool { return tg.Unconfirmed() == 0 })
		})
	}
}

// TestTapIsAcknowledgedOnce fails the acknowledgement in each way.
func TestTapIsAcknowledgedOnce(t *testing.T) {
	for _, tt := range []struct {
		name  string
		how   telegramtest.Failure
		calls int
	}{
		{"429", telegramtest.TooMany(time.Second), 2},
		{"500", telegramtest.Error(500, "Internal Server Error"), 2},
		{"asks for too long", telegramtest.TooMany(30 * time.Second), 1},
		{"cut after it was taken", telegramtest.CutAfter(), 1},
		{"too old", telegramtest.Error(400, "Bad Request: query is too old and response timeout expired or query ID is invalid"), 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tg := telegramtest.New(t, token)
			c := serveScripted(t, tg, &scripted{}).clock
			tg.Says(7, "什么")
			id := tg.WaitSent(1)[0].ID
			tg.Fail("answerCallbackQuery", tt.how)
			tg.Taps(7, 7, id, "下一条")
			c.next(t) // for the second try, or the edit's turn
			tg.Wait("the edit", func() bool { return tg.Sent()[0].Edits == 1 })
			if n := len(tg.Calls("answerCallbackQuery")); n != tt.calls {
				t.Errorf("acknowledged in %d calls, want %d", n, tt.calls)
			}
			tg.Wait("the updates to be confirmed", func() bool { return tg.Unconfirmed() == 0 })
		})
	}
}

// TestInlineMessagesDoNotShareAQueue taps buttons of messages that are in no
// chat of the bot's: one that has to wait holds up nobody else.
func TestInlineMessagesDoNotShareAQueue(t *testing.T) {
	tg := telegramtest.New(t, token)
	c := serveScripted(t, tg, &scripted{}).clock
	tg.FailIf("editMessageText", func(c telegramtest.Call) bool { return c.Form.Get("inline_message_id") == "a" }, telegramtest.TooMany(30*time.Second))
	tg.TapsInline(7, "a", "x")
	c.waitTimer(t, 30*time.Second)
	tg.TapsInline(8, "b", "x")
	tg.Wait("the other's edit", func() bool { return len(tg.Calls("editMessageText")) == 2 })
	if id := tg.Calls("editMessageText")[1].Form.Get("inline_message_id"); id != "b" {
		t.Errorf("edited %s", id)
	}
	c.advance(30 * time.Second)
	tg.Wait("the first edit", func() bool { return len(tg.Calls("editMessageText")) == 3 })
	tg.Wait("the updates to be confirmed", func() bool { return tg.Unconfirmed() == 0 })
}

// TestMigrationIsToldOnce says it in both chats; what is asked in the old one
// is answered in the new one.
func TestMigrationIsToldOnce(t *testing.T) {
	tg, s := telegramtest.New(t, token), &scripted{}
	serveScripted(t, tg, s)
	tg.Update("message", inGroup(-5, map[string]any{"migrate_to_chat_id": -1005}))
	tg.Update("message", inGroup(-1005, map[string]any{"migrate_from_chat_id": -5}))
	tg.Update("message", inGroup(-5, map[string]any{"text": "/ask 什么", "message_id": 2, "from": map[string]any{"id": 7}}))
	if got := tg.WaitSent(1)[0]; got.Chat != -1005 {
		t.Errorf("answered in chat %d, want -1005", got.Chat)
	}
	tg.Wait("the updates to be confirmed", func() bool { return tg.Unconfirmed() == 0 })
	s.mu.Lock()
	defer s.mu.Unlock()
	if !slices.Equal(s.moves, []string{"-5>-1005"}) {
		t.Errorf("the bot hears of the moves %q, want one", s.moves)
	}
	if !slices.Equal(s.asked, []int64{-1005}) {
		t.Errorf("the bot is asked in %v, want the new chat", s.asked)
	}
}

// TestDeliveredIsHeard tells the bot which message shows its answer.
func TestDeliveredIsHeard(t *testing.T) {
	tg, s := telegramtest.New(t, token), &scripted{}
	r := serveScripted(t, tg, s)
	tg.Says(7, "什么")
	id := tg.WaitSent(1)[0].ID
	tg.Wait("the update to be confirmed", func() bool { return tg.Unconfirmed() == 0 })
	r.stop()
	if !slices.Equal(s.heard, []int64{id}) {
		t.Errorf("the bot hears of messages %v, want %d", s.heard, id)
	}
}

// TestQuickTapsEditOnce taps on while an edit is under way: what lies between
// is left out.
func TestQuickTapsEditOnce(t *testing.T) {
	tg := telegramtest.New(t, token)
	serveScripted(t, tg, &scripted{}, hurriedly)
	tg.Says(7, "什么")
	id := tg.WaitSent(1)[0].ID
	release := make(chan struct{})
	tg.Fail("editMessageText", telegramtest.Slow(release))
	for i, data := range []string{"一", "二", "三"} {
		tg.Taps(7, 7, id, data)
		tg.Wait("the acknowledgement", func() bool { return len(tg.Calls("answerCallbackQuery")) == i+1 })
		if i == 0 {
			tg.Wait("the edit", func() bool { return len(tg.Calls("editMessageText")) == 1 })
		}
	}
	tg.Wait("the updates to be confirmed", func() bool { return tg.Unconfirmed() == 0 })
	close(release)
	tg.Wait("the last edit", func() bool { return strings.Contains(tg.Sent()[0].Text, "换成三") })
	if n := tg.Sent()[0].Edits; n != 2 {
		t.Errorf("%d edits, want the first and the last", n)
	}
}

// TestGroupsAreSentLess asks more in a group than may be answered in a minute.
func TestGroupsAreSentLess(t *testing.T) {
	tg := telegramtest.New(t, token)
	r := serveScripted(t, tg, &scripted{})
	for i := range 21 {
		tg.Update("message", inGroup(-5, map[string]any{"text": "/ask 什么", "message_id": i + 1, "from": map[string]any{"id": 7}}))
	}
	for range 19 { // one a second
		r.clock.next(t)
	}
	tg.WaitSent(20)
	r.clock.next(t)
	const rest = time.Minute - 20*time.Second
	r.clock.waitTimer(t, rest)
	if n := len(tg.Sent()); n != 20 {
		t.Errorf("%d messages in the first minute, want 20", n)
	}
	r.clock.advance(rest)
	tg.WaitSent(21)
	tg.Wait("the updates to be confirmed", func() bool { return tg.Unconfirmed() == 0 })
}
