package telegram

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"strconv"
	"strings"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"chuchu/bot"
	"chuchu/bot/render"
	"chuchu/bot/words"
)

const (
	maxCaption = 1024 // UTF-16 units
	maxToast   = 200
)

// outgoing is a rendered reply on its way.
type outgoing struct {
	chat, thread int64
	question     int64  // the message replied to; 0: none
	edit         int64  // the message to change; 0: send a new one
	inline       string // the message to change that came by way of an inline query
	tapped       bool   // the change is a tap's: a message that is gone is not to come back
	rich, text   string // rich is empty where it is to be plain
	markup       string // of a new message
	buttons      string // of a changed one, which can bear no other
	photo        []byte
	document     *bot.Document
	language     words.Language

	asked *bot.Message // the message that reply answers; nil: no one need hear that it was delivered
	reply bot.Reply
	link  bool // an edit of the question is to change this answer
}

// place is where an answer is to go.
type place struct {
	chat, thread, question int64
}

func (m *message) place() place {
	p := place{chat: m.Chat.ID, question: m.ID}
	if m.IsTopic {
		p.thread = m.Thread
	}
	return p
}

// outgoing renders a reply.
func (s *server) outgoing(ctx context.Context, at place, r bot.Reply) *outgoing {
	o := &outgoing{chat: at.chat, thread: at.thread, question: at.question, language: r.Language,
		photo: r.Photo, document: r.Document, reply: r}
	if o.isFile() {
		o.text = cutUnits(r.Text, maxCaption)
	} else {
		o.rich, o.text = s.both(ctx, r)
	}
	var left int
	if o.buttons, left = inlineKeyboard(r.Buttons); left > 0 {
		s.log.ErrorContext(ctx, "buttons that Telegram would refuse are left out", "number", left)
	}
	if o.markup = o.buttons; o.markup == "" && len(r.Samples) > 0 {
		o.markup = keyboard(r.Samples)
	}
	return o
}

func (o *outgoing) isFile() bool { return o.photo != nil || o.document != nil }
func (o *outgoing) isEdit() bool { return o.edit != 0 || o.inline != "" }

// sameMessage tells whether both change the same message.
func (o *outgoing) sameMessage(p *outgoing) bool {
	return p.isEdit() && o.edit == p.edit && o.inline == p.inline && (o.chat == p.chat || o.inline != "")
}

// deliver sends or edits, and returns the id of the message that now answers; 0
// of one that came by way of an inline query.
func (s *server) deliver(ctx context.Context, o *outgoing) (int64, error) {
	if o.isEdit() {
		err := s.conn.write(ctx, o, "editMessageText", "editMessageText", o.editParams(), nil)
		if err == nil || says(err, "message is not modified") || o.tapped && says(err, "message to edit not found", "MESSAGE_ID_INVALID") {
			return o.edit, nil
		}
		if o.edit == 0 || !says(err, "message to edit not found", "message can't be edited", "MESSAGE_ID_INVALID", "there is no text in the message to edit") {
			return 0, err
		}
		o.edit = 0 // it was deleted, or is a file: answer anew
	}
	var sent struct {
		ID int64 `json:"message_id"`
	}
	p := o.sendParams()
	var err error
	switch {
	case o.photo != nil:
		err = s.client.upload(ctx, "sendPhoto", o.captioned(p), "photo", "photo.png", o.photo, &sent)
	case o.document != nil:
		err = s.client.upload(ctx, "sendDocument", o.captioned(p), "document", o.document.Name, o.document.Data, &sent)
	default:
		err = s.conn.write(ctx, o, "sendRichMessage", "sendMessage", p, &sent)
	}
	return sent.ID, err
}

// write calls a method with a message: as a rich one where the server takes it,
// and else as a plain one.
func (c *Conn) write(ctx context.Context, o *outgoing, rich, plain string, p tgbotapi.Params, out any) error {
	if o.rich != "" && !c.plainOnly.Load() {
		q := maps.Clone(p)
		q["rich_message"] = richMessage(o.rich)
		var done json.RawMessage
		err := c.client.call(ctx, rich, q, c.client.timeout, cmp.Or(out, any(&done)))
		// A server that knows the method, but not rich messages, edits to nothing.
		if passedOver := err == nil && string(done) == "null"; !passedOver && !c.wantsPlain(err) {
			return err
		}
		o.rich = ""
	}
	p["text"], p["parse_mode"], p["link_preview_options"] = o.text, "HTML", `{"is_disabled":true}`
	return c.client.call(ctx, plain, p, c.client.timeout, out)
}

func richMessage(html string) string {
	return toJSON(richContent{HTML: html, Skip: true})
}

// richContent is an InputRichMessage. A report's numbers are no phone numbers,
// so nothing is looked for in it.
type richContent struct {
	HTML string `json:"html"`
	Skip bool   `json:"skip_entity_detection"`
}

// wantsPlain tells whether what was refused as a rich message may do as a plain
// one. That the server knows none at all is remembered; anything else may be
// that one message's own fault.
func (c *Conn) wantsPlain(err error) bool {
	var e *callError
	if !errors.As(err, &e) || !e.is(400) && !e.is(404) && !e.is(500) || e.migrateTo != 0 ||
		says(err, "message is not modified", "message to edit not found", "message can't be edited", "chat not found") {
		return false
	}
	if e.is(404) || strings.Contains(strings.ToLower(e.text), "method not found") {
		c.plainOnly.Store(true)
		c.toldPlain.Do(func() { c.opt.Log.Warn("the server knows no rich messages: all are sent plain", "error", err) })
	}
	c.counts.plain.Add(1)
	return true
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
	p := tgbotapi.Params{"chat_id": strconv.FormatInt(o.chat, 10)}
	if o.question != 0 {
		p["reply_parameters"] = fmt.Sprintf(`{"message_id":%d,"allow_sending_without_reply":true}`, o.question)
	}
	if o.thread != 0 {
		p["message_thread_id"] = strconv.FormatInt(o.thread, 10)
	}
	if o.markup != "" {
		p["reply_markup"] = o.markup
	}
	return p
}

func (o *outgoing) captioned(p tgbotapi.Params) tgbotapi.Params {
	if o.text != "" {
		p["caption"] = o.text
	}
	return p
}

func (o *outgoing) editParams() tgbotapi.Params {
	p := tgbotapi.Params{"inline_message_id": o.inline}
	if o.inline == "" {
		p = tgbotapi.Params{"chat_id": strconv.FormatInt(o.chat, 10), "message_id": strconv.FormatInt(o.edit, 10)}
	}
	if o.buttons != "" {
		p["reply_markup"] = o.buttons
	}
	return p
}

// cutUnits cuts s to n UTF-16 units at most, and shows by … that it did.
func cutUnits(s string, n int) string {
	s = strings.TrimSpace(s)
	if render.Units(s) <= n {
		return s
	}
	left := n - 1
	for i, r := range s {
		if left -= render.Units(string(r)); left < 0 {
			return s[:i] + "…"
		}
	}
	return s
}

// typing shows that an answer is being looked for. It is a courtesy: that it
// failed is nobody's concern.
func (c *client) typing(ctx context.Context, at place) {
	p := tgbotapi.Params{"chat_id": strconv.FormatInt(at.chat, 10), "action": "typing"}
	if at.thread != 0 {
		p["message_thread_id"] = strconv.FormatInt(at.thread, 10)
	}
	_ = c.call(ctx, "sendChatAction", p, typingTimeout, nil)
}
