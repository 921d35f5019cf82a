package telegram_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"chuchu/bot"
	"chuchu/bot/telegram"
	"chuchu/bot/telegram/telegramtest"
	"chuchu/retrieval"
)

// quickly runs the real bot over a library on a clock that runs fast.
func quickly(t *testing.T, tg *telegramtest.Server, dir string, of retrieval.Options, opt bot.Options) (conn *telegram.Conn, stop func()) {
	t.Helper()
	clock := hurry{time.Now(), 100}
	opt.Now = clock.Now
	conn, _, stop = startOn(t, tg, dir, of, telegram.Options{Clock: clock}, opt)
	return conn, stop
}

// said is a message of a person's in a group.
func said(chat, id int64, text string) fields {
	return fields{"message_id": id, "date": 1, "text": text, "chat": fields{"id": chat, "type": kind(chat)}, "from": another}
}

// member is the bot's becoming something in a chat.
func member(chat int64, kind, was, is string) fields {
	me := fields{"id": telegramtest.BotID, "is_bot": true, "first_name": "出处"}
	return fields{"chat": fields{"id": chat, "type": kind}, "date": 1, "from": another,
		"old_chat_member": fields{"status": was, "user": me}, "new_chat_member": fields{"status": is, "user": me, "is_member": is == "restricted"}}
}

// now is a message as it stands.
func now(tg *telegramtest.Server, m telegramtest.Sent) telegramtest.Sent {
	for _, s := range tg.Sent() {
		if s.Chat == m.Chat && s.ID == m.ID {
			return s
		}
	}
	return telegramtest.Sent{}
}

// TestWholeOnATap opens what a group's short answer leaves out.
func TestWholeOnATap(t *testing.T) {
	tg := telegramtest.New(t, token)
	_, stop := quickly(t, tg, t.TempDir(), retrieval.Options{}, bot.Options{})
	for i, tt := range []struct {
		name, ask  string
		short, all string // part of both; of the whole alone
	}{
		{"an answer", question, "766人", "<blockquote expandable>"},
		{"a look-up with one place", "/cite 35", "[35]", "<blockquote expandable>"},
		{"a listing", "/cite 27、35", "#n27", "start=p_lmi2xawjtt"},
		{"a sentence to compare", "截至2015年底,上海拥有两院院士766人,约占全国的1/2", "北京", "<s>"},
		{"a refusal", "成都地铁多少公里了？", "成都", "<a href="},
	} {
		chat := int64(-10 - i)
		text := tt.ask
		if !strings.HasPrefix(text, "/") {
			text = "/ask " + text
		}
		tg.Update("message", said(chat, 5, text))
		m := tg.WaitSent(i + 1)[i]
		if !strings.Contains(m.HTML, tt.short) || strings.Contains(strings.ReplaceAll(m.HTML, `<footer><a href=`, ""), tt.all) {
			t.Errorf("%s is in short\n%s", tt.name, m.HTML)
		}
		tg.Taps(chat, 8, m.ID, data(t, m, "▶"))
		tg.Wait(tt.name+" to be opened", func() bool { return now(tg, m).Edits == 1 })
		if m = now(tg, m); !strings.Contains(m.HTML, tt.all) {
			t.Errorf("%s opens as\n%s", tt.name, m.HTML)
		}
	}
	stop()
}

