package main

import (
	"bytes"
	"context"
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"chuchu/bot/telegram/telegramtest"
)

const testToken = "123456:AAF-secret_part_of_the_token"

// screen is what a program prints, readable while it runs.
type screen struct {
	mu      sync.Mutex
	b       bytes.Buffer
	changed chan struct{} // closed at the next line; nil: nobody waits
}

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.changed != nil {
		close(s.changed)
		s.changed = nil
	}
	return s.b.Write(p)
}

// await waits until the program has printed a text n times.
func (s *screen) await(t *testing.T, text string, n int) {
	t.Helper()
	deadline := time.NewTimer(time.Minute)
	defer deadline.Stop()
	for {
		s.mu.Lock()
		if s.changed == nil {
			s.changed = make(chan struct{})
		}
		changed, have := s.changed, strings.Count(s.b.String(), text)
		s.mu.Unlock()
		if have >= n {
			return
		}
		select {
		case <-changed:
		case <-deadline.C:
			t.Fatalf("%q is printed %d times, want %d:\n%s", text, have, n, s)
		}
	}
}

func (s *screen) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// serveEnv points `chuchu serve` at a fake Telegram.
func serveEnv(t *testing.T, endpoint, state string) {
	t.Helper()
	for name, value := range map[string]string{
		"TELEGRAM_BOT_TOKEN": testToken, "TELEGRAM_BOT_TOKEN_FILE": "", "TELEGRAM_API_ENDPOINT": endpoint,
		"CHUCHU_STATE": state, "CHUCHU_LIBRARY": "",
	} {
		t.Setenv(name, value)
	}
}

// startServe runs the program as a process of its own.
func startServe(t *testing.T) (*exec.Cmd, *screen) {
	t.Helper()
	seen := &screen{}
	cmd := exec.Command("chuchu", "serve")
	cmd.Stdout, cmd.Stderr = seen, seen
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	kept := t.ArtifactDir() // before what is cleaned up ahead of it
	t.Cleanup(func() {
		if cmd.ProcessState == nil {
			cmd.Process.Kill()
			cmd.Wait()
		}
		if strings.Contains(seen.String(), "secret_part") || strings.Contains(seen.String(), hookSecret) {
			t.Errorf("the token or the secret shows:\n%s", seen)
		}
		keepOutput(t, kept, seen)
	})
	return cmd, seen
}

// keepOutput puts what a program printed where go test -artifacts keeps it.
func keepOutput(t *testing.T, dir string, seen *screen) {
	t.Helper()
	f, err := os.CreateTemp(dir, "printed-*.txt")
	if err == nil {
		_, err = f.WriteString(seen.String())
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		t.Error(err)
	}
}

// TestServe talks with the bot over the shipped report.
func TestServe(t *testing.T) {
	tg := telegramtest.New(t, testToken)
	serveEnv(t, tg.Endpoint(), t.TempDir())
	cmd, seen := startServe(t)
	for i, tt := range []struct{ text, want string }{
		{"上海自贸区扩区后面积有多大？", "将面积扩展到<mark>120.72平方公里</mark>。<a href=\"#n35\"><sup>[35]</sup></a></p><p><tg-reference name=\"n35\">[35] 本版未收此注原文"},
		{"/cite 35", "[35] 本版未收此注原文"},
		{"/cite 99", "没有注[99]。报告里有的注：[3]–[50]"},
	} {
		tg.Says(7, tt.text)
		if got := tg.WaitSent(i + 1)[i].HTML; !strings.Contains(got, tt.want) {
			t.Errorf("%s is answered with\n%s\nwant\n%s", tt.text, got, tt.want)
		}
	}
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("SIGTERM ends it with %v:\n%s", err, seen)
	}
}

