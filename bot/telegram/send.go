package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"chuchu/bot"
	"chuchu/bot/render"
	"chuchu/bot/words"
)

// outgoing is a rendered reply on its way.
type outgoing struct {
	chat, thread int64
	question     int64 // the message replied to
	edit         int64 // the earlier answer to change; 0: send a new message
	text         string
	samples      []string
	language     words.Language
}

func newOutgoing(m *message, r bot.Reply, edit int64) *outgoing {
	o := &outgoing{chat: m.Chat.ID, question: m.ID, edit: edit, text: render.HTML(r, ""), samples: r.Samples, language: r.Language}
	if m.IsTopic {
		o.thread = m.Thread
	}
	return o
}

// deliver sends or edits, and returns the id of the message that now answers.
func (c *client) deliver(ctx context.Context, o *outgoing) (int64, error) {
	if o.edit != 0 {
		err := c.call(ctx, "editMessageText", o.editParams(), c.timeout, nil)
		if err == nil || says(err, "message is not modified") {
			return o.edit, nil
		}
		if !says(err, "message to edit not found", "message can't be edited", "MESSAGE_ID_INVALID") {
			return 0, err
		}
		o.edit = 0 // it was deleted: answer anew
	}
	var sent struct {
		ID int64 `json:"message_id"`
	}
	err := c.call(ctx, "sendMessage", o.sendParams(), c.timeout, &sent)
	return sent.ID, err
}

// says tells whether err is Telegram's refusal in one of these words.
func says(err error, words ...string) bool {
	var e *callError
	if !errors.As(err, &e) || !e.is(400) {
		return false
	}
	for _, w := range words {
		if strings.Contains(strings.ToLower(e.text), strings.ToLower(w)) {
			return true
		}
	}
	return false
}

func (o *outgoing) sendParams() tgbotapi.Params {
	p := tgbotapi.Params{
		"chat_id":              strconv.FormatInt(o.chat, 10),
		"text":                 o.text,
		"parse_mode":           "HTML",
		"link_preview_options": `{"is_disabled":true}`,
		"reply_parameters":     fmt.Sprintf(`{"message_id":%d,"allow_sending_without_reply":true}`, o.question),
	}
	if o.thread != 0 {
		p["message_thread_id"] = strconv.FormatInt(o.thread, 10)
	}
	if len(o.samples) > 0 {
		p["reply_markup"] = keyboard(o.samples)
	}
	return p
}

func (o *outgoing) editParams() tgbotapi.Params {
	return tgbotapi.Params{
		"chat_id":              strconv.FormatInt(o.chat, 10),
		"message_id":           strconv.FormatInt(o.edit, 10),
		"text":                 o.text,
		"parse_mode":           "HTML",
		"link_preview_options": `{"is_disabled":true}`,
	}
}

// keyboard offers questions, one a row, each sent as a message when tapped.
func keyboard(samples []string) string {
	type button struct {
		Text string `json:"text"`
	}
	markup := struct {
		Keyboard [][]button `json:"keyboard"`
		Resize   bool       `json:"resize_keyboard"`
		OneTime  bool       `json:"one_time_keyboard"`
	}{[][]button{}, true, true}
	for _, s := range samples {
		markup.Keyboard = append(markup.Keyboard, []button{{s}})
	}
	b, err := json.Marshal(markup)
	if err != nil {
		return "" // a struct of strings always marshals
	}
	return string(b)
}

// typing shows that an answer is being looked for. It is a courtesy: that it
// failed is nobody's concern.
func (c *client) typing(ctx context.Context, m *message) {
	p := tgbotapi.Params{"chat_id": strconv.FormatInt(m.Chat.ID, 10), "action": "typing"}
	if m.IsTopic {
		p["message_thread_id"] = strconv.FormatInt(m.Thread, 10)
	}
	_ = c.call(ctx, "sendChatAction", p, typingTimeout, nil)
}