// TestGreetedOnce changes what the bot is in chats of each kind.
func TestGreetedOnce(t *testing.T) {
	tg := telegramtest.New(t, token)
	_, stop := quickly(t, tg, t.TempDir(), twoReports(t), bot.Options{Allow: []int64{7, 77, -6}})
	for _, m := range []fields{
		member(-5, "group", "left", "member"), // or made with the bot in it
		member(-5, "group", "member", "administrator"),
		member(-5, "group", "administrator", "restricted"),
		member(-5, "group", "restricted", "member"),
		member(-1006, "supergroup", "kicked", "administrator"),
		member(-7, "channel", "left", "administrator"),
		with(member(-8, "group", "left", "member"), fields{"from": fields{"id": 66, "is_bot": false}}), // who may not ask
		with(member(-6, "group", "left", "member"), fields{"from": fields{"id": 66, "is_bot": false}}), // who may ask there
	} {
		tg.Update("my_chat_member", m)
	}
	tg.WaitSent(4)
	tg.Says(7, "/help")
	tg.WaitSent(5)
	for chat, want := range map[int64]string{-5: "大家好", -1006: "/ask@ChuchuTestBot", -7: "", -8: "只对指定的人开放", -6: "大家好"} {
		if got := texts(tg.Sent(), chat); (want == "") != (len(got) == 0) || want != "" && (len(got) != 1 || !strings.Contains(got[0], want)) {
			t.Errorf("chat %d is told %q, want one line with %q", chat, got, want)
		}
	}
	tg.Update("my_chat_member", member(-5, "group", "member", "kicked"))
	tg.Update("my_chat_member", member(-5, "group", "left", "member")) // it is forgotten: this is anew
	tg.WaitSent(6)
	stop()
	if got := texts(tg.Sent(), -5); len(got) != 2 {
		t.Errorf("added again, the group is told %q", got)
	}
}

// upgraded is what Telegram answers to what is for a group that has moved.
func upgraded(to string) telegramtest.Failure {
	return telegramtest.Raw(400, `{"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded to a supergroup chat","parameters":{"migrate_to_chat_id":`+to+`}}`)
}

