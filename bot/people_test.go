package bot_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"chuchu/bot"
	"chuchu/bot/words"
)

const areaAsked = "上海自贸区扩区后面积有多大？"

// asks puts a message to the bot, in private or in a group.
func (k *talk) asks(chat, user int64, text string) bot.Reply {
	k.t.Helper()
	k.next++
	m := bot.Message{Chat: chat, ID: k.next, User: user, Group: chat < 0, Text: text}
	r, err := k.bot.Handle(k.t.Context(), m)
	k.fail(err)
	k.deliver(m, r)
	return r
}

// taps taps the button that begins with text under the chat's last answer.
func (k *talk) taps(chat, user int64, text string) bot.Pressed {
	k.t.Helper()
	for _, row := range k.shown[chat].buttons {
		for _, b := range row {
			if strings.HasPrefix(b.Text, text) {
				out, err := k.bot.Press(k.t.Context(), bot.Press{Chat: chat, User: user, Group: chat < 0, Data: b.Data, Message: k.shown[chat].id})
				k.fail(err)
				if out.Edit != nil {
					k.shown[chat] = shown{k.shown[chat].id, out.Edit.Buttons}
				}
				return out
			}
		}
	}
	k.t.Fatalf("no button %q under %+v", text, k.shown[chat])
	return bot.Pressed{}
}

// rows reads a table that was sent.
func rows(t *testing.T, r bot.Reply) [][]string {
	t.Helper()
	if r.Document == nil {
		t.Fatalf("no table, but %q", r.Text)
	}
	data, ok := bytes.CutPrefix(r.Document.Data, []byte("\ufeff"))
	all, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil || !ok {
		t.Fatalf("the table cannot be read: %v, %v", ok, err)
	}
	return all
}

// TestFeedbackTellsWhatItIsOf pages, rates, and thinks again; an admin reads
// what was shown when.
func TestFeedbackTellsWhatItIsOf(t *testing.T) {
	const asker, other, admin, group = 7, 8, 9, -100
	k := newTalk(t, txtar.Parse([]byte("admins: 9\n")))
	tick := func() { k.clock.now = k.clock.now.Add(time.Minute) }
	first := k.asks(group, asker, "/ask "+areaAsked)
	k.taps(group, asker, "👍")
	tick()
	k.taps(group, other, "👎")
	k.taps(group, asker, "▶") // the whole
	paged := k.taps(group, asker, "▶")
	if paged.Edit == nil || paged.Edit.Hit != 1 {
		t.Fatalf("▶ leads to %+v", paged)
	}
	tick()
	k.taps(group, asker, "👎")
	tick()
	k.asks(asker, asker, "=谁写了红楼梦？")
	k.taps(asker, asker, "👎")
	tick()
	k.asks(asker, asker, "/feedback 第二处\n答得不对")
	k.step("restart", 0, 0, "", "")
	for _, r := range []bot.Reply{k.asks(asker, asker, "/feedback"), k.asks(group, admin, "/feedback")} {
		if r.Document != nil {
			t.Errorf("feedback is shown to who is no admin, or in a group: %q", r.Document.Data)
		}
	}
	got := rows(t, k.asks(admin, admin, "/feedback"))
	one, two := first.Answer.Hits[0], paged.Edit.Answer.Hits[1]
	want := [][]string{
		{"time_utc", "kind", "question", "passage", "text"},
		{"2023-11-14 22:17:20", "/feedback", "", "", "第二处\n答得不对"},
		{"2023-11-14 22:16:20", "👎", "'=谁写了红楼梦？", "", ""},
		{"2023-11-14 22:15:20", "👎", areaAsked, two.PassageID, ""},
		{"2023-11-14 22:14:20", "👎", areaAsked, one.PassageID, ""},
	}
	for i, row := range got {
		if score := row[4]; i > 0 && (score != "") != (row[3] != "") {
			t.Errorf("row %d has the score %q", i, score)
		}
		got[i] = slices.Delete(slices.Clone(row), 4, 5)
	}
	if !slices.EqualFunc(got, want, slices.Equal) || one.PassageID == two.PassageID {
		t.Errorf("the feedback is %q, want %q", got, want)
	}
}

