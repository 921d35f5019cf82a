package telegram

import (
	"encoding/json"
	"strings"
	"unicode/utf8"

	"chuchu/bot"
)

// Limits of what a button carries.
const (
	maxData = 64  // bytes
	maxCopy = 256 // characters
)

type button struct {
	Text   string    `json:"text"`
	Data   string    `json:"callback_data,omitempty"`
	Copy   *copyText `json:"copy_text,omitempty"`
	Switch string    `json:"switch_inline_query,omitempty"`
	URL    string    `json:"url,omitempty"`
}

type copyText struct {
	Text string `json:"text"`
}

// inlineKeyboard is the markup of buttons under a message; empty where there
// are none. A button that Telegram would refuse is left out, for it would take
// the message with it: left counts these.
func inlineKeyboard(rows [][]bot.Button) (markup string, left int) {
	keyboard, left := inlineRows(rows)
	if len(keyboard) == 0 {
		return "", left
	}
	return toJSON(inlineKeyboardMarkup{keyboard}), left
}

// inlineRows are the buttons that Telegram takes, and how many it would refuse.
func inlineRows(rows [][]bot.Button) (keyboard [][]button, left int) {
	for _, row := range rows {
		var out []button
		for _, b := range row {
			if !sound(b) {
				left++
				continue
			}
			k := button{Text: b.Text, Data: b.Data, Switch: b.Switch, URL: b.URL}
			if b.Copy != "" {
				k.Copy = &copyText{b.Copy}
			}
			out = append(out, k)
		}
		if len(out) > 0 {
			keyboard = append(keyboard, out)
		}
	}
	return keyboard, left
}

// sound tells whether Telegram takes a button.
func sound(b bot.Button) bool {
	set := 0
	for _, s := range []string{b.Data, b.Copy, b.Switch, b.URL} {
		if s != "" {
			set++
		}
	}
	return set == 1 && strings.TrimSpace(b.Text) != "" && len(b.Data) <= maxData && utf8.RuneCountInString(b.Copy) <= maxCopy
}

// keyboard offers questions, one a row, each sent as a message when tapped.
func keyboard(samples []string) string {
	rows := [][]button{}
	for _, s := range samples {
		rows = append(rows, []button{{Text: s}})
	}
	return toJSON(struct {
		Keyboard [][]button `json:"keyboard"`
		Resize   bool       `json:"resize_keyboard"`
		OneTime  bool       `json:"one_time_keyboard"`
	}{rows, true, true})
}

// toJSON is for what always marshals: text, numbers, lists of them.
func toJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return string(b)
}
