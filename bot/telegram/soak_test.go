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
	faults  map[string]int
	polls   int
	cut     map[asked]int  // answers that were cut off after they were accepted
	broken  map[asked]int  // answers that were cut off, before that or after
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

// kinds are the faults of calls that bring no update, in turn.
var kinds = []struct {
	name string
	how  telegramtest.Failure
}{
	{"429", telegramtest.TooMany(time.Second)},
	{"502", telegramtest.BadGateway()},
	{"cut before", telegramtest.CutBefore()},
	{"cut after", telegramtest.CutAfter()},
}

// fails says how call number n fails.
func (s *storm) fails(n int, c telegramtest.Call) *telegramtest.Failure {
	s.mu.Lock()
	defer s.mu.Unlock()
	q := questionOf(c)
	switch {
	case gone(q.chat) != nil:
		return gone(q.chat)
	case c.Method == "getUpdates":
		if s.polls++; s.polls%40 >= 3 && s.polls%40 < 6 { // for a while
			s.faults["409"]++
			f := telegramtest.Conflict()
			return &f
		}
		return nil
	case c.Method == "getMe":
		return nil
	case s.refuses(c, q):
		f := telegramtest.Error(400, "Bad Request: can't parse entities")
		return &f
	case n%20 > 0:
		return nil
	}
	k := kinds[n/20%len(kinds)]
	s.faults[k.name]++
	if c.Method == "sendRichMessage" || c.Method == "sendMessage" {
		switch k.name {
		case "cut after":
			s.cut[q]++
			s.broken[q]++
		case "cut before":
			s.broken[q]++
		}
	}
	return &k.how
}

// refuses tells whether a call is an answer that Telegram does not take: the
// rich message, and the plain one in its place; s.mu is held.
func (s *storm) refuses(c telegramtest.Call, q asked) bool {
	if q.message%500 != 77 {
		return false
	}
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
	s := &storm{faults: map[string]int{}, cut: map[asked]int{}, broken: map[asked]int{}, refused: map[asked]bool{}}
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

// fate is what became of the questions.
type fate struct{ once, again, failed, undeliverable, lost, unasked, untold, cuts, broken int }

// count says what became of each question: answered once, or once more for each
// time that its answer was cut off after it was accepted, but no more than twice;
// or the asker was told that it failed, for the answer was refused or cut off
// twice; or the chat is gone.
func (s *storm) count(t *testing.T, tg *telegramtest.Server, all map[asked]bool, updates int, c telegram.Counts) {
	t.Helper()
	answers, told := map[asked]int{}, map[asked]int{}
	for _, m := range tg.Sent() {
		list := answers
		if strings.Contains(m.Text, "没能发出来") {
			list = told
		}
		list[asked{m.Chat, m.ReplyTo}]++
	}
	var f fate
	for q := range all {
		n, failed := answers[q], told[q] > 0
		switch {
		case n == 0 && gone(q.chat) != nil:
			f.undeliverable++
		case n == 0 && !failed:
			f.lost++
		case failed:
			f.failed++
		case n == 1:
			f.once++
		default:
			f.again++
		}
		if why := s.refused[q] || s.broken[q] > 1; failed && !why || s.refused[q] && !failed {
			f.untold++
		}
		if n > min(2, 1+s.cut[q]) || told[q] > 2 {
			f.unasked++
		}
		f.cuts += s.cut[q]
		f.broken += s.broken[q]
	}
	t.Logf("\n| updates | questions | answered once | answered again | failure told | undeliverable | lost | cut after acceptance | tried again | came again | out of order |\n|---|---|---|---|---|---|---|---|---|---|---|\n| %d | %d | %d | %d | %d | %d | %d | %d | %d | %d | %d |\n\nfaults of calls: %v",
		updates, len(all), f.once, f.again, f.failed, f.undeliverable, f.lost, f.cuts, c.Retried, c.Repeated, tg.Disorder(), s.faults)
	if f.lost > 0 || f.unasked > 0 || f.untold > 0 {
		t.Errorf("%d lost, %d answered more often than they were cut after acceptance or than twice, %d told of a failure, or not, without cause", f.lost, f.unasked, f.untold)
	}
	if int64(f.undeliverable) != c.Undeliverable || len(s.refused) == 0 || f.undeliverable == 0 {
		t.Errorf("%d undeliverable, of which the bot counts %d, and %d answers refused", f.undeliverable, c.Undeliverable, len(s.refused))
	}
	if int64(f.broken) > c.Doubtful+int64(f.failed) {
		t.Errorf("%d answers were cut off, of which the bot counts %d", f.broken, c.Doubtful)
	}
	for _, k := range kinds {
		if s.faults[k.name] < updates/200 {
			t.Errorf("%d calls failed by %s, which is too few to prove anything", s.faults[k.name], k.name)
		}
	}
	if c.Repeated < int64(updates-len(all)) || tg.Disorder() < updates/4 || s.polls > 0 && s.faults["409"] == 0 {
		t.Errorf("%d updates came again, %d out of order, %d polls met another poller", c.Repeated, tg.Disorder(), s.faults["409"])
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
