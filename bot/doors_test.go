package bot_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"

	"chuchu/bot"
	"chuchu/bot/words"
)

// TestDoors has everybody try every door, and looks for words of the report.
func TestDoors(t *testing.T) {
	const stranger, friend, admin, group, elsewhere = 5, 1, 9, -100, -200
	k := newTalk(t, txtar.Parse([]byte("allow: 1 -100\nadmins: 9\n")))
	const question, secret = "上海自贸区扩区后面积有多大？", "平方公里"
	// a message's key is not to be had from outside: take a friend's button
	r, err := k.bot.Handle(t.Context(), bot.Message{Chat: friend, ID: 1, User: friend, Text: question})
	if err != nil {
		t.Fatal(err)
	}
	data := r.Buttons[0][0].Data
	type who struct{ chat, user int64 }
	doors := map[string]func(w who) string{
		"a question": func(w who) string { return k.heard(bot.Message{Text: question}, w.chat, w.user) },
		"/ask":       func(w who) string { return k.heard(bot.Message{Text: "/ask " + question}, w.chat, w.user) },
		"/cite":      func(w who) string { return k.heard(bot.Message{Text: "/cite 35"}, w.chat, w.user) },
		"a link":     func(w who) string { return k.heard(bot.Message{Text: "/start p_lmi2xawjtt"}, w.chat, w.user) },
		"/reports":   func(w who) string { return k.heard(bot.Message{Text: "/reports"}, w.chat, w.user) },
		"/report":    func(w who) string { return k.heard(bot.Message{Text: "/report"}, w.chat, w.user) },
		"a guest":    func(w who) string { return k.guest(bot.Message{Text: question}, w.chat, w.user) },
		"inline":     func(w who) string { return k.typed(bot.InlineQuery{User: w.user, Text: question}) },
		"a tap": func(w who) string {
			return k.pressed(bot.Press{Chat: w.chat, User: w.user, Group: w.chat < 0, Data: data})
		},
	}
	for _, tt := range []struct {
		who
		admitted bool
	}{
		{who{stranger, stranger}, false}, {who{elsewhere, stranger}, false}, {who{elsewhere, 0}, false},
		{who{friend, friend}, true}, {who{elsewhere, friend}, true}, {who{admin, admin}, true},
		{who{group, stranger}, true}, {who{group, 0}, true},
	} {
		for name, door := range doors {
			k.clock.now = k.clock.now.Add(time.Minute)
			got := door(tt.who)
			open := strings.Contains(got, secret) || strings.Contains(got, "2016中国大都市")
			want := tt.admitted
			if name == "a tap" {
				want = tt.chat == friend // it is another chat's
			}
			if name == "inline" {
				want = tt.admitted && tt.user != stranger && tt.user != 0 // it is in no chat
			}
			if open != want {
				t.Errorf("user %d of chat %d at the door %q: open is %v, want %v: %s", tt.user, tt.chat, name, open, want, got)
			}
		}
	}
}

// TestOthersTaps has people tap buttons that were not meant for them.
func TestOthersTaps(t *testing.T) {
	const stranger, friend, admin, elsewhere = 5, 1, 9, -200
	k := newTalk(t, txtar.Parse([]byte("allow: 1\nadmins: 9\n-- library/港口.txt --\n江滨港年报\n江滨港2019年新增泊位12个。\n-- library/茶山.txt --\n茶山志\n茶山共有四百亩。\n-- sent/x --\n新志\n新村有九户人家。\n")))
	send := func(m bot.Message) bot.Reply {
		t.Helper()
		k.next++
		m.ID = k.next
		r, err := k.bot.Handle(t.Context(), m)
		if err != nil || len(r.Buttons) == 0 {
			t.Fatalf("%+v is answered with %+v, %v", m, r, err)
		}
		return r
	}
	answer := send(bot.Message{Chat: elsewhere, User: friend, Group: true, Text: "/ask 江滨港2019年新增泊位多少个？"})
	upload := send(bot.Message{Chat: admin, User: admin, File: &bot.File{ID: "x", Name: "新.txt"}})
	removal := "d:" + bot.Short("茶山") + ":2"
	for name, p := range map[string]bot.Press{
		"a stranger turns a friend's page":    {Chat: elsewhere, User: stranger, Group: true, Data: answer.Buttons[len(answer.Buttons)-2][0].Data},
		"a friend adds an admin's upload":     {Chat: admin, User: friend, Data: upload.Buttons[0][0].Data},
		"a friend removes a report":           {Chat: friend, User: friend, Data: removal},
		"an admin removes one under all eyes": {Chat: elsewhere, User: admin, Group: true, Data: removal},
	} {
		out, err := k.bot.Press(t.Context(), p)
		if err != nil || out.Edit != nil || out.Send != nil || out.Toast == "" || len(k.lib.Reports()) != 2 {
			t.Errorf("%s: %+v, %v", name, out, err)
		}
	}
	for name, p := range map[string]bot.Press{
		"a friend":     {Chat: elsewhere, User: friend, Group: true, Data: answer.Buttons[len(answer.Buttons)-2][0].Data},
		"to add":       {Chat: admin, User: admin, Data: upload.Buttons[0][0].Data},
		"to remove it": {Chat: admin, User: admin, Data: removal},
	} {
		if out, err := k.bot.Press(t.Context(), p); err != nil || out.Edit == nil {
			t.Errorf("%s, who may: %+v, %v", name, out, err)
		}
	}
}