// TestUnansweredAreCountedTogether asks one thing in many ways of writing.
func TestUnansweredAreCountedTogether(t *testing.T) {
	const asker, admin = 7, 9
	k := newTalk(t, txtar.Parse([]byte("admins: 9\n")))
	ask := func(texts ...string) {
		for _, text := range texts {
			k.clock.now = k.clock.now.Add(time.Minute)
			k.asks(asker, asker, "/new")
			if r := k.asks(asker, asker, text); r.Answer == nil || r.Answer.Found {
				t.Fatalf("%q is answered", text)
			}
		}
	}
	ask("谁写了红楼梦？", "誰寫了紅樓夢", "谁写了红楼梦?!", "谁 写了　红楼梦。", "谁写了红楼梦 ……")
	ask("Who wrote Hamlet?", "who  wrote ｈａｍｌｅｔ", "WHO WROTE HAMLET ? ")
	ask("谁写了水浒传")
	got := rows(t, k.asks(admin, admin, "/unanswered"))
	want := [][]string{{"question", "times"}, {"谁写了红楼梦 ……", "5"}, {"WHO WROTE HAMLET ?", "3"}, {"谁写了水浒传", "1"}}
	for i := range got {
		got[i] = got[i][:2]
	}
	if !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("unanswered are %q, want %q", got, want)
	}
}

// TestErasedInAGroup takes one person's questions out of a group, and leaves the
// others theirs.
func TestErasedInAGroup(t *testing.T) {
	const gone, stays, admin, group = 7, 8, 9, -100
	k := newTalk(t, txtar.Parse([]byte("admins: 9\n")))
	k.asks(group, gone, "/ask 谁写了西厢记？")
	k.asks(gone, gone, "谁写了牡丹亭？")
	k.asks(gone, gone, "/lang en")
	k.asks(group, stays, "/ask 谁写了桃花扇？")
	k.taps(group, stays, "👎")
	k.asks(group, stays, "/ask "+areaAsked)
	k.asks(group, gone, "/more") // of another's question: no row of the one who pages
	k.taps(group, gone, "👎")
	if r := k.asks(group, gone, "/privacy delete"); !strings.Contains(r.Text, "6条") { // 2 questions, 2 answers, a rating, a choice
		t.Errorf("erasing says %q", r.Text)
	}
	if r := k.asks(gone, gone, "/help"); r.Language != words.Simplified {
		t.Errorf("the language outlives what was erased: %d", r.Language)
	}
	list := rows(t, k.asks(admin, admin, "/unanswered"))
	opinions := rows(t, k.asks(admin, admin, "/feedback"))
	if len(list) != 2 || list[1][0] != "谁写了桃花扇？" || len(opinions) != 2 || opinions[1][2] != "谁写了桃花扇？" {
		t.Errorf("left are %q and %q", list, opinions)
	}
	if p := k.taps(group, stays, "👍"); p.Toast == "" {
		t.Error("another's buttons are dead")
	}
	k.fail(k.db.Close())
	raw, err := os.ReadFile(filepath.Join(k.dir, "chuchu.db"))
	k.fail(err)
	for _, text := range []string{"西厢记", "牡丹亭"} {
		if bytes.Contains(raw, []byte(text)) {
			t.Errorf("%s stands in the state", text)
		}
	}
	if !bytes.Contains(raw, []byte("桃花扇")) {
		t.Error("another's question is gone, too")
	}
	k.start()
}

