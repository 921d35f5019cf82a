package telegram_test

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"chuchu/bot"
	"chuchu/bot/render"
	"chuchu/bot/store"
	"chuchu/bot/telegram"
	"chuchu/bot/telegram/telegramtest"
	"chuchu/bot/words"
	"chuchu/retrieval"
)

// start runs the real bot over the shipped report before a fake Telegram.
func start(tb testing.TB, tg *telegramtest.Server, dir string, o telegram.Options, opt bot.Options) (conn *telegram.Conn, stop func()) {
	tb.Helper()
	conn, _, stop = startOn(tb, tg, dir, retrieval.Options{}, o, opt)
	return conn, stop
}

// startOn is start over any library, with the state.
func startOn(tb testing.TB, tg *telegramtest.Server, dir string, of retrieval.Options, o telegram.Options, opt bot.Options) (conn *telegram.Conn, state *store.Bot, stop func()) {
	tb.Helper()
	lib, err := retrieval.Manage(tb.Context(), of)
	if err != nil {
		tb.Fatal(err)
	}
	conn, state, halt := startWith(tb, tg, dir, lib, o, opt)
	stop = sync.OnceFunc(func() {
		halt()
		if err := lib.Close(); err != nil {
			tb.Error(err)
		}
	})
	tb.Cleanup(stop)
	return conn, state, stop
}

// startWith is startOn with a library that is open, and stays so.
func startWith(tb testing.TB, tg *telegramtest.Server, dir string, lib *retrieval.Managed, o telegram.Options, opt bot.Options) (conn *telegram.Conn, state *store.Bot, stop func()) {
	tb.Helper()
	db, err := store.Open(dir)
	if err != nil {
		tb.Fatal(err)
	}
	ctx, cancel := context.WithCancel(tb.Context())
	o.Token, o.Endpoint, o.Poll, o.Rich, o.Admins = token, tg.Endpoint(), cmp.Or(o.Poll, time.Second), render.DrawRich, opt.Admins
	if conn, err = telegram.Connect(ctx, o); err != nil {
		tb.Fatal(err)
	}
	if state, err = db.Bot(conn.ID()); err != nil {
		tb.Fatal(err)
	}
	opt.Name, opt.Memory, opt.Uploader = conn.Name(), state, conn
	opt.Cite = func(h retrieval.Hit, l words.Language) bot.Citation { return render.Cite(h, render.Source{}, l) }
	done := make(chan error, 1)
	go func() { done <- conn.Serve(ctx, bot.New(lib, opt), state) }()
	stop = sync.OnceFunc(func() {
		cancel()
		if err := <-done; err != nil {
			tb.Error(err)
		}
		conn.Close()
		if err := db.Close(); err != nil {
			tb.Error(err)
		}
	})
	tb.Cleanup(stop)
	return conn, state, stop
}

// whole is start on the wall's clock.
func whole(t *testing.T, tg *telegramtest.Server, dir string, opt bot.Options) (stop func()) {
	t.Helper()
	_, stop = start(t, tg, dir, telegram.Options{}, opt)
	return stop
}

const question = "北京有多少位两院院士？"

// data finds what the button with that text carries.
func data(t *testing.T, m telegramtest.Sent, text string) string {
	t.Helper()
	got := regexp.MustCompile(`"text":"` + text + `[^"]*","callback_data":"([^"]+)"`).FindStringSubmatch(m.Markup)
	if got == nil {
		t.Fatalf("no button %s in %s", text, m.Markup)
	}
	return got[1]
}

func TestButtonsWorkAfterARestart(t *testing.T) {
	tg, dir := telegramtest.New(t, token), t.TempDir()
	stop := whole(t, tg, dir, bot.Options{})
	tg.Says(7, question)
	first := tg.WaitSent(1)[0]
	if !first.Rich || !strings.Contains(first.HTML, "<mark>766人</mark>") {
		t.Fatalf("the answer is %s", first.HTML)
	}
	stop()
	stop = whole(t, tg, dir, bot.Options{})
	defer stop()
	tg.Taps(7, 7, first.ID, data(t, first, "▶"))
	tg.Wait("the next hit", func() bool { return tg.Sent()[0].Edits == 1 })
	if now := tg.Sent()[0]; now.HTML == first.HTML || !strings.Contains(now.HTML, "2/") {
		t.Errorf("turned, it shows %s", now.HTML)
	}
	tg.Taps(7, 7, first.ID, data(t, tg.Sent()[0], "引用"))
	if cited := tg.WaitSent(2)[1]; !strings.Contains(cited.HTML, "2016中国大都市治理与公共政策报告") {
		t.Errorf("cited as %s", cited.HTML)
	}
	tg.Taps(7, 7, first.ID, "p:nothing:1")
	tg.Wait("all taps to be acknowledged", func() bool { return len(tg.Calls("answerCallbackQuery")) == 3 })
	if toast := tg.Calls("answerCallbackQuery")[2].Form.Get("text"); toast == "" {
		t.Error("a stale button says nothing")
	}
}

