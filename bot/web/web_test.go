package web_test

import (
	"cmp"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"chuchu/bot/web"
)

// taker remembers what it took.
type taker struct {
	took []string
	err  error
}

func (t *taker) Take(_ context.Context, raw []byte) error {
	if t.err == nil {
		t.took = append(t.took, string(raw))
	}
	return t.err
}

func (t *taker) Health() error { return t.err }

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestWebhook(t *testing.T) {
	down := errors.New("disk full")
	for name, tt := range map[string]struct {
		method, path, secret, body string
		err                        error
		want                       int
		stored                     bool
		kind                       string
	}{
		"update":          {"POST", "/hook", "s3cret", `{"update_id":1}`, nil, 200, true, ""},
		"wrong secret":    {"POST", "/hook", "s3cre", `{"update_id":1}`, nil, 401, false, ""},
		"no secret":       {"POST", "/hook", "", `{"update_id":1}`, nil, 401, false, ""},
		"read":            {"GET", "/hook", "s3cret", "", nil, 405, false, ""},
		"another path":    {"POST", "/", "s3cret", `{}`, nil, 404, false, ""},
		"no JSON":         {"POST", "/hook", "s3cret", `{"update_id":`, nil, 400, false, ""},
		"too large":       {"POST", "/hook", "s3cret", `"` + strings.Repeat("x", 1<<20) + `"`, nil, 413, false, ""},
		"not stored":      {"POST", "/hook", "s3cret", `{"update_id":1}`, down, 503, false, ""},
		"alive":           {"GET", "/healthz", "", "", down, 200, false, ""},
		"updates come":    {"GET", "/readyz", "", "", nil, 200, false, ""},
		"no metrics":      {"GET", "/metrics", "", "", nil, 404, false, ""},
		"no updates come": {"GET", "/readyz", "", "", down, 503, false, ""},
		"a form":          {"POST", "/hook", "s3cret", `{"update_id":1}`, nil, 415, false, "application/x-www-form-urlencoded"},
		"with a charset":  {"POST", "/hook", "s3cret", `{"update_id":1}`, nil, 200, true, "application/json; charset=utf-8"},
	} {
		t.Run(name, func(t *testing.T) {
			tk := &taker{err: tt.err}
			srv := httptest.NewServer(web.Handler(web.Options{Path: "/hook", Secret: "s3cret", Log: slog.New(slog.DiscardHandler)}, tk))
			defer srv.Close()
			req, err := http.NewRequestWithContext(t.Context(), tt.method, srv.URL+tt.path, strings.NewReader(tt.body))
			if err != nil {
				t.Fatal(err)
			}
			if tt.secret != "" {
				req.Header.Set("X-Telegram-Bot-Api-Secret-Token", tt.secret)
			}
			req.Header.Set("Content-Type", cmp.Or(tt.kind, "application/json"))
			resp, err := srv.Client().Do(req)
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			body, _ := io.ReadAll(resp.Body)
			if resp.StatusCode != tt.want || (len(tk.took) == 1) != tt.stored {
				t.Errorf("status %d, %d stored, %s; want %d, stored %v", resp.StatusCode, len(tk.took), body, tt.want, tt.stored)
			}
			if resp.Header.Get("X-Content-Type-Options") != "nosniff" || strings.Contains(string(body), "s3cret") {
				t.Errorf("headers %v, body %s", resp.Header, body)
			}
		})
	}
}

// TestDoorWithoutASecretStaysShut holds even where nobody set one.
func TestDoorWithoutASecretStaysShut(t *testing.T) {
	tk := &taker{}
	rec := httptest.NewRecorder()
	req := httptest.NewRequestWithContext(t.Context(), "POST", "/hook", strings.NewReader(`{"update_id":1}`))
	req.Header.Set("Content-Type", "application/json")
	web.Handler(web.Options{Path: "/hook", Log: slog.New(slog.DiscardHandler)}, tk).ServeHTTP(rec, req)
	if rec.Code != 401 || len(tk.took) > 0 {
		t.Errorf("status %d, %d taken", rec.Code, len(tk.took))
	}
}

// watched tells whether an answer has begun.
type watched struct {
	http.ResponseWriter
	begun bool
}

func (w *watched) WriteHeader(code int) { w.begun = true; w.ResponseWriter.WriteHeader(code) }

func (w *watched) Write(p []byte) (int, error) { w.begun = true; return w.ResponseWriter.Write(p) }

// slowTaker looks, when it has stored an update, whether an answer has begun.
type slowTaker struct {
	w     *watched
	early bool
	taken bool
}

func (t *slowTaker) Take(context.Context, []byte) error {
	t.taken, t.early = true, t.w.begun
	return nil
}

func (*slowTaker) Health() error { return nil }

// TestTakenIsSaidOnceStored keeps Telegram from forgetting what is not stored.
func TestTakenIsSaidOnceStored(t *testing.T) {
	rec := httptest.NewRecorder()
	w := &watched{ResponseWriter: rec}
	tk := &slowTaker{w: w}
	req := httptest.NewRequestWithContext(t.Context(), "POST", "/hook", strings.NewReader(`{"update_id":1}`))
	req.Header.Set("X-Telegram-Bot-Api-Secret-Token", "s3cret")
	req.Header.Set("Content-Type", "application/json")
	web.Handler(web.Options{Path: "/hook", Secret: "s3cret", Log: slog.New(slog.DiscardHandler)}, tk).ServeHTTP(w, req)
	if !tk.taken || tk.early || rec.Code != 200 {
		t.Errorf("taken: %v, answered before: %v, status %d", tk.taken, tk.early, rec.Code)
	}
}

// TestWebhookOfAnyPath has a path that a router would take for a pattern.
func TestWebhookOfAnyPath(t *testing.T) {
	tk := &taker{}
	srv := httptest.NewServer(web.Handler(web.Options{Path: "/{x}", Secret: "s3cret", Log: slog.New(slog.DiscardHandler)}, tk))
	defer srv.Close()
	for path, want := range map[string]int{"/%7Bx%7D": 200, "/other": 404} {
		req, err := http.NewRequestWithContext(t.Context(), "POST", srv.URL+path, strings.NewReader(`{}`))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("X-Telegram-Bot-Api-Secret-Token", "s3cret")
		req.Header.Set("Content-Type", "application/json")
		resp, err := srv.Client().Do(req)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != want {
			t.Errorf("%s: status %d, want %d", path, resp.StatusCode, want)
		}
	}
}

func TestDoor(t *testing.T) {
	log := slog.New(slog.DiscardHandler)
	door, err := web.Open(t.Context(), web.Options{Listen: ":0", Log: log})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(door.Addr(), "127.0.0.1:") {
		t.Errorf("without a host it listens on %s", door.Addr())
	}
	if _, err := web.Open(t.Context(), web.Options{Listen: door.Addr(), Log: log}); err == nil {
		t.Error("a taken port is opened")
	}
	if _, err := web.Open(t.Context(), web.Options{Listen: "127.0.0.1:0", Cert: "none.pem", Key: "none.key", Log: log}); err == nil {
		t.Error("a certificate that is not there is taken")
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- door.Serve(ctx, &taker{}) }()
	resp, err := http.Get("http://" + door.Addr() + "/healthz")
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	cancel()
	if err := <-done; err != nil || resp.StatusCode != 200 {
		t.Errorf("status %d, then %v", resp.StatusCode, err)
	}
}
