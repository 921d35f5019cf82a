package telegram_test

import (
	"slices"
	"strings"

	"chuchu/bot"
)

// row is something that a person may try by a door.
type row struct {
	door, what string
	do         func(a *access, p person)
}

// addReport is what the admin who sent a report is asked.
const addReport = "add a report"

// rows are all the doors, and what is tried by each.
func rows() []row {
	return slices.Concat(privateRows(), groupRows(), tapRows(), otherRows())
}

func privateRows() []row {
	says := func(text string) func(a *access, p person) {
		return func(a *access, p person) { a.tg.Says(p.user, text) }
	}
	return []row{
		{"private chat", "ask", says(asks)},
		{"private chat", "ask again, as an edit", func(a *access, p person) {
			a.tg.Edits(p.user, 4000, map[string]any{"text": asks})
		}},
		{"private chat", "`/cite`", says("/cite 1")},
		{"private chat", "`/more`", says("/more")},
		{"private chat", "`/reports`", says("/reports")},
		{"private chat", "`/report`", says("/report 1")},
		{"private chat", "`/feedback`", says("/feedback 很好用")},
		{"private chat", "`/privacy delete`", says("/privacy delete")},
		{"private chat", "`/stats`", says("/stats")},
		{"private chat", "`/unanswered`", says("/unanswered")},
		{"private chat", "`/upload`", says("/upload")},
		{"private chat", "send a report", func(a *access, p person) { a.tg.SendsFile(p.user, "新志.txt", []byte(harbour+"再一句。\n")) }},
		{"private chat", "`/remove`", says("/remove")},
		{"private chat", "`/reload`", says("/reload")},
		{"link", "a passage (`p_`)", says("/start p_" + bot.Short("港口#p2"))},
		{"link", "a footnote (`n_`)", says("/start n_" + bot.Short(bot.FootnoteID("茶山", "1")))},
	}
}

func groupRows() []row {
	says := func(text string) func(a *access, p person) {
		return func(a *access, p person) { a.in(p, text, nil) }
	}
	return []row{
		{"group", "ask", says("/ask " + asks)},
		{"group", "`/cite`", says("/cite 1")},
		{"group", "`/report`", says("/report 1")},
		{"group", "`/feedback`", says("/feedback 很好用")},
		{"group", "a passage's link", says("/start p_" + bot.Short("港口#p2"))},
		{"group", "`/stats`", says("/stats")},
		{"group", "`/reload`", says("/reload")},
		{"group", "send a report", func(a *access, p person) {
			a.in(p, "", map[string]any{"caption": "/upload", "document": map[string]any{"file_id": "f", "file_unique_id": "u", "file_name": "新志.txt", "file_size": 9}})
		}},
		{"group", "talk that is not for the bot", says(asks)},
	}
}

func tapRows() []row {
	private := func(text string) func(a *access, p person) {
		return func(a *access, p person) { a.tap(p, p.user, text) }
	}
	group := func(text string) func(a *access, p person) {
		return func(a *access, p person) { a.tap(p, p.group, text) }
	}
	const someones = 1 // a chat that is nobody's of the table
	return []row{
		{"button", "◀ ▶", private("▶")},
		{"button", "上下文", private("上下文")},
		{"button", "引用", private("引用")},
		{"button", "👍 👎", private("👍")},
		{"button in the group", "◀ ▶", group("▶")},
		{"button in the group", "引用", group("引用")},
		{"button of another chat", "◀ ▶", func(a *access, p person) {
			a.tg.Taps(p.user, p.user, a.own[p.user].ID, data(a.t, a.own[someones], "▶"))
		}},
		{"button of an admin's", "remove a report", func(a *access, p person) { a.tg.Taps(p.user, p.user, a.own[p.user].ID, "d:"+bot.Short("茶山")+":0") }},
		{"button of an admin's", addReport, func(a *access, p person) {
			a.tg.Taps(p.user, p.user, a.own[p.user].ID, a.upload)
			if p.user == a.uploader {
				a.tg.Wait("the report to be added", func() bool { return strings.Contains(a.last(p.user).HTML, "已经加入") })
			}
		}},
	}
}

func otherRows() []row {
	return []row{
		{"inline", "ask", func(a *access, p person) {
			a.ids++
			a.tg.Update("inline_query", map[string]any{"id": "q", "from": map[string]any{"id": p.user, "is_bot": false, "first_name": "问"}, "query": asks, "offset": ""})
		}},
		{"guest", "ask", func(a *access, p person) { a.guest(p, asks) }},
		{"guest", "`/stats`", func(a *access, p person) { a.guest(p, "/stats") }},
		{"channel", "a post", func(a *access, p person) {
			a.tg.Update("channel_post", map[string]any{"message_id": 1, "date": 1, "text": "/ask " + asks, "chat": map[string]any{"id": p.group, "type": "channel"}})
		}},
		{"another bot", "ask in the group", func(a *access, p person) {
			a.in(p, "/ask "+asks, map[string]any{"from": map[string]any{"id": p.user, "is_bot": true, "first_name": "bot"}, "sender_chat": nil})
		}},
	}
}