func TestGroups(t *testing.T) {
	tg := telegramtest.New(t, token)
	defer whole(t, tg, t.TempDir(), bot.Options{})()
	id := int64(0)
	say := func(text string, more map[string]any) {
		id++
		m := map[string]any{"message_id": 100 + id, "date": 1, "text": text, "message_thread_id": 9, "is_topic_message": true,
			"chat": map[string]any{"id": -5, "type": "supergroup"}, "from": map[string]any{"id": 7, "is_bot": false, "first_name": "问"}}
		for k, v := range more {
			m[k] = v
		}
		tg.Update("message", m)
	}
	mention := func(text, name string) map[string]any {
		at := len([]rune(text[:strings.Index(text, name)]))
		return map[string]any{"entities": []map[string]any{{"type": "mention", "offset": at, "length": len(name)}}}
	}
	say(question, nil)                                                                     // talk among others
	say("/ask@OtherBot "+question, nil)                                                    // for another bot
	say("@OtherBot "+question, mention("@OtherBot "+question, "@OtherBot"))                // too
	say("@chuchuTESTbot "+question, mention("@chuchuTESTbot "+question, "@chuchuTESTbot")) // ours, in another case
	say("/ask "+question, nil)                                                             // ours
	say(question, map[string]any{"reply_to_message": map[string]any{"message_id": 1, "date": 1, "chat": map[string]any{"id": -5, "type": "supergroup"}, "from": map[string]any{"id": telegramtest.BotID, "is_bot": true}}})
	got := tg.WaitSent(3)
	tg.Wait("the updates to be confirmed", func() bool { return tg.Unconfirmed() == 0 })
	if len(tg.Sent()) != 3 {
		t.Errorf("%d messages, want 3", len(tg.Sent()))
	}
	for _, m := range got {
		if m.Chat != -5 || m.Thread != 9 || !strings.Contains(m.HTML, "766人") || strings.Contains(m.HTML, "blockquote") {
			t.Errorf("in the group: chat %d, topic %d, %s", m.Chat, m.Thread, m.HTML)
		}
	}
}

func TestJoinedOnce(t *testing.T) {
	tg := telegramtest.New(t, token)
	defer whole(t, tg, t.TempDir(), bot.Options{})()
	change := func(was, is string) {
		me := map[string]any{"id": telegramtest.BotID, "is_bot": true}
		tg.Update("my_chat_member", map[string]any{"date": 1, "chat": map[string]any{"id": -5, "type": "group"}, "from": map[string]any{"id": 7},
			"old_chat_member": map[string]any{"status": was, "user": me}, "new_chat_member": map[string]any{"status": is, "user": me}})
	}
	change("left", "member")
	tg.WaitSent(1)
	change("member", "administrator")
	tg.Says(8, question)
	tg.WaitSent(2)
	if n := len(tg.Sent()); n != 2 || tg.Sent()[0].Chat != -5 {
		t.Errorf("%d messages, want one greeting and one answer", n)
	}
}

func TestInline(t *testing.T) {
	for name, rich := range map[string]bool{"rich": true, "plain": false} {
		t.Run(name, func(t *testing.T) {
			tg := telegramtest.New(t, token)
			if !rich {
				tg.NoRich()
			}
			defer whole(t, tg, t.TempDir(), bot.Options{})()
			ask := func(text, offset string) {
				tg.Update("inline_query", map[string]any{"id": "q" + offset, "query": text, "offset": offset, "from": map[string]any{"id": 7, "is_bot": false}})
			}
			ask("自贸区 面积", "")
			tries := 2
			if rich {
				tries = 1
			}
			tg.Wait("the results", func() bool { return len(tg.Calls("answerInlineQuery")) == tries })
			form := tg.Calls("answerInlineQuery")[tries-1].Form
			var results []struct {
				Title, Description string
				Content            map[string]any `json:"input_message_content"`
			}
			if err := json.Unmarshal([]byte(form.Get("results")), &results); err != nil {
				t.Fatal(err)
			}
			if len(results) != 10 || results[0].Title == "" || results[0].Description == "" || form.Get("cache_time") == "" || form.Get("next_offset") == "" {
				t.Errorf("%d results, cache %q, next %q", len(results), form.Get("cache_time"), form.Get("next_offset"))
			}
			if _, ok := results[0].Content["rich_message"]; ok != rich {
				t.Errorf("rich is %v, want %v", ok, rich)
			}
		})
	}
}

func TestPlainWhereRichIsUnknown(t *testing.T) {
	tg := telegramtest.New(t, token)
	tg.NoRich()
	defer whole(t, tg, t.TempDir(), bot.Options{})()
	for range 2 {
		tg.Says(7, question)
	}
	for _, m := range tg.WaitSent(2) {
		if m.Rich || !strings.Contains(m.HTML, "<b>766人</b>") {
			t.Errorf("sent %s", m.HTML)
		}
	}
	if n := len(tg.Calls("sendRichMessage")); n != 1 {
		t.Errorf("rich messages were tried %d times, want once", n)
	}
}

