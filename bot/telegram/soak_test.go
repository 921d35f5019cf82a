package telegram_test

import (
	"encoding/json"
	"flag"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"chuchu/bot"
	"chuchu/bot/telegram"
	"chuchu/bot/telegram/telegramtest"
	"chuchu/bot/web"
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

// soaked are questions to ask over and over.
var soaked = []string{"北京有多少位两院院士？", "国函68号", "注27", "上海自贸区扩区后面积有多大？", "成都地铁多少公里了？", "/reports"}

// asked is a message of a chat.
type asked struct{ chat, message int64 }

// storm is a Telegram that fails one call in twenty, in which some chats are
// gone, and which refuses some answers for what is in them.
type storm struct {
	mu      sync.Mutex
	cut     map[asked]int  // answers that were cut off after they were accepted
	refused map[asked]bool // questions whose answer Telegram does not take, nor as a plain message
}

// gone is what a chat's every call is answered with; nil: it is there.
func gone(chat int64) *telegramtest.Failure {
	var f telegramtest.Failure
	switch chat % 25 {
	case 3:
		f = telegramtest.Blocked()
	case 8:
		f = telegramtest.Error(403, "Forbidden: user is deactivated")
	case 14:
		f = telegramtest.Error(400, "Bad Request: chat not found")
	default:
		return nil
	}
	return &f
}

// fails says how call number n fails.
func (s *storm) fails(n int, c telegramtest.Call) *telegramtest.Failure {
	q := questionOf(c)
	var f telegramtest.Failure
	switch {
	case gone(q.chat) != nil:
		return gone(q.chat)
	case c.Method == "getUpdates" && n%400 < 3:
		f = telegramtest.Conflict()
	case c.Method == "getUpdates", c.Method == "getMe":
		return nil
	case s.refuses(c, q):
		f = telegramtest.Error(400, "Bad Request: can't parse entities")
	case n%80 == 0:
		f = telegramtest.TooMany(time.Second)
	case n%80 == 20:
		f = telegramtest.BadGateway()
	case n%80 == 40:
		f = telegramtest.CutBefore()
	case n%80 == 60:
		if c.Method == "sendRichMessage" || c.Method == "sendMessage" {
			s.mu.Lock()
			s.cut[q]++
			s.mu.Unlock()
		}
		f = telegramtest.CutAfter()
	default:
		return nil
	}
	return &f
}

// refuses tells whether a call is an answer that Telegram does not take: the
// rich message, and the plain one in its place.
func (s *storm) refuses(c telegramtest.Call, q asked) bool {
	if q.message%500 != 77 {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	first := !s.refused[q]
	if c.Method == "sendMessage" {
		s.refused[q] = true
	}
	return c.Method == "sendRichMessage" || c.Method == "sendMessage" && first
}

// TestSoak asks many questions of many chats, which come out of order and some
// twice, and counts what became of each.
func TestSoak(t *testing.T) {
	t.Run("polled", func(t *testing.T) { soakOn(t, telegramtest.New(t, token), telegram.Webhook{}, nil) })
	t.Run("delivered", func(t *testing.T) {
		tg := telegramtest.New(t, token)
		var conn atomic.Pointer[telegram.Conn]
		hook := web.Options{Path: "/hook", Secret: "s3cret", Log: slog.New(slog.DiscardHandler)}
		door := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if c := conn.Load(); c != nil {
				web.Handler(hook, c).ServeHTTP(w, r)
				return
			}
			w.WriteHeader(http.StatusBadGateway)
		}))
		defer door.Close()
		defer tg.Close()
		tg.Reach(door.Listener.Addr().String(), nil)
		tg.LoseAnswers(*soakUpdates / 50)
		soakOn(t, tg, telegram.Webhook{URL: "https://bot.example.org/hook", Secret: hook.Secret}, conn.Store)
	})
}

func soakOn(t *testing.T, tg *telegramtest.Server, hook telegram.Webhook, ready func(*telegram.Conn)) {
	questions := *soakUpdates
	chats := int64(max(1, questions/20))
	s := &storm{cut: map[asked]int{}, refused: map[asked]bool{}}
	tg.Shake(s.fails)
	tg.Shuffle(1)
	clock := hurry{time.Now(), 200}
	conn, stop := start(t, tg, t.TempDir(), telegram.Options{Clock: clock, Webhook: hook}, bot.Options{Now: clock.Now})
	if ready != nil {
		ready(conn)
	}
	all, updates := map[asked]bool{}, 0
	for i := range questions {
		chat := int64(i)%chats + 1
		all[asked{chat, tg.Says(chat, soaked[i%len(soaked)])}] = true
		if updates++; i%200 == 7 {
			tg.Repeat()
			updates++
		}
	}
	deadline := time.Now().Add(4 * time.Minute)
	for {
		c := conn.Counts()
		if c.Answered+c.Failed+c.Undeliverable+c.Ignored >= int64(questions) && tg.Unconfirmed() == 0 || time.Now().After(deadline) {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	stop()
	s.count(t, tg, all, updates, conn.Counts())
}

// count says what became of each question.
func (s *storm) count(t *testing.T, tg *telegramtest.Server, all map[asked]bool, updates int, c telegram.Counts) {
	t.Helper()
	answers, told := map[asked]int{}, map[asked]bool{}
	for _, m := range tg.Sent() {
		q := asked{m.Chat, m.ReplyTo}
		answers[q]++
		told[q] = told[q] || strings.Contains(m.Text, "没能发出来")
	}
	var once, again, unasked, failed, undeliverable, lost, cuts int
	for q := range all {
		n := answers[q]
		switch {
		case n == 0 && gone(q.chat) != nil:
			undeliverable++
			continue
		case n == 0:
			lost++
			continue
		case told[q]:
			failed++
		case n == 1:
			once++
		default:
			again++
		}
		cuts += s.cut[q]
		unasked += max(0, n-1-s.cut[q])
	}
	t.Logf("\n| updates | questions | answered once | answered again | failure told | undeliverable | lost | cut after acceptance | tried again | came again |\n|---|---|---|---|---|---|---|---|---|---|\n| %d | %d | %d | %d | %d | %d | %d | %d | %d | %d |",
		updates, len(all), once, again, failed, undeliverable, lost, cuts, c.Retried, c.Repeated)
	if lost > 0 || unasked > 0 {
		t.Errorf("%d lost, %d answered again without having been cut after acceptance", lost, unasked)
	}
	if int64(undeliverable) != c.Undeliverable || failed != len(s.refused) || failed == 0 || undeliverable == 0 {
		t.Errorf("%d undeliverable, of which the bot counts %d, and %d of %d refused answers told", undeliverable, c.Undeliverable, failed, len(s.refused))
	}
}

// questionOf is the chat and the message that a call answers.
func questionOf(c telegramtest.Call) asked {
	var reply struct {
		ID int64 `json:"message_id"`
	}
	_ = json.Unmarshal([]byte(c.Form.Get("reply_parameters")), &reply)
	chat, _ := strconv.ParseInt(c.Form.Get("chat_id"), 10, 64)
	return asked{chat, reply.ID}
}
