package telegram_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"chuchu/bot/telegram"
	"chuchu/bot/telegram/telegramtest"
	"chuchu/retrieval"
)

func toChat(id string) func(telegramtest.Call) bool {
	return func(c telegramtest.Call) bool { return c.Form.Get("chat_id") == id }
}

func TestTooManyHoldsUpThatChatAlone(t *testing.T) {
	tg := telegramtest.New(t, token)
	tg.FailIf("sendMessage", toChat("7"), telegramtest.TooMany(30*time.Second))
	r := serve(t, tg, t.TempDir(), library{})
	tg.Says(7, "甲")
	r.clock.waitTimer(t, 30*time.Second)
	tg.Says(7, "乙")
	tg.Says(8, "丙")
	if got := tg.WaitSent(1)[0]; got.Chat != 8 {
		t.Fatalf("first answer went to chat %d, want 8", got.Chat)
	}
	r.clock.advance(29 * time.Second)
	r.clock.waitTimer(t, time.Second)
	if n := len(tg.Sent()); n != 1 {
		t.Fatalf("%d answers sent a second too early, want 1", n)
	}
	r.clock.advance(time.Second)
	r.clock.next(t)
	tg.WaitSent(3)
	r.stop()
	got := texts(tg.Sent(), 7)
	if len(got) != 2 || !strings.HasPrefix(got[0], "关于甲，") || !strings.HasPrefix(got[1], "关于乙，") {
		t.Errorf("answers to chat 7 are %q, want both, in order", got)
	}
}

func TestTransientFailuresAreTriedAgain(t *testing.T) {
	for _, tt := range []struct {
		name     string
		how      telegramtest.Failure
		doubtful int64
		sent     int
	}{
		{"502 page", telegramtest.BadGateway(), 1, 1},
		{"500 answer", telegramtest.Error(500, "Internal Server Error"), 0, 1},
		{"cut before", telegramtest.CutBefore(), 1, 1},
		{"cut after it was taken", telegramtest.CutAfter(), 1, 2}, // the one case that may double
		{"429 without a time", telegramtest.TooMany(0), 0, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tg := telegramtest.New(t, token)
			tg.Fail("sendMessage", tt.how)
			r := serve(t, tg, t.TempDir(), library{})
			tg.Says(7, "什么")
			r.clock.waitTimer(t, time.Second)
			r.clock.advance(time.Second)
			tg.WaitSent(tt.sent)
			tg.Wait("the update to be confirmed", func() bool { return tg.Unconfirmed() == 0 })
			r.stop()
			if n := len(tg.Sent()); n != tt.sent {
				t.Errorf("%d messages sent, want %d", n, tt.sent)
			}
			want := fmt.Sprintf("1 answered, 1 retried, %d doubtful, 0 failed", tt.doubtful)
			c := r.conn.Counts()
			if got := fmt.Sprintf("%d answered, %d retried, %d doubtful, %d failed", c.Answered, c.Retried, c.Doubtful, c.Failed); got != want {
				t.Errorf("counts are %s, want %s", got, want)
			}
		})
	}
}

// TestCutTwiceIsToldInstead breaks off an answer twice: it may be there twice by
// then, so that it is not sent a third time.
func TestCutTwiceIsToldInstead(t *testing.T) {
	for name, how := range map[string]telegramtest.Failure{"after it was taken": telegramtest.CutAfter(), "before": telegramtest.CutBefore()} {
		t.Run(name, func(t *testing.T) {
			tg, dir := telegramtest.New(t, token), t.TempDir()
			tg.Fail("sendMessage", how, how)
			r := serve(t, tg, dir, library{}, hurriedly)
			tg.Says(7, "什么")
			tg.Wait("the line that it failed", func() bool {
				return slices.ContainsFunc(texts(tg.Sent(), 7), func(s string) bool { return strings.Contains(s, "没能发出来") })
			})
			tg.Says(7, "又问")
			tg.Wait("the next answer", func() bool {
				return slices.ContainsFunc(texts(tg.Sent(), 7), func(s string) bool { return strings.HasPrefix(s, "关于又问，") })
			})
			tg.Wait("the updates to be confirmed", func() bool { return tg.Unconfirmed() == 0 })
			r.stop()
			if n := len(tg.Calls("sendMessage")); n != 4 {
				t.Errorf("%d messages in %q, want the answer twice, the line and the next answer", n, texts(tg.Sent(), 7))
			}
			if c := r.conn.Counts(); c.Failed != 1 || c.Answered != 1 || left(t, dir) != 0 {
				t.Errorf("counts are %+v, want one answered and one failed", c)
			}
		})
	}
}