// TestNoHistoryLeavesNothingToRead does all that leaves a trace, and reads the
// state's file.
func TestNoHistoryLeavesNothingToRead(t *testing.T) {
	const asker, other, admin, group = 7_700_123_456, 7_700_654_321, 9, -1_007_700_999
	k := newTalk(t, txtar.Parse([]byte("admins: 9\nno-history: yes\n")))
	k.asks(asker, asker, areaAsked)
	k.taps(asker, asker, "▶")
	k.clock.now = k.clock.now.Add(time.Minute)
	k.asks(asker, asker, "/more")
	k.asks(asker, asker, "那北京呢？")
	k.asks(asker, asker, "谁写了红楼梦？")
	k.asks(asker, asker, "那里扩区后面积有多大？")
	answered := k.shown[asker].buttons
	k.asks(asker, asker, "/feedback 红楼梦没有答案")
	k.asks(asker, asker, "/report 1")
	k.asks(group, other, "/cite 国函68号")
	rate := strings.Replace(k.shown[group].buttons[0][0].Data, "h:", "+:", 1)
	if _, err := k.bot.Press(t.Context(), bot.Press{Chat: group, User: other, Group: true, Data: rate}); err != nil {
		t.Error(err) // of an old message: nobody is told of it
	}
	again := k.shown[group].buttons[0][0].Data
	k.next--
	k.asks(group, other, "/cite 国函68号")
	if k.shown[group].buttons[0][0].Data == again {
		t.Error("a message's key can be worked out")
	}
	k.fail(k.db.Close())
	raw, err := os.ReadFile(filepath.Join(k.dir, "chuchu.db"))
	k.fail(err)
	for _, text := range []string{"自贸区", "红楼梦", "北京", "国函", "没有答案", "#p", "7700123456", "7700654321", "1007700999", "Rated\":{\"Key\":\"h"} {
		if bytes.Contains(raw, []byte(text)) {
			t.Errorf("%s stands in the state", text)
		}
	}
	for _, row := range slices.Concat(k.shown[group].buttons, answered) {
		for _, b := range row {
			if key := strings.Split(b.Data, ":"); len(key) > 1 && key[0] != "r" && bytes.Contains(raw, []byte(key[1])) {
				t.Errorf("the key of %q, which unseals an answer, stands in the state", b.Text)
			}
		}
	}
	k.start()
	k.clock.now = k.clock.now.Add(time.Minute)
	if p := k.taps(group, other, "上下文"); p.Edit == nil || len(p.Edit.Context) == 0 {
		t.Errorf("after a restart a button leads to %+v", p)
	}
	if r := k.asks(admin, admin, "/feedback"); r.Document != nil {
		t.Errorf("feedback is kept: %q", r.Document.Data)
	}
}

// TestLanguageIsEachPersons has people of several languages in one group.
func TestLanguageIsEachPersons(t *testing.T) {
	const group = -100
	k := newTalk(t, txtar.Parse([]byte("")))
	say := func(user int64, code, text string) words.Language {
		t.Helper()
		k.next++
		m := bot.Message{Chat: group, ID: k.next, User: user, Group: true, Addressed: true, Text: text, Language: code}
		r, err := k.bot.Handle(t.Context(), m)
		k.fail(err)
		k.deliver(m, r)
		return r.Language
	}
	for _, s := range []struct {
		user       int64
		code, text string
		want       words.Language
	}{
		{1, "zh-hans", "上海自貿區擴區後面積有多大？", words.Traditional},
		{2, "en-GB", "/help", words.English},
		{3, "fr", "注27", words.Simplified},
		{4, "zh-HK", "/reports", words.Traditional},
		{1, "zh-hans", "/help", words.Traditional},
		{2, "en-GB", "北京有多少位两院院士？", words.Simplified},
		{4, "zh-HK", "27", words.Traditional},
		{5, "", "/help", words.Simplified},
		{5, "", "How large is the Shanghai free trade zone after its expansion?", words.English},
		{1, "zh-hans", "/help", words.Traditional},
	} {
		if got := say(s.user, s.code, s.text); got != s.want {
			t.Errorf("%q of user %d, whose app is set to %q, is answered in language %d, want %d", s.text, s.user, s.code, got, s.want)
		}
	}
	say(5, "", "/new")
	say(5, "", "How large is the Shanghai free trade zone after its expansion?")
	data := k.shown[group].buttons[0][0].Data
	p, err := k.bot.Press(t.Context(), bot.Press{Chat: group, User: 4, Group: true, Data: data, Language: "zh-HK"})
	if err != nil || p.Edit == nil || p.Edit.Language != words.English {
		t.Errorf("another's tap turns the answer's language: %+v of %q, %v", p, data, err)
	}
	k.clock.now = k.clock.now.Add(time.Minute)
	p, err = k.bot.Press(t.Context(), bot.Press{Chat: group, User: 4, Group: true, Data: data[:len(data)-1] + "999", Language: "zh-HK"})
	if err != nil || p.Toast != words.In(words.Traditional).Stale {
		t.Errorf("who taps is told %q, %v", p.Toast, err)
	}
	say(4, "", "/lang en")
	if got := say(1, "zh-hans", "上海自貿區擴區後面積有多大？"); got != words.English {
		t.Errorf("/lang is the group's, and language %d is spoken", got)
	}
}

