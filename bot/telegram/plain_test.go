package telegram_test

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"chuchu/bot"
	"chuchu/bot/telegram"
	"chuchu/bot/telegram/telegramtest"
)

// askedRich has somebody ask, and tells whether a rich message answers.
func askedRich(t *testing.T, tg *telegramtest.Server) bool {
	t.Helper()
	n := len(tg.Sent())
	tg.Says(int64(7+n), question)
	m := tg.WaitSent(n + 1)[n]
	if want := map[bool]string{true: "<mark>766人</mark>", false: "<b>766人</b>"}[m.Rich]; !strings.Contains(m.HTML, want) {
		t.Errorf("sent %s", m.HTML)
	}
	return m.Rich
}

// TestPlainForGood has a server say that it knows no rich messages: it is asked
// for none again, and the log says so once.
func TestPlainForGood(t *testing.T) {
	for name, how := range map[string]telegramtest.Failure{
		"no such method":        telegramtest.Error(404, "Not Found: method not found"),
		"a 404 page":            telegramtest.Raw(404, "<html>not found</html>"),
		"method not found, 400": telegramtest.Error(400, "Bad Request: Method Not Found"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tg, log := telegramtest.New(t, token), &output{}
			tg.Fail("sendRichMessage", how)
			_, stop := start(t, tg, t.TempDir(), telegram.Options{Log: slog.New(slog.NewTextHandler(log, nil))}, bot.Options{})
			defer stop()
			for range 3 {
				if askedRich(t, tg) {
					t.Error("a rich message is sent")
				}
			}
			if tried, told := len(tg.Calls("sendRichMessage")), strings.Count(log.String(), "the server knows no rich messages"); tried != 1 || told != 1 {
				t.Errorf("tried %d times, told %d times", tried, told)
			}
		})
	}
}

// TestPlainIsToldOnce has two answers on their way when the first hears of it.
func TestPlainIsToldOnce(t *testing.T) {
	tg, log, release := telegramtest.New(t, token), &output{}, make(chan struct{})
	tg.NoRich()
	tg.Fail("sendRichMessage", telegramtest.Slow(release), telegramtest.Slow(release))
	_, stop := start(t, tg, t.TempDir(), telegram.Options{Log: slog.New(slog.NewTextHandler(log, nil))}, bot.Options{})
	defer stop()
	tg.Says(7, question)
	tg.Says(8, question)
	tg.Wait("both to be tried", func() bool { return len(tg.Calls("sendRichMessage")) == 2 })
	close(release)
	for _, m := range tg.WaitSent(2) {
		if m.Rich {
			t.Error("a rich message is sent")
		}
	}
	if told := strings.Count(log.String(), "the server knows no rich messages"); told != 1 {
		t.Errorf("told %d times", told)
	}
}

// TestPlainForOneMessage has rich messages fail in ways that say nothing of
// those that follow.
func TestPlainForOneMessage(t *testing.T) {
	tg, log := telegramtest.New(t, token), &output{}
	_, stop := start(t, tg, t.TempDir(), telegram.Options{Log: slog.New(slog.NewTextHandler(log, nil))}, bot.Options{})
	defer stop()
	for _, tt := range []struct {
		how  telegramtest.Failure
		rich bool
	}{
		{telegramtest.Error(400, "Bad Request: can't parse rich message"), false},
		{telegramtest.Error(500, "Internal Server Error"), false},
		{telegramtest.Raw(500, "Route not found"), false},
		{telegramtest.BadGateway(), true},
		{telegramtest.CutBefore(), true},
		{telegramtest.TooMany(time.Second), true},
	} {
		tg.Fail("sendRichMessage", tt.how)
		before := len(tg.Calls("sendRichMessage"))
		if rich := askedRich(t, tg); rich != tt.rich {
			t.Errorf("%+v: sent rich: %v", tt.how, rich)
		}
		if tried := len(tg.Calls("sendRichMessage")) - before; tried != map[bool]int{true: 2, false: 1}[tt.rich] {
			t.Errorf("%+v: tried %d times", tt.how, tried)
		}
	}
	if !askedRich(t, tg) || strings.Count(log.String(), "the server knows no rich messages") != 0 {
		t.Error("it is taken for one that knows no rich messages")
	}
}

// TestPlainEdit has a server that knows no rich messages asked to edit one: the
// refusal speaks of that message alone, and the tap is answered nevertheless.
func TestPlainEdit(t *testing.T) {
	tg := telegramtest.New(t, token)
	defer whole(t, tg, t.TempDir(), bot.Options{})()
	tg.Says(7, question)
	m := tg.WaitSent(1)[0]
	if !m.Rich {
		t.Fatal("the answer is plain")
	}
	tg.Fail("editMessageText", telegramtest.Error(400, "Bad Request: message text is empty"))
	tg.Taps(7, 7, m.ID, data(t, m, "▶"))
	tg.Wait("the edit", func() bool { return tg.Sent()[0].Edits == 1 })
	if e := tg.Sent()[0]; e.Rich || !strings.Contains(e.HTML, " · 2/") {
		t.Errorf("edited to %s", e.HTML)
	}
	tg.Taps(7, 7, m.ID, data(t, tg.Sent()[0], "▶"))
	tg.Wait("the next edit", func() bool { return tg.Sent()[0].Edits == 2 })
	if e := tg.Sent()[0]; !e.Rich || !strings.Contains(e.HTML, " · 3/") {
		t.Errorf("edited to %s", e.HTML)
	}
}
