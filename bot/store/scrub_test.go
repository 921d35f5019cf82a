package store_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"chuchu/bot"
	"chuchu/bot/store"
)

// stands tells whether a text is anywhere in the state's file.
func stands(t *testing.T, dir, text string) bool {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(dir, dbName))
	must(t, err)
	return bytes.Contains(raw, []byte(text))
}

// TestNothingErasedIsLeftInTheFile looks for what was erased, bytewise: freed
// pages of the database would keep it.
func TestNothingErasedIsLeftInTheFile(t *testing.T) {
	dir := t.TempDir()
	db, b := open(t, dir)
	for i := range 60 {
		for _, user := range []string{"gone-user", "stay-user"} {
			k := kept(fmt.Sprint(user, i), "c", user, now.Add(time.Duration(i)*time.Minute))
			k.Text = "问题 of " + user + strconv.Itoa(i)
			must(t, b.Keep(k, row(k, false)))
			must(t, b.Rate(bot.Rating{Key: k.Key, User: user, Worded: bot.Worded{Question: k.Text}}))
			must(t, b.Say(bot.Feedback{Time: k.Time, User: user, Text: "意见 of " + user}))
		}
	}
	mixed := kept("mixed", "c", "stay-user", now)
	mixed.Turns, mixed.TurnsBy = []string{"先问 of gone-user", "后问 of stay-user"}, []string{"gone-user", "stay-user"}
	must(t, b.Keep(mixed, nil))
	must(t, b.SetChat("private of gone-user", bot.ChatState{Report: "r"}))
	if !stands(t, dir, "gone-user") {
		t.Fatal("it never stood there")
	}
	n, err := b.Erase("gone-user", "private of gone-user")
	if err != nil || n != 4*60+1 {
		t.Errorf("%d rows are erased, %v", n, err)
	}
	if stands(t, dir, "gone-user") {
		t.Error("what was erased still stands in the file")
	}
	if k, ok, err := b.Kept("mixed"); err != nil || !ok || strings.Join(k.Turns, "") != "后问 of stay-user" || len(k.TurnsBy) != 1 {
		t.Errorf("of another's answer is left %+v, %v", k, err)
	}
	must(t, db.Close())
	db, b = open(t, dir)
	if h := history(t, b, time.Time{}); db.Aside != "" || len(h) != 60 || !has(t, b, "stay-user59") {
		t.Errorf("of the others %d questions are left, aside %q", len(h), db.Aside)
	}
}

// TestHandledUpdatesAreLeftNowhere holds that neither a message nor the number
// of who wrote it is left once it is answered, while the bot goes on, and which
// answer is whose without naming anybody.
func TestHandledUpdatesAreLeftNowhere(t *testing.T) {
	dir := t.TempDir()
	_, b := open(t, dir)
	const user = 7_700_123_456
	raw := `{"from":{"id":7700123456},"text":"谁写了红楼梦"}`
	for id := range int64(40) {
		if _, err := b.Accept([]store.Update{{ID: id + 1, Raw: []byte(raw)}}, now); err != nil {
			t.Fatal(err)
		}
		must(t, b.Done(id+1, &store.Link{Chat: user, Question: id, Answer: id + 100}, now))
	}
	if n, err := b.Answer(user, 7); err != nil || n != 107 {
		t.Errorf("the answer is %d, %v", n, err)
	}
	if n, err := b.Answer(user+1, 7); err != nil || n != 0 {
		t.Errorf("another chat's answer is %d, %v", n, err)
	}
	if stands(t, dir, string(binary(user))) {
		t.Error("the user's number stands beside the answer's")
	}
	deadline := time.Now().Add(time.Minute)
	for stands(t, dir, "红楼梦") || stands(t, dir, "7700123456") {
		if time.Now().After(deadline) {
			t.Fatal("a message that was answered stands in the file")
		}
		time.Sleep(50 * time.Millisecond)
	}
}

func binary(n int64) []byte {
	return []byte{byte(n >> 56), byte(n >> 48), byte(n >> 40), byte(n >> 32), byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)}
}

