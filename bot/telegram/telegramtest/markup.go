package telegramtest

import (
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Limits of keyboards and links that the specification does not tell.
const (
	maxButtons = 100 // under a message
	maxRow     = 8   // buttons of a row
	maxKeys    = 300 // of a keyboard in the place of the letters
	maxQuery   = 256 // characters of an inline query
)

var (
	href       = regexp.MustCompile(`<a href="([^"]*)"`)
	deepParams = []string{"start", "startgroup", "startapp"}
	deepValue  = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)
)

// checkMarkup refuses a keyboard that Telegram would.
func checkMarkup(markup string) error {
	if markup == "" {
		return nil
	}
	var m struct {
		Inline [][]map[string]any `json:"inline_keyboard"`
		Keys   [][]map[string]any `json:"keyboard"`
	}
	if err := json.Unmarshal([]byte(markup), &m); err != nil {
		return fmt.Errorf("can't parse reply keyboard markup JSON object: %w", err)
	}
	if err := checkRows(m.Inline, maxButtons, checkButton); err != nil {
		return err
	}
	return checkRows(m.Keys, maxKeys, checkKey)
}

func checkRows(rows [][]map[string]any, most int, check func(map[string]any) error) error {
	n := 0
	for _, row := range rows {
		if n += len(row); len(row) > maxRow || n > most {
			return fmt.Errorf("reply markup is too long: %d buttons, %d in a row", n, len(row))
		}
		for _, b := range row {
			if err := check(b); err != nil {
				return err
			}
		}
	}
	return nil
}

// decoration are the fields of a button that are not what it does.
var decoration = map[string]bool{"text": true, "icon_custom_emoji_id": true, "style": true}

// checkButton refuses what is no button under a message. Lengths that the
// specification tells are checked with it.
func checkButton(b map[string]any) error {
	if err := checkKey(b); err != nil {
		return err
	}
	var does []string
	for name := range b {
		if !decoration[name] {
			does = append(does, name)
		}
	}
	if len(does) != 1 {
		return fmt.Errorf("BUTTON_TYPE_INVALID: the button %v does %d things", b["text"], len(does))
	}
	value, _ := b[does[0]].(string)
	switch does[0] {
	case "switch_inline_query", "switch_inline_query_current_chat":
		if n := utf8.RuneCountInString(value); n > maxQuery {
			return fmt.Errorf("BUTTON_DATA_INVALID: a query of %d characters", n)
		}
	case "url":
		if err := checkLink(value); err != nil {
			return fmt.Errorf("BUTTON_URL_INVALID: %w", err)
		}
	}
	return nil
}

func checkKey(b map[string]any) error {
	if text, _ := b["text"].(string); strings.TrimSpace(text) == "" {
		return fmt.Errorf("BUTTON_TEXT_INVALID")
	}
	return nil
}

// checkLinks refuses links in a text that Telegram drops, or that lead to no
// place with the bot.
func checkLinks(text string) error {
	for _, m := range href.FindAllStringSubmatch(text, -1) {
		if to := html.UnescapeString(m[1]); !strings.HasPrefix(to, "#") {
			if err := checkLink(to); err != nil {
				return err
			}
		}
	}
	return nil
}

func checkLink(to string) error {
	u, err := url.Parse(to)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "tg" || u.Host == "" {
		return fmt.Errorf("wrong HTTP URL %q", to)
	}
	if !strings.EqualFold(u.Host+u.Path, "t.me/"+BotName) {
		return nil
	}
	for _, p := range deepParams {
		if q := u.Query(); q.Has(p) && !deepValue.MatchString(q.Get(p)) {
			return fmt.Errorf("%s of %q in a link to the bot", p, q.Get(p))
		}
	}
	return nil
}