// TestGroupMoves has groups become supergroups, told in each order: what was
// chosen there, what was asked and the old buttons stay, over a restart too.
func TestGroupMoves(t *testing.T) {
	type move struct {
		from, to int64
		old      telegramtest.Sent
	}
	joins := func(m *move) (string, fields) {
		return "my_chat_member", member(m.to, "supergroup", "left", "administrator")
	}
	leaves := func(m *move) (string, fields) {
		return "my_chat_member", member(m.from, "group", "administrator", "left")
	}
	to := func(m *move) (string, fields) {
		return "message", with(said(m.from, 900, ""), fields{"migrate_to_chat_id": m.to})
	}
	from := func(m *move) (string, fields) {
		return "message", with(said(m.to, 1, ""), fields{"migrate_from_chat_id": m.from})
	}
	orders := [][]func(*move) (string, fields){{joins, to, from}, {to, from, joins, leaves}}
	moves := []*move{{from: -5, to: -1005}, {from: -6, to: -1006}}
	tg, dir, of := telegramtest.New(t, token), t.TempDir(), twoReports(t)
	if err := os.WriteFile(filepath.Join(of.Path, "渡口.txt"), []byte("渡口志\n一、渡船\n渡口有渡船3艘。\n渡口的渡船每天开12班。\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, stop := quickly(t, tg, dir, of, bot.Options{})
	n := 0
	next := func() telegramtest.Sent { n++; return tg.WaitSent(n)[n-1] }
	for _, m := range moves {
		tg.Update("my_chat_member", member(m.from, "group", "left", "member"))
		next()
		tg.Update("message", said(m.from, 5, "/lang en"))
		next()
		tg.Update("message", said(m.from, 6, "/ask 渡口有几艘渡船？"))
		m.old = next()
	}
	tg.Shake(func(_ int, c telegramtest.Call) *telegramtest.Failure { // the old ones are no more
		for _, m := range moves {
			if f := upgraded(fmt.Sprint(m.to)); c.Form.Get("chat_id") == fmt.Sprint(m.from) {
				return &f
			}
		}
		return nil
	})
	for i, m := range moves {
		for _, tell := range orders[i] {
			tg.Update(tell(m))
		}
		tg.Update("message", said(m.to, 2, "/more"))
		if more := next(); more.Chat != m.to || !strings.Contains(more.Markup, "Show all") {
			t.Fatalf("moved, the group is told %+v", more)
		}
		tg.Taps(m.from, 8, m.old.ID, data(t, m.old, "▶"))
		if anew := next(); anew.Chat != m.to || anew.ReplyTo != 0 || !strings.Contains(anew.HTML, "1/2") {
			t.Errorf("an old button leads to %+v", anew)
		}
	}
	stop()
	_, stop = quickly(t, tg, dir, of, bot.Options{})
	for _, m := range moves {
		tg.Taps(m.from, 8, m.old.ID, data(t, m.old, "Context"))
		if anew := next(); anew.Chat != m.to || anew.ReplyTo != 0 || !strings.Contains(anew.HTML, "12班") {
			t.Errorf("after a restart an old button leads to %+v", anew)
		}
	}
	stop()
	for _, c := range tg.Calls("editMessageText") {
		if id := c.Form.Get("chat_id"); id != "-5" && id != "-6" {
			t.Errorf("a message of chat %s is edited, which may be any", id)
		}
	}
}

// TestMoveIsToldByARefusal learns that a group has moved as it answers there.
func TestMoveIsToldByARefusal(t *testing.T) {
	tg, s := telegramtest.New(t, token), &scripted{}
	tg.Meet(-1005)
	serveScripted(t, tg, s, hurriedly)
	tg.FailIf("sendMessage", toChat("-5"), upgraded("-1005"))
	tg.Update("message", with(said(-5, 5, "/ask 什么"), fields{"message_thread_id": 9, "is_topic_message": true}))
	if got := tg.WaitSent(1)[0]; got.Chat != -1005 || got.ReplyTo != 0 || got.Thread != 0 {
		t.Errorf("the answer is %+v", got)
	}
	if p := tg.Calls("sendMessage")[1].Form.Get("reply_parameters"); p != "" {
		t.Errorf("in the new group it replies to %s, which may be any", p)
	}
	tg.Update("message", said(-1005, 2, "/ask 什么"))
	if got := tg.WaitSent(2)[1]; got.Chat != -1005 {
		t.Errorf("then it answers %+v", got)
	}
	tg.Wait("the updates to be confirmed", func() bool { return tg.Unconfirmed() == 0 })
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.moves) != 1 {
		t.Errorf("the bot hears of %q", s.moves)
	}
}

// TestSilentWhereItMayNotWrite asks where the bot is not, or may not write: it
// takes that once and says nothing further.
func TestSilentWhereItMayNotWrite(t *testing.T) {
	for _, f := range []telegramtest.Failure{
		telegramtest.Error(403, "Forbidden: bot was kicked from the supergroup chat"),
		telegramtest.Error(403, "Forbidden: bot is not a member of the supergroup chat"),
		telegramtest.Error(400, "Bad Request: not enough rights to send text messages to the chat"),
		telegramtest.Error(400, "Bad Request: have no rights to send a message"),
		telegramtest.Error(400, "Bad Request: CHAT_WRITE_FORBIDDEN"),
		telegramtest.Error(400, "Bad Request: TOPIC_CLOSED"),
		telegramtest.Error(400, "Bad Request: message thread not found"),
	} {
		tg := telegramtest.New(t, token)
		r := serveAs(t, tg, t.TempDir(), func(*running) telegram.Answerer { return &scripted{} }, hurriedly)
		tg.Fail("sendMessage", f)
		tg.Update("message", said(-5, 5, "/ask 什么"))
		tg.Update("message", said(-5, 6, "/ask 完"))
		tg.WaitSent(1)
		r.stop()
		if c := r.conn.Counts(); c.Undeliverable != 1 || c.Failed != 0 || len(tg.Calls("sendMessage")) != 2 {
			t.Errorf("%+v: %d calls, counts %+v", f, len(tg.Calls("sendMessage")), c)
		}
		if strings.Contains(r.log.String(), "level=ERROR") {
			t.Errorf("it is told as an error:\n%s", r.log)
		}
	}
}