// TestServeKilled kills the program while a message waits for its answer, and
// starts it again.
func TestServeKilled(t *testing.T) {
	tg := telegramtest.New(t, testToken)
	serveEnv(t, tg.Endpoint(), t.TempDir())
	tg.Fail("sendRichMessage", telegramtest.Slow(nil))
	tg.Says(7, "/reports")
	tg.Says(7, "/help")
	cmd, _ := startServe(t)
	tg.Wait("the call", func() bool { return tg.Unconfirmed() == 0 && len(tg.Calls("sendRichMessage")) == 1 })

	other, seen := startServe(t) // a second one on the same folder
	var exit *exec.ExitError
	if err := other.Wait(); !errors.As(err, &exit) || exit.ExitCode() != 1 || !strings.Contains(seen.String(), "another chuchu serves from it") {
		t.Errorf("a second process on the folder ends with %v:\n%s", err, seen)
	}

	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	cmd.Wait() // "signal: killed"
	startServe(t)
	got := tg.WaitSent(2)
	if !strings.Contains(got[0].Text, "现在有这些报告") || !strings.Contains(got[1].Text, "直接发问题") {
		t.Errorf("after the restart came %q and %q", got[0].Text, got[1].Text)
	}
}

// TestAllMistakesAreToldAtOnce has something wrong with every setting.
func TestAllMistakesAreToldAtOnce(t *testing.T) {
	serveEnv(t, "example.org", t.TempDir())
	for name, value := range map[string]string{
		"TELEGRAM_BOT_TOKEN": "", "CHUCHU_LIBRARY": filepath.Join(t.TempDir(), "none"), "CHUCHU_ADMINS": "me", "CHUCHU_ALLOW": "7 0",
		"CHUCHU_LISTEN": "8080", "CHUCHU_WEBHOOK_URL": "http://example.org", "CHUCHU_WEBHOOK_SECRET": "?", "CHUCHU_TLS_CERT": "x.pem", "CHUCHU_LOG": "xml",
	} {
		t.Setenv(name, value)
	}
	var seen screen
	if code := run(t.Context(), []string{"serve"}, nil, &seen, &seen); code != 2 {
		t.Errorf("exit code %d, want 2", code)
	}
	for _, want := range []string{"TELEGRAM_BOT_TOKEN", "API endpoint", "CHUCHU_LIBRARY: ", "CHUCHU_ADMINS must", "CHUCHU_ALLOW must", "CHUCHU_LISTEN must",
		"CHUCHU_WEBHOOK_URL must", "CHUCHU_WEBHOOK_SECRET: 8", "CHUCHU_TLS_CERT and", "CHUCHU_LOG must"} {
		if !strings.Contains(seen.String(), want) {
			t.Errorf("it does not say %q", want)
		}
	}
	if strings.Count(seen.String(), "\n") != 1 || strings.Count(seen.String(), "usage: ") != 1 || t.Failed() {
		t.Errorf("it says\n%s", &seen)
	}
}

