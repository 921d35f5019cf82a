package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"go.uber.org/goleak"

	"chuchu/bot/telegram/telegramtest"
	"chuchu/retrieval"
)

// TestMain is the tool's bot where the tool starts itself as one.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "bot" {
		ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
		code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
		stop()
		os.Exit(code)
	}
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("github.com/blevesearch/bleve_index_api.AnalysisWorker"))
}

// begin runs the bot in the test's own process.
func begin(t testing.TB, tg *telegramtest.Server, library retrieval.Options, times float64) *subject {
	t.Helper()
	b, err := start(t.Context(), setting{endpoint: tg.Endpoint(), state: t.TempDir(), library: library, times: times, log: t.Output()})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// sound ends the bot, and fails the test where something was lost, answered
// again or refused.
func sound(t testing.TB, tg *telegramtest.Server, b *subject, f figures) {
	t.Helper()
	if err := b.stop(); err != nil {
		t.Error(err)
	}
	if err := refused(tg); err != nil {
		t.Error(err)
	}
	if f.lost != 0 || f.again != 0 || f.answered != f.asked || f.asked == 0 {
		t.Errorf("of %d asked %d are answered, %d lost, %d answered again", f.asked, f.answered, f.lost, f.again)
	}
	if c := b.conn.Counts(); c.Failed != 0 || c.Undeliverable != 0 || c.Retried != 0 || c.Withheld != 0 {
		t.Errorf("the bot counts %+v", c)
	}
}

// TestFlood sends more of every kind than is answered at once. Nothing is lost.
func TestFlood(t *testing.T) {
	t.Parallel()
	tg := telegramtest.New(t, token)
	f := &flood{tg: tg, l: newLedger(), crowd: newCrowd(tg, 100)}
	tg.Watch(f.l.saw)
	b := begin(t, tg, retrieval.Options{}, 100)
	f.send(t.Context(), 300)
	f.crowd.refresh(tapped)
	for range 20 {
		f.l.asked(f.crowd.taps(), time.Now())
	}
	f.l.wait(t.Context(), 0, patience)
	tg.Wait("the updates to be confirmed", func() bool { return tg.Unconfirmed() == 0 })
	for b.conn.Waiting() > 0 && t.Context().Err() == nil { // talk in groups, of which Telegram hears nothing
		time.Sleep(pace)
	}
	sound(t, tg, b, f.l.close())
}

// TestLimits asks for more than may be sent to one chat, to one group and to
// all. A message may come late, so that the next one seems too early: an error
// is only what is earlier than it could be since all was asked.
func TestLimits(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		hurried time.Duration // how fast the bot's clock runs
		asked   int
		chat    func(i int64) int64
		n       int // messages in a span
		span    time.Duration
	}{
		{"a chat", 10, 12, func(int64) int64 { return 7 }, 1, time.Second},
		{"a group", 20, 22, func(int64) int64 { return -7 }, 20, time.Minute},
		{"all", 3, 100, func(i int64) int64 { return i + 1 }, 30, time.Second},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tg := telegramtest.New(t, token)
			l, crowd := newLedger(), newCrowd(tg, 1)
			tg.Watch(l.saw)
			b := begin(t, tg, retrieval.Options{}, float64(tt.hurried))
			began := time.Now()
			for i := range int64(tt.asked) {
				l.asked(crowd.says(tt.chat(i), i+1, "/help"), began)
			}
			l.wait(t.Context(), 0, patience)
			sound(t, tg, b, l.close())
			came := tg.Calls("sendRichMessage")
			if len(came) != tt.asked {
				t.Errorf("%d messages, want %d", len(came), tt.asked)
			}
			for i, c := range came {
				if least := time.Duration(i/tt.n) * tt.span / tt.hurried; c.At.Sub(began) < least {
					t.Errorf("message %d comes after %v, want %v or later", i, c.At.Sub(began), least)
				}
			}
		})
	}
}

// TestRates climbs two steps, where no limit is felt.
func TestRates(t *testing.T) {
	t.Parallel()
	tg := telegramtest.New(t, token)
	b := begin(t, tg, retrieval.Options{}, 1000)
	for _, inline := range []bool{false, true} {
		var out strings.Builder
		c := ratesCmd{Rates: []float64{40, 80}, Each: time.Second / 2, Chats: 100, Inline: inline}
		if err := c.climb(t.Context(), &out, tg); err != nil {
			t.Error(err)
		}
		for _, row := range []string{"| 40 | 20 | 20 | 0 | 0 | 0 |", "| 80 | 40 | 40 | 0 | 0 | 0 |", "held at p99"} {
			if !strings.Contains(out.String(), row) {
				t.Errorf("no %q in\n%s", row, &out)
			}
		}
	}
	sound(t, tg, b, figures{asked: 1, answered: 1})
}

// TestMemory runs the tool as it is run by hand, for few updates.
func TestMemory(t *testing.T) {
	if _, err := os.Stat(statusFile); err != nil {
		t.Skip("a process tells here in another way what memory it takes")
	}
	chart := filepath.Join(t.TempDir(), "memory.svg")
	var out strings.Builder
	args := []string{"memory", "--updates", "300", "--chats", "50", "--every", "20ms", "-o", chart}
	if code := run(t.Context(), args, &out, t.Output()); code != 0 {
		t.Fatalf("exit code %d:\n%s", code, &out)
	}
	for _, want := range []string{"300 updates from 50 chats", " 0 lost, 0 answered again, 0 left waiting", "| 300 |"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, &out)
		}
	}
	svg, err := os.ReadFile(chart)
	if err != nil || !strings.Contains(string(svg), "</svg>") {
		t.Errorf("the chart is none: %v", err)
	}
}

// TestLedger knows what is lost and what is answered again.
func TestLedger(t *testing.T) {
	l, now := newLedger(), time.Now()
	answer := func(id int, after time.Duration) {
		l.saw(telegramtest.Call{Method: "sendMessage", At: now.Add(after),
			Form: map[string][]string{"chat_id": {"7"}, "reply_parameters": {fmt.Sprintf(`{"message_id":%d}`, id)}}})
	}
	l.asked("7/1", now)
	answer(1, time.Second)
	answer(1, 2*time.Second)
	answer(2, 3*time.Second) // before it is written down
	l.asked("7/2", now)
	l.asked("7/3", now)
	answer(9, time.Second) // asked by nobody
	want := figures{asked: 3, answered: 2, lost: 1, again: 1, p50: 3 * time.Second, p99: 3 * time.Second, most: 3 * time.Second}
	if got := l.close(); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}