// TestBrokenLineIsSeenToBeWhole breaks off an answer, and everything else for a
// while: it is sent again once Telegram answers, and not before.
func TestBrokenLineIsSeenToBeWhole(t *testing.T) {
	tg := telegramtest.New(t, token)
	r := serve(t, tg, t.TempDir(), library{})
	tg.Fail("sendMessage", telegramtest.CutBefore())
	for range 12 { // more than an answer is tried
		tg.Fail("getMe", telegramtest.CutBefore())
	}
	tg.Says(7, "什么")
	for _, wait := range []time.Duration{1, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60, 60} {
		r.clock.waitTimer(t, wait*time.Second)
		if n := len(tg.Calls("sendMessage")); n != 1 {
			t.Fatalf("sent in %d calls while the line is broken, want 1", n)
		}
		r.clock.advance(wait * time.Second)
	}
	tg.WaitSent(1)
	tg.Wait("the update to be confirmed", func() bool { return tg.Unconfirmed() == 0 })
	r.stop()
	if got := texts(tg.Sent(), 7); len(got) != 1 || !strings.HasPrefix(got[0], "关于什么，") {
		t.Errorf("sent %q, want the answer", got)
	}
}

func TestPollFailuresLoseNothing(t *testing.T) {
	for name, how := range map[string]telegramtest.Failure{
		"502 page": telegramtest.BadGateway(),
		"429":      telegramtest.TooMany(3 * time.Second),
		"409":      telegramtest.Conflict(),
		"cut":      telegramtest.CutAfter(),
	} {
		t.Run(name, func(t *testing.T) {
			tg := telegramtest.New(t, token)
			tg.Says(7, "什么")
			tg.Fail("getUpdates", how)
			r := serve(t, tg, t.TempDir(), library{})
			wait := map[string]time.Duration{"502 page": time.Second, "429": 3 * time.Second, "409": 5 * time.Second, "cut": time.Second}[name]
			r.clock.waitTimer(t, wait)
			r.clock.advance(wait)
			tg.WaitSent(1)
			tg.Wait("the update to be confirmed", func() bool { return tg.Unconfirmed() == 0 })
			r.stop()
			if n := len(tg.Sent()); n != 1 {
				t.Errorf("%d messages sent, want 1", n)
			}
		})
	}
}

// Some servers do not hold an empty poll open.
func TestEmptyPollsArePaced(t *testing.T) {
	tg := telegramtest.New(t, token)
	r := serve(t, tg, t.TempDir(), library{}, func(o *telegram.Options) { o.Poll = time.Millisecond })
	for n := 1; n <= 3; n++ {
		r.clock.waitTimer(t, time.Second)
		if got := len(tg.Calls("getUpdates")); got != n {
			t.Fatalf("%d polls in %d s, want %d", got, n-1, n)
		}
		r.clock.advance(time.Second)
	}
}

func TestRefusedAnswerIsToldOnce(t *testing.T) {
	tg := telegramtest.New(t, token)
	tg.Fail("sendMessage", telegramtest.Error(400, "Bad Request: can't parse entities"))
	r := serve(t, tg, t.TempDir(), library{}, hurriedly)
	tg.Says(7, "什么")
	tg.Wait("the update to be confirmed", func() bool { return tg.Unconfirmed() == 0 })
	got := tg.WaitSent(1)
	r.stop()
	if len(got) != 1 || !strings.Contains(got[0].Text, "没能发出来") {
		t.Errorf("the asker reads %v, want one line that the answer failed", got)
	}
	if c := r.conn.Counts(); c.Failed != 1 || c.Answered != 0 {
		t.Errorf("counts are %+v, want one failed", c)
	}
}

func TestRefusedForGoodIsDropped(t *testing.T) {
	for name, how := range map[string][]telegramtest.Failure{
		"blocked": {telegramtest.Blocked()},
		"gone":    {telegramtest.Error(400, "Bad Request: chat not found")},
		"refused": {telegramtest.Error(400, "Bad Request: can't parse entities"), telegramtest.Error(400, "Bad Request: can't parse entities")},
	} {
		t.Run(name, func(t *testing.T) {
			tg := telegramtest.New(t, token)
			tg.FailIf("sendMessage", toChat("7"), how...)
			dir := t.TempDir()
			r := serve(t, tg, dir, library{}, hurriedly)
			tg.Says(7, "什么")
			tg.Wait("both tries", func() bool { return len(tg.Calls("sendMessage")) == len(how) })
			tg.Says(8, "什么")
			tg.WaitSent(1)
			r.stop()
			if c := r.conn.Counts(); c.Undeliverable+c.Failed != 1 {
				t.Errorf("counts are %+v, want one blocked or failed", c)
			}
			if n := left(t, dir); n != 0 {
				t.Errorf("%d updates are left to answer, want none", n)
			}
		})
	}
}

