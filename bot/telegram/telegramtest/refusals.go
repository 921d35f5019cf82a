package telegramtest

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// refusal is what Telegram answers although the bot did nothing wrong.
type refusal struct {
	code  int
	text  string
	moved int64 // the id that the chat has by now; 0: its own
}

func (r refusal) Error() string { return r.text }

// parameters are what comes along with it.
func (r refusal) parameters() map[string]any {
	if r.moved == 0 {
		return nil
	}
	return map[string]any{"migrate_to_chat_id": r.moved}
}

// fault is what Telegram answers with a code of its own where the bot did wrong.
type fault struct {
	code int
	text string
}

func (f fault) Error() string { return f.text }

// refuse answers with a refusal, and remembers that the bot did what it may not.
func (s *Server) refuse(w http.ResponseWriter, method string, err error) {
	s.mu.Lock()
	s.fault(method, err)
	s.mu.Unlock()
	if f := (fault{}); errors.As(err, &f) {
		answerError(w, f.code, f.text, nil)
		return
	}
	answerError(w, http.StatusBadRequest, "Bad Request: "+err.Error(), nil)
}

// fault remembers that the bot did what it may not; s.mu is held.
func (s *Server) fault(method string, err error) {
	s.refused = append(s.refused, fmt.Sprintf("%s: %v", method, err))
	s.change()
}

// Refused returns, a line each, what the bot did that Telegram does not allow.
func (s *Server) Refused() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.refused)
}

// Expect lets pass what is refused in these words: the bot cannot have known.
// Any other refusal fails the test at its end, even where the bot passed over
// it. An empty word is in all of them.
func (s *Server) Expect(words ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.expected = append(s.expected, words...)
}

// judge fails the test for what was refused and is not expected.
func (s *Server) judge() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.refused {
		if !slices.ContainsFunc(s.expected, func(w string) bool { return strings.Contains(r, w) }) {
			s.tb.Errorf("Telegram refuses: %s", r)
		}
	}
}
