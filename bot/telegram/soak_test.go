package telegram_test

import (
	"encoding/json"
	"flag"
	"strconv"
	"sync"
	"testing"
	"time"

	"chuchu/bot"
	"chuchu/bot/telegram"
	"chuchu/bot/telegram/telegramtest"
)

var soakUpdates = flag.Int("soak", 1000, "updates of TestSoak")

// hurry is a clock that runs faster than the wall's, so that limits and waits
// take less of a test's time.
type hurry struct {
	start time.Time
	times time.Duration
}

func (h hurry) Now() time.Time { return h.start.Add(time.Since(h.start) * h.times) }

func (h hurry) AfterFunc(d time.Duration, f func()) func() bool {
	return time.AfterFunc(d/h.times, f).Stop
}

// soak is start on a clock that runs so many times as fast.
func soak(tb testing.TB, tg *telegramtest.Server, times time.Duration) (conn *telegram.Conn, stop func()) {
	tb.Helper()
	clock := hurry{time.Now(), times}
	return start(tb, tg, tb.TempDir(), telegram.Options{Clock: clock}, bot.Options{Now: clock.Now})
}

// soaked are questions to ask over and over.
var soaked = []string{"北京有多少位两院院士？", "国函68号", "注27", "上海自贸区扩区后面积有多大？", "成都地铁多少公里了？", "/reports"}

// TestSoak asks many questions of many chats before a Telegram that fails one
// call in twenty, and counts the answers to each.
func TestSoak(t *testing.T) {
	updates := *soakUpdates
	chats := int64(max(1, updates/20))
	tg := telegramtest.New(t, token)
	var mu sync.Mutex
	cut := map[[2]int64]int{} // answers that were cut after they were accepted
	tg.Shake(func(n int, c telegramtest.Call) *telegramtest.Failure {
		var f telegramtest.Failure
		switch {
		case c.Method == "getUpdates" && n%400 < 3:
			f = telegramtest.Conflict()
		case c.Method == "getUpdates" || c.Method == "getMe" || n%20 != 0:
			return nil
		case n%80 == 0:
			f = telegramtest.TooMany(time.Second)
		case n%80 == 20:
			f = telegramtest.BadGateway()
		case n%80 == 40:
			f = telegramtest.CutBefore()
		default:
			if c.Method == "sendRichMessage" {
				mu.Lock()
				cut[questionOf(c)]++
				mu.Unlock()
			}
			f = telegramtest.CutAfter()
		}
		return &f
	})
	conn, stop := soak(t, tg, 200)
	asked := map[[2]int64]bool{}
	for i := range updates {
		chat := int64(i)%chats + 1
		asked[[2]int64{chat, tg.Says(chat, soaked[i%len(soaked)])}] = true
		if i%200 == 7 {
			tg.Repeat()
		}
	}
	deadline := time.Now().Add(4 * time.Minute)
	for {
		c := conn.Counts()
		if c.Answered+c.Failed+c.Undeliverable+c.Ignored >= int64(updates) || time.Now().After(deadline) {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	stop()
	answers := map[[2]int64]int{}
	for _, m := range tg.Sent() {
		answers[[2]int64{m.Chat, m.ReplyTo}]++
	}
	lost, again, unasked, cuts := 0, 0, 0, 0
	for q := range asked {
		n := answers[q]
		if n == 0 {
			lost++
			continue
		}
		again += n - 1
		cuts += cut[q]
		unasked += max(0, n-1-cut[q])
	}
	c := conn.Counts()
	t.Logf("\n| updates | chats | answered | told of a failure | lost | answered again | cut after acceptance | tried again | came again |\n|---|---|---|---|---|---|---|---|---|\n| %d | %d | %d | %d | %d | %d | %d | %d | %d |",
		updates, chats, c.Answered, c.Failed, lost, again, cuts, c.Retried, c.Repeated)
	if lost > 0 || unasked > 0 {
		t.Errorf("%d lost, %d answered again without having been cut after acceptance", lost, unasked)
	}
}

// questionOf is the chat and the message that a call answers.
func questionOf(c telegramtest.Call) [2]int64 {
	var reply struct {
		ID int64 `json:"message_id"`
	}
	_ = json.Unmarshal([]byte(c.Form.Get("reply_parameters")), &reply)
	chat, _ := strconv.ParseInt(c.Form.Get("chat_id"), 10, 64)
	return [2]int64{chat, reply.ID}
}

// BenchmarkServe measures the way from an update to its answer, the limits of
// sending out of the way.
func BenchmarkServe(b *testing.B) {
	tg := telegramtest.New(b, token)
	_, stop := soak(b, tg, 100000)
	defer stop()
	n := 0
	for b.Loop() {
		for i := range 500 {
			tg.Says(int64(i)+1, soaked[i%len(soaked)])
		}
		n += 500
		tg.WaitSent(n)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "questions/s")
	b.ReportMetric(0, "ns/op")
}