func TestLastingFailureIsGivenUp(t *testing.T) {
	tg := telegramtest.New(t, token)
	for range 10 {
		tg.Fail("sendMessage", telegramtest.Error(500, "Internal Server Error"))
	}
	r := serve(t, tg, t.TempDir(), library{})
	tg.Says(7, "什么")
	for _, wait := range []time.Duration{1, 2, 4, 8, 16, 32, 60, 60, 60} {
		r.clock.waitTimer(t, wait*time.Second)
		r.clock.advance(wait * time.Second)
	}
	r.clock.next(t)
	if got := tg.WaitSent(1)[0].Text; !strings.Contains(got, "没能发出来") {
		t.Errorf("the asker reads %q", got)
	}
}

func TestRepeatedUpdateIsAnsweredOnce(t *testing.T) {
	tg := telegramtest.New(t, token)
	dir := t.TempDir()
	tg.Says(7, "什么")
	tg.Repeat()
	r := serve(t, tg, dir, library{})
	tg.WaitSent(1)
	tg.Wait("the update to be confirmed", func() bool { return tg.Unconfirmed() == 0 })
	r.stop()
	if c := r.conn.Counts(); c.Repeated != 1 {
		t.Errorf("%d updates were taken for repeated, want 1", c.Repeated)
	}
	if n := len(tg.Sent()); n != 1 {
		t.Errorf("%d messages sent, want 1", n)
	}
}

func TestFloodOfOneHoldsUpNobody(t *testing.T) {
	tg := telegramtest.New(t, token)
	r := serve(t, tg, t.TempDir(), library{})
	for i := range 20 {
		tg.Says(7, fmt.Sprintf("第%d问", i))
	}
	tg.Says(8, "什么")
	tg.Wait("the other's answer", func() bool { return len(texts(tg.Sent(), 8)) == 1 })
	for n := 1; n < 20; n++ { // one a second
		r.clock.waitTimer(t, time.Second)
		if got := len(texts(tg.Sent(), 7)); got != n {
			t.Fatalf("%d answers after %d s, want %d", got, n-1, n)
		}
		r.clock.advance(time.Second)
	}
	tg.WaitSent(21)
	for i, got := range texts(tg.Sent(), 7) {
		if !strings.HasPrefix(got, fmt.Sprintf("关于第%d问，", i)) {
			t.Errorf("answer %d is %q", i, got)
		}
	}
}

func TestHangingAnswersHoldUpNobody(t *testing.T) {
	tg := telegramtest.New(t, token)
	release := make(chan struct{})
	tg.FailIf("sendMessage", toChat("7"), telegramtest.Slow(release))
	r := serve(t, tg, t.TempDir(), library{})
	tg.Says(7, "甲")
	tg.Wait("the call", func() bool { return len(tg.Calls("sendMessage")) == 1 })
	tg.Says(8, "乙")
	if got := tg.WaitSent(1)[0]; got.Chat != 8 {
		t.Errorf("first answer went to chat %d, want 8", got.Chat)
	}
	// what is under way is finished when the bot stops
	r.cancel()
	r.clock.waitTimer(t, 8*time.Second)
	close(release)
	r.stop()
	if got := texts(tg.Sent(), 7); len(got) != 1 {
		t.Errorf("answers to chat 7 are %q, want the one under way", got)
	}
	if c := r.conn.Counts(); c.Answered != 2 {
		t.Errorf("counts are %+v, want 2 answered", c)
	}
}

func TestStoredUpdatesAreAnsweredAfterARestart(t *testing.T) {
	tg := telegramtest.New(t, token)
	dir := t.TempDir()
	tg.Fail("sendMessage", telegramtest.Slow(nil)) // never answers
	r := serve(t, tg, dir, library{})
	tg.Says(7, "甲")
	tg.Says(7, "乙")
	tg.Wait("the updates to be confirmed", func() bool { return tg.Unconfirmed() == 0 })
	tg.Wait("the call", func() bool { return len(tg.Calls("sendMessage")) == 1 })
	r.cancel()
	r.clock.waitTimer(t, 8*time.Second)
	r.clock.advance(8 * time.Second) // the call under way is given up
	r.stop()
	if n, sent := left(t, dir), len(tg.Sent()); n != 2 || sent != 0 {
		t.Fatalf("%d updates left and %d messages sent, want 2 and none", n, sent)
	}

	hold := make(chan struct{})
	release := sync.OnceFunc(func() { close(hold) })
	r = serve(t, tg, dir, library{func(q retrieval.Question) error {
		if q.Text == "丙" {
			<-hold
		}
		return nil
	}})
	t.Cleanup(release)
	tg.Says(7, "丙")
	r.clock.next(t)
	tg.WaitSent(2) // both from the store, though the new one cannot be answered yet
	release()
	r.clock.next(t)
	tg.WaitSent(3)
	r.stop()
	for i, want := range []string{"甲", "乙", "丙"} {
		if got := texts(tg.Sent(), 7); len(got) != 3 || !strings.HasPrefix(got[i], "关于"+want+"，") {
			t.Fatalf("answers are %q, want one to each question, the stored first", got)
		}
	}
	if n := left(t, dir); n != 0 {
		t.Errorf("%d updates are left to answer, want none", n)
	}
}
