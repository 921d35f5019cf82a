package telegram

import (
	"encoding/json"
	"testing"
	"unicode/utf8"
)

// FuzzUpdate reads what comes by the webhook. Nothing of it ends the bot, and
// what is read of it lies within it.
func FuzzUpdate(f *testing.F) {
	for _, s := range []string{
		"", "null", "[]", "{}", `{"update_id":1}`, `{"update_id":"1"}`, `{"update_id":9223372036854775808}`, `{"update_id":1,"message":null}`,
		`{"update_id":1,"message":{"message_id":2,"chat":{"id":3,"type":"private"},"from":{"id":3},"text":"/ask 甲","entities":[{"type":"bot_command","offset":0,"length":4}]}}`,
		`{"update_id":1,"message":{"message_id":2,"chat":{"id":-3,"type":"supergroup"},"text":"@chuchubot 甲👍","entities":[{"type":"mention","offset":0,"length":10},{"type":"mention","offset":-1,"length":99999999999}]}}`,
		`{"update_id":1,"message":{"chat":{"id":1},"caption":"\ud800","document":{"file_id":"x","file_size":-1},"reply_to_message":{"from":{"id":9}}}}`,
		`{"update_id":1,"edited_message":{"chat":{"id":1},"pinned_message":{}}}`,
		`{"update_id":1,"callback_query":{"id":"1","from":{"id":2},"data":"h:x:0","message":{"message_id":1,"chat":{"id":1}}}}`,
		`{"update_id":1,"inline_query":{"id":"1","from":{"id":2},"query":"甲","offset":"10"}}`,
		`{"update_id":1,"my_chat_member":{"chat":{"id":1},"new_chat_member":{"status":"restricted","is_member":true}}}`,
		`{"update_id":1,"message":{"text":"x","entities":[{"type":"text_mention","offset":0,"length":1,"user":{"id":9}},{"type":"bot_command","offset":2147483647,"length":2147483647}]}}`,
	} {
		f.Add([]byte(s))
	}
	me := identity{id: 9, name: "chuchubot"}
	f.Fuzz(func(t *testing.T, raw []byte) {
		u, err := readUpdate(raw)
		if err != nil && (u.Message != nil || u.Callback != nil || u.Inline != nil) {
			t.Errorf("%q: part of what cannot be read is taken", raw)
		}
		var id struct {
			ID int64 `json:"update_id"`
		}
		if json.Unmarshal(raw, &id) == nil && u.ID != id.ID {
			t.Errorf("%q: the id is %d", raw, u.ID)
		}
		u.chat()
		u.hurried()
		for _, m := range []*message{u.Message, u.Edited, u.Guest} {
			if m == nil {
				continue
			}
			b := m.toBot(me)
			if !utf8.ValidString(b.Text) {
				t.Errorf("%q: the text %q is no UTF-8", raw, b.Text)
			}
			for _, s := range b.Commands {
				if s.Offset < 0 || s.Length < 0 || s.Offset+s.Length > utf16Len(b.Text) {
					t.Errorf("%q: command at %+v of %q", raw, s, b.Text)
				}
			}
		}
	})
}

func utf16Len(s string) (n int) {
	for _, r := range s {
		if n++; r > 0xFFFF {
			n++
		}
	}
	return n
}
