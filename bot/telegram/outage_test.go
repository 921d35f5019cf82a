package telegram_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"chuchu/bot/telegram"
	"chuchu/bot/telegram/telegramtest"
	"chuchu/retrieval"
)

// turn sets the clock forwards or back; what waits does not notice.
func (c *clock) turn(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	for _, t := range c.timers {
		t.at = t.at.Add(d)
	}
}

// waitTimers waits until so many wait for the clock.
func (c *clock) waitTimers(t *testing.T, n int) {
	t.Helper()
	deadline := time.NewTimer(20 * time.Second)
	defer deadline.Stop()
	for {
		c.mu.Lock()
		changed, have := c.changed, len(c.timers)
		c.mu.Unlock()
		if have >= n {
			return
		}
		select {
		case <-changed:
		case <-deadline.C:
			t.Fatalf("%d wait for the clock, want %d", have, n)
		}
	}
}

// troubles are the warnings and errors of a log; that the list of commands was
// not set, which happens once at the start, is none here.
func troubles(log string) (out []string) {
	for line := range strings.Lines(log) {
		if (strings.Contains(line, "level=WARN") || strings.Contains(line, "level=ERROR")) && !strings.Contains(line, "the list of commands") {
			out = append(out, line)
		}
	}
	return out
}

// TestHourWithoutNetwork takes Telegram away while an answer is due, and gives
// it back an hour later: it is asked for once a minute at most, the trouble is
// told once, and all that waited is answered once.
func TestHourWithoutNetwork(t *testing.T) {
	tg := telegramtest.New(t, token)
	begun, hold := make(chan struct{}), make(chan struct{})
	var tries atomic.Int64
	r := serve(t, tg, t.TempDir(), library{func(q retrieval.Question) error {
		if q.Text == "甲" {
			close(begun)
			<-hold
		}
		return nil
	}}, func(o *telegram.Options) {
		o.Called = func(method string, _ time.Duration, code int, _ time.Duration) {
			if method == "getUpdates" && code == 0 {
				tries.Add(1)
			}
		}
	})
	tg.Says(7, "甲")
	<-begun
	tg.Wait("the commands to be set", func() bool { return len(tg.Calls("setMyCommands")) == 6 })
	tg.Wait("the update to be confirmed", func() bool { return tg.Unconfirmed() == 0 })
	tg.Down()
	close(hold)
	for chat := range int64(5) {
		tg.Says(20+chat, "乙")
	}
	for minute := range 60 {
		r.clock.waitTimers(t, 2) // the poll's and the answer's
		if got, most := tries.Load(), int64(minute+1); got != most {
			t.Fatalf("%d polls before minute %d, want %d", got, minute, most)
		}
		r.clock.advance(time.Minute)
	}
	r.clock.waitTimers(t, 2)
	if err := r.conn.Health(); err == nil {
		t.Error("the bot is healthy after an hour without Telegram")
	}
	if got := troubles(r.log.String()); len(got) != 1 || !strings.Contains(got[0], "cannot reach http://127.0.0.1:") {
		t.Errorf("an hour without network is told by %q, want one line", got)
	}
	tg.Up()
	r.clock.advance(time.Minute)
	tg.WaitSent(6)
	tg.Wait("the updates to be confirmed", func() bool { return tg.Unconfirmed() == 0 })
	if err := r.conn.Health(); err != nil {
		t.Errorf("with Telegram back: %v", err)
	}
	r.stop()
	each := map[int64]int{}
	for _, m := range tg.Sent() {
		each[m.Chat]++
	}
	if len(each) != 6 || len(tg.Sent()) != 6 {
		t.Errorf("answers by chat are %v, want one to each of 6", each)
	}
	if n := strings.Count(r.log.String(), "level=INFO msg=\"updates come in again\""); n != 1 {
		t.Errorf("the end of it is told %d times, want once", n)
	}
	if got := troubles(r.log.String()); len(got) != 1 {
		t.Errorf("all is told by %q, want one line", got)
	}
}

