package telegram_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"chuchu/bot/telegram/telegramtest"
	"chuchu/retrieval"
)

// TestEditWhileAnswering changes a question while its answer is being looked for:
// one message answers both, and shows the answer to the later.
func TestEditWhileAnswering(t *testing.T) {
	tg := telegramtest.New(t, token)
	begun, hold := make(chan struct{}), make(chan struct{})
	r := serve(t, tg, t.TempDir(), library{func(q retrieval.Question) error {
		if q.Text == "甲" {
			close(begun)
			<-hold
		}
		return nil
	}})
	id := tg.Says(7, "甲")
	<-begun
	tg.Edits(7, id, map[string]any{"text": "乙"})
	tg.Wait("the edit to be taken", func() bool { return tg.Unconfirmed() == 0 })
	close(hold)
	tg.WaitSent(1)
	r.clock.next(t) // an edit counts as a message
	tg.Wait("the answer to the later", func() bool { return strings.HasPrefix(tg.Sent()[0].Text, "关于乙，") })
	r.stop()
	if n := len(tg.Sent()); n != 1 {
		t.Errorf("%d messages sent, want 1", n)
	}
}

// TestRepeatedAfterARestart brings updates again that an earlier run took: one
// that it answered, and one that it left.
func TestRepeatedAfterARestart(t *testing.T) {
	tg, dir := telegramtest.New(t, token), t.TempDir()
	tg.Meet(71, 72, 73)
	again := func(r *running, n int, text string) {
		t.Helper()
		raw := fmt.Sprintf(`{"update_id":%d,"message":{"message_id":%d,"date":1,"chat":{"id":%d,"type":"private"},"from":{"id":%d},"text":%q}}`, 5000+n, n, 70+n, 70+n, text)
		if err := r.conn.Take(t.Context(), []byte(raw)); err != nil {
			t.Fatal(err)
		}
	}
	serving := func() *running {
		r := serve(t, tg, dir, library{}, byWebhook)
		tg.Wait("the webhook", func() bool { return tg.Webhook() != "" })
		return r
	}
	doored(t, tg)
	tg.FailIf("sendMessage", toChat("72"), telegramtest.TooMany(time.Hour))
	r := serving()
	again(r, 1, "甲")
	tg.WaitSent(1)
	again(r, 2, "乙")
	r.clock.waitTimer(t, time.Hour)
	r.stop()
	r = serving()
	tg.WaitSent(2) // the one that was left
	again(r, 1, "甲")
	again(r, 2, "乙")
	again(r, 3, "丙")
	tg.WaitSent(3)
	r.stop()
	if n, c := len(tg.Sent()), r.conn.Counts(); n != 3 || c.Repeated != 2 {
		t.Errorf("%d messages sent, want 3; %d updates came again, want 2", n, c.Repeated)
	}
}
