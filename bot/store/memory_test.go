package store_test

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"chuchu/bot"
	"chuchu/bot/store"
	"chuchu/bot/words"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func kept(key, chat, user string, at time.Time) bot.Kept {
	return bot.Kept{Key: key, How: bot.HowAsk, Text: "问 " + key, Turns: []string{"先前"}, Language: words.English, Chat: chat, Asker: user, Time: at}
}

func row(k bot.Kept, found bool) *bot.Asked {
	return &bot.Asked{Key: k.Key, Time: k.Time, Worded: bot.Worded{Question: k.Text}, Found: found, User: k.Asker, Took: time.Millisecond}
}

func history(t *testing.T, b *store.Bot, since time.Time) (out []string) {
	t.Helper()
	must(t, b.History(since, func(a bot.Asked) { out = append(out, a.Key) }))
	return out
}

func has(t *testing.T, b *store.Bot, key string) bool {
	t.Helper()
	_, ok, err := b.Kept(key)
	must(t, err)
	return ok
}

func ratings(t *testing.T, b *store.Bot) [2]int {
	t.Helper()
	var n [2]int
	must(t, b.Ratings(func(r bot.Rating) {
		if r.Good {
			n[0]++
		} else {
			n[1]++
		}
	}))
	return n
}

func TestMemoryOutlivesTheProcess(t *testing.T) {
	dir := t.TempDir()
	db, b := open(t, dir)
	salt := bytes.Clone(b.Salt())
	k := kept("a", "c1", "u1", now)
	k.Hit, k.Around, k.Shown = 3, true, now.Add(time.Second)
	must(t, b.Keep(k, row(k, true)))
	must(t, b.SetChat("c1", bot.ChatState{Report: "r", Language: words.Traditional, Last: "a", Joined: true, Topics: map[int64]string{5: "b"}}))
	must(t, b.Say(bot.Feedback{Time: now, User: "u1", Text: "好"}))
	must(t, b.Rate(bot.Rating{Key: "a", User: "u1", Good: true}))
	must(t, db.Close())

	db, b = open(t, dir)
	got, ok, err := b.Kept("a")
	if err != nil || !ok || got.Text != k.Text || got.Hit != 3 || !got.Around || !got.Shown.Equal(k.Shown) || !slices.Equal(got.Turns, k.Turns) || got.Language != words.English {
		t.Errorf("kept %+v, %v, %v", got, ok, err)
	}
	if s, err := b.Chat("c1"); err != nil || !reflect.DeepEqual(s, bot.ChatState{Report: "r", Language: words.Traditional, Last: "a", Joined: true, Topics: map[int64]string{5: "b"}}) {
		t.Errorf("the chat is %+v, %v", s, err)
	}
	if f, err := b.Feedback(5); err != nil || len(f) != 1 || f[0].Text != "好" {
		t.Errorf("the feedback is %+v, %v", f, err)
	}
	if h := history(t, b, now); !slices.Equal(h, []string{"a"}) || ratings(t, b) != [2]int{1, 0} {
		t.Errorf("the history is %q, the ratings %v", h, ratings(t, b))
	}
	other, err := db.Bot(43)
	must(t, err)
	if len(salt) != 32 || !bytes.Equal(b.Salt(), salt) || bytes.Equal(other.Salt(), salt) {
		t.Errorf("the salt was %x, is %x, another bot's %x", salt, b.Salt(), other.Salt())
	}
	if s, err := other.Chat("c1"); err != nil || !reflect.DeepEqual(s, bot.ChatState{}) || has(t, other, "a") {
		t.Error("another bot knows the chat")
	}
}

func TestKeepReplaces(t *testing.T) {
	_, b := open(t, t.TempDir())
	k := kept("a", "c", "u", now)
	must(t, b.Keep(k, row(k, true)))
	must(t, b.Rate(bot.Rating{Key: "a", User: "u", Good: true}))
	k.Text, k.Time = "改了", now.Add(time.Minute)
	must(t, b.Keep(k, row(k, false)))
	if h := history(t, b, time.Time{}); len(h) != 1 || ratings(t, b) != [2]int{} {
		t.Errorf("a changed question is in the history %d times, and its old answer rated %v", len(h), ratings(t, b))
	}
	k.Hit = 2
	must(t, b.Put(k))
	if got, _, _ := b.Kept("a"); got.Hit != 2 || len(history(t, b, now)) != 1 {
		t.Errorf("after a change: %+v", got)
	}
	must(t, b.Put(kept("never", "c", "u", now)))
	if has(t, b, "never") {
		t.Error("what was forgotten came back")
	}
}

func TestOneRatingAPerson(t *testing.T) {
	_, b := open(t, t.TempDir())
	for _, key := range []string{"a", "ab"} {
		must(t, b.Keep(kept(key, "c", "u", now), nil))
	}
	for _, r := range []struct {
		key, user string
		good      bool
		want      [2]int
	}{
		{"a", "u", true, [2]int{1, 0}}, {"a", "u", true, [2]int{1, 0}}, {"a", "u", false, [2]int{0, 1}},
		{"a", "v", false, [2]int{0, 2}}, {"ab", "u", true, [2]int{1, 2}},
	} {
		must(t, b.Rate(bot.Rating{Key: r.key, User: r.user, Good: r.good}))
		if got := ratings(t, b); got != r.want {
			t.Errorf("after %+v the ratings are %v", r, got)
		}
	}
	must(t, b.Keep(kept("a", "c", "u", now), nil)) // another answer now
	if got := ratings(t, b); got != [2]int{1, 0} {
		t.Errorf("the ratings are %v", got)
	}
}

