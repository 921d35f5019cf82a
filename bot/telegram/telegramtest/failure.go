package telegramtest

import (
	"net/http"
	"time"
)

type kind int

const (
	errorAnswer kind = iota // Telegram's own error
	badGateway              // the page of a proxy before Telegram
	cutBefore               // the connection breaks before the call is carried out
	cutAfter                // the connection breaks after it was
	slow                    // the answer comes when the test lets it
	raw                     // an answer that is none, for a call that is not carried out
	drip                    // the answer begins, and does not go on
)

// Failure is a way to fail.
type Failure struct {
	kind        kind
	code        int
	description string
	retryAfter  int
	release     <-chan struct{}
	body        string
}

// TooMany is a 429 that asks to wait.
func TooMany(wait time.Duration) Failure {
	return Failure{kind: errorAnswer, code: 429, description: "Too Many Requests: retry later", retryAfter: int(wait / time.Second)}
}

// Error is Telegram's own error.
func Error(code int, description string) Failure {
	return Failure{kind: errorAnswer, code: code, description: description}
}

// Conflict is what a second poller gets.
func Conflict() Failure {
	return Error(409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running")
}

// Blocked is what a bot gets that the person has blocked.
func Blocked() Failure { return Error(403, "Forbidden: bot was blocked by the user") }

// BadGateway is a 502 with a page of HTML.
func BadGateway() Failure { return Failure{kind: badGateway} }

// CutBefore breaks the connection before the call is carried out.
func CutBefore() Failure { return Failure{kind: cutBefore} }

// CutAfter carries the call out and breaks the connection before the answer.
func CutAfter() Failure { return Failure{kind: cutAfter} }

// Slow holds the call until release is closed, or the caller gives up.
func Slow(release <-chan struct{}) Failure { return Failure{kind: slow, release: release} }

// Raw answers with a status and body of one's own, and carries out nothing.
func Raw(code int, body string) Failure { return Failure{kind: raw, code: code, body: body} }

// Drip begins to answer, and sends nothing more until the caller gives up; the
// call is not carried out.
func Drip() Failure { return Failure{kind: drip} }

type failure struct {
	Failure
	method string
	match  func(Call) bool
}

// Fail has the next calls of a method fail, one a Failure.
func (s *Server) Fail(method string, how ...Failure) {
	s.FailIf(method, func(Call) bool { return true }, how...)
}

// FailIf has the next calls of a method that match fail, one a Failure.
func (s *Server) FailIf(method string, match func(Call) bool, how ...Failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range how {
		s.failures = append(s.failures, failure{f, method, match})
	}
}

// Shake asks f of every call, by its number, whether and how it fails.
func (s *Server) Shake(f func(n int, c Call) *Failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.shake = f
}

// takeFailure finds the failure meant for a call; s.mu is held.
func (s *Server) takeFailure(c Call) *failure {
	for i, f := range s.failures {
		if f.method == c.Method && f.match(c) {
			s.failures = append(s.failures[:i:i], s.failures[i+1:]...)
			return &f
		}
	}
	if s.shake != nil {
		if f := s.shake(len(s.calls), c); f != nil {
			return &failure{Failure: *f}
		}
	}
	if s.limits != nil {
		if wait := s.limits.wait(c); wait > 0 {
			return &failure{Failure: TooMany(wait)}
		}
	}
	return nil
}

// parameters are what comes along with an error.
func (f Failure) parameters() map[string]any {
	if f.retryAfter == 0 {
		return nil
	}
	return map[string]any{"retry_after": f.retryAfter}
}

// before does what a failure does before the call is carried out, and tells
// whether that was all.
func (f *failure) before(w http.ResponseWriter, r *http.Request) bool {
	switch f.kind {
	case errorAnswer:
		answerError(w, f.code, f.description, f.parameters())
	case badGateway:
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusBadGateway)
		_, _ = w.Write([]byte("<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"))
	case cutBefore:
		cut(w)
	case slow:
		select {
		case <-f.release:
			return false
		case <-r.Context().Done():
		}
	case raw:
		w.WriteHeader(f.code)
		_, _ = w.Write([]byte(f.body))
	case drip:
		_, _ = w.Write([]byte(`{"ok":true,"result":`))
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
	default:
		return false
	}
	return true
}

// cut breaks the connection.
func cut(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err == nil {
		_ = conn.Close()
	}
}
