package telegramtest

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
)

const maxInline = 50 // results

// errOld is what Telegram says of a query that it no longer waits for.
var errOld = fmt.Errorf("query is too old and response timeout expired or query ID is invalid")

// Taps has a person tap a button under one of the bot's messages, and returns the
// tap's id.
func (s *Server) Taps(chat, person, messageID int64, data string) string {
	return s.TapsIn(chat, person, messageID, data, "")
}

// TapsIn is Taps of a person whose app is set to a language.
func (s *Server) TapsIn(chat, person, messageID int64, data, language string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	under := map[string]any{"message_id": messageID, "date": 1700000000, "chat": map[string]any{"id": chat, "type": kindOf(chat)}}
	i := slices.IndexFunc(s.sent, func(m *Sent) bool { return m.Chat == chat && m.ID == messageID })
	if i >= 0 && s.sent[i].Thread != 0 {
		under["message_thread_id"], under["is_topic_message"] = s.sent[i].Thread, true
	}
	return s.tap(person, data, language, map[string]any{"message": under})
}

// TapsInline has a person tap a button under a message that came by way of an
// inline query.
func (s *Server) TapsInline(person int64, messageID, data string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tap(person, data, "", map[string]any{"inline_message_id": messageID})
}

// tap hands out a tap; s.mu is held.
func (s *Server) tap(person int64, data, language string, on map[string]any) (id string) {
	id = fmt.Sprint("tap", s.nextID)
	from := map[string]any{"id": person, "is_bot": false, "first_name": "问"}
	if language != "" {
		from["language_code"] = language
	}
	on["id"], on["chat_instance"], on["data"], on["from"] = id, "1", data, from
	s.push("callback_query", on)
	return id
}

// Expire makes all taps and queries that wait be too old to be answered.
func (s *Server) Expire() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.open)
}

// close takes the one answer to a tap or query; s.mu is held.
func (s *Server) close(id string) error {
	if !s.open[id] {
		return errOld
	}
	delete(s.open, id)
	return nil
}

// acknowledge takes the one answer to a tap.
func (s *Server) acknowledge(form url.Values) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return true, s.close(form.Get("callback_query_id"))
}

// offer takes the results of an inline query.
func (s *Server) offer(form url.Values) (any, error) {
	var results []json.RawMessage
	if err := json.Unmarshal([]byte(form.Get("results")), &results); err != nil {
		return nil, err
	}
	if len(results) > maxInline {
		return nil, fmt.Errorf("RESULTS_TOO_MUCH")
	}
	seen := map[string]bool{}
	for _, r := range results {
		c, err := s.checkResult(r)
		if err != nil {
			return nil, err
		}
		if seen[c.id] {
			return nil, fmt.Errorf("RESULT_ID_DUPLICATE: %q", c.id)
		}
		seen[c.id] = true
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return true, s.close(form.Get("inline_query_id"))
}

// answerGuest takes the one answer to a guest.
func (s *Server) answerGuest(form url.Values) (any, error) {
	c, err := s.checkResult(json.RawMessage(form.Get("result")))
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	id := form.Get("guest_query_id")
	if err := s.close(id); err != nil {
		return nil, err
	}
	s.inline["guest "+id] = c.message
	return map[string]any{"inline_message_id": "guest " + id}, nil
}

// result is what is known of a checked inline result.
type result struct {
	id      string
	message *Sent // that it would be sent as
}

// checkResult refuses an inline result that Telegram would.
func (s *Server) checkResult(raw json.RawMessage) (*result, error) {
	var r struct {
		Type    string `json:"type"`
		ID      string `json:"id"`
		Title   string `json:"title"`
		Content struct {
			Text string          `json:"message_text"`
			Mode string          `json:"parse_mode"`
			Rich json.RawMessage `json:"rich_message"`
		} `json:"input_message_content"`
		Markup json.RawMessage `json:"reply_markup"`
	}
	if err := json.Unmarshal(raw, &r); err != nil {
		return nil, err
	}
	if r.Type != "article" {
		return nil, fmt.Errorf("an inline result of type %q is not played here", r.Type)
	}
	if strings.TrimSpace(r.Title) == "" {
		return nil, fmt.Errorf("ARTICLE_TITLE_EMPTY")
	}
	if err := checkMarkup(string(r.Markup)); err != nil {
		return nil, err
	}
	if len(r.Content.Rich) > 0 && s.noRich { // which the bot cannot know
		return nil, refusal{code: 400, text: "Bad Request: can't parse inline query result: unsupported input_message_content"}
	}
	form := url.Values{"text": {r.Content.Text}, "parse_mode": {r.Content.Mode}}
	if len(r.Content.Rich) > 0 {
		form.Set("rich_message", string(r.Content.Rich))
	}
	m, err := parseEdit(form, false)
	if err != nil {
		return nil, err
	}
	m.Markup = string(r.Markup)
	return &result{r.ID, m}, nil
}