func TestServeRefuses(t *testing.T) {
	tg := telegramtest.New(t, testToken)
	file := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(file, []byte("123456:AAF-secret_part_of_another\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name string
		env  map[string]string
		code int
		want string
	}{
		{"no token", map[string]string{"TELEGRAM_BOT_TOKEN": ""}, 2, "set TELEGRAM_BOT_TOKEN"},
		{"two tokens", map[string]string{"TELEGRAM_BOT_TOKEN_FILE": file}, 2, "not both"},
		{"no token file", map[string]string{"TELEGRAM_BOT_TOKEN": "", "TELEGRAM_BOT_TOKEN_FILE": file + "x"}, 1, "no such file"},
		{"empty token file", map[string]string{"TELEGRAM_BOT_TOKEN": "", "TELEGRAM_BOT_TOKEN_FILE": os.DevNull}, 1, "is empty"},
		{"wrong token in a file", map[string]string{"TELEGRAM_BOT_TOKEN": "", "TELEGRAM_BOT_TOKEN_FILE": file}, 1, "@BotFather"},
		{"wrong token", map[string]string{"TELEGRAM_BOT_TOKEN": "1:secret_part"}, 1, "@BotFather"},
		{"webhook without what it needs", map[string]string{"CHUCHU_WEBHOOK_URL": "http://example.org/x"}, 2, "needs CHUCHU_LISTEN"},
		{"admins that are no ids", map[string]string{"CHUCHU_ADMINS": "7,me"}, 2, `CHUCHU_ADMINS must be ids, as 123456789,-100123456: "me" is none`},
		{"broken endpoint", map[string]string{"TELEGRAM_API_ENDPOINT": "example.org"}, 2, "http://host:port/bot%s/%s"},
		{"a token of another form", map[string]string{"TELEGRAM_BOT_TOKEN": "12/secret_part"}, 2, "characters that no token has"},
		{"no library", map[string]string{"CHUCHU_LIBRARY": file + "x"}, 2, "CHUCHU_LIBRARY: stat "},
		{"no form of a log", map[string]string{"CHUCHU_LOG": "xml"}, 2, "CHUCHU_LOG must be text or json"},
		{"no address", map[string]string{"CHUCHU_LISTEN": "8080"}, 2, "CHUCHU_LISTEN must be an address and a port"},
		{"no port", map[string]string{"CHUCHU_LISTEN": ":http8080"}, 2, "CHUCHU_LISTEN must be an address and a port"},
		{"no certificate", map[string]string{"CHUCHU_TLS_CERT": file, "CHUCHU_TLS_KEY": file}, 2, "CHUCHU_TLS_CERT and CHUCHU_TLS_KEY: tls: "},
		{"a webhook where health is asked for", map[string]string{"CHUCHU_WEBHOOK_URL": "https://example.org/healthz"}, 2, "a path other than /healthz"},
		{"a guessable secret", map[string]string{"CHUCHU_WEBHOOK_URL": "https://example.org/x", "CHUCHU_WEBHOOK_SECRET": "abc"}, 2, "8 to 256 of"},
		{"a port that Telegram does not call", map[string]string{"TELEGRAM_API_ENDPOINT": "", "CHUCHU_WEBHOOK_URL": "https://example.org:8080/x"}, 2, "443, 80, 88 or 8443"},
		{"state folder that is a file", map[string]string{"CHUCHU_STATE": file}, 1, "state folder"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			serveEnv(t, tg.Endpoint(), t.TempDir())
			for name, value := range tt.env {
				t.Setenv(name, value)
			}
			var stdout, stderr bytes.Buffer
			code := run(t.Context(), []string{"serve"}, strings.NewReader(""), &stdout, &stderr)
			if code != tt.code || !strings.Contains(stderr.String(), tt.want) || strings.Count(stderr.String(), "\n") != 1 {
				t.Errorf("exit code %d, want %d, and one line with %q:\n%s", code, tt.code, tt.want, &stderr)
			}
			if strings.Contains(stdout.String()+stderr.String(), "secret_part") {
				t.Errorf("the token shows:\n%s%s", &stdout, &stderr)
			}
		})
	}
}

// TestServeWaitsForTelegram stops the program while it cannot reach Telegram.
func TestServeWaitsForTelegram(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	host := "http://" + listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	serveEnv(t, host+"/bot%s/%s", t.TempDir())
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	seen := &stopping{want: "cannot reach " + host, stop: cancel}
	if code := run(ctx, []string{"serve"}, strings.NewReader(""), seen, seen); code != 0 {
		t.Errorf("exit code %d, want 0:\n%s", code, &seen.screen)
	}
	if strings.Contains(seen.String(), "secret_part") {
		t.Errorf("the token shows:\n%s", &seen.screen)
	}
}

// stopping stops the program once it says what is waited for.
type stopping struct {
	screen
	want string
	stop func()
}

func (s *stopping) Write(p []byte) (int, error) {
	n, err := s.screen.Write(p)
	if strings.Contains(s.String(), s.want) {
		s.stop()
	}
	return n, err
}

func TestStateDir(t *testing.T) {
	t.Setenv("HOME", "/home/wen")
	for _, tt := range []struct{ asked, xdg, want string }{
		{"here", "/xdg", "here"},
		{"", "/xdg", "/xdg/chuchu"},
		{"", "", "/home/wen/.local/state/chuchu"},
		{"", "relative", "/home/wen/.local/state/chuchu"},
	} {
		t.Setenv("XDG_STATE_HOME", tt.xdg)
		if got, err := stateDir(tt.asked); got != tt.want || err != nil {
			t.Errorf("stateDir(%q) with XDG_STATE_HOME=%q = %q, %v, want %q", tt.asked, tt.xdg, got, err, tt.want)
		}
	}
	t.Setenv("XDG_STATE_HOME", "")
	t.Setenv("HOME", "")
	if _, err := stateDir(""); !errors.Is(err, errUsage) {
		t.Errorf("stateDir without a home = %v, want wrong use", err)
	}
}
