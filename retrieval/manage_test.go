package retrieval

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"chuchu/retrieval/report"
)

const teaHill = "青石村茶山志\n一、茶山\n青石村的茶山在村北三里,共有四百亩。[1]茶山分三片。[2]\n注释\n[1] 《青石村志》。\n[2] 《青石村地图》。\n"

func manage(t *testing.T, path string) *Managed {
	t.Helper()
	m, err := Manage(t.Context(), Options{Path: path, Cache: SharedCache(t)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := m.Close(); err != nil {
			t.Error(err)
		}
	})
	return m
}

// sent is a file as it is sent.
func sent(text string) *io.SectionReader {
	return io.NewSectionReader(strings.NewReader(text), 0, int64(len(text)))
}

// ids are the reports there are.
func ids(m *Managed) string {
	var out []string
	for _, r := range m.Reports() {
		out = append(out, r.ID)
	}
	return strings.Join(out, " ")
}

func names(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return strings.Join(out, " ")
}

func TestAddAndRemove(t *testing.T) {
	dir := write(t, t.TempDir(), map[string]string{"港口.txt": harbour})
	m := manage(t, dir)
	card, err := m.Inspect(t.Context(), "茶.txt", sent(teaHill))
	if err != nil || card.Title != "青石村茶山志" || card.Passages != 1 || card.Markers != 2 || card.Notes != 2 || card.Missing != 0 {
		t.Errorf("the card is %+v, %v", card, err)
	}
	if card, err := m.Inspect(t.Context(), "港.txt", sent(harbour)); err != nil || card.Missing != 1 {
		t.Errorf("the card is %+v, %v", card, err)
	}
	if ids(m) != "港口" || names(t, dir) != "港口.txt" {
		t.Errorf("to look at a file adds it: %s", ids(m))
	}
	info, err := m.Add(t.Context(), "/etc/../.茶.TXT", sent(teaHill))
	if err != nil || info.ID != "茶" || ids(m) != "港口 茶" || names(t, dir) != "港口.txt 茶.txt" {
		t.Errorf("added %+v, %v: %s, %s", info, err, ids(m), names(t, dir))
	}
	if again, err := m.Add(t.Context(), ".茶.txt", sent(teaHill)); err != nil || again.ID != "茶" || names(t, dir) != "港口.txt 茶.txt" {
		t.Errorf("what was added as the program broke off is added again: %+v, %v: %s", again, err, names(t, dir))
	}
	if _, err := m.Add(t.Context(), "茶.txt", sent(teaHill+"三、井\n青石村有井六口。\n")); !errors.Is(err, ErrTaken) {
		t.Errorf("another text by the same name: %v", err)
	}
	a, err := m.Ask(t.Context(), Question{Text: "茶山共有多少亩"})
	if err != nil || len(a.Hits) == 0 || a.Hits[0].Report != "茶" {
		t.Errorf("what was added answers %+v, %v", a, err)
	}
	if err := m.Remove(t.Context(), "港口"); err != nil || ids(m) != "茶" || names(t, dir) != "茶.txt" {
		t.Errorf("removed %v: %s, %s", err, ids(m), names(t, dir))
	}
	if err := m.Remove(t.Context(), "茶"); !errors.Is(err, ErrLast) || names(t, dir) != "茶.txt" {
		t.Errorf("the last report is removed: %v, %s", err, names(t, dir))
	}
	if err := m.Remove(t.Context(), "没有"); !errors.Is(err, ErrUnknown) {
		t.Errorf("what is not there is removed: %v", err)
	}
	write(t, dir, map[string]string{"港口.txt": harbour})
	if err := m.Reload(t.Context()); err != nil || ids(m) != "港口 茶" {
		t.Errorf("reloaded %v: %s", err, ids(m))
	}
}

func TestNotAdded(t *testing.T) {
	dir := write(t, t.TempDir(), map[string]string{"港口.txt": harbour, "a b.txt": harbour, "村.jsonl": jsonl})
	m := manage(t, dir)
	before := ids(m) + names(t, dir)
	for name, tt := range map[string]struct {
		file, text string
		want       error
	}{
		"the same name":   {"港口.txt", teaHill, ErrTaken},
		"the same id":     {"a_b.txt", teaHill, ErrTaken},
		"another format":  {"茶.csv", teaHill, ErrFormat},
		"no format":       {"茶", teaHill, ErrFormat},
		"nothing in it":   {"茶.txt", "", nil},
		"an advert alone": {"茶.txt", "上QQ阅读APP看书\n", nil},
		"known passages":  {"茶.jsonl", jsonl, nil},
		"questions":       {"茶.jsonl", `{"id":"1","text":"什么","gold":["x"]}`, nil},
		"not text at all": {"茶.txt", "\x00\x01\x02\xff\xfe\x00", nil},
	} {
		if _, err := m.Add(t.Context(), tt.file, sent(tt.text)); err == nil || tt.want != nil && !errors.Is(err, tt.want) {
			t.Errorf("%s: %v", name, err)
		}
		if after := ids(m) + names(t, dir); after != before {
			t.Errorf("%s: the library was %s, is %s", name, before, after)
		}
	}
}

