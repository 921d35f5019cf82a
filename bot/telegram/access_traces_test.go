package telegram_test

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"chuchu/bot"
	"chuchu/bot/telegram"
	"chuchu/bot/words"
)

// TestTraces has people use each door, with and without a history, and reads
// what then stands in the state's file: nobody's number, and without a history
// nothing of what was asked or shown.
func TestTraces(t *testing.T) {
	const asked, other = "江滨港2019年新增泊位多少个？", "江滨港有没有红楼梦？"
	for _, silent := range []bool{false, true} {
		a, clock := newAccess(t), hurry{time.Now(), 1000}
		p := person{user: 7_700_123_456, group: -1_007_700_999_888}
		a.conn, _, a.stop = startOn(t, a.tg, a.dir, a.of, telegram.Options{Clock: clock}, bot.Options{Now: clock.Now, NoHistory: silent, Admins: []int64{p.user}})
		a.tg.Says(p.user, asked)
		a.settle()
		a.own[p.user] = a.last(p.user)
		a.tap(p, p.user, "▶")
		a.tg.Says(p.user, other)
		a.tg.Edits(p.user, a.tg.Says(p.user, "那茶山呢？"), map[string]any{"text": "茶山有多少亩？"})
		a.tg.Says(p.user, "/feedback 红楼梦没有")
		a.tg.Says(p.user, "/lang zh-hant")
		a.tg.SendsFile(p.user, "新茶山.txt", []byte(tea+"三、茶市\n茶市每年三月开市。\n"))
		a.in(p, "/ask "+asked, nil)
		a.guest(p, asked)
		a.tg.Update("inline_query", map[string]any{"id": "q", "from": map[string]any{"id": p.user, "is_bot": false}, "query": asked, "offset": ""})
		a.tg.Update("my_chat_member", map[string]any{"date": 1, "chat": map[string]any{"id": p.group, "type": "supergroup"}, "from": map[string]any{"id": p.user, "is_bot": false},
			"old_chat_member": map[string]any{"status": "left"}, "new_chat_member": map[string]any{"status": "member"}})
		a.settle()
		a.stop()
		raw, err := os.ReadFile(filepath.Join(a.dir, "chuchu.db"))
		if err != nil {
			t.Fatal(err)
		}
		hidden := []string{"first_name", "update_id"} // of what Telegram sent
		for _, id := range []int64{p.user, p.group, -1_000_000_000_000 - p.group} {
			hidden = append(hidden, strconv.FormatInt(id, 10), string(binary.BigEndian.AppendUint64(nil, uint64(id))), string(binary.LittleEndian.AppendUint64(nil, uint64(id))))
		}
		if silent {
			hidden = append(hidden, "江滨港", "红楼梦", "茶山", "泊位", "没有", "港口#p", "zh-hant")
		} else if !bytes.Contains(raw, []byte(asked)) || !bytes.Contains(raw, []byte("港口#p")) {
			t.Error("the history is not kept")
		}
		for _, text := range hidden {
			if bytes.Contains(raw, []byte(text)) {
				t.Errorf("without history %v: %q stands in the state", silent, text)
			}
		}
	}
}

// TestStrangersAreToldOnce counts what strangers are told by each door, in the
// language each writes.
func TestStrangersAreToldOnce(t *testing.T) {
	a := newAccess(t)
	a.open([]int64{1}, nil)
	defer func() { a.stop() }()
	p, q := person{user: 51, group: -500}, person{user: 52, group: -500}
	for range 3 {
		a.tg.Says(p.user, asks)
		a.in(p, "/ask "+asks, nil)
		a.in(q, "/ask "+asks, nil)
		a.in(q, "how are you all", nil)
		a.tg.Sends(q.user, map[string]any{"text": "/start p_" + bot.Short("港口#p2"), "from": map[string]any{"id": q.user, "is_bot": false, "first_name": "q", "language_code": "zh-TW"}})
	}
	a.settle()
	told := map[int64][]string{}
	for _, m := range a.tg.Sent() {
		told[m.Chat] = append(told[m.Chat], strings.TrimSuffix(strings.TrimPrefix(m.HTML, "<p>"), "</p>"))
	}
	simplified, traditional := words.In(words.Simplified).NoAccess, words.In(words.Traditional).NoAccess
	for chat, want := range map[int64][]string{51: {simplified}, -500: {simplified}, 52: {traditional}} {
		if !slices.Equal(told[chat], want) {
			t.Errorf("chat %d is told %q, want %q", chat, told[chat], want)
		}
	}
	if n := len(a.tg.Calls("sendChatAction")); n > 0 {
		t.Errorf("strangers see the bot typing %d times", n)
	}
	for _, text := range []string{"h:AAAA:1", "+:AAAA", "r:", "l:en", "d:x:2"} { // a tap is told each time, or its button would turn
		a.tg.Taps(p.user, p.user, a.last(p.user).ID, text)
	}
	a.settle()
	taps := a.tg.Calls("answerCallbackQuery")
	for _, c := range taps {
		if c.Form.Get("text") != simplified {
			t.Errorf("a tap is told %q", c.Form.Get("text"))
		}
	}
	if len(taps) != 5 || len(a.tg.Calls("editMessageText"))+len(a.tg.Calls("sendDocument"))+len(a.tg.Calls("sendPhoto")) > 0 {
		t.Errorf("%d taps are answered, and something is done", len(taps))
	}
}
