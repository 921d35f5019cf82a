package telegram_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"chuchu/bot"
	"chuchu/bot/telegram"
	"chuchu/bot/telegram/telegramtest"
	"chuchu/retrieval"
)

const (
	admin, stranger = 9, 7

	harbour = "江滨港年报\n一、泊位\n江滨港2019年新增泊位12个。[1]最大的泊位可停靠5万吨级海轮。\n"
	tea     = "青石村茶山志\n一、茶山\n青石村的茶山在村北三里,共有四百亩。[1]茶山分三片。[2]\n" +
		"二、作坊\n制茶的作坊有九家,最老的一家开于1923年。[3]\n注释\n[1] 《青石村志》，2001年。\n[2] 《青石村地图》，2003年。\n[3] 《青石村作坊簿》，2005年。\n"
)

// shelf is a bot whose library is a folder that its admin changes.
type shelf struct {
	t       *testing.T
	tg      *telegramtest.Server
	library string
}

func newShelf(t *testing.T) *shelf {
	t.Helper()
	s := &shelf{t: t, tg: telegramtest.New(t, token), library: filepath.Join(t.TempDir(), "in", "library")}
	if err := os.MkdirAll(s.library, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(s.library, "港口.txt"), []byte(harbour), 0o644); err != nil {
		t.Fatal(err)
	}
	clock := hurry{time.Now(), 50}
	_, _, stop := startOn(t, s.tg, t.TempDir(), retrieval.Options{Path: s.library, Cache: t.TempDir()},
		telegram.Options{Clock: clock}, bot.Options{Now: clock.Now, Admins: []int64{admin}})
	t.Cleanup(func() {
		stop()
	})
	return s
}

// shows waits for a chat's last message to hold text.
func (s *shelf) shows(chat int64, text string) (last telegramtest.Sent) {
	s.t.Helper()
	s.tg.Wait(text, func() bool {
		for _, m := range s.tg.Sent() {
			if m.Chat == chat {
				last = m
			}
		}
		return strings.Contains(last.HTML, text)
	})
	return last
}

// tap taps the button that begins with text under a message.
func (s *shelf) tap(m telegramtest.Sent, text string) {
	s.t.Helper()
	s.tg.Taps(m.Chat, m.Chat, m.ID, data(s.t, m, text))
}

// files are all files around the library.
func (s *shelf) files() (out []string) {
	s.t.Helper()
	top := filepath.Dir(filepath.Dir(s.library))
	err := filepath.WalkDir(top, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			path, err = filepath.Rel(s.library, path)
			out = append(out, path)
		}
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return out
}

// TestUpload adds a report by way of Telegram, under a name that would lead out
// of the library, asks it, and removes it.
func TestUpload(t *testing.T) {
	s := newShelf(t)
	s.tg.SendsFile(admin, "../../茶山.txt", []byte(tea))
	card := s.shows(admin, "要加入报告库吗？")
	if !strings.Contains(card.Text, "《青石村茶山志》") || !strings.Contains(card.Text, "注文：找到3，缺0") || data(t, card, "取消") == "" {
		t.Errorf("the card is %s, with %s", card.Text, card.Markup)
	}
	release := make(chan struct{})
	s.tg.Fail("getFile", telegramtest.Slow(release))
	s.tap(card, "加入")
	s.tap(card, "加入")
	s.tg.Wait("both taps to be acknowledged", func() bool { return len(s.tg.Calls("answerCallbackQuery")) == 2 })
	s.shows(admin, "⏳ 加入… 1/2")
	s.tg.Says(admin, "江滨港新增泊位多少个？") // it answers meanwhile
	s.shows(admin, "12个")
	close(release)
	s.tg.Wait("the report to be added", func() bool { return strings.Contains(s.tg.Sent()[0].HTML, "《青石村茶山志》已经加入。") })
	if n := len(s.tg.Calls("getFile")); n != 2 { // for the card, and for the one tap that counts
		t.Errorf("the file is asked for %d times, want twice", n)
	}
	was := s.tg.Sent()[0].Was
	if len(was) < 2 || was[0] != card.HTML || !strings.Contains(was[1], "1/2") || s.tg.Sent()[0].Markup != "" {
		t.Errorf("before it was added the message showed %q", was)
	}
	if got := s.files(); !slices.Equal(got, []string{"港口.txt", "茶山.txt"}) {
		t.Errorf("the files are %q", got)
	}

	s.tg.Says(admin, "制茶的作坊有几家？")
	if got := s.shows(admin, "九家").HTML; !strings.Contains(got, "《青石村作坊簿》，2005年。") {
		t.Errorf("the answer lacks its footnote: %s", got)
	}

	s.tg.Says(admin, "/remove 茶山")
	s.tap(s.shows(admin, "要移除《青石村茶山志》吗？"), "移除")
	s.tap(s.shows(admin, "真的要移除《青石村茶山志》吗？"), "确定移除")
	s.shows(admin, "《青石村茶山志》已经移除。")
	if got := s.files(); !slices.Equal(got, []string{"港口.txt"}) {
		t.Errorf("the files are %q", got)
	}
	s.tg.Says(admin, "制茶的作坊有几家？")
	s.shows(admin, "没有找到答案")
}