func TestFixedLibrary(t *testing.T) {
	dir := write(t, t.TempDir(), map[string]string{"港口.txt": harbour})
	for _, path := range []string{"", filepath.Join(dir, "港口.txt")} {
		m := manage(t, path)
		_, addErr := m.Add(t.Context(), "茶.txt", sent(teaHill))
		if !m.Fixed() || !errors.Is(addErr, ErrFixed) || !errors.Is(m.Remove(t.Context(), m.Reports()[0].ID), ErrFixed) {
			t.Errorf("the library %q is changed", path)
		}
		if err := m.Reload(t.Context()); (path == "") != errors.Is(err, ErrFixed) {
			t.Errorf("the library %q reloads: %v", path, err)
		}
	}
}

// TestSwapUnderQuestions asks while the library changes: every question is
// answered, from the reports before or after.
func TestSwapUnderQuestions(t *testing.T) {
	dir := write(t, t.TempDir(), map[string]string{"港口.txt": harbour})
	m := manage(t, dir)
	stop := make(chan struct{})
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-stop:
					if n == 0 {
						t.Error("nothing was asked")
					}
					return
				default:
				}
				a, err := m.Ask(t.Context(), Question{Text: "江滨港新增了几个泊位"})
				if err != nil || len(a.Hits) == 0 || a.Hits[0].PassageID != "港口#p2" {
					t.Errorf("during a change: %+v, %v", a, err)
					return
				}
			}
		})
	}
	for range 2 {
		if _, err := m.Add(t.Context(), "茶.txt", sent(teaHill)); err != nil {
			t.Error(err)
		}
		if err := m.Remove(t.Context(), "茶"); err != nil {
			t.Error(err)
		}
	}
	close(stop)
	wg.Wait()
}

// TestOldEditionStaysForItsQuestions holds one question over a change.
func TestOldEditionStaysForItsQuestions(t *testing.T) {
	dir := write(t, t.TempDir(), map[string]string{"港口.txt": harbour})
	m := manage(t, dir)
	m.use(func(old *Library) {
		if _, err := m.Add(t.Context(), "茶.txt", sent(teaHill)); err != nil {
			t.Fatal(err)
		}
		a, err := old.Ask(t.Context(), Question{Text: "江滨港新增了几个泊位"})
		if err != nil || len(a.Hits) == 0 || len(old.Reports()) != 1 {
			t.Errorf("the old library answers %+v, %v", a, err)
		}
	})
	if ids(m) != "港口 茶" || m.bad != nil {
		t.Errorf("now %s, %v", ids(m), m.bad)
	}
}

func TestSafeName(t *testing.T) {
	long := strings.Repeat("长", 300)
	for name, want := range map[string]string{
		"茶.txt": "茶.txt", "茶.TXT": "茶.txt", "../../etc/passwd.txt": "passwd.txt", `C:\a\b.jsonl`: "b.jsonl", ".hidden.txt": "hidden.txt",
		"..txt": "report.txt", ".txt": "report.txt", "": "report", "a\x00b\n.txt": "a_b_.txt", "a<>:|?*.txt": "a______.txt", " a .txt": "a.txt", "\xff.txt": "_.txt",
		long + ".txt": long[:50*3] + ".txt", "a.b.txt": "a.b.txt", "/": "report",
		"-rf.txt": "rf.txt", "--.md": "report.md", "年报\u202etxt.pdf": "年报_txt.pdf", "a\u0085b\u2028c.txt": "a_b_c.txt", "👍年报.pdf": "👍年报.pdf",
		"CON.txt": "_CON.txt", "com1.a.txt": "_com1.a.txt", "console.txt": "console.txt", "synonyms.txt": "_synonyms.txt", "x/Synonyms.TXT": "_Synonyms.txt",
	} {
		got := safeName(name)
		if got != want || strings.ContainsAny(got, "/\\\x00") || len(got) > 255 || report.ID(got) == "" {
			t.Errorf("%q is kept as %q, want %q", name, got, want)
		}
	}
}

func TestPassages(t *testing.T) {
	dir := write(t, t.TempDir(), map[string]string{"港口.txt": harbour, "茶.txt": teaHill})
	l := open(t, dir, SharedCache(t))
	h, ok := l.Passage(func(id string) bool { return id == "港口#p2" })
	if !ok || h.Quote != h.Text || len(h.Footnotes) != 1 || h.Section == nil {
		t.Errorf("the passage is %+v", h)
	}
	if _, ok := l.Passage(func(string) bool { return false }); ok {
		t.Error("a passage that is not there is found")
	}
	h, ok = l.Footnote(func(r, m string) bool { return r == "茶" && m == "2" })
	if !ok || h.Quote != "茶山分三片。" || h.Footnotes[0].Marker != "2" || *h.Footnotes[0].Note != "《青石村地图》。" {
		t.Errorf("the footnote is %+v", h)
	}
	around := l.Around("港口#p2", 5)
	if len(around) != 2 || around[0].PassageID != "港口#p2" || around[1].PassageID != "港口#p4" || around[1].Quote != "" {
		t.Errorf("around it are %+v", around)
	}
	if len(l.Around("港口#p4", 0)) != 1 || l.Around("x", 1) != nil {
		t.Error("around a passage are others")
	}
}
