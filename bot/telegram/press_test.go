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

// TestTapOutlivesARestart stops the bot while the edit that a tap led to waits
// for its turn.
func TestTapOutlivesARestart(t *testing.T) {
	tg, dir, c := telegramtest.New(t, token), t.TempDir(), newClock()
	tg.Expect("query is too old")
	run := func() (stop func()) {
		_, stop = start(t, tg, dir, telegram.Options{Clock: c}, bot.Options{Now: c.Now})
		return stop
	}
	stop := run()
	tg.Says(7, question)
	answer := tg.WaitSent(1)[0]
	tg.Taps(7, 7, answer.ID, data(t, answer, "▶"))
	c.waitTimer(t, time.Second)
	stop()
	if n := tg.Sent()[0].Edits; n != 0 {
		t.Fatalf("%d edits, a second too early", n)
	}
	stop = run()
	tg.Wait("the edit", func() bool { return tg.Sent()[0].Edits == 1 })
	tg.Wait("the updates to be confirmed", func() bool { return tg.Unconfirmed() == 0 })
	stop()
	if n := left(t, dir); n != 0 {
		t.Errorf("%d updates are left to answer", n)
	}
}

// TestDeletedMessageStaysDeleted taps a button of a message that is deleted
// before it is changed: a question that is edited is answered anew, but who
// deletes an answer wants none.
func TestDeletedMessageStaysDeleted(t *testing.T) {
	tg := telegramtest.New(t, token)
	defer whole(t, tg, t.TempDir(), bot.Options{})()
	tg.Says(7, question)
	answer := tg.WaitSent(1)[0]
	tg.Fail("editMessageText", telegramtest.Error(400, "Bad Request: message to edit not found"))
	tg.Taps(7, 7, answer.ID, data(t, answer, "▶"))
	tg.Wait("the edit", func() bool { return len(tg.Calls("editMessageText")) == 1 })
	tg.Wait("the updates to be confirmed", func() bool { return tg.Unconfirmed() == 0 })
	tg.Says(8, question)
	tg.Wait("another's answer", func() bool { return len(texts(tg.Sent(), 8)) == 1 })
	tg.Wait("the tap to be acknowledged", func() bool { return len(tg.Calls("answerCallbackQuery")) == 1 })
	if n := len(texts(tg.Sent(), 7)); n != 1 {
		t.Errorf("%d messages, want the deleted one alone", n)
	}
}

// TestButtonsInATopic has several people turn and cite in a topic of a group.
func TestButtonsInATopic(t *testing.T) {
	tg := telegramtest.New(t, token)
	defer whole(t, tg, t.TempDir(), bot.Options{})()
	inTopic := map[string]any{"id": -1005, "type": "supergroup", "is_forum": true}
	tg.Update("message", map[string]any{"message_id": 5, "date": 1, "text": "/ask " + question, "message_thread_id": 9, "is_topic_message": true,
		"chat": inTopic, "from": map[string]any{"id": 7, "is_bot": false, "first_name": "问"}})
	answer := tg.WaitSent(1)[0]
	n := 0
	tap := func(person int64, data string) {
		n++
		tg.Update("callback_query", map[string]any{"id": fmt.Sprint("topic", n), "chat_instance": "1", "data": data,
			"from": map[string]any{"id": person, "is_bot": false, "first_name": "问"},
			"message": map[string]any{"message_id": answer.ID, "date": 1, "text": "答", "message_thread_id": 9, "is_topic_message": true,
				"chat": inTopic, "from": map[string]any{"id": telegramtest.BotID, "is_bot": true, "first_name": "出处"}}})
	}
	tap(8, data(t, answer, "▶"))
	tg.Wait("the next hit", func() bool { return tg.Sent()[0].Edits == 1 })
	tap(9, data(t, tg.Sent()[0], "引用"))
	cited := tg.WaitSent(2)[1]
	if cited.Chat != -1005 || cited.Thread != 9 || cited.ReplyTo != answer.ID || !strings.Contains(cited.HTML, "@techreport{") {
		t.Errorf("cited in chat %d, topic %d, in reply to %d: %s", cited.Chat, cited.Thread, cited.ReplyTo, cited.HTML)
	}
	for _, form := range []string{"GB/T 7714", "脚注", "BibTeX"} {
		if !strings.Contains(cited.Markup, `"text":"复制 `+form) && !strings.Contains(cited.Markup, `"text":"复制`+form) {
			t.Errorf("no button copies %s: %s", form, cited.Markup)
		}
	}
}