// all is everything that a Reply holds.
func all(r bot.Reply) string {
	out := r.Text
	if r.Answer != nil {
		for _, h := range r.Answer.Hits {
			out += h.Title + h.Text
		}
	}
	for _, info := range r.Reports {
		out += info.Title
	}
	for _, row := range r.Buttons {
		for _, b := range row {
			out += b.Text
		}
	}
	return out
}

func (k *talk) heard(m bot.Message, chat, user int64) string {
	k.next++
	m.Chat, m.User, m.ID, m.Group, m.Addressed = chat, user, 500+k.next, chat < 0, true
	r, err := k.bot.Handle(k.t.Context(), m)
	k.fail(err)
	return all(r)
}

func (k *talk) guest(m bot.Message, chat, user int64) string {
	m.Chat, m.User = chat, user
	r, err := k.bot.Guest(k.t.Context(), m)
	k.fail(err)
	return all(r)
}

func (k *talk) typed(q bot.InlineQuery) string {
	res, err := k.bot.Inline(k.t.Context(), q)
	k.fail(err)
	if !res.Personal {
		k.t.Error("what differs from user to user is kept for all")
	}
	out := ""
	for _, r := range res.Results {
		out += r.Title + r.Description + all(r.Reply)
	}
	return out
}

func (k *talk) pressed(p bot.Press) string {
	out, err := k.bot.Press(k.t.Context(), p)
	k.fail(err)
	text := out.Toast
	for _, r := range []*bot.Reply{out.Edit, out.Send} {
		if r != nil {
			text += all(*r)
		}
	}
	return text
}

// TestOddTaps presses data that no button has.
func TestOddTaps(t *testing.T) {
	k := newTalk(t, txtar.Parse([]byte("admins: 9\n")))
	r, err := k.bot.Handle(t.Context(), bot.Message{Chat: 9, ID: 1, User: 9, Text: "注27"})
	if err != nil {
		t.Fatal(err)
	}
	key := strings.Split(r.Buttons[len(r.Buttons)-1][0].Data, ":")[1]
	for _, data := range []string{"", ":", "h", "h:", "h:" + key, "h:" + key + ":", "h:" + key + ":-1", "h:" + key + ":99", "h:" + key + ":9999999999999999999",
		"x:" + key + ":1", "c:" + key + ":7", "u:" + key, "n:" + key, "z:" + key + ":0", "d:", "d:x:2", "d:x", "r:x", "l:", "\xff\x00", strings.Repeat("h:", 40)} {
		k.clock.now = k.clock.now.Add(time.Minute)
		out, err := k.bot.Press(t.Context(), bot.Press{Chat: 9, User: 9, Data: data})
		if err != nil || out.Edit != nil || out.Send != nil {
			t.Errorf("a tap with %q leads to %+v, %v", data, out, err)
		}
	}
}

// TestKeyOutlivesARepeat holds that a message read again has the same answer.
func TestKeyOutlivesARepeat(t *testing.T) {
	k := newTalk(t, txtar.Parse([]byte("admins: 9\n")))
	m := bot.Message{Chat: 9, ID: 4, User: 9, Text: "谁写了红楼梦？"}
	data := func() string {
		r, err := k.bot.Handle(t.Context(), m)
		if err != nil {
			t.Fatal(err)
		}
		return r.Buttons[0][0].Data
	}
	before := data()
	k.clock.now = k.clock.now.Add(time.Hour)
	k.step("restart", 0, 0, "", "")
	if after := data(); after != before {
		t.Errorf("the answer's key is %q, then %q", before, after)
	}
	r, err := k.bot.Handle(t.Context(), bot.Message{Chat: 9, ID: 5, User: 9, Text: "/unanswered"})
	if err != nil || r.Document == nil || !strings.Contains(string(r.Document.Data), ",1,") {
		t.Errorf("a message read again is counted anew: %+v, %v", r, err)
	}
	m.ID++
	if other := data(); other == before {
		t.Error("two messages have one key")
	}
}

func TestMenu(t *testing.T) {
	b, _, _ := newBot()
	seen := map[string]bool{}
	for _, c := range b.Menu() {
		if seen[c.Name] || len(c.Name) > 32 || strings.Trim(c.Name, "abcdefghijklmnopqrstuvwxyz0123456789_") != "" {
			t.Errorf("command %q", c.Name)
		}
		seen[c.Name] = true
		for _, l := range []words.Language{words.Simplified, words.Traditional, words.English} {
			if n := utf8.RuneCountInString(c.Text[l]); n < 1 || n > 256 {
				t.Errorf("command %q in language %d has %d characters", c.Name, l, n)
			}
		}
		r := handle(t, b, bot.Message{Text: "/" + c.Name})
		if c.Admin != strings.Contains(r.Text, "没有 /"+c.Name) {
			t.Errorf("to someone who is no admin, /%s says %q", c.Name, r.Text)
		}
	}
	if len(seen) != 16 {
		t.Errorf("%d commands", len(seen))
	}
}
