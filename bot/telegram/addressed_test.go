package telegram_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"chuchu/bot/telegram/telegramtest"
)

// fields are those of a message.
type fields = map[string]any

// with are fields together.
func with(all ...fields) fields {
	out := fields{}
	for _, f := range all {
		maps.Copy(out, f)
	}
	return out
}

// at is where word stands in text, as Telegram marks it: in UTF-16 units.
func at(text, word, kind string) fields {
	before, _, _ := strings.Cut(text, word)
	return fields{"type": kind, "offset": len(utf16.Encode([]rune(before))), "length": len(utf16.Encode([]rune(word)))}
}

// calls is a text with its mentions marked.
func calls(text string, names ...string) fields {
	var marks []any
	for _, name := range names {
		marks = append(marks, at(text, name, "mention"))
	}
	return fields{"text": text, "entities": marks}
}

// captioned has the text of a message as the caption of a picture.
func captioned(f fields) fields {
	return fields{"photo": []any{}, "caption": f["text"], "caption_entities": f["entities"]}
}

// replyTo is a reply to a message of somebody's.
func replyTo(from fields, more ...fields) fields {
	return fields{"reply_to_message": with(append([]fields{{"message_id": 3, "date": 1, "from": from}}, more...)...)}
}

func commandIn(text, command string) fields {
	return fields{"text": text, "entities": []any{at(text, command, "bot_command")}}
}

var (
	itself  = fields{"id": telegramtest.BotID, "is_bot": true, "first_name": "出处"}
	another = fields{"id": 77, "is_bot": false, "first_name": "甲"}
	someBot = fields{"id": 78, "is_bot": true, "first_name": "机"}
)