// TestPlainWhereRichIsPassedOver has a server take an edit to a rich message and
// change nothing, as one does that passes over parameters it does not know.
func TestPlainWhereRichIsPassedOver(t *testing.T) {
	tg := telegramtest.New(t, token)
	defer whole(t, tg, t.TempDir(), bot.Options{})()
	tg.Says(7, question)
	first := tg.WaitSent(1)[0]
	tg.Fail("editMessageText", telegramtest.Raw(200, `{"ok":true,"result":null}`))
	tg.Taps(7, 7, first.ID, data(t, first, "▶"))
	tg.Wait("the next hit", func() bool { return tg.Sent()[0].Edits == 1 })
	if now := tg.Sent()[0]; now.Rich || !strings.Contains(now.HTML, "2/") {
		t.Errorf("turned, it shows %s", now.HTML)
	}
}

func TestMenuIsSetOnce(t *testing.T) {
	tg, dir := telegramtest.New(t, token), t.TempDir()
	tg.Meet(7)
	stop := whole(t, tg, dir, bot.Options{Admins: []int64{7}})
	tg.Wait("the menus", func() bool { return len(tg.Calls("setMyCommands")) == 9 })
	stop()
	scopes := map[string]int{}
	for _, c := range tg.Calls("setMyCommands") {
		scopes[c.Form.Get("scope")]++
		if admin := strings.Contains(c.Form.Get("scope"), `"chat_id":7`); admin != strings.Contains(c.Form.Get("commands"), `"stats"`) {
			t.Errorf("%s sees %s", c.Form.Get("scope"), c.Form.Get("commands"))
		}
		want := "Ask a question" // as people of any other language are spoken to
		if c.Form.Get("language_code") == "zh" {
			want = "提问"
		}
		if !strings.Contains(c.Form.Get("commands"), want) {
			t.Errorf("in %q %s sees %s, want %q", c.Form.Get("language_code"), c.Form.Get("scope"), c.Form.Get("commands"), want)
		}
	}
	if len(scopes) != 3 || scopes[`{"type":"default"}`] != 3 || scopes[`{"type":"all_group_chats"}`] != 3 {
		t.Errorf("menus are set for %v, want 3 languages each for everybody, groups and the admin", scopes)
	}
	defer whole(t, tg, dir, bot.Options{Admins: []int64{7}})()
	tg.Wait("the menus to be looked at", func() bool { return len(tg.Calls("getMyCommands")) == 18 })
	tg.Says(7, "/help")
	tg.WaitSent(1)
	if n := len(tg.Calls("setMyCommands")); n != 9 {
		t.Errorf("unchanged menus are set again: %d calls, want 9", n)
	}
}

func TestGuest(t *testing.T) {
	tg := telegramtest.New(t, token)
	tg.Guests()
	defer whole(t, tg, t.TempDir(), bot.Options{})()
	tg.Update("guest_message", map[string]any{"message_id": 1, "date": 1, "guest_query_id": "g1", "text": question,
		"chat": map[string]any{"id": -9, "type": "group"}, "from": map[string]any{"id": 7, "is_bot": false}})
	tg.Wait("the answer", func() bool { return len(tg.Calls("answerGuestQuery")) == 1 })
	form := tg.Calls("answerGuestQuery")[0].Form
	if form.Get("guest_query_id") != "g1" || !strings.Contains(form.Get("result"), "766人") {
		t.Errorf("answered %v", form)
	}
	tg.Wait("what is polled for", func() bool { return len(tg.Calls("getUpdates")) > 0 })
	if kinds := tg.Calls("getUpdates")[0].Form.Get("allowed_updates"); !strings.Contains(kinds, "guest_message") {
		t.Errorf("asked for %s", kinds)
	}
}

func TestFetch(t *testing.T) {
	tg := telegramtest.New(t, token)
	tg.Expect("wrong file_id")
	tg.File("docs/报告.txt", []byte("一份报告"))
	tg.File("docs/big.txt", make([]byte, 20<<20+1))
	conn, err := telegram.Connect(t.Context(), telegram.Options{Token: token, Endpoint: tg.Endpoint()})
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	var got strings.Builder
	if err := conn.Fetch(t.Context(), bot.File{ID: "docs/报告.txt"}, &got); err != nil || got.String() != "一份报告" {
		t.Errorf("fetched %q, %v", got.String(), err)
	}
	if err := conn.Fetch(t.Context(), bot.File{ID: "docs/big.txt"}, io.Discard); !errors.Is(err, bot.ErrTooLarge) {
		t.Errorf("a file of more than 20 MB: %v", err)
	}
	if err := conn.Fetch(t.Context(), bot.File{ID: "docs/none.txt"}, io.Discard); err == nil || strings.Contains(err.Error(), token) {
		t.Errorf("a file that is not there: %v", err)
	}
}
