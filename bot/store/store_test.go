package store_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"chuchu/bot/store"
)

var now = time.Unix(1_700_000_000, 0)

// The index that package bot brings along starts workers of its own.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("github.com/blevesearch/bleve_index_api.AnalysisWorker"))
}

func open(t *testing.T, dir string) (*store.DB, *store.Bot) {
	t.Helper()
	db, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	b, err := db.Bot(42)
	if err != nil {
		t.Fatal(err)
	}
	return db, b
}

func accept(t *testing.T, b *store.Bot, at time.Time, ids ...int64) []int64 {
	t.Helper()
	var us []store.Update
	for _, id := range ids {
		us = append(us, store.Update{ID: id, Raw: fmt.Appendf(nil, "raw %d", id)})
	}
	fresh, err := b.Accept(us, at)
	if err != nil {
		t.Fatal(err)
	}
	return fresh
}

func expect(t *testing.T, b *store.Bot, offset int64, waiting ...int64) {
	t.Helper()
	got, err := b.Offset()
	if err != nil || got != offset {
		t.Errorf("Offset = %d, %v, want %d", got, err, offset)
	}
	us, err := b.Waiting()
	if err != nil {
		t.Fatal(err)
	}
	var ids []int64
	for _, u := range us {
		ids = append(ids, u.ID)
		if want := fmt.Sprintf("raw %d", u.ID); string(u.Raw) != want {
			t.Errorf("update %d is %q, want %q", u.ID, u.Raw, want)
		}
	}
	if !slices.Equal(ids, waiting) {
		t.Errorf("updates %v are waiting, want %v", ids, waiting)
	}
}

func TestUpdatesOutliveTheProcess(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "state")
	db, b := open(t, dir)
	expect(t, b, 0)
	if fresh := accept(t, b, now, 10, 11, 10, 9); !slices.Equal(fresh, []int64{10, 11, 9}) {
		t.Errorf("fresh updates are %v, want 10 11 9", fresh)
	}
	expect(t, b, 12, 9, 10, 11)
	if err := b.Done(10, nil, now); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	_, b = open(t, dir)
	expect(t, b, 12, 9, 11)
	if fresh := accept(t, b, now, 10, 11); len(fresh) > 0 {
		t.Errorf("updates %v were taken again", fresh)
	}
	expect(t, b, 12, 9, 11)
	if u, err := b.Update(11); err != nil || string(u.Raw) != "raw 11" {
		t.Errorf("Update(11) = %q, %v", u.Raw, err)
	}
	if _, err := b.Update(10); err == nil {
		t.Error("Update(10) found an update that is done")
	}
}

func TestNumbersMayStartAnew(t *testing.T) {
	_, b := open(t, t.TempDir())
	accept(t, b, now, 900)
	later := now.Add(8 * 24 * time.Hour)
	if fresh := accept(t, b, later, 5); len(fresh) != 1 {
		t.Fatal("a lower number after a quiet week was taken for a repeated update")
	}
	expect(t, b, 6, 5, 900)
	if fresh := accept(t, b, later, 900); len(fresh) != 1 {
		t.Error("a number that an update had a week ago was taken for a repeated update")
	}
}

func TestAnswers(t *testing.T) {
	dir := t.TempDir()
	db, b := open(t, dir)
	answer := func(chat, question, want int64) {
		t.Helper()
		if got, err := b.Answer(chat, question); err != nil || got != want {
			t.Errorf("answer to message %d of chat %d is %d, %v, want %d", question, chat, got, err, want)
		}
	}
	accept(t, b, now, 1)
	if err := b.Done(1, &store.Link{Chat: 7, Question: 3, Answer: 4}, now); err != nil {
		t.Fatal(err)
	}
	answer(7, 3, 4)
	answer(8, 3, 0)
	answer(7, 4, 0)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	_, b = open(t, dir)
	answer(7, 3, 4)
	if err := b.Done(2, &store.Link{Chat: 7, Question: 5, Answer: 6}, now.Add(47*time.Hour)); err != nil {
		t.Fatal(err)
	}
	answer(7, 3, 4)
	if err := b.Done(3, &store.Link{Chat: 7, Question: 7, Answer: 8}, now.Add(48*time.Hour)); err != nil {
		t.Fatal(err)
	}
	answer(7, 3, 0) // forgotten
	answer(7, 5, 6)
	answer(7, 7, 8)
}

func TestBotsAreKeptApart(t *testing.T) {
	db, b := open(t, t.TempDir())
	accept(t, b, now, 1)
	other, err := db.Bot(43)
	if err != nil {
		t.Fatal(err)
	}
	expect(t, other, 0)
	expect(t, b, 2, 1)
}

func TestSecondProcessIsRefused(t *testing.T) {
	dir := t.TempDir()
	open(t, dir)
	_, err := store.Open(dir)
	if !errors.Is(err, store.ErrInUse) || !strings.Contains(err.Error(), dir) {
		t.Errorf("Open = %v, want the folder in use", err)
	}
}

func TestOpenFailure(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := store.Open(filepath.Join(file, "state"))
	if err == nil || strings.Count(err.Error(), file) != 1 {
		t.Errorf("Open = %v, want an error that names the folder once", err)
	}
}