// TestSpokenToInAGroup says in groups what is meant for the bot and what is not.
func TestSpokenToInAGroup(t *testing.T) {
	const nothing, howTo, me = "", "后面写上问题", "@ChuchuTestBot"
	owns, others := replyTo(itself, fields{"text": "答"}), replyTo(another, fields{"text": "自贸区多大"})
	channel := fields{"id": -100777, "type": "channel", "title": "频道"}
	all := map[string]struct {
		said fields
		want string // the question that is answered, or else part of what is said
	}{
		"talk":                        {fields{"text": "什么"}, nothing},
		"/ask":                        {fields{"text": "/ask 什么"}, "什么"},
		"/ask by name":                {fields{"text": "/ask@ChuchuTestBot 什么"}, "什么"},
		"/ask by name, another case":  {fields{"text": "/ASK@chuchuTESTbot 什么"}, "什么"},
		"/cite":                       {fields{"text": "/cite 27"}, "27"},
		"/reports":                    {fields{"text": "/reports"}, "报告："},
		"/ask of another bot":         {fields{"text": "/ask@OtherBot 什么"}, nothing},
		"the same, another case":      {fields{"text": "/ASK@oTHERbOT 什么"}, nothing},
		"another bot's command":       {fields{"text": "/kick 什么"}, nothing},
		"an admin's command":          {fields{"text": "/stats"}, nothing},
		"no command of ours, by name": {fields{"text": "/kick@chuchutestbot"}, "没有 /kick 这个命令"},
		"/ask within, by name":        {commandIn("👍请 /ask@ChuchuTestBot 什么", "/ask@ChuchuTestBot"), "什么"},
		"a command that is told of":   {commandIn("广告用 /report 举报", "/report"), nothing},

		"reply":                           {with(fields{"text": "什么"}, owns), "什么"},
		"reply in a caption":              {with(captioned(fields{"text": "什么"}), owns), "什么"},
		"reply from another topic":        {fields{"text": "什么", "external_reply": fields{"origin": fields{"type": "user", "sender_user": itself}}}, "什么"},
		"reply to one in another chat":    {fields{"text": "什么", "external_reply": fields{"chat": fields{"id": -9}, "origin": fields{"type": "user", "sender_user": itself}}}, nothing},
		"reply to another":                {with(fields{"text": "什么"}, others), nothing},
		"reply to another bot":            {with(fields{"text": "什么"}, replyTo(someBot, fields{"text": "答"})), nothing},
		"first of a topic it opened":      {with(fields{"text": "什么"}, replyTo(itself, fields{"forum_topic_created": fields{"name": "题"}})), nothing},
		"sticker in reply":                {with(fields{"sticker": fields{}}, owns), howTo},
		"further picture of an album":     {with(fields{"photo": []any{}, "media_group_id": "1"}, owns), nothing},
		"other bot's command in reply":    {with(fields{"text": "/del"}, owns), nothing},
		"/ask of another bot in reply":    {with(fields{"text": "/ask@OtherBot 什么"}, owns), nothing},
		"command of ours in reply":        {with(fields{"text": "/ask 什么"}, owns), "什么"},
		"event in reply":                  {with(fields{"pinned_message": fields{}}, owns), nothing},
		"event of newer times in reply":   {with(fields{"checklist_tasks_done": fields{}}, owns), nothing},
		"what came by an inline query":    {with(fields{"text": "什么", "via_bot": itself}, owns), nothing},
		"sent by way of another bot":      {with(fields{"text": "什么", "via_bot": someBot}, owns), "什么"},
		"another bot's reply":             {with(fields{"text": "什么", "from": someBot}, owns), nothing},
		"mention":                         {calls("@ChuchuTestBot 什么", me), "什么"},
		"mention in another case":         {calls("@CHUCHUtestBOT，什么", "@CHUCHUtestBOT"), "什么"},
		"mention in the middle":           {calls("👨‍👩‍👧请问 @chuchutestbot 什么", "@chuchutestbot"), "👨‍👩‍👧请问 什么"},
		"mention at the end":              {calls("👍🏽什么 @ChuchuTestBot", me), "👍🏽什么"},
		"mention in a caption":            {captioned(calls("𠮷什么 @chuchutestbot", "@chuchutestbot")), "𠮷什么"},
		"mention of two":                  {calls("@OtherBot @ChuchuTestBot 什么", "@OtherBot", me), "@OtherBot 什么"},
		"mention by id":                   {fields{"text": "出处 什么", "entities": []any{with(at("出处 什么", "出处", "text_mention"), fields{"user": itself})}}, "什么"},
		"mention by id of another":        {fields{"text": "甲 什么", "entities": []any{with(at("甲 什么", "甲", "text_mention"), fields{"user": another})}}, nothing},
		"mention of another bot":          {calls("@ChuchuTestBot2 什么", "@ChuchuTestBot2"), nothing},
		"its name as code":                {fields{"text": "@ChuchuTestBot 什么", "entities": []any{at("@ChuchuTestBot 什么", me, "code")}}, nothing},
		"mention and no command of ours":  {calls("@ChuchuTestBot /kick", me), "没有 /kick 这个命令"},
		"mention and another's command":   {calls("@ChuchuTestBot /ask@OtherBot 什么", me), nothing},
		"mention alone":                   {calls("@ChuchuTestBot", me), howTo},
		"mention alone, in reply":         {with(calls("@ChuchuTestBot", me), others), "自贸区多大"},
		"mention alone, to a caption":     {with(calls("@ChuchuTestBot", me), replyTo(another, captioned(fields{"text": "自贸区多大"}))), "自贸区多大"},
		"mention alone, to a picture":     {with(calls("@ChuchuTestBot", me), replyTo(another, fields{"photo": []any{}})), howTo},
		"mention alone, to its answer":    {with(calls("@ChuchuTestBot", me), owns), howTo},
		"mention alone, to a question":    {with(calls("@ChuchuTestBot", me), replyTo(another, fields{"text": "/ask@OtherBot 自贸区多大"})), "自贸区多大"},
		"mention alone, to a part":        {with(calls("@ChuchuTestBot", me), others, fields{"quote": fields{"text": "多大", "position": 3}}), "多大"},
		"mention and words, in reply":     {with(calls("@ChuchuTestBot 什么", me), others), "什么"},
		"/ask alone, in reply":            {with(fields{"text": "/ask"}, others), "自贸区多大"},
		"/cite alone, in reply":           {with(fields{"text": "/cite@ChuchuTestBot"}, replyTo(another, fields{"text": "国函68号"})), "国函68号"},
		"forwarded mention":               {with(calls("@ChuchuTestBot 什么", me), fields{"forward_origin": fields{"type": "user", "sender_user": another, "date": 1}}), nothing},
		"forwarded /ask":                  {fields{"text": "/ask 什么", "forward_origin": fields{"type": "hidden_user", "sender_user_name": "甲", "date": 1}}, nothing},
		"post of the group's own channel": {with(calls("@ChuchuTestBot 什么", me), fields{"is_automatic_forward": true, "sender_chat": channel, "forward_origin": fields{"type": "channel", "chat": channel, "message_id": 1, "date": 1}, "from": fields{"id": 777000, "is_bot": false}}), nothing},
		"one who writes as a channel":     {fields{"text": "/ask 什么", "sender_chat": channel, "from": fields{"id": 136817688, "is_bot": true}}, "什么"},
		"an admin who is not named":       {fields{"text": "/ask 什么", "sender_chat": fields{"id": -5, "type": "supergroup"}, "from": fields{"id": 1087968824, "is_bot": true}}, "什么"},
	}
	tg := telegramtest.New(t, token)
	r := serve(t, tg, t.TempDir(), library{}, hurriedly)
	names := slices.Sorted(maps.Keys(all))
	chat := func(i int) int64 { return -2000 - int64(i) }
	for i, name := range names {
		m := with(fields{"message_id": 5, "date": 1, "chat": fields{"id": chat(i), "type": "supergroup"}, "from": another}, all[name].said)
		if e, ok := m["external_reply"].(fields); ok && e["chat"] == nil {
			e["chat"] = m["chat"]
		}
		tg.Update("message", m)
		tg.Update("message", said(chat(i), 6, "/ask 完")) // it comes behind what is said to the one before
	}
	last := func(said []string) bool { return len(said) > 0 && strings.HasPrefix(said[len(said)-1], "关于完，") }
	tg.Wait("the last answers", func() bool {
		sent := tg.Sent()
		for i := range names {
			if !last(texts(sent, chat(i))) {
				return false
			}
		}
		return true
	})
	r.stop()
	for i, name := range names {
		want := []string{all[name].want}
		if want[0] == nothing {
			want = nil
		}
		got := texts(tg.Sent(), chat(i))
		if got = got[:len(got)-1]; !slices.EqualFunc(got, want, func(got, want string) bool {
			return strings.HasPrefix(got, "关于"+want+"，") || strings.Contains(got, want) && !strings.HasPrefix(got, "关于")
		}) {
			t.Errorf("%s: the bot says %q, want %q", name, got, want)
		}
	}
}

