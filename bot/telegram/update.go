package telegram

import (
	"encoding/json"
	"fmt"

	"chuchu/bot"
)

// update is an update as far as the bot reads it. The library's types are not
// used for it: they would refuse a message whose newer fields have changed.
type update struct {
	ID      int64    `json:"update_id"`
	Message *message `json:"message"`
	Edited  *message `json:"edited_message"`
}

type message struct {
	ID   int64 `json:"message_id"`
	Chat struct {
		ID   int64  `json:"id"`
		Type string `json:"type"`
	} `json:"chat"`
	From struct {
		Language string `json:"language_code"` // of the app; absent where it is not known
	} `json:"from"`
	Text            string   `json:"text"`
	Caption         string   `json:"caption"`
	Entities        []entity `json:"entities"`
	CaptionEntities []entity `json:"caption_entities"`
	Thread          int64    `json:"message_thread_id"`
	IsTopic         bool     `json:"is_topic_message"`

	service bool // an event of the chat, such as a pinned message: nothing was said
}

// entity is a part of a text that Telegram marked; it counts in UTF-16 units.
type entity struct {
	Type   string `json:"type"`
	Offset int    `json:"offset"`
	Length int    `json:"length"`
}

// serviceFields mark messages that people see as a grey line, not as something
// said to them.
var serviceFields = []string{
	"boost_added", "chat_background_set", "chat_owner_changed", "chat_owner_left", "chat_shared",
	"connected_website", "forum_topic_closed", "forum_topic_created", "forum_topic_edited",
	"forum_topic_reopened", "message_auto_delete_timer_changed", "passport_data", "pinned_message",
	"proximity_alert_triggered", "refunded_payment", "successful_payment", "users_shared",
	"write_access_allowed",
}

func (m *message) UnmarshalJSON(b []byte) error {
	type fields message
	if err := json.Unmarshal(b, (*fields)(m)); err != nil {
		return err
	}
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(b, &raw); err != nil {
		return err
	}
	for _, f := range serviceFields {
		if _, ok := raw[f]; ok {
			m.service = true
		}
	}
	return nil
}

// readUpdate reads an update. Its ID is set even where the rest cannot be read.
func readUpdate(raw []byte) (update, error) {
	var id struct {
		ID int64 `json:"update_id"`
	}
	if err := json.Unmarshal(raw, &id); err != nil {
		return update{}, fmt.Errorf("read update: %w", err)
	}
	u := update{ID: id.ID}
	if err := json.Unmarshal(raw, &u); err != nil {
		return u, fmt.Errorf("read update: %w", err)
	}
	return u, nil
}

// chat is the chat that an update belongs to; 0 if there is none.
func (u update) chat() int64 {
	for _, m := range []*message{u.Message, u.Edited} {
		if m != nil {
			return m.Chat.ID
		}
	}
	return 0
}

// said returns the message that an update brings, and whether it is an edit;
// nil if it is nothing to answer: an event, another kind of chat, or an edit
// without text, such as a live location on its way.
func (u update) said() (m *message, edited bool) {
	m = u.Message
	if m == nil {
		m, edited = u.Edited, true
	}
	if m == nil || m.Chat.Type != "private" || m.service {
		return nil, false
	}
	if edited && m.words() == "" {
		return nil, false
	}
	return m, edited
}

// words are a message's text, or its caption.
func (m *message) words() string {
	if m.Text != "" {
		return m.Text
	}
	return m.Caption
}

// toBot makes the bot's Message of one of Telegram's.
func (m *message) toBot() bot.Message {
	entities := m.Entities
	if m.Text == "" {
		entities = m.CaptionEntities
	}
	out := bot.Message{Chat: m.Chat.ID, ID: m.ID, Text: m.words(), Language: m.From.Language}
	for _, e := range entities {
		if e.Type == "bot_command" {
			out.Commands = append(out.Commands, bot.Span{Offset: e.Offset, Length: e.Length})
		}
	}
	return out
}
