package telegramtest

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"time"
)

// Says has a person write text in their private chat, and returns the message's id.
func (s *Server) Says(chat int64, text string) int64 {
	return s.Sends(chat, map[string]any{"text": text})
}

// Sends has a person send a message of these fields: a sticker, a caption.
func (s *Server) Sends(chat int64, fields map[string]any) int64 {
	return s.Writes(chat, chat, fields)
}

// Writes has a person send a message of these fields in a chat.
func (s *Server) Writes(chat, person int64, fields map[string]any) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := s.newMessage(chat)
	s.push("message", message(chat, person, id, fields))
	return id
}

// Edits has a person change what they wrote.
func (s *Server) Edits(chat, id int64, fields map[string]any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.push("edited_message", message(chat, chat, id, fields))
}

// Update hands out an update of any kind.
func (s *Server) Update(kind string, v any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.push(kind, v)
}

// Repeat hands out the last update once more, as Telegram may.
func (s *Server) Repeat() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.updates) == 0 {
		s.tb.Errorf("no update to repeat")
		return
	}
	last := s.updates[len(s.updates)-1]
	s.updates = append(s.updates, &update{id: last.id, kind: last.kind, raw: last.raw})
	s.change()
}

// Shuffle has updates come out of order, as Telegram's may: those of one poll,
// or any that are not delivered yet.
func (s *Server) Shuffle(seed uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.order = rand.New(rand.NewPCG(seed, seed))
}

func message(chat, person, id int64, fields map[string]any) map[string]any {
	m := map[string]any{
		"message_id": id, "date": 1700000000,
		"from": map[string]any{"id": person, "is_bot": false, "first_name": "问"},
		"chat": map[string]any{"id": chat, "type": kindOf(chat)},
	}
	for k, v := range fields {
		m[k] = v
	}
	return m
}

// push queues an update; s.mu is held.
func (s *Server) push(kind string, v any) {
	raw, err := json.Marshal(map[string]any{"update_id": s.nextID, kind: v})
	if err != nil {
		s.tb.Errorf("%v", err)
		return
	}
	s.hear(raw)
	s.updates = append(s.updates, &update{id: s.nextID, kind: kind, raw: raw})
	s.nextID++
	s.change()
}

// Unconfirmed counts the updates that the bot has not confirmed.
func (s *Server) Unconfirmed() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.updates)
}

// Sent returns what the bot sent so far, in order.
func (s *Server) Sent() []Sent {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]Sent, len(s.sent))
	for i, m := range s.sent {
		out[i] = *m
	}
	return out
}

// Calls returns the calls of the methods so far, failed ones included, in the
// order in which they came.
func (s *Server) Calls(methods ...string) (out []Call) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.calls {
		if slices.Contains(methods, c.Method) {
			out = append(out, *c)
		}
	}
	return out
}

// Wait waits until ok holds of the server, and fails the test if it never does.
func (s *Server) Wait(what string, ok func() bool) {
	s.tb.Helper()
	deadline := time.NewTimer(patience)
	defer deadline.Stop()
	for {
		s.mu.Lock()
		changed := s.changed
		s.mu.Unlock()
		if ok() {
			return
		}
		select {
		case <-changed:
		case <-deadline.C:
			s.tb.Fatalf("waited in vain for %s; refused: %q", what, s.Refused())
		}
	}
}

// WaitSent waits for the bot to have sent n messages, and returns them.
func (s *Server) WaitSent(n int) []Sent {
	s.tb.Helper()
	s.Wait("messages sent", func() bool { return len(s.Sent()) >= n })
	return s.Sent()
}