// TestTopics answers in the topic that it is asked in, and under the question,
// which may be gone by then.
func TestTopics(t *testing.T) {
	tg := telegramtest.New(t, token)
	r := serve(t, tg, t.TempDir(), library{}, hurriedly)
	for i, tt := range []struct {
		name string
		more fields
		want string
	}{
		{"a topic", fields{"message_thread_id": 9, "is_topic_message": true}, "9"},
		{"a topic's first", with(fields{"message_thread_id": 9, "is_topic_message": true}, replyTo(another, fields{"forum_topic_created": fields{"name": "题"}})), "9"},
		{"the general topic", nil, ""},
		{"a thread of replies", fields{"message_thread_id": 4}, ""},
	} {
		tg.Update("message", with(fields{"message_id": 50 + i, "date": 1, "text": "/ask 什么", "chat": fields{"id": -100 - i, "type": "supergroup"}, "from": another}, tt.more))
		tg.WaitSent(i + 1)
		form := tg.Calls("sendMessage")[i].Form
		if got := form.Get("message_thread_id"); got != tt.want || form.Has("message_thread_id") != (tt.want != "") {
			t.Errorf("%s: the thread is %q, want %q", tt.name, got, tt.want)
		}
		if got := form.Get("reply_parameters"); !strings.Contains(got, `"allow_sending_without_reply":true`) || !strings.Contains(got, `"message_id":5`) {
			t.Errorf("%s: it replies to %s", tt.name, got)
		}
	}
	r.stop()
}

// TestEventsAreNotSaid has the chat tell the bot of what nobody said.
func TestEventsAreNotSaid(t *testing.T) {
	tg := telegramtest.New(t, token)
	r := serve(t, tg, t.TempDir(), library{}, hurriedly)
	for _, event := range []string{"gift", "unique_gift", "paid_message_price_changed", "suggested_post_paid", "managed_bot_created", "web_app_data", "chat_background_set", "forum_topic_created"} {
		tg.Sends(7, fields{event: fields{}})
	}
	tg.Says(7, "什么")
	tg.WaitSent(1)
	r.stop()
	if got := texts(tg.Sent(), 7); len(got) != 1 || !strings.HasPrefix(got[0], "关于什么，") {
		t.Errorf("the bot says %q", got)
	}
}

// TestEditsInAGroup changes what was said there: the answer follows, and what is
// still not meant for the bot stays without one.
func TestEditsInAGroup(t *testing.T) {
	tg := telegramtest.New(t, token)
	tg.Expect("message is not modified")
	r := serve(t, tg, t.TempDir(), library{}, hurriedly)
	tg.Update("message", said(-5, 5, "/ask 什么"))
	id := tg.WaitSent(1)[0].ID
	tg.Update("message", said(-5, 6, "随便聊聊"))
	for _, m := range []fields{
		said(-5, 6, "随便再聊聊"),
		said(-5, 5, "/ask 什么"), // as Telegram tells of a link's preview
		said(-5, 5, "/ask 为什么"),
		said(-5, 5, "不问了"),
		with(said(-5, 6, ""), calls("@ChuchuTestBot 什么时候", "@ChuchuTestBot")),
	} {
		tg.Update("edited_message", m)
	}
	tg.WaitSent(2)
	r.stop()
	if got := tg.Sent(); len(got) != 2 || got[0].ID != id || !strings.HasPrefix(got[0].Text, "关于为什么，") || !strings.HasPrefix(got[1].Text, "关于什么时候，") {
		t.Errorf("the bot says %+v", got)
	}
}
