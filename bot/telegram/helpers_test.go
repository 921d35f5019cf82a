package telegram_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"chuchu/bot"
	"chuchu/bot/store"
	"chuchu/bot/telegram"
	"chuchu/bot/telegram/telegramtest"
	"chuchu/bot/words"
	"chuchu/retrieval"
)

const token = "123456:AAF-secret_part_of_the_token"

// TestMain allows the workers that bleve starts as its package loads.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("github.com/blevesearch/bleve_index_api.AnalysisWorker"))
}

// library answers every question with a passage that repeats it.
type library struct {
	ask func(q retrieval.Question) error
}

func (l library) Ask(_ context.Context, q retrieval.Question) (retrieval.Answer, error) {
	if l.ask != nil {
		if err := l.ask(q); err != nil {
			return retrieval.Answer{}, err
		}
	}
	return retrieval.Answer{Question: q.Text, Found: true, Confidence: 1, Hits: []retrieval.Hit{{
		PassageID: "r#p1", Report: "r", Title: "报告", Section: []string{"一、章"}, Paragraph: 1,
		Text: "前一句。关于" + q.Text + "，答案是甲乙丙。后一句。", Quote: "关于" + q.Text + "，答案是甲乙丙。", Answer: "甲乙丙",
		Footnotes: []retrieval.Footnote{{Marker: "3", Works: []string{"《某通知》"}}},
	}}}, nil
}

func (l library) Cite(ctx context.Context, q retrieval.Question) (retrieval.Answer, error) {
	return l.Ask(ctx, q)
}

func (library) Reports() []retrieval.ReportInfo {
	return []retrieval.ReportInfo{{ID: "r", Title: "报告", Passages: 2, Sections: 1, Markers: 1}}
}

// clock stands still until a test moves it.
type clock struct {
	mu      sync.Mutex
	now     time.Time
	timers  []*timer
	changed chan struct{}
}

type timer struct {
	at time.Time
	f  func()
}

func newClock() *clock {
	return &clock{now: time.Unix(1_700_000_000, 0), changed: make(chan struct{})}
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) AfterFunc(d time.Duration, f func()) func() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	t := &timer{c.now.Add(d), f}
	c.timers = append(c.timers, t)
	close(c.changed)
	c.changed = make(chan struct{})
	return func() bool { return c.take(t) }
}

func (c *clock) take(t *timer) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	i := slices.Index(c.timers, t)
	if i < 0 {
		return false
	}
	c.timers = slices.Delete(c.timers, i, i+1)
	return true
}

// advance moves the clock and runs what falls due.
func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	c.now = c.now.Add(d)
	var due []*timer
	c.timers = slices.DeleteFunc(c.timers, func(t *timer) bool {
		if t.at.After(c.now) {
			return false
		}
		due = append(due, t)
		return true
	})
	c.mu.Unlock()
	for _, t := range due {
		go t.f()
	}
}

// next waits until something waits for the next second, and lets it come.
func (c *clock) next(t *testing.T) {
	t.Helper()
	c.waitTimer(t, time.Second)
	c.advance(time.Second)
}

// hurriedly is for tests in which the limits of sending play no part.
func hurriedly(o *telegram.Options) { o.Clock = hurry{time.Now(), 100} }

// waitTimer waits until something waits for the clock for d, give or take a
// moment.
func (c *clock) waitTimer(t *testing.T, d time.Duration) {
	t.Helper()
	deadline := time.NewTimer(20 * time.Second)
	defer deadline.Stop()
	for {
		c.mu.Lock()
		changed := c.changed
		ok := slices.ContainsFunc(c.timers, func(t *timer) bool { return t.at.Sub(c.now.Add(d)).Abs() < 50*time.Millisecond })
		c.mu.Unlock()
		if ok {
			return
		}
		select {
		case <-changed:
		case <-deadline.C:
			t.Fatalf("nothing waits for %v", d)
		}
	}
}

// output gathers what is logged.
type output struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}

// running is a bot that serves.
type running struct {
	t      *testing.T
	conn   *telegram.Conn
	clock  *clock
	log    *output
	cancel context.CancelFunc
	done   chan error
	db     *store.DB
}

// serve starts the bot on a state folder.
func serve(t *testing.T, tg *telegramtest.Server, dir string, lib bot.Library, change ...func(*telegram.Options)) *running {
	t.Helper()
	return serveAs(t, tg, dir, func(r *running) telegram.Answerer {
		return bot.New(lib, bot.Options{Name: r.conn.Name(), Samples: map[words.Language][]string{words.Simplified: {"问题一", "问题二", "问题三"}}, Now: r.clock.Now})
	}, change...)
}

// serveAs starts any bot on a state folder, on a clock that stands still.
func serveAs(t *testing.T, tg *telegramtest.Server, dir string, as func(*running) telegram.Answerer, change ...func(*telegram.Options)) *running {
	t.Helper()
	r := &running{t: t, clock: newClock(), log: &output{}, done: make(chan error, 1)}
	ctx, cancel := context.WithCancel(t.Context())
	r.cancel = cancel
	var err error
	if r.db, err = store.Open(dir); err != nil {
		t.Fatal(err)
	}
	o := telegram.Options{Token: token, Endpoint: tg.Endpoint(), Clock: r.clock,
		Log: slog.New(slog.NewTextHandler(r.log, &slog.HandlerOptions{Level: slog.LevelDebug}))}
	for _, f := range change {
		f(&o)
	}
	r.conn, err = telegram.Connect(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	state, err := r.db.Bot(r.conn.ID())
	if err != nil {
		t.Fatal(err)
	}
	b := as(r)
	go func() { r.done <- r.conn.Serve(ctx, b, state) }()
	t.Cleanup(func() { r.stop() })
	return r
}

// stop ends the bot as SIGTERM does. It may be called twice.
func (r *running) stop() {
	r.t.Helper()
	r.cancel()
	if r.db == nil {
		return
	}
	if err := <-r.done; err != nil {
		r.t.Errorf("Serve = %v, want nil at the end of its context", err)
	}
	r.conn.Close()
	if err := r.db.Close(); err != nil {
		r.t.Error(err)
	}
	r.db = nil
	if err := os.WriteFile(filepath.Join(r.t.ArtifactDir(), fmt.Sprintf("log-%p.txt", r)), []byte(r.log.String()), 0o644); err != nil {
		r.t.Error(err)
	}
	if strings.Contains(r.log.String(), "secret_part") {
		r.t.Errorf("the token is in the log:\n%s", r.log)
	}
}

// texts are the messages sent to a chat.
func texts(sent []telegramtest.Sent, chat int64) (out []string) {
	for _, m := range sent {
		if m.Chat == chat {
			out = append(out, m.Text)
		}
	}
	return out
}

// left counts the updates that a stopped bot left to answer.
func left(t *testing.T, dir string) int {
	t.Helper()
	db, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	state, err := db.Bot(telegramtest.BotID)
	if err != nil {
		t.Fatal(err)
	}
	waiting, err := state.Waiting()
	if err != nil {
		t.Fatal(err)
	}
	return len(waiting)
}