// TestFiguresAsFiles reads the picture and the table that an admin is sent.
func TestFiguresAsFiles(t *testing.T) {
	s := newShelf(t)
	s.tg.Says(stranger, "江滨港新增泊位多少个？")
	s.shows(stranger, "12个")
	s.tg.Says(stranger, "=火星上有没有茶馆？")
	s.shows(stranger, "没有找到答案")
	s.tg.Says(admin, "/stats")
	m := s.shows(admin, "2个问题，答出1个")
	if m.File == nil || m.File.Type != "image/png" {
		t.Fatalf("the figures come as %+v", m)
	}
	if p, err := png.Decode(bytes.NewReader(m.File.Data)); err != nil || p.Bounds().Dx() < 300 {
		t.Errorf("the picture is none: %v", err)
	}
	s.tg.Says(admin, "/unanswered")
	m = s.shows(admin, "没答出来的问题：1个")
	if m.File == nil || m.File.Name != "unanswered.csv" {
		t.Fatalf("the unanswered questions come as %+v", m)
	}
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(m.File.Data, []byte("\ufeff")))).ReadAll()
	if err != nil || len(rows) != 2 || rows[1][0] != "'=火星上有没有茶馆？" || rows[1][1] != "1" {
		t.Errorf("the table holds %q, %v", rows, err)
	}
}

// TestUploadRefused sends what is not taken: of a stranger nothing is, and what
// is too large is not even fetched.
func TestUploadRefused(t *testing.T) {
	s := newShelf(t)
	s.tg.SendsFile(stranger, "茶山.txt", []byte(tea))
	s.shows(stranger, "只看得懂文字")
	for _, command := range []string{"/stats", "/unanswered", "/upload", "/remove", "/reload"} {
		s.tg.Says(stranger, command)
		s.shows(stranger, "没有 "+command+" 这个命令")
	}
	s.tg.SendsFile(admin, "大.txt", bytes.Repeat([]byte("长"), bot.MaxUpload/3+1))
	s.shows(admin, "文件太大，最多 20 MB。")
	if n := len(s.tg.Calls("getFile")); n != 0 {
		t.Errorf("%d files are asked for, want none", n)
	}
	s.tg.SendsFile(admin, "表.xlsx", []byte("PK"))
	s.shows(admin, "我只读")
	s.tg.File("big", make([]byte, bot.MaxUpload+1)) // whose size Telegram does not say
	s.tg.Sends(admin, map[string]any{"document": map[string]any{"file_id": "big", "file_unique_id": "u", "file_name": "大.txt"}})
	s.shows(admin, "文件太大，最多 20 MB。")
	if got := s.tg.Downloads(); len(got) != 0 {
		t.Errorf("fetched %q, want nothing", got)
	}
	if got := s.files(); !slices.Equal(got, []string{"港口.txt"}) {
		t.Errorf("the files are %q", got)
	}
}

// TestUploadBrokenOff stops the bot while it adds a report: the tap is made
// again at the next start.
func TestUploadBrokenOff(t *testing.T) {
	library, dir, cache := t.TempDir(), t.TempDir(), t.TempDir()
	if err := os.WriteFile(filepath.Join(library, "港口.txt"), []byte(harbour), 0o644); err != nil {
		t.Fatal(err)
	}
	s := &shelf{t: t, tg: telegramtest.New(t, token), library: library}
	s.tg.Expect("query is too old", "message is not modified") // the tap is done anew
	run := func() (stop func()) {
		clock := hurry{time.Now(), 50}
		_, _, stop = startOn(t, s.tg, dir, retrieval.Options{Path: library, Cache: cache},
			telegram.Options{Clock: clock}, bot.Options{Now: clock.Now, Admins: []int64{admin}})
		return stop
	}
	stop := run()
	s.tg.SendsFile(admin, "茶山.txt", []byte(tea))
	card := s.shows(admin, "要加入报告库吗？")
	s.tg.Fail("getFile", telegramtest.Slow(nil))
	s.tap(card, "加入")
	s.shows(admin, "1/2")
	stop()
	if _, err := os.Stat(filepath.Join(library, "茶山.txt")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the report is there: %v", err)
	}
	defer run()()
	s.shows(admin, "《青石村茶山志》已经加入。")
}
