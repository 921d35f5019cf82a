package telegramtest

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
)

// NoRich makes the server one that knows no rich messages.
func (s *Server) NoRich() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.noRich = true
}

// Guests makes the bot one that may be asked from chats that it is not in.
func (s *Server) Guests() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.guests = true
}

// errUnknown is what a server says of a method that it does not know.
var errUnknown = refusal{code: 404, text: "Not Found: method not found"}

// carryOutMore plays the methods beside those of plain messages.
func (s *Server) carryOutMore(c Call) (any, error) {
	form := c.Form
	if err := checkMarkup(form.Get("reply_markup")); err != nil {
		return nil, err
	}
	switch c.Method {
	case "sendRichMessage":
		return s.sendRich(form)
	case "deleteWebhook":
		return s.dropWebhook(form)
	case "getWebhookInfo":
		return s.webhookInfo()
	case "setWebhook":
		return s.setWebhook(form)
	case "getMyCommands", "setMyCommands", "deleteMyCommands":
		return s.menu(c.Method, form)
	case "answerCallbackQuery":
		return s.acknowledge(form)
	case "answerInlineQuery":
		return s.offer(form)
	case "sendPhoto", "sendDocument":
		return s.sendFile(c)
	case "getFile":
		return s.getFile(form.Get("file_id"))
	case "answerGuestQuery":
		return s.answerGuest(form)
	}
	return nil, fmt.Errorf("method %s is not played here", c.Method)
}

func (s *Server) sendRich(form url.Values) (any, error) {
	if s.noRich {
		return nil, errUnknown
	}
	html, err := richHTML(form)
	if err != nil {
		return nil, err
	}
	return s.keep(&Sent{HTML: html, Text: html, Rich: true}, form)
}

func richHTML(form url.Values) (string, error) {
	var r struct {
		HTML     string `json:"html"`
		Markdown string `json:"markdown"`
	}
	if err := json.Unmarshal([]byte(form.Get("rich_message")), &r); err != nil {
		return "", err
	}
	if r.Markdown != "" {
		return "", fmt.Errorf("a rich message of Markdown is not played here")
	}
	return r.HTML, errors.Join(CheckRich(r.HTML), checkLinks(r.HTML))
}

// kindOf is a chat's kind: ids of groups are negative.
func kindOf(chat int64) string {
	if chat < 0 {
		return "supergroup"
	}
	return "private"
}
