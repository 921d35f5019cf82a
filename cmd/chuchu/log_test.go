package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"os/exec"
	"regexp"
	"runtime/debug"
	"strings"
	"testing"

	"chuchu/bot"
	"chuchu/bot/telegram/telegramtest"
)

// TestLogHidesTheSecrets logs them in all the forms in which an error, an address
// or a panic may hold them.
func TestLogHidesTheSecrets(t *testing.T) {
	address := "https://api.telegram.org/bot" + testToken + "/setWebhook?secret_token=" + hookSecret
	panicked := func() (p any, stack []byte) {
		defer func() { p, stack = recover(), debug.Stack() }()
		panic(&url.Error{Op: "Post", URL: address, Err: io.EOF})
	}
	for _, form := range []string{textLog, jsonLog} {
		var out bytes.Buffer
		a := &app{stdout: &out, stderr: &out}
		a.hide(testToken, hookSecret)
		log := newLog(a.stderr, form).With("with", address).WithGroup("group")
		p, stack := panicked()
		log.Error(address, "error", &url.Error{Op: "Post", URL: address, Err: errors.New(testToken)}, "panic", p, "stack", string(stack),
			"escaped", url.QueryEscape(address), "twice", url.QueryEscape(url.QueryEscape(address)), "in it", slog.GroupValue(slog.Any("request", http.Header{"X": {hookSecret}})),
			testToken, 1, "bytes", []byte(address))
		a.log = log
		a.fail(errors.New(address))
		a.log = nil
		a.fail(errors.New(address))
		io.WriteString(a.stdout, address)
		if text := out.String(); strings.Contains(text, "secret_part") || strings.Contains(text, hookSecret) || strings.Count(text, "<token>") < 8 || strings.Count(text, "<secret>") < 6 {
			t.Errorf("as %s:\n%s", form, text)
		}
	}
}

func TestLogBearsTheRequestsNumber(t *testing.T) {
	var out bytes.Buffer
	log := newLog(&out, textLog)
	ctx := bot.WithRequest(context.Background(), "abc")
	log.InfoContext(ctx, "first")
	log.With("x", 1).InfoContext(ctx, "second")
	log.InfoContext(context.Background(), "of nobody")
	if got := regexp.MustCompile(`msg=.*`).FindAllString(out.String(), -1); strings.Join(got, "|") != `msg=first request=abc|msg=second x=1 request=abc|msg="of nobody"` {
		t.Errorf("the log is\n%s", &out)
	}
}

// TestRequestIsFollowed has a question answered and another fail, before a
// Telegram that repeats the token: the number that the asker is told leads to the
// log's lines, is the same after a restart, and stands nowhere else.
func TestRequestIsFollowed(t *testing.T) {
	tg := telegramtest.New(t, testToken)
	serveEnv(t, tg.Endpoint(), t.TempDir())
	t.Setenv("CHUCHU_LOG", "json")
	address := freeAddress(t)
	t.Setenv("CHUCHU_LISTEN", address)
	refused := telegramtest.Error(400, "Bad Request: not for "+testToken)
	tg.Fail("sendRichMessage", refused)
	tg.Fail("sendMessage", refused)
	cmd, seen := startServe(t)
	tg.Says(7, "北京有多少位两院院士？")
	told := tg.WaitSent(1)[0].Text
	tg.Says(8, "北京有多少位两院院士？")
	tg.WaitSent(2)
	number := regexp.MustCompile(`（编号 ([a-z2-7]{10})）$`).FindStringSubmatch(told)
	if number == nil {
		t.Fatalf("the asker is told %q", told)
	}
	seen.await(t, "an answer is sent", 1) // and counted, before it is told
	resp, err := http.Get("http://" + address + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	figures, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	if err != nil || bytes.Contains(figures, []byte(number[1])) || !bytes.Contains(figures, []byte(`chuchu_stage_seconds_count{stage="whole"} 1`)) {
		t.Errorf("the metrics, %v, are\n%s", err, figures)
	}
	end(t, cmd, seen)
	lines := logged(t, seen)
	if got := strings.Join(lines[number[1]], "; "); got != "the library answers; an answer cannot be delivered" {
		t.Errorf("of the failed request the log says %q\n%s", got, seen)
	}
	delete(lines, number[1])
	delete(lines, "")
	for _, got := range lines {
		if s := strings.Join(got, "; "); s != "the library answers; an answer is sent" || len(lines) != 1 {
			t.Errorf("of the others it says %q\n%s", s, seen)
		}
	}
}

// logged are the messages of a log as JSON, by request.
func logged(t *testing.T, seen *screen) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	for line := range strings.Lines(seen.String()) {
		var l struct{ Msg, Request string }
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Errorf("no JSON, %v: %s", err, line)
		}
		out[l.Request] = append(out[l.Request], l.Msg)
	}
	return out
}

// TestEndIsLoggedAsJSON holds for what ends the program, too.
func TestEndIsLoggedAsJSON(t *testing.T) {
	tg := telegramtest.New(t, testToken)
	tg.Fail("getMe", telegramtest.Error(401, "Unauthorized "+testToken))
	serveEnv(t, tg.Endpoint(), t.TempDir())
	t.Setenv("CHUCHU_LOG", "json")
	cmd, seen := startServe(t)
	var exit *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &exit) || exit.ExitCode() != 1 {
		t.Errorf("it ends with %v", err)
	}
	if got := strings.Join(logged(t, seen)[""], "; "); got != "chuchu ends" {
		t.Errorf("the log says %q", got)
	}
}