// TestInlineIsNobodyElses holds that what differs by who asks is not kept for all.
func TestInlineIsNobodyElses(t *testing.T) {
	k := newTalk(t, txtar.Parse([]byte("")))
	for text, shared := range map[string]bool{
		areaAsked: true, "How large is the Shanghai zone?": true, "上海自貿區擴區後面積有多大？": true,
		"北京": false, "27": false, "GDP": false, // either script, or none
	} {
		for user, code := range []string{"zh-hans", "zh-hant", "en", ""} {
			res, err := k.bot.Inline(t.Context(), bot.InlineQuery{User: int64(user + 1), Text: text, Language: code})
			if err != nil || res.Personal == shared || shared != (res.Cache > time.Minute) {
				t.Errorf("%q with the app set to %q: personal %v for %v, %v", text, code, res.Personal, res.Cache, err)
			}
		}
	}
}

// TestErrorsNameNobody has the state fail under all that is done, and looks for
// people's numbers in what the operator is told.
func TestErrorsNameNobody(t *testing.T) {
	const user, group = 7_700_123_456, -1_007_700_999
	k := newTalk(t, txtar.Parse([]byte("")))
	k.asks(user, user, areaAsked)
	data := k.shown[user].buttons[0][0].Data
	k.fail(k.db.Close())
	ctx, errs := t.Context(), map[string]error{}
	for _, text := range []string{areaAsked, "/more", "/report 1", "/lang en", "/feedback 好", "/privacy delete", "/start p_lmi2xawjtt"} {
		_, errs[text] = k.bot.Handle(ctx, bot.Message{Chat: user, User: user, ID: 9, Text: text})
	}
	_, errs["guest"] = k.bot.Guest(ctx, bot.Message{Chat: group, User: user, ID: 9, Text: areaAsked})
	_, errs["inline"] = k.bot.Inline(ctx, bot.InlineQuery{User: user})
	_, errs["press"] = k.bot.Press(ctx, bot.Press{Chat: user, User: user, Message: 3, Data: data})
	_, errs["joined"] = k.bot.Joined(ctx, group, 0, "")
	errs["left"], errs["moved"] = k.bot.Left(ctx, group), k.bot.Migrated(ctx, group, group-1)
	errs["delivered"] = k.bot.Delivered(ctx, bot.Message{Chat: user}, bot.Reply{Buttons: [][]bot.Button{{{Text: "x", Data: data}}}}, 3)
	for what, err := range errs {
		if err == nil || strings.Contains(err.Error(), "7700123456") || strings.Contains(err.Error(), "1007700999") {
			t.Errorf("%s: %v", what, err)
		}
	}
	k.start()
}