func TestMemoryFades(t *testing.T) {
	_, b := open(t, t.TempDir())
	const days = 24 * time.Hour
	k := kept("old", "c", "u", now)
	must(t, b.Keep(k, row(k, true)))
	must(t, b.Rate(bot.Rating{Key: "old", User: "u", Good: true}))
	must(t, b.Say(bot.Feedback{Time: now, User: "u", Text: "旧"}))
	k = kept("mid", "c", "u", now.Add(30*days-time.Second))
	must(t, b.Keep(k, row(k, true)))
	if !has(t, b, "old") {
		t.Error("an answer is forgotten before 30 days")
	}
	k = kept("new", "c", "u", now.Add(30*days))
	must(t, b.Keep(k, row(k, true)))
	if has(t, b, "old") || !has(t, b, "mid") || ratings(t, b) != [2]int{} || len(history(t, b, time.Time{})) != 3 {
		t.Errorf("after 30 days old=%v mid=%v, ratings %v, history %q", has(t, b, "old"), has(t, b, "mid"), ratings(t, b), history(t, b, time.Time{}))
	}
	k = kept("last", "c", "u", now.Add(365*days))
	must(t, b.Keep(k, row(k, true)))
	must(t, b.Say(bot.Feedback{Time: k.Time, User: "u", Text: "新"}))
	if h := history(t, b, time.Time{}); !slices.Equal(h, []string{"mid", "new", "last"}) {
		t.Errorf("after a year the history is %q", h)
	}
	if f, err := b.Feedback(9); err != nil || len(f) != 1 || f[0].Text != "新" {
		t.Errorf("after a year the feedback is %+v, %v", f, err)
	}
	if h := history(t, b, now.Add(30*days)); !slices.Equal(h, []string{"new", "last"}) {
		t.Errorf("since then: %q", h)
	}
}

func TestChatsMoveAndGo(t *testing.T) {
	_, b := open(t, t.TempDir())
	for i, chat := range []string{"c1", "c1", "c2"} {
		must(t, b.Keep(kept(fmt.Sprint(i), chat, "u", now), nil))
		must(t, b.Rate(bot.Rating{Key: fmt.Sprint(i), User: "u", Good: true}))
		must(t, b.SetChat(chat, bot.ChatState{Report: chat}))
	}
	must(t, b.MoveChat("c1", "c9"))
	if k, _, _ := b.Kept("1"); k.Chat != "c9" {
		t.Errorf("an answer's chat is %q", k.Chat)
	}
	from, _ := b.Chat("c1")
	to, _ := b.Chat("c9")
	if !reflect.DeepEqual(from, bot.ChatState{Moved: "c9"}) || !reflect.DeepEqual(to, bot.ChatState{Report: "c1"}) {
		t.Errorf("moved from %+v to %+v", from, to)
	}
	must(t, b.MoveChat("c1", "c9")) // it is told twice
	if to, _ = b.Chat("c9"); to.Report != "c1" {
		t.Errorf("moved again, it is %+v", to)
	}
	must(t, b.MoveChat("unknown", "c8"))
	must(t, b.ForgetChat("c9"))
	gone, _ := b.Chat("c9")
	if has(t, b, "0") || has(t, b, "1") || !has(t, b, "2") || !reflect.DeepEqual(gone, bot.ChatState{}) || ratings(t, b) != [2]int{1, 0} {
		t.Error("a chat is not forgotten, or another is")
	}
}

func TestErase(t *testing.T) {
	_, b := open(t, t.TempDir())
	for i, user := range []string{"u", "v", "u", "uu"} {
		k := kept(fmt.Sprint(i), "c", user, now.Add(time.Duration(i)))
		must(t, b.Keep(k, row(k, true)))
		must(t, b.Say(bot.Feedback{Time: now, User: user, Text: user}))
	}
	must(t, b.Rate(bot.Rating{Key: "1", User: "u", Good: true}))
	must(t, b.Rate(bot.Rating{Key: "1", User: "uu", Good: true}))
	if last, err := b.LastAsked("u", 5); err != nil || !slices.Equal(last, []string{"问 2", "问 0"}) {
		t.Errorf("last asked %q, %v", last, err)
	}
	if last, _ := b.LastAsked("u", 1); len(last) != 1 {
		t.Errorf("last asked %q", last)
	}
	n, err := b.Erase("u", "private") // two answers, two questions, two of feedback, one rating
	if err != nil || n != 7 {
		t.Errorf("%d rows erased, %v", n, err)
	}
	if h := history(t, b, time.Time{}); !slices.Equal(h, []string{"1", "3"}) || has(t, b, "0") || !has(t, b, "3") || ratings(t, b) != [2]int{1, 0} {
		t.Errorf("left is %q, ratings %v", h, ratings(t, b))
	}
	if n, err := b.Erase("u", "private"); n != 0 || err != nil {
		t.Errorf("%d rows erased again, %v", n, err)
	}
}
