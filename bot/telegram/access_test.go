package telegram_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"chuchu/bot"
	"chuchu/bot/telegram"
	"chuchu/bot/telegram/telegramtest"
	"chuchu/bot/words"
	"chuchu/retrieval"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// person is somebody before the bot: each cell of the table has one of its own,
// so that no limit and no silence is another's.
type person struct {
	user, group int64
	anonymous   bool // writes in the group's name
}

// column is a kind of person.
type column struct {
	who       string
	inGroup   bool // the group is on the list
	listed    bool // so is the person
	admin     bool
	everybody bool // there is no list
	anonymous bool
	people    []person // one a row
}

func columns() []*column {
	return []*column{
		{who: "anyone, no list set", everybody: true},
		{who: "not on the list, or taken off it"},
		{who: "on the list", listed: true},
		{who: "in a group on the list", inGroup: true},
		{who: "anonymous there", inGroup: true, anonymous: true},
		{who: "an admin", admin: true},
	}
}

// access is the bot, with and without a list, and what was seen of each call.
type access struct {
	t    *testing.T
	tg   *telegramtest.Server
	conn *telegram.Conn
	stop func()
	dir  string // of the state
	of   retrieval.Options
	seen map[string]int              // calls looked at, by method
	ids  int64                       // of messages
	own  map[int64]telegramtest.Sent // by chat: the answer that its person was given before

	upload   string // data of the button that adds what uploader sent
	uploader int64
}

