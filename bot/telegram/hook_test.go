package telegram_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"chuchu/bot/telegram"
	"chuchu/bot/telegram/telegramtest"
	"chuchu/bot/web"
)

var hooked = telegram.Webhook{URL: "https://bot.example.org/hook", Secret: "s3cret_of-the-hook"}

func byWebhook(o *telegram.Options) { o.Webhook = hooked }

// doored lets Telegram's deliveries in to a bot that serves by then; shut has
// them refused.
func doored(t *testing.T, tg *telegramtest.Server) (conn *atomic.Pointer[telegram.Conn], shut *atomic.Bool) {
	t.Helper()
	conn, shut = &atomic.Pointer[telegram.Conn]{}, &atomic.Bool{}
	opt := web.Options{Path: "/hook", Secret: hooked.Secret, Log: slog.New(slog.DiscardHandler)}
	door := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := conn.Load()
		if c == nil || shut.Load() {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		web.Handler(opt, c).ServeHTTP(w, r)
	}))
	t.Cleanup(door.Close)
	t.Cleanup(tg.Close) // first, which ends the deliveries
	tg.Reach(door.Listener.Addr().String(), nil)
	return conn, shut
}

// taken calls a method as another process with the token does.
func taken(t *testing.T, tg *telegramtest.Server, method string) {
	t.Helper()
	at := strings.Replace(strings.Replace(tg.Endpoint(), "%s", token, 1), "%s", method, 1)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, at, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	http.DefaultClient.CloseIdleConnections()
	if resp.StatusCode != http.StatusOK {
		t.Fatalf("%s: status %d", method, resp.StatusCode)
	}
}

// TestWebhookIsSetWhole names all that Telegram is to know of it.
func TestWebhookIsSetWhole(t *testing.T) {
	tg := telegramtest.New(t, token)
	conn, _ := doored(t, tg)
	r := serve(t, tg, t.TempDir(), library{}, byWebhook)
	conn.Store(r.conn)
	tg.Says(7, "什么")
	tg.WaitSent(1)
	form := tg.Calls("setWebhook")[0].Form
	for name, want := range map[string]string{"url": hooked.URL, "secret_token": hooked.Secret, "max_connections": "40", "drop_pending_updates": "",
		"allowed_updates": `["message","edited_message","callback_query","inline_query","my_chat_member"]`} {
		if got := form.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	r.stop()
}

// TestWebhookIsTakenBack has another process remove the webhook, again and again.
func TestWebhookIsTakenBack(t *testing.T) {
	tg := telegramtest.New(t, token)
	conn, _ := doored(t, tg)
	r := serve(t, tg, t.TempDir(), library{}, byWebhook)
	conn.Store(r.conn)
	tg.Wait("the webhook", func() bool { return tg.Webhook() != "" })
	for n := range 3 {
		r.clock.waitTimer(t, time.Minute)
		taken(t, tg, "deleteWebhook")
		tg.Says(int64(7+n), "什么")
		r.clock.advance(time.Minute)
		tg.WaitSent(n + 1)
	}
	r.clock.waitTimer(t, time.Minute)
	r.stop()
	if got := troubles(r.log.String()); len(got) != 1 || !strings.Contains(got[0], "another process with this token") {
		t.Errorf("it is told by %q, want one line", got)
	}
}

// TestWebhookThatIsNotReached has Telegram stand before a shut door: that is told
// once, and counts for the bot's health, until updates come again.
func TestWebhookThatIsNotReached(t *testing.T) {
	tg := telegramtest.New(t, token)
	conn, shut := doored(t, tg)
	shut.Store(true)
	r := serve(t, tg, t.TempDir(), library{}, byWebhook)
	conn.Store(r.conn)
	tg.Says(7, "什么")
	tg.Wait("the first try", func() bool { return len(tg.Deliveries()) > 0 })
	for range 3 {
		r.clock.waitTimer(t, time.Minute)
		r.clock.advance(time.Minute)
	}
	r.clock.waitTimer(t, time.Minute)
	if err := r.conn.Health(); err == nil || !strings.Contains(err.Error(), "502 Bad Gateway") {
		t.Errorf("Health = %v, though no update comes in", err)
	}
	shut.Store(false)
	tg.WaitSent(1)
	tg.Wait("the update to be taken", func() bool { return tg.Unconfirmed() == 0 })
	if err := r.conn.Health(); err != nil {
		t.Errorf("Health = %v, though updates come in", err)
	}
	r.stop()
	if got := troubles(r.log.String()); len(got) != 1 || !strings.Contains(got[0], "502 Bad Gateway") {
		t.Errorf("it is told by %q, want one line", got)
	}
}

// TestWebhookRefusedForGood ends with one line where Telegram takes the webhook
// at no time, or not the token any longer.
func TestWebhookRefusedForGood(t *testing.T) {
	for _, tt := range []struct {
		name, method, want string
		code               int
		says               string
	}{
		{"address", "setWebhook", "bad webhook: Failed to resolve host: Name or service not known: check CHUCHU_WEBHOOK_URL", 400, "Bad Request: bad webhook: Failed to resolve host: Name or service not known"},
		{"token at the start", "setWebhook", "@BotFather", 401, "Unauthorized"},
		{"token later", "getWebhookInfo", "@BotFather", 401, "Unauthorized"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tg := telegramtest.New(t, token)
			doored(t, tg)
			tg.Fail(tt.method, telegramtest.Error(tt.code, tt.says))
			r := serve(t, tg, t.TempDir(), library{}, byWebhook)
			if tt.method == "getWebhookInfo" {
				r.clock.waitTimer(t, time.Minute)
				r.clock.advance(time.Minute)
			}
			var err error
			select {
			case err = <-r.done:
			case <-time.After(20 * time.Second):
				t.Fatal("Serve goes on")
			}
			if err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "\n") || strings.Contains(err.Error(), "secret_part") {
				t.Errorf("Serve = %v, want one line with %q", err, tt.want)
			}
			r.done <- nil // for the clean-up
		})
	}
}

// TestPollingKeepsWhatWaits removes the webhook of an earlier run, for which
// updates wait: they are polled for.
func TestPollingKeepsWhatWaits(t *testing.T) {
	tg, dir := telegramtest.New(t, token), t.TempDir()
	_, _ = doored(t, tg) // nobody is behind it
	r := serve(t, tg, dir, library{}, byWebhook)
	tg.Wait("the webhook", func() bool { return tg.Webhook() != "" })
	tg.Says(7, "什么")
	tg.Wait("a try", func() bool { return len(tg.Deliveries()) > 0 })
	r.stop()
	r = serve(t, tg, dir, library{})
	tg.WaitSent(1)
	tg.Wait("the update to be confirmed", func() bool { return tg.Unconfirmed() == 0 })
	r.stop()
	if tg.Webhook() != "" {
		t.Error("the webhook is still set")
	}
}
