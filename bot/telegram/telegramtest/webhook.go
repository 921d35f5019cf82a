package telegramtest

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// What a webhook may be, from the Bot API.
const (
	defaultConnections = 40

	deliveryTimeout = 10 * time.Second
	firstPause      = 10 * time.Millisecond // before what was not taken comes again; doubled each time
	lastPause       = time.Second
)

var (
	hookPorts  = []string{"", "443", "80", "88", "8443"}
	hookSecret = regexp.MustCompile(`^[A-Za-z0-9_-]*$`)
)

// hook is a webhook that is set.
type hook struct {
	url    *url.URL
	to     string // the same, or behind the proxy
	secret string
	most   int // deliveries at the same time
	client *http.Client
	stop   context.CancelFunc
	ended  chan struct{}
}

// Delivery is one try to deliver an update.
type Delivery struct {
	Update int64
	Status int // 0: no answer came
}

// Reach says at which address of this machine the webhook's host is found, and
// whose certificates are trusted there; where roots is nil, a proxy takes the
// TLS off.
func (s *Server) Reach(address string, roots *x509.CertPool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.door, s.roots = address, roots
}

// LoseAnswers has the answers to the next deliveries be lost on their way.
func (s *Server) LoseAnswers(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.losing = n
}

// Begun counts the deliveries whose request is out whole.
func (s *Server) Begun() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.begun
}

// Deliveries returns the tries that ended, in order.
func (s *Server) Deliveries() []Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.delivered)
}

// Webhook is the address that is set; empty: none is.
func (s *Server) Webhook() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.hook == nil {
		return ""
	}
	return s.hook.url.String()
}

// setWebhook takes a webhook in the place of the one before, and begins to
// deliver.
func (s *Server) setWebhook(form url.Values) (any, error) {
	if form.Get("url") == "" {
		return s.dropWebhook(form)
	}
	h, err := readHook(form)
	if err != nil {
		return nil, err
	}
	if _, err := s.dropWebhook(form); err != nil {
		return nil, err
	}
	ctx, stop := context.WithCancel(context.Background())
	h.stop = stop
	s.mu.Lock()
	s.asked(form)
	h.client = s.caller(h)
	s.hook = h
	s.change()
	s.mu.Unlock()
	go s.deliver(ctx, h)
	return true, nil
}

// readHook reads a webhook and refuses what Telegram would.
func readHook(form url.Values) (*hook, error) {
	u, err := url.Parse(form.Get("url"))
	h := &hook{url: u, secret: form.Get("secret_token"), most: defaultConnections, ended: make(chan struct{})}
	switch {
	case err != nil || u.Hostname() == "":
		return nil, fmt.Errorf("bad webhook: invalid webhook URL specified")
	case u.Scheme != "https":
		return nil, fmt.Errorf("bad webhook: An HTTPS URL must be provided for webhook")
	case !slices.Contains(hookPorts, u.Port()):
		return nil, fmt.Errorf("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
	case !hookSecret.MatchString(h.secret):
		return nil, fmt.Errorf("secret token contains unallowed characters")
	}
	if ip, err := netip.ParseAddr(u.Hostname()); err == nil && (ip.IsLoopback() || ip.IsPrivate() || ip.IsUnspecified()) || u.Hostname() == "localhost" {
		return nil, fmt.Errorf("bad webhook: IP address %s is reserved", u.Hostname())
	}
	if n := form.Get("max_connections"); n != "" {
		if h.most, err = strconv.Atoi(n); err != nil {
			return nil, err
		}
	}
	return h, nil
}

// checkKinds refuses kinds of update that there are not.
func (s *spec) checkKinds(list string) error {
	if list == "" {
		return nil
	}
	var kinds []string
	if err := json.Unmarshal([]byte(list), &kinds); err != nil {
		return fmt.Errorf("can't parse allowed updates: %w", err)
	}
	for _, k := range kinds {
		if _, ok := s.Types["Update"].Fields[k]; !ok || k == "update_id" {
			return fmt.Errorf("allowed_updates: there are no updates of kind %q", k)
		}
	}
	return nil
}

// webhookInfo tells where updates are sent, and how many wait.
func (s *Server) webhookInfo() (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	info := map[string]any{"url": "", "has_custom_certificate": false, "pending_update_count": len(s.updates)}
	if s.hook != nil {
		info["url"] = s.hook.url.String()
	}
	if s.hookFailed > 0 {
		info["last_error_date"], info["last_error_message"] = s.hookFailed, s.hookReason
	}
	return info, nil
}

// notDelivered notes a delivery that failed, as getWebhookInfo tells of it; s.mu
// is held.
func (s *Server) notDelivered(status int) {
	s.hookFailed++ // a date: that it is a later one is all that it tells here
	if s.hookReason = "Connection refused"; status > 0 {
		s.hookReason = fmt.Sprintf("Wrong response from the webhook: %d %s", status, http.StatusText(status))
	}
}

// dropWebhook ends the webhook, if one is set.
func (s *Server) dropWebhook(form url.Values) (any, error) {
	s.mu.Lock()
	h := s.hook
	s.hook = nil
	if form.Get("drop_pending_updates") == "true" {
		s.updates = nil
	}
	s.change()
	s.mu.Unlock()
	if h != nil {
		h.stop()
		<-h.ended
	}
	return true, nil
}

// caller is the client that reaches a webhook; s.mu is held.
func (s *Server) caller(h *hook) *http.Client {
	door := s.door
	h.to = h.url.String()
	if s.roots == nil {
		h.to = "http" + strings.TrimPrefix(h.to, "https")
	}
	return &http.Client{Timeout: deliveryTimeout, Transport: &http.Transport{
		MaxIdleConnsPerHost: h.most,
		TLSClientConfig:     &tls.Config{RootCAs: s.roots, MinVersion: tls.VersionTLS12},
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, "tcp", door)
		},
	}}
}

