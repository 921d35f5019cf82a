package telegram_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chuchu/bot/telegram/telegramtest"
)

// TestManyReports turns through a library of over a hundred reports in each of
// the lists there are, and reaches the last of them by a tap.
func TestManyReports(t *testing.T) {
	s := newShelf(t)
	for i := range 122 {
		title := fmt.Sprintf("第%d村志%s", 100+i, strings.Repeat("增订本", 14))
		text := fmt.Sprintf("%s\n第%d村有水井%d口。\n", title, 100+i, 3+i)
		if err := os.WriteFile(filepath.Join(s.library, fmt.Sprintf("村%d.txt", 100+i)), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	s.tg.NoRich() // the tighter form
	s.tg.Says(admin, "/reload")
	s.shows(admin, "现在有123份报告。")

	s.tg.Says(admin, "/reports")
	m := s.shows(admin, "现在有123份报告，这是第1到15份：")
	for _, want := range []string{"第16到30份", "第31到45份"} {
		if !strings.Contains(m.Text, "\n") || strings.Contains(m.Text, "没有列出") {
			t.Errorf("a page is cut short: %s", m.Text)
		}
		s.tap(m, "▶")
		m = s.shows(admin, want)
	}
	s.tap(m, "◀")
	m = s.shows(admin, "第16到30份")
	if !strings.Contains(m.Text, "\n16. ") || !strings.Contains(m.Text, "\n30. ") {
		t.Errorf("the second page is %s", m.Text)
	}

	for _, list := range []struct{ command, last, done string }{
		{"/report", "122. ", "好，现在只查《第221村志"},
		{"/remove", "122. ", "要移除《第221村志"},
	} {
		s.tg.Says(admin, list.command)
		m := s.shows(admin, "要")
		for _, arrow := range []string{"▶", "⏭"} {
			if n := strings.Count(m.Markup, `"callback_data"`); n > 14 {
				t.Errorf("%s shows %d buttons at once", list.command, n)
			}
			before := m.Edits
			s.tap(m, arrow)
			s.tg.Wait("another page", func() bool {
				m = last(s.tg, admin)
				return m.Edits > before
			})
		}
		if strings.Contains(m.Markup, "▶") || !strings.Contains(m.Markup, "⏮ 1/13") {
			t.Errorf("%s ends on a page with %s", list.command, m.Markup)
		}
		s.tap(m, list.last)
		s.shows(admin, list.done)
	}
	s.tg.Says(admin, "第221村有多少口水井？")
	if got := s.shows(admin, "124口").HTML; !strings.Contains(got, "只在《第221村志") {
		t.Errorf("the answer does not say in what it was looked for: %s", got)
	}
	s.tg.Says(admin, "/cite 99") // nothing is found, and no passage shown
	if got := s.shows(admin, "没有注[99]").HTML; !strings.Contains(got, "只在《第221村志") {
		t.Errorf("the refusal does not say in what it was looked for: %s", got)
	}
}

// last is the last message of a chat.
func last(tg *telegramtest.Server, chat int64) (m telegramtest.Sent) {
	for _, x := range tg.Sent() {
		if x.Chat == chat {
			m = x
		}
	}
	return m
}
