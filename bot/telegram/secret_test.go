package telegram_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"testing"
	"time"

	"chuchu/bot/telegram"
	"chuchu/bot/telegram/telegramtest"
)

// attempt connects once, and gives up at the first pause. It returns all that a
// person could see: the error and the log.
func attempt(t *testing.T, token, endpoint string) (shown string, err error) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	log := &output{}
	conn, err := telegram.Connect(ctx, telegram.Options{
		Token: token, Endpoint: endpoint, Clock: cancelling{newClock(), cancel}, Timeout: 50 * time.Millisecond,
		Log: slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	if err == nil {
		conn.Close()
	}
	return log.String() + fmt.Sprintf("%v %+v %#v", err, err, err), err
}

// cancelling gives up instead of waiting.
type cancelling struct {
	*clock
	cancel context.CancelFunc
}

func (c cancelling) AfterFunc(time.Duration, func()) func() bool {
	c.cancel()
	return func() bool { return true }
}

func TestFailuresSayWhatToDoAndHideTheToken(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := "http://" + listener.Addr().String() + "/bot%s/%s"
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name     string
		token    string
		endpoint string
		how      []telegramtest.Failure
		want     string
		final    bool // the token is wrong: no use trying again
	}{
		{name: "wrong token", token: "123456:AAF-secret_part_of_another", want: "@BotFather", final: true},
		{name: "no token at all", token: "secret_part", want: "a token looks like", final: true},
		{name: "unreachable", token: token, endpoint: nobody, want: "cannot reach " + strings.TrimSuffix(nobody, "/bot%s/%s")},
		{name: "no such host", token: token, endpoint: "http://chuchu.invalid/bot%s/%s", want: "cannot reach http://chuchu.invalid"},
		{name: "502 page", token: token, how: []telegramtest.Failure{telegramtest.BadGateway()}, want: "HTTP status 502"},
		{name: "cut", token: token, how: []telegramtest.Failure{telegramtest.CutBefore()}, want: "cannot reach"},
		{name: "timeout", token: token, how: []telegramtest.Failure{telegramtest.Slow(nil)}, want: "deadline exceeded"},
		{name: "429", token: token, how: []telegramtest.Failure{telegramtest.TooMany(time.Second)}, want: "slow down"},
		{name: "server that repeats the token", token: token, how: []telegramtest.Failure{telegramtest.Error(500, "no bot "+token+" here")}, want: "no bot <token> here"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tg := telegramtest.New(t, token)
			if tt.endpoint == "" {
				tt.endpoint = tg.Endpoint()
			}
			tg.Fail("getMe", tt.how...)
			seen, err := attempt(t, tt.token, tt.endpoint)
			if err == nil {
				t.Fatal("Connect succeeded")
			}
			if tt.final == errors.Is(err, context.Canceled) {
				t.Errorf("error is %v, final should be %v", err, tt.final)
			}
			if !strings.Contains(seen, tt.want) {
				t.Errorf("nothing says %q:\n%s", tt.want, seen)
			}
			if strings.Contains(seen, "secret_part") {
				t.Errorf("the token shows:\n%s", seen)
			}
			if tt.final && strings.Contains(err.Error(), "\n") {
				t.Errorf("error is more than a line: %v", err)
			}
		})
	}
}

func TestPollingFailuresSayWhatToDo(t *testing.T) {
	webhook := telegramtest.Error(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
	for _, tt := range []struct {
		name string
		how  telegramtest.Failure
		wait time.Duration
		want string
	}{
		{"other poller", telegramtest.Conflict(), 5 * time.Second, "another process polls with this token"},
		{"webhook", webhook, 5 * time.Second, "deleteWebhook"},
		{"502 page", telegramtest.BadGateway(), time.Second, "failure of its own"},
		{"cut", telegramtest.CutBefore(), time.Second, "cannot reach"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tg := telegramtest.New(t, token)
			tg.Fail("getUpdates", tt.how)
			r := serve(t, tg, t.TempDir(), library{})
			r.clock.waitTimer(t, tt.wait)
			r.stop() // looks for the token in the log
			if !strings.Contains(r.log.String(), tt.want) {
				t.Errorf("log does not say %q:\n%s", tt.want, r.log)
			}
			if n := len(tg.Calls("deleteWebhook")); n == 0 {
				t.Error("a webhook that was set before is not removed")
			}
		})
	}
}

func TestRevokedTokenEndsServing(t *testing.T) {
	tg := telegramtest.New(t, token)
	tg.Fail("getUpdates", telegramtest.Error(401, "Unauthorized"))
	r := serve(t, tg, t.TempDir(), library{})
	var err error
	select {
	case err = <-r.done:
	case <-time.After(20 * time.Second):
		t.Fatal("Serve goes on without a token")
	}
	if err == nil || !strings.Contains(err.Error(), "@BotFather") || strings.Contains(err.Error(), "secret_part") {
		t.Errorf("Serve = %v, want advice without the token", err)
	}
	r.done <- nil // for the clean-up
}

func TestEndpointAndTokenAreChecked(t *testing.T) {
	for _, tt := range []struct{ token, endpoint string }{
		{"", ""},
		{"123:with secret_part", ""},
		{"123:secret_part/../x", ""},
		{"123:secret_part%41", ""},
		{token, "http://127.0.0.1:1"},
		{token, "127.0.0.1:1/bot%s/%s"},
		{token, "http://127.0.0.1:1/bot%s/%s/%d"},
		{token, "http://127.0.0.1:port/bot%s/%s"},
	} {
		seen, err := attempt(t, tt.token, tt.endpoint)
		if err == nil || errors.Is(err, context.Canceled) || strings.Contains(seen, "secret_part") {
			t.Errorf("token %q, endpoint %q: %v, want a refusal without the token", tt.token, tt.endpoint, err)
		}
	}
}

func TestRedact(t *testing.T) {
	var b bytes.Buffer
	w := telegram.Redact(&b, token, "the-hook-s3cret")
	text := "POST http://x/bot" + token + "/getMe, or 123456%3AAAF-secret_part_of_the_token\n" +
		"or 123456%253aAAF-secret_part_of_the_token or AAF-secret_part_of_the_token, secret_token=the-hook-s3cret\n"
	n, err := w.Write([]byte(text))
	if err != nil || n != len(text) {
		t.Errorf("Write = %d, %v, want %d", n, err, len(text))
	}
	if want := "POST http://x/bot<token>/getMe, or <token>\nor 123456%253a<token> or <token>, secret_token=<secret>\n"; b.String() != want {
		t.Errorf("wrote %q, want %q", b.String(), want)
	}
	b.Reset()
	if _, err := telegram.Redact(&b, "", "a").Write([]byte("a word")); err != nil || b.String() != "a word" {
		t.Errorf("wrote %q, %v: too short a secret blots out words", b.String(), err)
	}
}