// deliver brings updates to a webhook, some at the same time, until ctx ends.
func (s *Server) deliver(ctx context.Context, h *hook) {
	var under sync.WaitGroup
	defer close(h.ended)
	defer h.client.CloseIdleConnections()
	defer under.Wait()
	busy := make(chan struct{}, h.most)
	for {
		select {
		case busy <- struct{}{}:
		case <-ctx.Done():
			return
		}
		u := s.next(ctx)
		if u == nil {
			return
		}
		under.Go(func() {
			defer func() { <-busy }()
			s.deliverOne(ctx, h, u)
		})
	}
}

// next waits for an update that is not under way, and takes it up: the first,
// or, where the order is shuffled, any.
func (s *Server) next(ctx context.Context) *update {
	for {
		s.mu.Lock()
		var free []*update
		for _, u := range s.updates {
			if !u.flying {
				free = append(free, u)
			}
		}
		if len(free) > 0 {
			u := free[0]
			if s.order != nil {
				u = free[s.order.IntN(len(free))]
			}
			u.flying = true
			s.hand(s.give(u))
			s.mu.Unlock()
			return u
		}
		changed := s.changed
		s.mu.Unlock()
		select {
		case <-changed:
		case <-ctx.Done():
			return nil
		}
	}
}

// deliverOne brings one update once. What is not taken comes again after a while.
func (s *Server) deliverOne(ctx context.Context, h *hook, u *update) {
	status := s.post(ctx, h, u.raw)
	s.mu.Lock()
	if status != 0 && s.losing > 0 {
		s.losing--
		status = 0
	}
	s.delivered = append(s.delivered, Delivery{u.id, status})
	if status/100 == 2 {
		s.updates = slices.DeleteFunc(s.updates, func(o *update) bool { return o == u })
	} else {
		s.notDelivered(status)
	}
	s.change()
	s.mu.Unlock()
	if status/100 != 2 {
		u.pause = min(max(2*u.pause, firstPause), lastPause)
		wait := time.NewTimer(u.pause)
		defer wait.Stop()
		select {
		case <-wait.C:
		case <-ctx.Done():
		}
	}
	s.mu.Lock()
	u.flying = false
	s.change()
	s.mu.Unlock()
}

// post brings an update to the webhook, and returns the status; 0: none came.
func (s *Server) post(ctx context.Context, h *hook, raw []byte) int {
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteRequest: func(httptrace.WroteRequestInfo) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.begun++
		s.change()
	}})
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, h.to, bytes.NewReader(raw))
	if err != nil {
		s.tb.Errorf("%v", err)
		return 0
	}
	req.Header.Set("Content-Type", "application/json")
	if h.secret != "" {
		req.Header.Set("X-Telegram-Bot-Api-Secret-Token", h.secret)
	}
	resp, err := h.client.Do(req)
	if err != nil {
		return 0
	}
	defer resp.Body.Close()
	said, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	if err != nil {
		return 0
	}
	if strings.HasPrefix(strings.TrimSpace(string(said)), "{") {
		s.tb.Errorf("a call in the answer to a delivery is not played here")
	}
	return resp.StatusCode
}
