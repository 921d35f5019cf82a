package web

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// nobody takes no update.
type nobody struct{}

func (nobody) Take(context.Context, []byte) error { panic("a bug with bot123456:AAF-secret") }
func (nobody) Health() error                      { return errors.New("not serving") }

// opened serves a door until the test ends.
func opened(t *testing.T, l limits, log *slog.Logger) (address string) {
	t.Helper()
	d, err := Open(t.Context(), Options{Listen: ":0", Path: "/hook", Secret: "s3cret", Log: log, Metrics: NewMetrics()})
	if err != nil {
		t.Fatal(err)
	}
	d.limits = l
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- d.Serve(ctx, nobody{}) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return d.Addr()
}

// sends is all that a caller hears who sends text, and then nothing more.
func sends(t *testing.T, address, text string) string {
	t.Helper()
	c, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := io.WriteString(c, text); err != nil {
		t.Fatal(err)
	}
	heard, err := io.ReadAll(c)
	if err != nil && len(heard) == 0 && !strings.Contains(err.Error(), "reset") {
		t.Errorf("%q: %v", text, err)
	}
	return string(heard)
}

// TestSlowCallersAreCutOff has callers stop at each point of a request: the
// connection ends, for it is not waited for without end.
func TestSlowCallersAreCutOff(t *testing.T) {
	const short, never = 50 * time.Millisecond, time.Hour
	quiet := slog.New(slog.DiscardHandler)
	for _, tt := range []struct {
		name   string
		limits limits
		send   string
		want   string // what is heard begins so
	}{
		{"within the head", limits{short, never, never, 9}, "GET /healthz HTTP/1.1\r\nHost: x\r\n", ""},
		{"within the body", limits{never, short, never, 9}, "POST /hook HTTP/1.1\r\nHost: x\r\nX-Telegram-Bot-Api-Secret-Token: s3cret\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{", ""},
		{"after a request", limits{never, never, short, 9}, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 200 "},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if heard := sends(t, opened(t, tt.limits, quiet), tt.send); !strings.HasPrefix(heard, tt.want) {
				t.Errorf("answered %q, want %s", heard, tt.want)
			}
		})
	}
}

func TestUsualLimits(t *testing.T) {
	l := usual()
	if l.head <= 0 || l.whole <= 0 || l.idle <= 0 || l.callers <= 0 || l.whole > time.Minute {
		t.Errorf("a caller is not bounded: %+v", l)
	}
}

func TestTooLongAHeadIsRefused(t *testing.T) {
	heard := sends(t, opened(t, usual(), slog.New(slog.DiscardHandler)),
		"GET /healthz HTTP/1.1\r\nHost: x\r\nX: "+strings.Repeat("x", maxHead+8<<10)+"\r\n\r\n")
	if !strings.HasPrefix(heard, "HTTP/1.1 431 ") {
		t.Errorf("answered %.100q, want status 431", heard)
	}
}

// TestCallersAreCounted has one wait until another is gone.
func TestCallersAreCounted(t *testing.T) {
	d, err := Open(t.Context(), Options{Listen: ":0", Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	defer d.listener.Close()
	var first net.Conn
	for i := range usual().callers {
		out, err := net.Dial("tcp", d.Addr())
		if err != nil {
			t.Fatal(err)
		}
		defer out.Close()
		in, err := d.listener.Accept()
		if err != nil {
			t.Fatal(err)
		}
		defer in.Close()
		if i == 0 {
			first = in
		}
	}
	out, err := net.Dial("tcp", d.Addr())
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	let := make(chan net.Conn)
	go func() {
		in, _ := d.listener.Accept()
		let <- in
	}()
	select {
	case <-let:
		t.Error("one more than may call is let in")
	case <-time.After(50 * time.Millisecond): // time enough for one that is let in to be so
	}
	first.Close()
	(<-let).Close()
}

// TestNothingElseIsShown asks for what is not there, in many ways.
func TestNothingElseIsShown(t *testing.T) {
	address := opened(t, usual(), slog.New(slog.DiscardHandler))
	for _, path := range []string{"/", "/index.html", "/static/", "/../etc/passwd", "/%2e%2e/etc/passwd", "/debug/pprof/", "/debug/vars", "/healthz/", "/metrics/", "//healthz", "/hook/..", "/.git/config", "/state.db"} {
		heard := sends(t, address, "GET "+path+" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
		if !strings.HasPrefix(heard, "HTTP/1.1 404 ") || strings.Contains(heard, "<") || strings.Contains(heard, "Location") {
			t.Errorf("%s: answered %q", path, heard)
		}
	}
	for _, path := range []string{"/healthz", "/readyz", "/metrics", "/hook"} {
		for _, method := range []string{"PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"} {
			heard := sends(t, address, method+" "+path+" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
			if !strings.HasPrefix(heard, "HTTP/1.1 405 ") {
				t.Errorf("%s %s: answered %.60q", method, path, heard)
			}
		}
	}
}

// TestEveryAnswerHasTheHeaders holds for refusals as for answers.
func TestEveryAnswerHasTheHeaders(t *testing.T) {
	address := opened(t, usual(), slog.New(slog.DiscardHandler))
	for _, path := range []string{"/healthz", "/readyz", "/metrics", "/hook", "/none"} {
		heard := sends(t, address, "GET "+path+" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
		resp, err := http.ReadResponse(bufio.NewReader(strings.NewReader(heard)), nil)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		for _, name := range strings.Fields("Cache-Control Content-Security-Policy Referrer-Policy X-Content-Type-Options X-Frame-Options") {
			if resp.Header.Get(name) == "" {
				t.Errorf("%s is answered without %s", path, name)
			}
		}
		if got := resp.Header.Get("Server") + resp.Header.Get("X-Powered-By"); got != "" {
			t.Errorf("%s tells of %s", path, got)
		}
	}
}

// TestPanicsGoToTheLog: the server's own would be printed past it, and past what
// hides the secrets.
func TestPanicsGoToTheLog(t *testing.T) {
	out := &locked{}
	address := opened(t, usual(), slog.New(slog.NewTextHandler(out, nil)))
	body := "{}"
	if heard := sends(t, address, fmt.Sprintf("POST /hook HTTP/1.1\r\nHost: x\r\nX-Telegram-Bot-Api-Secret-Token: s3cret\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(body), body)); heard != "" {
		t.Errorf("answered %q", heard)
	}
	if !strings.Contains(out.String(), "a bug with") {
		t.Errorf("the log says %q", out.String())
	}
}

type locked struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *locked) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *locked) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}