func newAccess(t *testing.T) *access {
	t.Helper()
	library := t.TempDir()
	for name, text := range map[string]string{"港口.txt": harbour, "茶山.txt": tea} {
		if err := os.WriteFile(filepath.Join(library, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	tg := telegramtest.New(t, token)
	tg.Guests()
	tg.Expect(`kind "channel_post"`)
	return &access{t: t, tg: tg, dir: t.TempDir(), ids: 5000, seen: map[string]int{}, own: map[int64]telegramtest.Sent{}, upload: "u:none", of: retrieval.Options{Path: library, Cache: t.TempDir()}}
}

// open starts the bot for those that it may answer.
func (a *access) open(allow, admins []int64) {
	a.t.Helper()
	clock := hurry{time.Now(), 1000}
	a.conn, _, a.stop = startOn(a.t, a.tg, a.dir, a.of, telegram.Options{Clock: clock}, bot.Options{Now: clock.Now, Allow: allow, Admins: admins})
}

// settle waits until all is answered. That nothing is said gives no sign: the
// bot is looked at until it has nothing left to do.
func (a *access) settle() {
	a.t.Helper()
	for range 20_000 {
		if a.tg.Unconfirmed() == 0 && a.conn.Waiting() == 0 {
			return
		}
		time.Sleep(time.Millisecond)
	}
	a.t.Fatal("the bot does not come to an end")
}

// said is all that the bot has told people since it was last asked for.
func (a *access) said() string {
	var out []string
	for _, method := range []string{"sendMessage", "sendRichMessage", "sendPhoto", "sendDocument", "editMessageText", "answerCallbackQuery", "answerInlineQuery", "answerGuestQuery"} {
		calls := a.tg.Calls(method)
		for _, c := range calls[a.seen[method]:] {
			for _, field := range []string{"text", "rich_message", "caption", "results", "result"} {
				out = append(out, c.Form.Get(field))
			}
			if len(c.Files) > 0 {
				out = append(out, "a file")
			}
		}
		a.seen[method] = len(calls)
	}
	return strings.TrimSpace(strings.Join(out, " "))
}

// outcome tells what came of something: it was done, refused, or not answered.
func outcome(said string) string {
	w := words.In(words.Simplified)
	refusals := []string{w.NoAccess, w.OnlyPrivate, w.NoText, w.Stale, w.Elsewhere, w.EmptyAsk("", ""), "这个命令。"}
	switch {
	case said == "":
		return "–"
	case slices.ContainsFunc(refusals, func(s string) bool { return strings.Contains(said, s) }):
		return "no"
	}
	return "yes"
}

const asks = "江滨港2019年新增泊位多少个？"

// in makes a message of a person in their group, meant for the bot.
func (a *access) in(p person, text string, more map[string]any) {
	a.ids++
	m := map[string]any{"message_id": a.ids, "date": 1, "text": text, "chat": map[string]any{"id": p.group, "type": "supergroup"},
		"from": map[string]any{"id": p.user, "is_bot": false, "first_name": "问"}}
	if p.anonymous { // as Telegram has it: a bot's name, and the group's own
		m["from"], m["sender_chat"] = map[string]any{"id": 1087968824, "is_bot": true, "first_name": "Group"}, m["chat"]
	}
	for k, v := range more {
		m[k] = v
	}
	a.tg.Update("message", m)
}

// tap taps the button that begins with text under the person's own answer in a chat.
func (a *access) tap(p person, chat int64, text string) {
	a.t.Helper()
	own := a.own[chat]
	a.tg.Taps(chat, p.user, own.ID, data(a.t, own, text))
}

func (a *access) guest(p person, text string) {
	a.ids++
	a.tg.Update("guest_message", map[string]any{"message_id": a.ids, "date": 1, "guest_query_id": fmt.Sprint("g", a.ids), "text": text,
		"chat": map[string]any{"id": p.group, "type": "supergroup"}, "from": map[string]any{"id": p.user, "is_bot": false}})
}

// TestAccess has each kind of person try each thing by each door. The table of
// what came of it is the README's, too.
func TestAccess(t *testing.T) {
	a, cols, all := newAccess(t), columns(), rows()
	a.everybodyAsks(cols, all)
	got := make([][]string, len(all))
	try := func(c *column) {
		for i, r := range all {
			a.said()
			if c.anonymous && !strings.Contains(r.door, "group") {
				got[i] = append(got[i], "")
				continue
			}
			r.do(a, c.people[i])
			a.settle()
			got[i] = append(got[i], outcome(a.said()))
		}
	}
	a.open(nil, nil)
	try(cols[0])
	a.stop()
	a.open(lists(cols[1:]))
	a.adminSends(cols, all)
	for _, c := range cols[1:] {
		try(c)
	}
	a.stop()
	a.compare(accessTable(cols, all, got))
}

// everybodyAsks makes the people, and has those who are to tap ask in private and
// in the group while there is no list: they have answers with buttons from then.
func (a *access) everybodyAsks(cols []*column, all []row) {
	a.t.Helper()
	a.open(nil, nil)
	a.tg.Says(1, asks)
	for n, c := range cols {
		for i, r := range all {
			p := person{user: int64(1000*(n+1) + i), group: -int64(100_000*(n+1) + i), anonymous: c.anonymous}
			c.people = append(c.people, p)
			if strings.HasPrefix(r.door, "button") {
				a.tg.Says(p.user, asks)
				a.in(p, "/ask "+asks, nil)
			}
		}
	}
	a.settle()
	for _, m := range a.tg.Sent() {
		a.own[m.Chat] = m
	}
	a.stop()
}

// adminSends has the admin who is to add a report send it, and be asked.
func (a *access) adminSends(cols []*column, all []row) {
	a.t.Helper()
	who := cols[len(cols)-1].people[slices.IndexFunc(all, func(r row) bool { return r.what == addReport })]
	a.uploader = who.user
	a.tg.SendsFile(who.user, "新茶山.txt", []byte(tea+"三、茶市\n茶市每年三月开市。\n"))
	a.settle()
	a.own[who.user] = a.last(who.user)
	a.upload = data(a.t, a.own[who.user], "加入")
}

// last is a chat's last message.
func (a *access) last(chat int64) (m telegramtest.Sent) {
	for _, s := range a.tg.Sent() {
		if s.Chat == chat {
			m = s
		}
	}
	return m
}

// lists are those who may ask, and the admins.
func lists(cols []*column) (allow, admins []int64) {
	for _, c := range cols {
		for _, p := range c.people {
			switch {
			case c.admin:
				admins = append(admins, p.user)
			case c.listed:
				allow = append(allow, p.user)
			case c.inGroup:
				allow = append(allow, p.group)
			}
		}
	}
	return allow, admins
}

// accessTable is the outcome in Markdown.
func accessTable(cols []*column, all []row, got [][]string) string {
	var b strings.Builder
	b.WriteString("| by | what |")
	for _, c := range cols {
		b.WriteString(" " + c.who + " |")
	}
	b.WriteString("\n|---|---|" + strings.Repeat("---|", len(cols)) + "\n")
	for i, r := range all {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", r.door, r.what, strings.Join(got[i], " | "))
	}
	return b.String()
}

func (a *access) compare(got string) {
	a.t.Helper()
	const path = "testdata/access.md"
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			a.t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil || got != string(want) {
		a.t.Errorf("who may do what is now\n%s\nwant, %v,\n%s", got, err, want)
	}
}
