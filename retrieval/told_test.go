package retrieval

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestReportYAML gives reports what the file beside them says, and anew once
// that changes, though the reports did not.
func TestReportYAML(t *testing.T) {
	cache := t.TempDir()
	dir := write(t, t.TempDir(), map[string]string{
		"港口/年报.txt":      harbour,
		"港口/report.yaml": "title: 江滨港统计年报\nauthors: [闻溪, 柳岸]\nyear: 2020\npublisher: 江滨出版社\ncolour: red\n",
		"茶/茶山.txt":       teaHill,
		"茶/港.txt":        harbour + "此处另有一段。\n",
		"茶/report.yaml":  "茶山.txt: {year: 1987}\n",
		"茶/别处/other.txt": "别处的一段话,没有人说过什么。\n",
	})
	hit := func(path, question string) Hit {
		t.Helper()
		l, err := Open(t.Context(), Options{Path: path, Cache: cache})
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		if path == dir && !slices.ContainsFunc(l.Warnings(), func(w string) bool {
			return strings.Contains(w, filepath.Join("港口", "report.yaml")+": line 5: ") && strings.Contains(w, "colour")
		}) {
			t.Errorf("the wrong key is not told: %q", l.Warnings())
		}
		a, err := l.Ask(t.Context(), Question{Text: question})
		if err != nil || len(a.Hits) == 0 {
			t.Fatal(a, err)
		}
		return a.Hits[0]
	}
	const harbourAsked, teaAsked = "夜间噪声", "茶山有多少亩"
	h := hit(dir, harbourAsked)
	if h.Title != "江滨港统计年报" || !slices.Equal(h.Meta.Authors, []string{"闻溪", "柳岸"}) || h.Meta.Year != "2020" || h.Meta.Publisher != "江滨出版社" {
		t.Errorf("title %q, %+v", h.Title, h.Meta)
	}
	if h := hit(dir, teaAsked); h.Title != "青石村茶山志" || h.Meta.Year != "1987" || h.Meta.Authors != nil {
		t.Errorf("title %q, %+v", h.Title, h.Meta)
	}
	if h := hit(filepath.Join(dir, "茶", "茶山.txt"), teaAsked); h.Meta.Year != "1987" {
		t.Errorf("of one file, %+v", h.Meta)
	}
	write(t, dir, map[string]string{"茶/report.yaml": "茶山.txt: {year: 1988}\n"})
	if h := hit(dir, teaAsked); h.Meta.Year != "1988" {
		t.Errorf("after a change, %+v", h.Meta)
	}
	if err := os.Remove(filepath.Join(dir, "茶", "report.yaml")); err != nil {
		t.Fatal(err)
	}
	if h := hit(dir, teaAsked); h.Meta.Year != "" {
		t.Errorf("once it went, %+v", h.Meta)
	}
}
