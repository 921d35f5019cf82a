package telegramtest

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// Limits of a message, from the Bot API.
const (
	maxUnits    = 4096
	maxEntities = 100
)

// sendMessage takes a message as Telegram does.
func (s *Server) sendMessage(form url.Values) (any, error) {
	if err := checkMarkup(form.Get("reply_markup")); err != nil {
		return nil, err
	}
	m, err := parseText(form)
	if err != nil {
		return nil, err
	}
	return s.keep(m, form)
}

// keep takes a message whose content is sound.
func (s *Server) keep(m *Sent, form url.Values) (_ any, err error) {
	m.Markup = form.Get("reply_markup")
	s.mu.Lock()
	defer s.mu.Unlock()
	if m.Chat, m.Thread, err = s.addressed(form); err != nil {
		return nil, err
	}
	if m.ReplyTo, err = s.replyTo(form, m.Chat); err != nil {
		return nil, err
	}
	m.ID = s.newMessage(m.Chat)
	s.sent = trim(append(s.sent, m), s.keepLast)
	s.change()
	return m.json(), nil
}

// replyTo is the message that a new one replies to, 0 where that is gone; s.mu
// is held.
func (s *Server) replyTo(form url.Values, chat int64) (int64, error) {
	var reply struct {
		ID      int64 `json:"message_id"`
		Without bool  `json:"allow_sending_without_reply"`
	}
	if p := form.Get("reply_parameters"); p != "" {
		if err := json.Unmarshal([]byte(p), &reply); err != nil {
			return 0, err
		}
	}
	if reply.ID != 0 && !s.known[[2]int64{chat, reply.ID}] {
		if !reply.Without {
			return 0, fmt.Errorf("message to be replied not found")
		}
		reply.ID = 0
	}
	return reply.ID, nil
}

func (s *Server) editMessage(form url.Values) (any, error) {
	if err := checkMarkup(form.Get("reply_markup")); err != nil {
		return nil, err
	}
	m, err := parseEdit(form, s.noRich)
	if err != nil {
		return nil, err
	}
	m.Markup = form.Get("reply_markup")
	s.mu.Lock()
	defer s.mu.Unlock()
	inline, id := form.Get("inline_message_id"), form.Get("message_id")
	switch at := form.Get("chat_id"); {
	case inline != "" && at == "" && id == "":
		return s.editInline(inline, m)
	case inline != "" || at == "" || id == "":
		return nil, fmt.Errorf("message identifier is not specified")
	}
	return s.editSent(form, m)
}

// editInline changes a message in a chat that only Telegram sees; s.mu is held.
func (s *Server) editInline(id string, m *Sent) (any, error) {
	if old := s.inline[id]; old != nil && old.same(m) {
		return nil, errNotModified
	}
	s.inline[id] = m
	s.change()
	return true, nil
}

// errNotModified is what Telegram says of an edit that changes nothing.
var errNotModified = fmt.Errorf("message is not modified: specified new message content and reply markup are exactly the same")

// same tells whether two messages show the same.
func (m *Sent) same(o *Sent) bool {
	return m.Rich == o.Rich && m.Text == o.Text && slices.Equal(m.Entities, o.Entities) && m.Markup == o.Markup
}

// editSent changes a message of the bot's own; s.mu is held.
func (s *Server) editSent(form url.Values, m *Sent) (any, error) {
	chat, _, err := s.addressed(form)
	if err != nil {
		return nil, err
	}
	id, _ := strconv.ParseInt(form.Get("message_id"), 10, 64)
	for _, old := range slices.Backward(s.sent) { // mostly it is a late one
		if old.Chat != chat || old.ID != id {
			continue
		}
		switch {
		case old.File != nil:
			return nil, fmt.Errorf("there is no text in the message to edit")
		case strings.Contains(old.Markup, `"keyboard"`):
			return nil, fmt.Errorf("message can't be edited")
		case old.same(m):
			return nil, errNotModified
		}
		old.Was = append(old.Was, old.HTML)
		old.Text, old.HTML, old.Entities, old.Rich, old.Markup = m.Text, m.HTML, m.Entities, m.Rich, m.Markup
		old.Edits++
		s.change()
		return old.json(), nil
	}
	if s.known[[2]int64{chat, id}] {
		return nil, fmt.Errorf("message can't be edited")
	}
	return nil, fmt.Errorf("message to edit not found")
}

// parseEdit reads what a message becomes.
func parseEdit(form url.Values, noRich bool) (*Sent, error) {
	switch {
	case form.Get("rich_message") == "":
		return parseText(form)
	case form.Get("text") != "":
		return nil, fmt.Errorf("both text and rich_message are given")
	case noRich: // which the bot cannot know
		return nil, refusal{code: 400, text: "Bad Request: message text is empty"}
	}
	html, err := richHTML(form)
	return &Sent{HTML: html, Text: html, Rich: true}, err
}

// newMessage numbers a message of a chat; s.mu is held.
func (s *Server) newMessage(chat int64) int64 {
	s.nextMsg++
	s.know(chat, s.nextMsg)
	return s.nextMsg
}

// parseText reads and checks a call's text.
func parseText(form url.Values) (*Sent, error) {
	m := &Sent{HTML: form.Get("text"), Text: form.Get("text")}
	switch form.Get("parse_mode") {
	case "":
	case "HTML":
		var err error
		if m.Text, m.Entities, err = ParseHTML(m.HTML); err != nil {
			return nil, err
		}
		if err := checkLinks(m.HTML); err != nil {
			return nil, err
		}
	default:
		return nil, fmt.Errorf("parse_mode %s is not played here", form.Get("parse_mode"))
	}
	switch n := Units(m.Text); {
	case strings.TrimSpace(m.Text) == "":
		return nil, fmt.Errorf("message text is empty")
	case n > maxUnits:
		return nil, fmt.Errorf("message is too long: %d units", n)
	case len(m.Entities) > maxEntities:
		return nil, fmt.Errorf("%d entities, formatting would be lost", len(m.Entities))
	}
	return m, nil
}

func (m *Sent) json() map[string]any {
	return map[string]any{"message_id": m.ID, "date": 1700000000, "text": m.Text,
		"chat": map[string]any{"id": m.Chat, "type": kindOf(m.Chat)}}
}

// Units counts a text in UTF-16 units.
func Units(s string) int {
	n := 0
	for _, r := range s {
		if n++; r > 0xFFFF {
			n++
		}
	}
	return n
}
