package telegramtest_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
)

func TestWebhookIsTakenAsTelegramTakesIt(t *testing.T) {
	for _, tt := range []struct {
		name string
		form url.Values
		want string // part of the refusal; "": it is taken
	}{
		{"all", url.Values{"url": {"https://bot.example.org:8443/x"}, "secret_token": {"aZ_-9"}, "allowed_updates": {`["message","guest_message"]`}, "max_connections": {"100"}}, ""},
		{"least", url.Values{"url": {"https://bot.example.org"}}, ""},
		{"none", url.Values{"url": {""}}, "missing"},
		{"no TLS", url.Values{"url": {"http://bot.example.org"}}, "HTTPS"},
		{"no host", url.Values{"url": {"https:///x"}}, "invalid"},
		{"port", url.Values{"url": {"https://bot.example.org:8080/x"}}, "ports"},
		{"this machine", url.Values{"url": {"https://127.0.0.1/x"}}, "reserved"},
		{"secret", url.Values{"url": {"https://bot.example.org"}, "secret_token": {"a b"}}, "unallowed"},
		{"long secret", url.Values{"url": {"https://bot.example.org"}, "secret_token": {strings.Repeat("a", 257)}}, "257 characters"},
		{"kinds", url.Values{"url": {"https://bot.example.org"}, "allowed_updates": {`["message","msg"]`}}, "no updates of kind"},
		{"kinds that are no list", url.Values{"url": {"https://bot.example.org"}, "allowed_updates": {"message"}}, "no Array"},
		{"no connections", url.Values{"url": {"https://bot.example.org"}, "max_connections": {"0"}}, "max_connections"},
		{"many connections", url.Values{"url": {"https://bot.example.org"}, "max_connections": {"101"}}, "max_connections"},
		{"unknown", url.Values{"url": {"https://bot.example.org"}, "secret": {"a"}}, "unknown parameter"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := fresh(t)
			status, body := call(t, s, "setWebhook", tt.form)
			if tt.want != "" {
				if status != 400 || !strings.Contains(body, tt.want) || s.Webhook() != "" {
					t.Errorf("status %d, %s, set %q, want a refusal with %q", status, body, s.Webhook(), tt.want)
				}
				return
			}
			if status != 200 || s.Webhook() != tt.form.Get("url") {
				t.Errorf("status %d, %s, set %q", status, body, s.Webhook())
			}
			if status, body = call(t, s, "getUpdates", nil); status != 409 || !strings.Contains(body, "webhook is active") {
				t.Errorf("polling beside a webhook: status %d, %s", status, body)
			}
			call(t, s, "deleteWebhook", nil)
			if status, body = call(t, s, "getUpdates", nil); status != 200 || s.Webhook() != "" {
				t.Errorf("polling without a webhook: status %d, %s", status, body)
			}
		})
	}
}

// TestDeliveries brings updates to a door that takes each at the second try.
func TestDeliveries(t *testing.T) {
	came := map[string]int{}
	var order []string
	var wrong int
	done := make(chan struct{}, 100)
	busy := make(chan struct{}, 1) // max_connections
	door := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		busy <- struct{}{}
		defer func() { <-busy; done <- struct{}{} }()
		body, _ := io.ReadAll(r.Body)
		if r.Host != "bot.example.org" || r.Header.Get("X-Telegram-Bot-Api-Secret-Token") != "s" || r.URL.Path != "/x" {
			wrong++
		}
		_, id, _ := strings.Cut(string(body), `"update_id":`)
		if came[id]++; came[id] == 1 {
			w.WriteHeader(503)
			return
		}
		order = append(order, id)
	}))
	defer door.Close()
	s := fresh(t)
	s.Reach(door.Listener.Addr().String(), nil)
	s.Shuffle(1)
	for range 20 {
		s.Says(7, "甲")
	}
	call(t, s, "setWebhook", url.Values{"url": {"https://bot.example.org/x"}, "secret_token": {"s"}, "max_connections": {"1"}})
	s.Wait("all to be taken", func() bool { return s.Unconfirmed() == 0 })
	for range 40 {
		<-done
	}
	if wrong > 0 || len(came) != 20 || len(order) != 20 || slices.IsSorted(order) || len(s.Deliveries()) != 40 || s.Begun() != 40 {
		t.Errorf("%d wrong, %v came, taken in the order %v, %d tries", wrong, came, order, len(s.Deliveries()))
	}
}