// TestForeignTapsAreToldSo taps what is no button of that message, in every
// place that a tap can come from. Each is acknowledged, with why nothing comes.
func TestForeignTapsAreToldSo(t *testing.T) {
	tg := telegramtest.New(t, token)
	defer whole(t, tg, t.TempDir(), bot.Options{})()
	tg.Says(7, question)
	answer := tg.WaitSent(1)[0]
	next, cite := data(t, answer, "▶"), data(t, answer, "引用")
	key := strings.Split(next, ":")[1]
	n := 0
	for _, tap := range []struct {
		data string
		do   func(data string)
	}{
		{next, func(data string) { tg.Taps(8, 8, answer.ID, data) }},
		{cite, func(data string) { tg.Taps(-1005, 7, answer.ID, data) }},
		{next, func(data string) { tg.TapsInline(7, "m", data) }},
		{"h:" + key + ":99", func(data string) { tg.Taps(7, 7, answer.ID, data) }},
		{"x:" + key + ":0:aaaaaaaaaa", func(data string) { tg.Taps(7, 7, answer.ID, data) }},
		{"c:" + key + ":0:aaaaaaaaaa", func(data string) { tg.Taps(7, 7, answer.ID, data) }},
		{"u:" + key, func(data string) { tg.Taps(7, 7, answer.ID, data) }},
		{"h:" + strings.Repeat("A", 12) + ":1", func(data string) { tg.Taps(7, 7, answer.ID, data) }},
		{strings.Repeat("字", 21), func(data string) { tg.TapsInline(7, "m", data) }},
	} {
		tap.do(tap.data)
		n++
		tg.Wait("the acknowledgement", func() bool { return len(tg.Calls("answerCallbackQuery")) == n })
		if toast := tg.Calls("answerCallbackQuery")[n-1].Form.Get("text"); !strings.Contains(toast, "按钮") {
			t.Errorf("a tap with %s is told %q", tap.data, toast)
		}
	}
	tg.Wait("the updates to be confirmed", func() bool { return tg.Unconfirmed() == 0 })
	if len(tg.Sent()) != 1 || len(tg.Calls("editMessageText")) != 0 {
		t.Errorf("%d messages, %d edits", len(tg.Sent()), len(tg.Calls("editMessageText")))
	}
}

// TestTapsTooFastAreAcknowledged taps more than one person may.
func TestTapsTooFastAreAcknowledged(t *testing.T) {
	tg, c := telegramtest.New(t, token), newClock()
	_, stop := start(t, tg, t.TempDir(), telegram.Options{}, bot.Options{Now: c.Now})
	defer stop()
	tg.Says(7, question)
	answer := tg.WaitSent(1)[0]
	for range 40 {
		tg.Taps(7, 7, answer.ID, data(t, answer, "👍"))
	}
	tg.Wait("the acknowledgements", func() bool { return len(tg.Calls("answerCallbackQuery")) == 40 })
	for i, toast := range map[int]string{0: "谢谢", 39: "有点快"} {
		if got := tg.Calls("answerCallbackQuery")[i].Form.Get("text"); !strings.Contains(got, toast) {
			t.Errorf("tap %d is told %q", i, got)
		}
	}
	tg.Wait("the updates to be confirmed", func() bool { return tg.Unconfirmed() == 0 })
}

func types(tg *telegramtest.Server, person int64, id, text string) {
	tg.Update("inline_query", map[string]any{"id": id, "query": text, "offset": "", "from": map[string]any{"id": person, "is_bot": false, "first_name": "问"}})
}

// answered are the inline queries that were answered.
func answered(tg *telegramtest.Server) (ids []string) {
	for _, c := range tg.Calls("answerInlineQuery") {
		ids = append(ids, c.Form.Get("inline_query_id"))
	}
	return ids
}

// TestTypedOn types on while a query is answered slowly: of what was typed
// since, the last alone is looked for, and nobody else's is left out.
func TestTypedOn(t *testing.T) {
	tg, c := telegramtest.New(t, token), newClock()
	_, stop := start(t, tg, t.TempDir(), telegram.Options{Clock: c}, bot.Options{Now: c.Now})
	defer stop()
	release := make(chan struct{})
	tg.Fail("answerInlineQuery", telegramtest.Slow(release))
	types(tg, 7, "a", "自")
	tg.Wait("the first query", func() bool { return len(answered(tg)) == 1 })
	for _, q := range []struct{ id, text string }{{"b", "自贸"}, {"c", "自贸区"}, {"d", "自贸区 面积"}} {
		types(tg, 7, q.id, q.text)
	}
	types(tg, 8, "e", "自贸区")
	tg.Wait("the other's results", func() bool { return len(answered(tg)) == 2 })
	tg.Wait("the updates to be confirmed", func() bool { return tg.Unconfirmed() == 0 })
	c.advance(time.Second)
	close(release)
	tg.Wait("the last results", func() bool { return len(answered(tg)) == 3 })
	if got := strings.Join(answered(tg), ""); got != "aed" {
		t.Errorf("answered are %s, want a, e and d", got)
	}
	for i := range 4 { // at once, and answered in time
		types(tg, 7, fmt.Sprint(i), "自贸区")
	}
	tg.Wait("all results", func() bool { return len(answered(tg)) == 7 })
}

// TestLateResultsHoldUpNoTap has Telegram refuse an inline query's answer for
// longer than anybody waits for it.
func TestLateResultsHoldUpNoTap(t *testing.T) {
	tg := telegramtest.New(t, token)
	c := serveScripted(t, tg, &scripted{}).clock
	tg.Says(7, "什么")
	id := tg.WaitSent(1)[0].ID
	tg.Fail("answerInlineQuery", telegramtest.TooMany(30*time.Second))
	types(tg, 7, "a", "自贸区")
	tg.Wait("the results", func() bool { return len(answered(tg)) == 1 })
	tg.Taps(7, 7, id, "x")
	tg.Wait("the tap to be acknowledged", func() bool { return len(tg.Calls("answerCallbackQuery")) == 1 })
	types(tg, 7, "b", "自贸区 面积")
	tg.Wait("the next results", func() bool { return len(answered(tg)) == 2 })
	c.next(t)
	tg.Wait("the edit", func() bool { return tg.Sent()[0].Edits == 1 })
	tg.Wait("the updates to be confirmed", func() bool { return tg.Unconfirmed() == 0 })
}
