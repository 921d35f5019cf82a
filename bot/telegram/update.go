package telegram

import (
	"encoding/json"
	"fmt"
)

// update is an update as far as the bot reads it. The library's types are not
// used for it: they would refuse a message whose newer fields have changed.
type update struct {
	ID       int64         `json:"update_id"`
	Message  *message      `json:"message"`
	Edited   *message      `json:"edited_message"`
	Guest    *message      `json:"guest_message"`
	Callback *callback     `json:"callback_query"`
	Inline   *inlineQuery  `json:"inline_query"`
	Member   *memberChange `json:"my_chat_member"`
}

type user struct {
	ID       int64  `json:"id"`
	IsBot    bool   `json:"is_bot"`
	Language string `json:"language_code"` // of the app; absent where it is not known
}

type chat struct {
	ID   int64  `json:"id"`
	Type string `json:"type"`
}

func (c chat) private() bool { return c.Type == "private" }
func (c chat) group() bool   { return c.Type == "group" || c.Type == "supergroup" }

type message struct {
	written
	ID          int64           `json:"message_id"`
	Chat        chat            `json:"chat"`
	From        user            `json:"from"`
	SenderChat  *chat           `json:"sender_chat"` // who wrote it, where that is no person
	Via         *user           `json:"via_bot"`
	Forwarded   json.RawMessage `json:"forward_origin"`
	Album       string          `json:"media_group_id"`
	Thread      int64           `json:"message_thread_id"`
	IsTopic     bool            `json:"is_topic_message"`
	ReplyTo     *replied        `json:"reply_to_message"`
	Elsewhere   *repliedTo      `json:"external_reply"` // in another topic, or another chat
	Quote       written         `json:"quote"`          // the part that a reply is about
	Document    *document       `json:"document"`
	GuestQuery  string          `json:"guest_query_id"`
	MigrateTo   int64           `json:"migrate_to_chat_id"`
	MigrateFrom int64           `json:"migrate_from_chat_id"`

	service bool // an event of the chat, such as a pinned message: nothing was said
}

// written is what somebody wrote.
type written struct {
	Text            string   `json:"text"`
	Caption         string   `json:"caption"`
	Entities        []entity `json:"entities"`
	CaptionEntities []entity `json:"caption_entities"`
}

// entity is a part of a text that Telegram marked; it counts in UTF-16 units.
type entity struct {
	Type   string `json:"type"`
	Offset int    `json:"offset"`
	Length int    `json:"length"`
	User   *user  `json:"user"` // of a mention of one who has no name
}

// replied is the message that another replies to. Every message of a topic
// replies to the one that opened it, unless it replies to another.
type replied struct {
	written
	From  user            `json:"from"`
	Opens json.RawMessage `json:"forum_topic_created"`
}

// repliedTo is a message of another topic or chat that another replies to.
type repliedTo struct {
	Chat   *chat `json:"chat"`
	Origin struct {
		From user `json:"sender_user"`
	} `json:"origin"`
}

type document struct {
	ID   string `json:"file_id"`
	Name string `json:"file_name"`
	Size int64  `json:"file_size"`
}

type callback struct {
	ID      string   `json:"id"`
	From    user     `json:"from"`
	Message *message `json:"message"`           // one out of reach has its chat and number alone
	Inline  string   `json:"inline_message_id"` // of a message that came by way of an inline query
	Data    string   `json:"data"`
}

type inlineQuery struct {
	ID     string `json:"id"`
	From   user   `json:"from"`
	Query  string `json:"query"`
	Offset string `json:"offset"`
}

type memberChange struct {
	Chat chat   `json:"chat"`
	From user   `json:"from"`
	Old  member `json:"old_chat_member"`
	New  member `json:"new_chat_member"`
}

type member struct {
	Status string `json:"status"`
	In     bool   `json:"is_member"` // of one who is restricted
}

// present tells whether a member is in the chat.
func (m member) present() bool {
	switch m.Status {
	case "creator", "administrator", "member":
		return true
	}
	return m.Status == "restricted" && m.In
}

// serviceFields mark messages that people see as a grey line, not as something
// said to them.
var serviceFields = []string{
	"boost_added", "channel_chat_created", "chat_background_set", "chat_owner_changed", "chat_owner_left", "chat_shared",
	"checklist_tasks_added", "checklist_tasks_done", "connected_website", "delete_chat_photo",
	"direct_message_price_changed", "forum_topic_closed", "forum_topic_created", "forum_topic_edited",
	"forum_topic_reopened", "general_forum_topic_hidden", "general_forum_topic_unhidden", "gift", "gift_upgrade_sent",
	"giveaway_completed", "giveaway_created", "group_chat_created", "left_chat_member", "managed_bot_created",
	"message_auto_delete_timer_changed", "migrate_from_chat_id", "migrate_to_chat_id", "new_chat_members",
	"new_chat_photo", "new_chat_title", "paid_message_price_changed", "passport_data", "pinned_message",
	"poll_option_added", "poll_option_deleted", "proximity_alert_triggered", "refunded_payment", "successful_payment",
	"suggested_post_approval_failed", "suggested_post_approved", "suggested_post_declined", "suggested_post_paid",
	"suggested_post_refunded", "supergroup_chat_created", "unique_gift", "users_shared", "video_chat_ended",
	"video_chat_participants_invited", "video_chat_scheduled", "video_chat_started", "web_app_data",
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
		return update{ID: id.ID}, fmt.Errorf("read update: %w", err)
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
	if u.Member != nil {
		return u.Member.Chat.ID
	}
	return 0
}

// hurried is the line in which an update waits whose answer a person waits for
// with the app held open, or none of the bot's chats can show: one a person, and
// one for their messages as a guest, which may have to wait longer than a tap
// can. ok is false for what is answered in its chat's turn.
func (u update) hurried() (line int64, ok bool) {
	switch {
	case u.Callback != nil:
		return u.Callback.From.ID, true
	case u.Inline != nil:
		return u.Inline.From.ID, true
	case u.Guest != nil:
		return -u.Guest.From.ID, true
	}
	return 0, false
}
