package telegramtest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"strings"
)

var (
	commandName  = regexp.MustCompile(`^[a-z0-9_]{1,32}$`)
	languageCode = regexp.MustCompile(`^([a-z]{2})?$`)
)

// Menu is the list of commands of an audience and language, as it was set; empty
// where there is none of its own.
func (s *Server) Menu(scope, code string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return string(s.menus[scope+code])
}

// menu gives out, takes or drops a list of commands, one an audience and language.
func (s *Server) menu(method string, form url.Values) (any, error) {
	if !languageCode.MatchString(form.Get("language_code")) {
		return nil, fmt.Errorf("LANG_CODE_INVALID")
	}
	var scope struct {
		Chat int64 `json:"chat_id"`
	}
	if at := form.Get("scope"); at != "" {
		if err := json.Unmarshal([]byte(at), &scope); err != nil {
			return nil, err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if scope.Chat != 0 && s.chats[scope.Chat] == nil { // of which the bot can know nothing
		return nil, refusal{code: 400, text: "Bad Request: chat not found"}
	}
	key := cmp.Or(form.Get("scope"), `{"type":"default"}`) + form.Get("language_code")
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
	if err := checkCommands(form.Get("commands")); err != nil {
		return nil, err
	}
	if s.menus == nil {
		s.menus = map[string]json.RawMessage{}
	}
	s.menus[key] = json.RawMessage(form.Get("commands"))
	return true, nil
}

func checkCommands(list string) error {
	var commands []struct{ Command, Description string }
	if err := json.Unmarshal([]byte(list), &commands); err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, c := range commands {
		if !commandName.MatchString(c.Command) || seen[c.Command] {
			return fmt.Errorf("BOT_COMMAND_INVALID: %q", c.Command)
		}
		if strings.TrimSpace(c.Description) == "" {
			return fmt.Errorf("BOT_COMMAND_DESCRIPTION_INVALID: that of %q", c.Command)
		}
		seen[c.Command] = true
	}
	return nil
}
