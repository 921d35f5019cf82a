// Package telegramtest is a Telegram to test a bot against. It refuses what
// Telegram refuses (every call is checked against the Bot API specification)
// and fails as Telegram and the networks before it fail.
//
//	tg := telegramtest.New(t, token)
//	tg.Says(7, "什么是注释")       // a person writes to the bot
//	answers := tg.WaitSent(1)    // the bot, pointed at tg.Endpoint(), answers
package telegramtest

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"
)

// The bot that the server knows.
const (
	BotID   = 42
	BotName = "ChuchuTestBot"
)

// patience is how long a test waits for what must come, on a slow machine.
const patience = 20 * time.Second

// Sent is a message that the bot sent, as it stands now.
type Sent struct {
	ID, Chat, ReplyTo int64
	Text              string // parsed
	HTML              string // as given
	Entities          []Entity
	Markup            string // the reply_markup as given
	Edits             int
	Rich              bool
	Thread            int64    // the topic of a forum
	Was               []string // what it showed before it was edited, as given
	File              *File    // sent along; Text and HTML are its caption
}

// Call is a call as it came.
type Call struct {
	Method string
	Form   url.Values
	Files  map[string]File // by parameter
	At     time.Time       // it came

	Failed  string // what it was answered with, where that was an error
	Message int64  // the message that it made
}

// Test is what the server runs in: a test, or a tool.
type Test interface {
	Helper()
	Cleanup(func())
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// Server is the fake Telegram. Its methods may be called from any goroutine.
type Server struct {
	tb    Test
	token string
	spec  *spec
	http  *httptest.Server

	mu        sync.Mutex
	changed   chan struct{} // closed and replaced at every change
	busy      int           // calls being carried out, polls apart
	updates   []*update     // not confirmed
	nextID    int64
	nextMsg   int64
	sent      []*Sent
	calls     []*Call
	refused   []string
	expected  []string // parts of what may be refused
	kinds     []string // of update that are asked for; none: all are
	chats     map[int64]*chat
	open      map[string]bool  // taps and queries that wait for their answer
	inline    map[string]*Sent // messages in chats that only Telegram sees, as far as they are known
	failures  []failure
	known     map[[2]int64]bool // messages by chat and id
	noRich    bool
	guests    bool
	files     map[string][]byte
	downloads []string
	local     string // folder that files are named in; empty: they are given out

	order         *rand.Rand // of updates; nil: as they came
	hook          *hook
	door          string         // where the webhook's host is found
	roots         *x509.CertPool // whose certificates are trusted there
	losing, begun int
	delivered     []Delivery
	hookFailed    int64
	hookReason    string
	latest        int64                // update that was delivered
	disorder      int                  // updates delivered behind later ones
	handed        map[string]time.Time // when updates were first delivered, by topic
	counts        map[string]int       // of calls, by method
	shake         func(int, Call) *Failure
	menus         map[string]json.RawMessage // by audience and language

	keepLast int        // calls and messages; 0: all
	age      [][2]int64 // known, oldest first, where not all are kept
	limits   *limits    // nil: as much may be sent as one likes
	watch    func(Call) // nil: nobody watches
}

type update struct {
	id     int64
	kind   string
	raw    json.RawMessage
	flying bool          // it is being delivered
	pause  time.Duration // before it is delivered again
}

// New starts a server that knows one token. It ends with the test.
func New(tb Test, token string) *Server {
	tb.Helper()
	sp, err := readSpec()
	if err != nil {
		tb.Fatalf("%v", err)
	}
	s := &Server{tb: tb, token: token, spec: sp, changed: make(chan struct{}), nextID: 1000, nextMsg: 1, known: map[[2]int64]bool{},
		handed: map[string]time.Time{}, counts: map[string]int{}, chats: map[int64]*chat{}, open: map[string]bool{}, inline: map[string]*Sent{}}
	s.http = httptest.NewServer(http.HandlerFunc(s.serve))
	tb.Cleanup(func() {
		s.Close()
		s.judge()
	})
	return s
}

// Close stops the server; connections under way are cut.
func (s *Server) Close() {
	_, _ = s.dropWebhook(nil)
	s.http.CloseClientConnections()
	s.http.Close()
}

// Endpoint is where the bot is to call.
func (s *Server) Endpoint() string { return s.http.URL + "/bot%s/%s" }

func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	if path, ok := strings.CutPrefix(r.URL.Path, "/file/bot"+s.token+"/"); ok {
		s.serveFile(w, r, path)
		return
	}
	token, method, ok := strings.Cut(strings.TrimPrefix(r.URL.Path, "/bot"), "/")
	if !ok || !strings.Contains(token, ":") {
		answerError(w, 404, "Not Found", nil)
		return
	}
	if token != s.token {
		answerError(w, 401, "Unauthorized", nil)
		return
	}
	if method != "getUpdates" { // which waits for long
		defer s.carrying()()
	}
	c, err := readCall(w, r, method)
	if errors.As(err, new(fault)) {
		s.refuse(w, method, err)
		return
	}
	if err != nil { // the bot may have hung up
		answerError(w, 400, "Bad Request: "+err.Error(), nil)
		return
	}
	s.mu.Lock()
	c.At = time.Now()
	s.calls = trim(append(s.calls, &c), s.keepLast)
	s.counts[method]++
	f, watch := s.takeFailure(c), s.watch
	s.change()
	s.mu.Unlock()
	came := c // c is in the list by now
	if f != nil && f.kind == errorAnswer {
		s.note(&c, nil, errors.New(f.description))
	}
	if f != nil && f.before(w, r) {
		return
	}
	result, err := s.carryOut(r.Context(), came)
	s.note(&c, result, err)
	if err == nil && watch != nil {
		watch(came)
	}
	var plain refusal
	switch {
	case f != nil && f.kind == cutAfter:
		cut(w)
	case errors.As(err, &plain):
		answerError(w, plain.code, plain.text, plain.parameters())
	case err != nil:
		s.refuse(w, method, err)
	default:
		answer(w, map[string]any{"ok": true, "result": result})
	}
}

