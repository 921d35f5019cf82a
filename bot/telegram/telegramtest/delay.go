package telegramtest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// topic names what an update asks for, and a call answers; empty: nothing that
// is timed.
func topic(update json.RawMessage) string {
	var u struct {
		Message *struct {
			ID   int64 `json:"message_id"`
			Chat struct{ ID int64 }
		}
		Inline *struct{ ID string } `json:"inline_query"`
	}
	switch err := json.Unmarshal(update, &u); {
	case err != nil:
		return ""
	case u.Message != nil:
		return fmt.Sprintf("%d/%d", u.Message.Chat.ID, u.Message.ID)
	case u.Inline != nil:
		return u.Inline.ID
	}
	return ""
}

// Topic names what a call answers: chat/message, or the id of a tap or an inline
// query; empty: nothing.
func (c Call) Topic() string {
	var reply struct {
		ID int64 `json:"message_id"`
	}
	if json.Unmarshal([]byte(c.Form.Get("reply_parameters")), &reply) == nil {
		return fmt.Sprintf("%s/%d", c.Form.Get("chat_id"), reply.ID)
	}
	return cmp.Or(c.Form.Get("inline_query_id"), c.Form.Get("callback_query_id"))
}

// hand notes when updates are given to the bot for the first time, and whether
// behind later ones; s.mu is held.
func (s *Server) hand(updates ...json.RawMessage) {
	for _, u := range updates {
		var id struct {
			ID int64 `json:"update_id"`
		}
		if json.Unmarshal(u, &id) == nil && id.ID < s.latest {
			s.disorder++
		}
		s.latest = max(s.latest, id.ID)
	}
	if s.keepLast > 0 {
		return // it would grow without end
	}
	for _, u := range updates {
		if t := topic(u); t != "" {
			if _, ok := s.handed[t]; !ok {
				s.handed[t] = time.Now()
			}
		}
	}
}

// Disorder counts the updates that were given to the bot behind later ones, those
// that came again included.
func (s *Server) Disorder() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.disorder
}

// Delays are the times from an update's delivery to the calls of a method that
// answer it, shortest first.
func (s *Server) Delays(method string) (out []time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.calls {
		if at, ok := s.handed[c.Topic()]; ok && c.Method == method {
			out = append(out, c.At.Sub(at))
		}
	}
	slices.Sort(out)
	return out
}

// Count counts the calls of a method so far, failed ones included.
func (s *Server) Count(method string) (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.counts[method]
}
