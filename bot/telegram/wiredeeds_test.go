package telegram_test

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	"chuchu/bot"
	"chuchu/bot/telegram/telegramtest"
)

// deed is what somebody does.
type deed struct {
	guest                 bool
	user, chat            int64 // chat 0: the private one
	language, topic, what string
	text                  string
}

func (d deed) at() int64 {
	if d.chat != 0 {
		return d.chat
	}
	return d.user
}

// from is who does it.
func (d deed) from() map[string]any {
	from := map[string]any{"id": d.user, "is_bot": false, "first_name": "问"}
	if d.language != "" {
		from["language_code"] = d.language
	}
	return from
}

func (w *wire) person(d deed) {
	m := map[string]any{"text": d.text, "from": d.from(), "entities": entities(d.text)}
	if d.topic != "" {
		m["message_thread_id"], _ = strconv.Atoi(d.topic)
		m["is_topic_message"] = true
	}
	switch {
	case d.guest:
		w.asked++
		m["message_id"], m["date"], m["guest_query_id"] = w.asked, 1, fmt.Sprint("guest", w.asked)
		m["chat"] = map[string]any{"id": d.chat, "type": "supergroup"}
		w.tg.Update("guest_message", m)
		return
	case d.what == "taps":
		w.tap(d)
		return
	case d.what == "types":
		w.asked++
		text, offset, _ := strings.Cut(d.text, " +")
		w.tg.Update("inline_query", map[string]any{"id": fmt.Sprint("query", w.asked), "from": d.from(), "query": text, "offset": offset})
		return
	case d.what == "edits":
		w.tg.Edits(d.at(), w.said[d.at()], m)
		return
	case d.what == "sends":
		w.document(d, m)
	case d.what == "captions":
		m["photo"], m["caption"], m["caption_entities"] = []any{}, d.text, m["entities"]
		delete(m, "text")
		delete(m, "entities")
	case d.what == "replies":
		m["reply_to_message"] = map[string]any{"message_id": w.last(d.at()).ID, "date": 1, "chat": map[string]any{"id": d.at()},
			"from": map[string]any{"id": telegramtest.BotID, "is_bot": true}}
	}
	w.said[d.at()] = w.tg.Writes(d.at(), d.user, m)
}

// document makes m one with a file, whose content the talk's file has.
func (w *wire) document(d deed, m map[string]any) {
	name, id, _ := strings.Cut(d.text, " = ")
	content, ok := w.files["sent/"+id]
	if strings.HasPrefix(content, "HUGE") {
		content = strings.Repeat("长", bot.MaxUpload)
	}
	if ok {
		w.tg.File("documents/"+id, []byte(content))
	}
	m["document"] = map[string]any{"file_id": "documents/" + id, "file_unique_id": "u", "file_name": name, "file_size": len(content)}
	delete(m, "text")
	delete(m, "entities")
}

// entities are what Telegram marks in a text.
func entities(text string) []map[string]any {
	out := []map[string]any{}
	for _, m := range marked.FindAllStringSubmatchIndex(text, -1) {
		kind := "mention"
		if text[m[2]] == '/' {
			kind = "bot_command"
		}
		out = append(out, map[string]any{"type": kind, "offset": units(text[:m[2]]), "length": units(text[m[2]:m[3]])})
	}
	return out
}

func units(s string) int { return len(utf16.Encode([]rune(s))) }

// last is the bot's last message in a chat.
func (w *wire) last(chat int64) telegramtest.Sent {
	for _, m := range slices.Backward(w.tg.Sent()) {
		if m.Chat == chat {
			return m
		}
	}
	w.t.Fatalf("the bot has said nothing in chat %d", chat)
	return telegramtest.Sent{}
}

// tap taps the button that begins with the text under the chat's last message
// with buttons, and without a text the one tapped last, by whomever; one given
// as data is pressed as it stands.
func (w *wire) tap(d deed) {
	var on telegramtest.Sent
	for _, m := range w.tg.Sent() {
		if m.Chat == d.at() && strings.Contains(m.Markup, "callback_data") {
			on = m
		}
	}
	if given, ok := strings.CutPrefix(d.text, "data "); ok {
		w.tapped = given
	} else if d.text != "" {
		w.tapped = data(w.t, on, regexp.QuoteMeta(d.text))
	}
	w.tg.TapsIn(d.at(), d.user, on.ID, w.tapped, d.language)
}

func (w *wire) world(what string, args []string) {
	n := numbers(strings.Join(args, " "))
	switch what {
	case "join":
		w.member(n[0], "left", "member")
	case "leave":
		w.member(n[0], "member", "left")
	case "block":
		w.member(n[0], "member", "kicked")
	case "unblock":
		w.member(n[0], "kicked", "member")
	case "migrate":
		w.tg.Writes(n[0], 1, map[string]any{"migrate_to_chat_id": n[1]})
		w.tg.Writes(n[1], 1, map[string]any{"migrate_from_chat_id": n[0]})
	case "wait":
		d, err := time.ParseDuration(args[0])
		if err != nil {
			w.t.Fatal(err)
		}
		w.clock.advance(d)
	case "restart":
		w.live.Store(nil)
		w.stop()
		w.start()
	case "expire":
		w.tg.Expire()
	case "fail": // a method, a code, and what is said or how many seconds to wait
		code, _ := strconv.Atoi(args[1])
		if code == 429 {
			wait, _ := strconv.Atoi(args[2])
			w.tg.Fail(args[0], telegramtest.TooMany(time.Duration(wait)*time.Second))
			return
		}
		w.tg.Fail(args[0], telegramtest.Error(code, strings.Join(args[2:], " ")))
	case "menus":
		w.tg.Wait("the lists of commands", func() bool { return len(w.listed()) == int(n[0]) })
		w.menus()
	}
}

// member has the bot be put into a chat, or out of one.
func (w *wire) member(chat int64, was, is string) {
	kind := "supergroup"
	if chat > 0 {
		kind = "private"
	}
	me := map[string]any{"id": telegramtest.BotID, "is_bot": true}
	w.tg.Update("my_chat_member", map[string]any{"date": 1, "chat": map[string]any{"id": chat, "type": kind}, "from": map[string]any{"id": 7, "is_bot": false},
		"old_chat_member": map[string]any{"status": was, "user": me}, "new_chat_member": map[string]any{"status": is, "user": me}})
}