// TestGarbage has Telegram, or what stands in its place, answer a poll and a
// message with what is no answer: the question is answered nevertheless.
func TestGarbage(t *testing.T) {
	good := `{"update_id":900,"message":{"message_id":7000,"date":1,"chat":{"id":9,"type":"private"},"from":{"id":9},"text":"好的"}}`
	for name, how := range map[string]telegramtest.Failure{
		"a page":             telegramtest.Raw(200, "<!DOCTYPE html><html><body>Please log in to the network</body></html>"),
		"a page of 500":      telegramtest.Raw(500, "<html>"),
		"nothing":            telegramtest.Raw(200, ""),
		"no content":         telegramtest.Raw(204, ""),
		"null":               telegramtest.Raw(200, "null"),
		"empty object":       telegramtest.Raw(200, "{}"),
		"list":               telegramtest.Raw(200, "[]"),
		"cut off":            telegramtest.Raw(200, `{"ok":true,"result":[{"update_id":1000,"mess`),
		"other type":         telegramtest.Raw(200, `{"ok":"yes","result":7}`),
		"result of a string": telegramtest.Raw(200, `{"ok":true,"result":"x"}`),
		"huge":               telegramtest.Raw(200, `{"ok":true,"result":[`+strings.Repeat(" ", 33<<20)+`]}`),
		"binary":             telegramtest.Raw(200, "\x1f\x8b\x00\xff\xfe\x00"),
		"moved":              telegramtest.Raw(301, ""),
		"drip":               telegramtest.Drip(),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tg := telegramtest.New(t, token)
			tg.Says(7, "什么")
			if name != "drip" { // a poll is given long
				tg.Fail("getUpdates", how)
			}
			tg.Fail("sendMessage", how)
			r := serve(t, tg, t.TempDir(), library{}, hurriedly, func(o *telegram.Options) { o.Timeout = 2 * time.Second })
			tg.WaitSent(1)
			tg.Wait("the update to be confirmed", func() bool { return tg.Unconfirmed() == 0 })
			r.stop()
			got := tg.Sent()
			if len(got) != 1 || !strings.HasPrefix(got[0].Text, "关于什么，") {
				t.Errorf("sent %+v, want one answer", got)
			}
			if name == "huge" && !strings.Contains(r.log.String(), "over 32 MiB") {
				t.Errorf("that it is too large is not told:\n%s", r.log)
			}
		})
	}
	t.Run("no updates among updates", func(t *testing.T) {
		tg := telegramtest.New(t, token)
		tg.Meet(9) // of whom no update of the server's own tells
		for range 3 {
			tg.Fail("getUpdates", telegramtest.Raw(200, `{"ok":true,"result":[1,"x",null,{},{"update_id":"z"},{"update_id":-5},`+good+`,{"update_id":901,"message":{"message_id":"x"}}]}`))
		}
		r := serve(t, tg, t.TempDir(), library{})
		for _, wait := range []time.Duration{1, 2, 4} { // else it would come again at once
			r.clock.waitTimer(t, wait*time.Second)
			r.clock.advance(wait * time.Second)
		}
		tg.Update("message", inGroup(-5, map[string]any{"text": "/ask 什么", "message_id": 2, "from": map[string]any{"id": 7}}))
		tg.WaitSent(2)
		r.stop()
		if got := texts(tg.Sent(), 9); len(got) != 1 || !strings.HasPrefix(got[0], "关于好的，") {
			t.Errorf("the good one is answered with %q", got)
		}
		if got := troubles(r.log.String()); len(got) != 2 { // and of update 901, that it cannot be read
			t.Errorf("it is told by %q, want two lines", got)
		}
	})
}

// TestLongWaitIsNotBelieved is asked to wait for years.
func TestLongWaitIsNotBelieved(t *testing.T) {
	tg := telegramtest.New(t, token)
	tg.Fail("getUpdates", telegramtest.Raw(http.StatusTooManyRequests, fmt.Sprintf(`{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":%d}}`, int64(1)<<40)))
	tg.Says(7, "什么")
	r := serve(t, tg, t.TempDir(), library{})
	r.clock.waitTimer(t, time.Hour)
	r.clock.advance(time.Hour)
	tg.WaitSent(1)
}

// TestClockThatJumps sets the clock forwards and back between questions: nobody
// waits longer than the limits ask for, and what comes again is known.
func TestClockThatJumps(t *testing.T) {
	for _, jump := range []time.Duration{time.Hour, -24 * time.Hour} {
		t.Run(jump.String(), func(t *testing.T) {
			tg := telegramtest.New(t, token)
			r := serveScripted(t, tg, &scripted{})
			for i := range 20 { // as many as a group may be sent in a minute
				tg.Update("message", inGroup(-5, map[string]any{"text": "/ask 什么", "message_id": i + 1, "from": map[string]any{"id": 7}}))
				tg.Says(int64(100+i), "什么")
			}
			for range 19 {
				r.clock.next(t)
			}
			tg.WaitSent(40)
			r.clock.turn(jump)
			tg.Says(100, "又问")
			tg.Repeat()
			tg.Update("message", inGroup(-5, map[string]any{"text": "/ask 什么", "message_id": 40, "from": map[string]any{"id": 7}}))
			if jump < 0 { // the group's minute is not over
				tg.WaitSent(41)
				r.clock.next(t)
				r.clock.waitTimer(t, 40*time.Second)
				r.clock.advance(40 * time.Second)
			}
			tg.WaitSent(42)
			tg.Wait("the updates to be confirmed", func() bool { return tg.Unconfirmed() == 0 })
			r.stop()
			if got := texts(tg.Sent(), 100); len(got) != 2 {
				t.Errorf("answers to chat 100 are %q, want 2", got)
			}
		})
	}
}

// TestTroubleOfTheStateIsToldOnce brings updates while nothing can be stored:
// none is taken, so that they come again, and that is told once.
func TestTroubleOfTheStateIsToldOnce(t *testing.T) {
	tg := telegramtest.New(t, token)
	r := serve(t, tg, t.TempDir(), library{})
	tg.Says(8, "什么")
	tg.WaitSent(1)
	tg.Wait("the update to be confirmed", func() bool { return tg.Unconfirmed() == 0 })
	if err := r.db.Close(); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if err := r.conn.Take(t.Context(), []byte(`{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":7,"type":"private"},"from":{"id":7},"text":"什么"}}`)); err == nil {
			t.Error("an update that is not stored is taken")
		}
	}
	r.stop()
	if got := troubles(r.log.String()); len(got) != 1 || !strings.Contains(got[0], "the state cannot be written") {
		t.Errorf("it is told by %q, want one line", got)
	}
	if n := len(tg.Sent()); n != 1 {
		t.Errorf("%d messages sent, want the one from before", n)
	}
}