// note keeps with a call what came of it.
func (s *Server) note(c *Call, result any, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err != nil {
		c.Failed = err.Error()
		return
	}
	if m, ok := result.(map[string]any); ok {
		c.Message, _ = m["message_id"].(int64)
	}
}

func (s *Server) carryOut(ctx context.Context, c Call) (any, error) {
	form := c.Form
	if err := s.spec.check(c); err != nil {
		return nil, err
	}
	switch c.Method {
	case "getMe":
		return map[string]any{"id": BotID, "is_bot": true, "first_name": "出处", "username": BotName, "supports_guest_queries": s.guests}, nil
	case "getUpdates":
		return s.getUpdates(ctx, form)
	case "sendMessage":
		return s.sendMessage(form)
	case "editMessageText":
		return s.editMessage(form)
	case "sendChatAction":
		return s.act(form)
	default:
		return s.carryOutMore(c)
	}
}

// errHooked is what a poller gets while a webhook is set.
var errHooked = refusal{code: 409, text: "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"}

// getUpdates confirms what lies below the offset, and waits for more.
func (s *Server) getUpdates(ctx context.Context, form url.Values) (any, error) {
	offset, _ := strconv.ParseInt(form.Get("offset"), 10, 64)
	seconds, _ := strconv.Atoi(form.Get("timeout"))
	limit, _ := strconv.Atoi(form.Get("limit"))
	timeout := time.NewTimer(time.Duration(seconds) * time.Second)
	defer timeout.Stop()
	for {
		s.mu.Lock()
		s.asked(form)
		for s.hook == nil && len(s.updates) > 0 && s.updates[0].id < offset {
			s.updates = s.updates[1:]
			s.change()
		}
		out := []json.RawMessage{}
		for _, u := range s.updates[:min(len(s.updates), max(limit, 1))] {
			out = append(out, s.give(u))
		}
		if s.order != nil {
			s.order.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
		}
		s.hand(out...)
		changed, hooked := s.changed, s.hook != nil
		s.mu.Unlock()
		if hooked {
			return nil, errHooked
		}
		if len(out) > 0 {
			return out, nil
		}
		select {
		case <-changed:
		case <-timeout.C:
			return out, nil
		case <-ctx.Done():
			return out, nil
		}
	}
}

// change wakes all that wait; s.mu is held.
func (s *Server) change() {
	close(s.changed)
	s.changed = make(chan struct{})
}

func answer(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v)
	_ = http.NewResponseController(w).Flush() // so that it is out when the call counts as carried out
}

func answerError(w http.ResponseWriter, code int, description string, parameters map[string]any) {
	v := map[string]any{"ok": false, "error_code": code, "description": description}
	if len(parameters) > 0 {
		v["parameters"] = parameters
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(v)
}
