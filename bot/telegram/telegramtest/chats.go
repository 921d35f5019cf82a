package telegramtest

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
)

// chat is one that the bot has heard of. To no other can it write.
type chat struct {
	topics map[int64]bool
	out    string // why the bot cannot write there; empty: it can
	moved  int64  // the id that it has by now; 0: its own
}

// heard is what an update tells of chats, messages and queries.
type heard struct {
	Message  *heardMessage `json:"message"`
	Edited   *heardMessage `json:"edited_message"`
	Callback *struct {
		ID      string        `json:"id"`
		Message *heardMessage `json:"message"`
	} `json:"callback_query"`
	Inline *struct {
		ID string `json:"id"`
	} `json:"inline_query"`
	Guest *struct {
		ID string `json:"guest_query_id"`
	} `json:"guest_message"`
	Member *struct {
		Chat heardChat `json:"chat"`
		New  struct {
			Status string `json:"status"`
			In     bool   `json:"is_member"`
		} `json:"new_chat_member"`
	} `json:"my_chat_member"`
}

type heardChat struct {
	ID int64 `json:"id"`
}

type heardMessage struct {
	ID          int64     `json:"message_id"`
	Chat        heardChat `json:"chat"`
	Thread      int64     `json:"message_thread_id"`
	IsTopic     bool      `json:"is_topic_message"`
	MigrateTo   int64     `json:"migrate_to_chat_id"`
	MigrateFrom int64     `json:"migrate_from_chat_id"`
}

// hear notes what an update tells; s.mu is held.
func (s *Server) hear(raw json.RawMessage) {
	var u heard
	if json.Unmarshal(raw, &u) != nil {
		return // it is for the bot to say so
	}
	for _, m := range []*heardMessage{u.Message, u.Edited} {
		s.hearMessage(m)
	}
	if u.Message != nil {
		s.know(u.Message.Chat.ID, u.Message.ID)
	}
	if u.Callback != nil {
		s.open[u.Callback.ID] = true
		s.hearMessage(u.Callback.Message)
	}
	if u.Inline != nil {
		s.open[u.Inline.ID] = true
	}
	if u.Guest != nil {
		s.open[u.Guest.ID] = true
	}
	if m := u.Member; m != nil {
		c := s.meet(m.Chat.ID)
		switch c.out = ""; {
		case m.Chat.ID > 0 && m.New.Status == "kicked":
			c.out = "Forbidden: bot was blocked by the user"
		case m.New.Status == "kicked", m.New.Status == "left", m.New.Status == "restricted" && !m.New.In:
			c.out = "Forbidden: bot was kicked from the " + kindOf(m.Chat.ID) + " chat"
		}
	}
}

func (s *Server) hearMessage(m *heardMessage) {
	if m == nil {
		return
	}
	c := s.meet(m.Chat.ID)
	if m.IsTopic {
		c.topics[m.Thread] = true
	}
	if m.MigrateTo != 0 {
		s.move(m.Chat.ID, m.MigrateTo)
	}
	if m.MigrateFrom != 0 {
		s.move(m.MigrateFrom, m.Chat.ID)
	}
}

// meet finds a chat, which is known from then on; s.mu is held.
func (s *Server) meet(id int64) *chat {
	if s.chats[id] == nil {
		s.chats[id] = &chat{topics: map[int64]bool{}}
	}
	return s.chats[id]
}

// move has a group be a supergroup by another id; s.mu is held.
func (s *Server) move(from, to int64) {
	s.meet(to)
	s.meet(from).moved = to
}

// Meet makes chats known that the bot has heard of in an earlier life.
func (s *Server) Meet(ids ...int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, id := range ids {
		s.meet(id)
	}
}

// CloseTopic deletes a topic of a forum.
func (s *Server) CloseTopic(chat, thread int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.meet(chat).topics, thread)
}

// addressed finds the chat and the topic that a call is for, and refuses where
// the bot cannot write; s.mu is held.
func (s *Server) addressed(form url.Values) (id, thread int64, err error) {
	id, _ = strconv.ParseInt(form.Get("chat_id"), 10, 64)
	thread, _ = strconv.ParseInt(form.Get("message_thread_id"), 10, 64)
	c := s.chats[id]
	switch {
	case c == nil:
		return 0, 0, fmt.Errorf("chat not found")
	case c.moved != 0:
		return 0, 0, refusal{code: 400, text: "Bad Request: group chat was upgraded to a supergroup chat", moved: c.moved}
	case c.out != "":
		return 0, 0, fault{403, c.out}
	case form.Has("message_thread_id") && !c.topics[thread]:
		return 0, 0, fmt.Errorf("message thread not found")
	}
	return id, thread, nil
}

// act takes a chat action.
func (s *Server) act(form url.Values) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, _, err := s.addressed(form)
	return true, err
}

// asked checks the kinds of update that a bot asks for against those that it
// gets; without a list those of before are meant; s.mu is held.
func (s *Server) asked(form url.Values) {
	if list := form.Get("allowed_updates"); list != "" {
		_ = json.Unmarshal([]byte(list), &s.kinds)
	}
}

// give is an update as it is handed out; s.mu is held.
func (s *Server) give(u *update) json.RawMessage {
	if len(s.kinds) > 0 && !slices.Contains(s.kinds, u.kind) {
		s.fault("getUpdates", fmt.Errorf("updates of kind %q are not asked for", u.kind))
	}
	return u.raw
}
