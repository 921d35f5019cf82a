package telegram_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"chuchu/bot"
	"chuchu/bot/telegram"
	"chuchu/bot/telegram/telegramtest"
	"chuchu/bot/web"
)

// guestly is a bot that answers guests.
type guestly struct{ scripted }

func (g *guestly) Guest(ctx context.Context, m bot.Message) (bot.Reply, error) {
	return g.Handle(ctx, m)
}

// TestGuestsCountAmongAll answers more chats and guests than may be sent to in
// a second.
func TestGuestsCountAmongAll(t *testing.T) {
	tg := telegramtest.New(t, token)
	tg.Guests()
	r := serveAs(t, tg, t.TempDir(), func(*running) telegram.Answerer { return &guestly{} })
	for chat := range int64(20) {
		tg.Says(chat+1, "什么")
	}
	tg.WaitSent(20)
	for i := range 11 {
		tg.Update("guest_message", map[string]any{"message_id": 1, "date": 1, "guest_query_id": fmt.Sprint("g", i), "text": "什么",
			"chat": map[string]any{"id": -9, "type": "group"}, "from": map[string]any{"id": 100 + i, "is_bot": false}})
	}
	r.clock.waitTimer(t, time.Second)
	tg.Wait("those of the first second", func() bool { return len(tg.Calls("answerGuestQuery")) >= 10 })
	tg.Wait("the updates to be confirmed", func() bool { return tg.Unconfirmed() == 0 })
	if n := len(tg.Calls("answerGuestQuery")); n != 10 {
		t.Errorf("%d guests are answered beside 20 chats in one second, want 10", n)
	}
	r.clock.advance(time.Second)
	tg.Wait("the last guest's answer", func() bool { return len(tg.Calls("answerGuestQuery")) == 11 })
}

// TestHealthOutlivesShortTrouble fails polls for a minute and longer.
func TestHealthOutlivesShortTrouble(t *testing.T) {
	tg := telegramtest.New(t, token)
	waits := []time.Duration{1, 2, 4, 8, 16, 32}
	for range len(waits) + 1 {
		tg.Fail("getUpdates", telegramtest.BadGateway())
	}
	r := serve(t, tg, t.TempDir(), library{})
	health := func(o web.Options) int {
		rec := httptest.NewRecorder()
		web.Handler(o, r.conn).ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), "GET", "/readyz", nil))
		return rec.Code
	}
	past := time.Duration(0)
	for _, wait := range append(waits, 60) {
		r.clock.waitTimer(t, wait*time.Second)
		want := http.StatusOK
		if past > time.Minute {
			want = http.StatusServiceUnavailable
		}
		if got := health(web.Options{}); got != want {
			t.Errorf("status %d after %v without updates, want %d", got, past, want)
		}
		past += wait * time.Second
		r.clock.advance(wait * time.Second)
	}
	tg.Says(7, "什么")
	tg.WaitSent(1)
	tg.Wait("the update to be confirmed", func() bool { return tg.Unconfirmed() == 0 })
	if got := health(web.Options{}); got != http.StatusOK {
		t.Errorf("status %d though updates come again", got)
	}
	r.stop()
	if got := health(web.Options{}); got != http.StatusServiceUnavailable {
		t.Errorf("status %d of a bot that has stopped", got)
	}
}

// TestOrderIsRestored has the updates of a chat come out of order, in one poll
// and one by one.
func TestOrderIsRestored(t *testing.T) {
	tg, s := telegramtest.New(t, token), &scripted{}
	tg.Shuffle(3)
	for i := range 9 {
		tg.Says(7, fmt.Sprint("问", i))
	}
	r := serveScripted(t, tg, s)
	tg.Wait("the updates to be confirmed", func() bool { return tg.Unconfirmed() == 0 })
	for _, id := range []int{2, 0, 3, 1} {
		raw := fmt.Sprintf(`{"update_id":%d,"message":{"message_id":%d,"date":1,"chat":{"id":7,"type":"private"},"from":{"id":7},"text":"后%d"}}`, 2000+id, 2000+id, id)
		if err := r.conn.Take(t.Context(), []byte(raw)); err != nil {
			t.Fatal(err)
		}
	}
	for n := 1; n < 13; n++ {
		r.clock.next(t)
		tg.WaitSent(n + 1)
	}
	want := "问0 问1 问2 问3 问4 问5 问6 问7 问8 后0 后1 后2 后3"
	if got := strings.ReplaceAll(strings.Join(texts(tg.Sent(), 7), " "), "关于", ""); got != want {
		t.Errorf("answered in the order %s", got)
	}
}

// TestLongWaitHoldsUpNoTap has Telegram ask for an hour before an inline query
// and a guest are answered: the person's taps are acknowledged meanwhile, and
// the guest is answered then.
func TestLongWaitHoldsUpNoTap(t *testing.T) {
	tg := telegramtest.New(t, token)
	tg.Guests()
	tg.Expect("message to edit not found") // no answer is tapped
	r := serveAs(t, tg, t.TempDir(), func(*running) telegram.Answerer { return &guestly{} })
	tg.Fail("answerInlineQuery", telegramtest.TooMany(time.Hour))
	tg.Fail("answerGuestQuery", telegramtest.TooMany(time.Hour))
	tg.Update("guest_message", map[string]any{"message_id": 1, "date": 1, "guest_query_id": "g", "text": "什么",
		"chat": map[string]any{"id": -9, "type": "group"}, "from": map[string]any{"id": 7, "is_bot": false}})
	r.clock.waitTimer(t, time.Hour)
	tg.Update("inline_query", map[string]any{"id": "q1", "query": "什", "offset": "", "from": map[string]any{"id": 7, "is_bot": false}})
	tg.Wait("the first query", func() bool { return len(tg.Calls("answerInlineQuery")) == 1 })
	tg.Update("inline_query", map[string]any{"id": "q2", "query": "什么", "offset": "", "from": map[string]any{"id": 7, "is_bot": false}})
	tg.Taps(7, 7, 1, "x")
	tg.Wait("the tap", func() bool { return len(tg.Calls("answerCallbackQuery")) == 1 })
	if got := tg.Calls("answerInlineQuery"); len(got) != 2 || got[1].Form.Get("inline_query_id") != "q2" {
		t.Errorf("%d inline queries are answered, want each once", len(got))
	}
	tg.Wait("the updates to be confirmed", func() bool { return tg.Unconfirmed() == 0 })
	r.clock.advance(time.Hour)
	tg.Wait("the guest's answer", func() bool { return len(tg.Calls("answerGuestQuery")) == 2 })
}
