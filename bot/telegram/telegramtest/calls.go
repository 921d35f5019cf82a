package telegramtest

import (
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"unicode/utf8"
)

// Limits of what comes with messages, from the Bot API.
const (
	maxData   = 64  // bytes
	maxCopy   = 256 // characters
	maxQuery  = 256 // characters
	maxToast  = 200 // characters
	maxInline = 50  // results
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

var twoLetters = regexp.MustCompile(`^[a-z]{2}$`)

// Menu is the list of commands of an audience and language, as it was set; empty
// where there is none of its own.
func (s *Server) Menu(scope, code string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return string(s.menus[scope+code])
}

// refusal is what Telegram answers although the bot did nothing wrong.
type refusal struct {
	code int
	text string
}

func (r refusal) Error() string { return r.text }

// errUnknown is what a server says of a method that it does not know.
var errUnknown = refusal{404, "Not Found: method not found"}

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
		var results []json.RawMessage
		if err := json.Unmarshal([]byte(form.Get("results")), &results); err != nil {
			return nil, err
		}
		if len(results) > maxInline || len(form.Get("next_offset")) > maxData {
			return nil, fmt.Errorf("RESULTS_TOO_MUCH")
		}
		seen := map[string]bool{}
		for _, r := range results {
			if err := s.checkResult(r); err != nil {
				return nil, err
			}
			var known struct{ ID string }
			if _ = json.Unmarshal(r, &known); seen[known.ID] {
				return nil, fmt.Errorf("RESULT_ID_DUPLICATE")
			}
			seen[known.ID] = true
		}
		return true, nil
	case "sendPhoto", "sendDocument":
		return s.sendFile(c)
	case "getFile":
		return s.getFile(form.Get("file_id"))
	case "answerGuestQuery":
		return true, s.checkResult(json.RawMessage(form.Get("result")))
	}
	return nil, fmt.Errorf("method %s is not played here", c.Method)
}

// menu gives out, takes or drops a list of commands, one an audience and
// language. A language has a code of two letters.
func (s *Server) menu(method string, form url.Values) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if code := form.Get("language_code"); code != "" && !twoLetters.MatchString(code) {
		return nil, fmt.Errorf("language code %q is none", code)
	}
	key := form.Get("scope") + form.Get("language_code")
	switch method {
	case "deleteMyCommands":
		delete(s.menus, key)
		return true, nil
	case "getMyCommands":
		if have, ok := s.menus[key]; ok {
			return have, nil
		}
		return []any{}, nil
	}
	if s.menus == nil {
		s.menus = map[string]json.RawMessage{}
	}
	s.menus[key] = json.RawMessage(form.Get("commands"))
	return true, nil
}

// acknowledge takes the one answer to a tap.
func (s *Server) acknowledge(form url.Values) (any, error) {
	if utf8.RuneCountInString(form.Get("text")) > maxToast {
		return nil, fmt.Errorf("text is too long")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	id := form.Get("callback_query_id")
	if !s.tapped[id] {
		return nil, fmt.Errorf("query is too old and response timeout expired or query ID is invalid")
	}
	delete(s.tapped, id)
	return true, nil
}

// checkResult refuses an inline result that Telegram would.
func (s *Server) checkResult(raw json.RawMessage) error {
	var r struct {
		ID      string `json:"id"`
		Title   string `json:"title"`
		Content struct {
			Text string `json:"message_text"`
			Rich *struct {
				HTML string `json:"html"`
			} `json:"rich_message"`
		} `json:"input_message_content"`
		Markup json.RawMessage `json:"reply_markup"`
	}
	if err := json.Unmarshal(raw, &r); err != nil {
		return err
	}
	if r.ID == "" || len(r.ID) > maxData || r.Title == "" {
		return fmt.Errorf("RESULT_ID_INVALID")
	}
	if err := checkMarkup(string(r.Markup)); err != nil {
		return err
	}
	if r.Content.Rich != nil {
		if s.noRich {
			return fmt.Errorf("can't parse inline query result: unsupported input_message_content")
		}
		return CheckRich(r.Content.Rich.HTML)
	}
	text, entities, err := ParseHTML(r.Content.Text)
	if err != nil {
		return err
	}
	if n := Units(text); n == 0 || n > maxUnits || len(entities) > maxEntities {
		return fmt.Errorf("MESSAGE_TEXT_INVALID")
	}
	return nil
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
		HTML string `json:"html"`
	}
	if err := json.Unmarshal([]byte(form.Get("rich_message")), &r); err != nil {
		return "", err
	}
	return r.HTML, CheckRich(r.HTML)
}

// checkMarkup refuses an inline keyboard that Telegram would.
func checkMarkup(markup string) error {
	if markup == "" || markup == "null" {
		return nil
	}
	var m struct {
		Rows [][]struct {
			Text   string `json:"text"`
			Data   string `json:"callback_data"`
			Switch string `json:"switch_inline_query"`
			Copy   *struct {
				Text string `json:"text"`
			} `json:"copy_text"`
		} `json:"inline_keyboard"`
	}
	if err := json.Unmarshal([]byte(markup), &m); err != nil {
		return err
	}
	for _, row := range m.Rows {
		for _, b := range row {
			switch {
			case b.Text == "":
				return fmt.Errorf("BUTTON_TEXT_INVALID")
			case len(b.Data) > maxData:
				return fmt.Errorf("BUTTON_DATA_INVALID")
			case utf8.RuneCountInString(b.Switch) > maxQuery:
				return fmt.Errorf("BUTTON_INLINE_QUERY_INVALID")
			case b.Copy != nil && (b.Copy.Text == "" || utf8.RuneCountInString(b.Copy.Text) > maxCopy):
				return fmt.Errorf("BUTTON_COPY_TEXT_INVALID")
			}
		}
	}
	return nil
}

// Taps has a person tap a button under one of the bot's messages, and returns the
// tap's id.
func (s *Server) Taps(chat, person, messageID int64, data string) string {
	return s.tap(person, data, map[string]any{
		"message": map[string]any{"message_id": messageID, "date": 1700000000, "chat": map[string]any{"id": chat, "type": kindOf(chat)}},
	})
}

// TapsInline has a person tap a button under a message that came by way of an
// inline query.
func (s *Server) TapsInline(person int64, messageID, data string) {
	s.tap(person, data, map[string]any{"inline_message_id": messageID})
}

func (s *Server) tap(person int64, data string, on map[string]any) (id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	id = fmt.Sprint("tap", s.nextID)
	if s.tapped == nil {
		s.tapped = map[string]bool{}
	}
	s.tapped[id] = true
	on["id"], on["chat_instance"], on["data"] = id, "1", data
	on["from"] = map[string]any{"id": person, "is_bot": false, "first_name": "问"}
	s.push("callback_query", on)
	return id
}

// kindOf is a chat's kind: ids of groups are negative.
func kindOf(chat int64) string {
	if chat < 0 {
		return "supergroup"
	}
	return "private"
}