// TestScrubbedWhileUsed has many write, read and erase at the same time, and
// reads all of the file afterwards.
func TestScrubbedWhileUsed(t *testing.T) {
	dir := t.TempDir()
	db, b := open(t, dir)
	done := make(chan error)
	for w := range 4 {
		go func() {
			var err error
			for i := 0; i < 20 && err == nil; i++ {
				k := kept(fmt.Sprint(w, "-", i), "c", fmt.Sprint("u", w), now.Add(time.Duration(i)))
				k.Text = strings.Repeat("长", 1000*(i%4))
				if err = b.Keep(k, row(k, i%2 == 0)); err == nil {
					err = b.History(k.Time, func(bot.Asked) {})
				}
				if err == nil && i%7 == 0 {
					_, err = b.Erase("nobody", "")
				}
			}
			done <- err
		}()
	}
	for range 4 {
		must(t, <-done)
	}
	if n := len(history(t, b, time.Time{})); n != 80 {
		t.Errorf("%d questions are left", n)
	}
	must(t, db.Close())
	db, b = open(t, dir)
	if db.Aside != "" || len(history(t, b, time.Time{})) != 80 {
		t.Errorf("the state is spoilt: %q", db.Aside)
	}
}

// TestForget erases what was recorded while a history was kept, and nothing of
// what chats chose.
func TestForget(t *testing.T) {
	dir := t.TempDir()
	db, b := open(t, dir)
	k := kept("a", "c", "u", now)
	must(t, b.Keep(k, row(k, true)))
	must(t, b.Rate(bot.Rating{Key: "a", User: "u", Worded: bot.Worded{Question: "问 a"}}))
	must(t, b.Say(bot.Feedback{Time: now, User: "u", Text: "问 a 答错了"}))
	must(t, b.SetChat("c", bot.ChatState{Report: "r"}))
	must(t, b.Keep(bot.Kept{Key: "sealed", Time: now, Sealed: []byte{1}}, nil))
	must(t, b.Forget())
	must(t, b.Forget())
	must(t, db.Close())
	if stands(t, dir, "问 a") {
		t.Error("a question is left")
	}
	_, b = open(t, dir)
	s, err := b.Chat("c")
	if err != nil || s.Report != "r" || !has(t, b, "sealed") || has(t, b, "a") || ratings(t, b) != [2]int{} || len(history(t, b, time.Time{})) > 0 {
		t.Errorf("left is %+v, %v", s, err)
	}
}

// TestRatingsOfTheFirstSchema brings forward a state whose ratings were a 1 or a
// 0, and whose answers stood beside the numbers of chats.
func TestRatingsOfTheFirstSchema(t *testing.T) {
	dir := t.TempDir()
	db, b := open(t, dir)
	must(t, b.Keep(kept("a", "c", "u", now), nil))
	must(t, db.Close())
	const user = 7_700_123_456
	old, err := bbolt.Open(filepath.Join(dir, dbName), 0o600, nil)
	must(t, err)
	must(t, old.Update(func(tx *bbolt.Tx) error {
		root := tx.Bucket([]byte("bot 42"))
		key := append(binary(user), binary(5)...)
		for name, row := range map[string][2][]byte{
			"answers": {key, binary(9)}, "ages": {append(binary(now.Unix()), key...), {}},
			"ratings": {[]byte("a\x00u"), {1}},
		} {
			if err := root.Bucket([]byte(name)).Put(row[0], row[1]); err != nil {
				return err
			}
		}
		if err := root.Bucket([]byte("ratings")).Put([]byte("a\x00v"), []byte{0}); err != nil {
			return err
		}
		return tx.Bucket([]byte("chuchu")).Put([]byte("schema"), binary(1))
	}))
	must(t, old.Close())
	db, b = open(t, dir)
	var got []bot.Rating
	must(t, b.Ratings(func(r bot.Rating) { got = append(got, r) }))
	if len(got) != 2 || !got[0].Good || got[0].User != "u" || got[0].Question != "问 a" || !got[0].Time.Equal(now) || got[1].Good || got[1].Key != "a" {
		t.Errorf("the ratings are %+v", got)
	}
	must(t, db.Close())
	if stands(t, dir, string(binary(user))) {
		t.Error("a chat's number is left")
	}
}
