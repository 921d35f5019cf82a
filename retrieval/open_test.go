package retrieval

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// write puts files, by their names within dir, on disk.
func write(t testing.TB, dir string, files map[string]string) string {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// open opens a library with a cache of its own, dictionaries apart, which are
// the shared library's.
func open(t testing.TB, path, cache string) *Library {
	t.Helper()
	tools := SharedLibrary(t).tools.share()
	l, err := openWith(t.Context(), Options{Path: path, Cache: cache}, tools)
	if err != nil {
		t.Fatal(errors.Join(err, tools.release()))
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

func TestOpenShipped(t *testing.T) {
	rs := SharedLibrary(t).Reports()
	if len(rs) != 1 {
		t.Fatalf("%d reports", len(rs))
	}
	r := rs[0]
	if r.Title != "2016中国大都市治理与公共政策报告" || r.ID != r.Title {
		t.Errorf("report %q, %q", r.ID, r.Title)
	}
	if r.Passages != 56 || r.Sections != 20 || r.Markers != 48 || r.Notes != 0 {
		t.Errorf("%d passages, %d sections, %d markers, %d notes", r.Passages, r.Sections, r.Markers, r.Notes)
	}
	if len(r.Warnings) != 1 || !strings.Contains(r.Warnings[0], "表1") || len(SharedLibrary(t).Warnings()) != 1 {
		t.Errorf("warnings %q and %q", r.Warnings, SharedLibrary(t).Warnings())
	}
}

const (
	harbour = "江滨港年报\n一、泊位\n江滨港2019年新增泊位12个。[1]最大的泊位可停靠5万吨级海轮。\n二、岸电\n停靠船舶改用岸电之后,夜间噪声降到52分贝。\n"
	jsonl   = `{"id":"tea-1","text":"青石村的茶山在村北三里,共有四百亩。","title":"茶山"}
{"id":"tea-2","text":"制茶的作坊有九家,最老的一家开于1923年。"}
`
)

func TestOpenPaths(t *testing.T) {
	dir := write(t, t.TempDir(), map[string]string{"港口.txt": harbour, "村子/茶.jsonl": jsonl})
	t.Chdir(dir)
	for _, c := range []struct{ path, question, passage, quote string }{
		{dir, "江滨港新增了几个泊位", "港口#p2", "江滨港2019年新增泊位12个。"},
		{dir, "制茶的作坊有几家", "tea-2", "制茶的作坊有九家,最老的一家开于1923年。"},
		{"港口.txt", "岸电让噪声降到多少分贝", "港口#p4", "停靠船舶改用岸电之后,夜间噪声降到52分贝。"},
		{filepath.Join(dir, "村子", "茶.jsonl"), "茶山有多少亩", "tea-1", "青石村的茶山在村北三里,共有四百亩。"},
	} {
		l := open(t, c.path, SharedCache(t))
		a := ask(t, l, c.question)
		if len(a.Hits) == 0 || a.Hits[0].PassageID != c.passage || a.Hits[0].Quote != c.quote {
			t.Errorf("%s in %s: %+v", c.question, c.path, a.Hits)
		}
		if len(l.Warnings()) > 0 {
			t.Errorf("%s warns %q", c.path, l.Warnings())
		}
	}
	if h := ask(t, open(t, "港口.txt", SharedCache(t)), "夜间噪声").Hits[0]; h.Title != "江滨港年报" || !slices.Equal(h.Section, []string{"二、岸电"}) || h.Paragraph != 4 {
		t.Errorf("title %q, section %q, paragraph %d", h.Title, h.Section, h.Paragraph)
	}
	if h := ask(t, open(t, "村子/茶.jsonl", SharedCache(t)), "茶山有多少亩").Hits[0]; h.Title != "茶山" || h.Report != "茶" {
		t.Errorf("title %q, report %q", h.Title, h.Report)
	}
}

func TestOpenNothing(t *testing.T) {
	dir := write(t, t.TempDir(), map[string]string{"bad/empty.txt": " \n", "pdf/a.pdf": "%PDF", "none/.hidden.txt": harbour})
	for path, cause := range map[string]string{
		"missing":       "no such file",
		"missing.txt":   "no such file",
		"bad":           "empty.txt: left out: parse empty.txt: the file is empty",
		"bad/empty.txt": "the file is empty",
		"pdf/a.pdf":     "named as a PDF file but it is none",
		"none":          errNoReport.Error(),
	} {
		l, err := Open(t.Context(), Options{Path: filepath.Join(dir, path), Cache: SharedCache(t)})
		if err == nil {
			l.Close()
			t.Errorf("%s opens", path)
			continue
		}
		if !strings.Contains(err.Error(), cause) || strings.Contains(err.Error(), "\n") || strings.Count(err.Error(), "open library") != 1 {
			t.Errorf("%s: %q, want the cause %q, told once", path, err, cause)
		}
		if missing := strings.HasPrefix(path, "missing"); missing != errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %v does not tell a missing file", path, err)
		}
	}
}

// TestOpenMixed serves what can be read and names the rest.
func TestOpenMixed(t *testing.T) {
	dir := write(t, t.TempDir(), map[string]string{
		"a.txt":       harbour,
		"b.jsonl":     jsonl + "no json\n" + `{"id":"q","text":"几亩","gold":["tea-1"]}`,
		"c.jsonl":     `{"id":"tea-1","text":"别处的茶山在村南。"}` + "\n" + `{"id":"tea-3","text":"别处的茶山只有五亩。"}`,
		"empty.txt":   "",
		"binary.txt":  "\x7fELF" + strings.Repeat("\x00", 500),
		"picture.png": "\x89PNG",
		".hidden.txt": harbour,
		".git/x.txt":  harbour,
		"sub/a.txt":   "另一份也叫甲的报告。它有两句话。",
		"sub/d.txt":   "表1 泊位数\n正文只有一句话。",
		"real/e.text": "链接的正文有一句话。",
	})
	if err := os.Symlink(filepath.Join(dir, "real", "e.text"), filepath.Join(dir, "link.txt")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(dir, "nowhere"), filepath.Join(dir, "broken.txt")); err != nil {
		t.Fatal(err)
	}
	l := open(t, dir, SharedCache(t))
	var got []string
	for _, r := range l.Reports() {
		got = append(got, fmt.Sprintf("%s %d", r.ID, r.Passages))
	}
	if want := []string{"a 2", "b 2", "c 1", "link 1", "sub_a 1", "d 1"}; !slices.Equal(got, want) {
		t.Errorf("reports %q, want %q", got, want)
	}
	warned := strings.Join(l.Warnings(), "\n")
	for _, want := range []string{
		"b.jsonl: line 3: not a JSON passage",
		"b.jsonl: line 4: a question",
		"c.jsonl: line 1: passage id \"tea-1\" is taken by " + filepath.Join(dir, "b.jsonl"),
		"empty.txt: left out: parse empty.txt: the file is empty",
		"binary.txt: left out: parse binary.txt: not text",
		filepath.Join("sub", "d.txt") + ": line 1: the caption stands without its table",
	} {
		if !strings.Contains(warned, want) {
			t.Errorf("no warning %q in\n%s", want, warned)
		}
	}
	if len(l.Warnings()) != 6 {
		t.Errorf("%d warnings:\n%s", len(l.Warnings()), warned)
	}
	if a := ask(t, l, "别处的茶山有多少亩"); a.Hits[0].PassageID != "tea-3" {
		t.Errorf("passage %s", a.Hits[0].PassageID)
	}
	only, err := l.Ask(t.Context(), Question{Text: "泊位", Report: "b"})
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range only.Hits {
		if h.Report != "b" {
			t.Errorf("asked of b, a passage of %s comes", h.Report)
		}
	}
}
