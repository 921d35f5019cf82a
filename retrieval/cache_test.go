package retrieval

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"chuchu/retrieval/index"
	"chuchu/retrieval/zh"
)

// cachedIndexes are the index folders of a cache, hidden ones too.
func cachedIndexes(t *testing.T, cache string) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(cache, "index"))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

func stat(t *testing.T, path ...string) os.FileInfo {
	t.Helper()
	info, err := os.Stat(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return info
}

// answersHarbour fails unless a library of the harbour's report answers.
func answersHarbour(t *testing.T, l *Library) {
	t.Helper()
	if a := ask(t, l, "江滨港新增了几个泊位"); len(a.Hits) == 0 || a.Hits[0].Quote != "江滨港2019年新增泊位12个。" {
		t.Errorf("hits %+v", a.Hits)
	}
}

func TestCache(t *testing.T) {
	cache := t.TempDir()
	dir := write(t, t.TempDir(), map[string]string{"港口.txt": harbour})
	answersHarbour(t, open(t, dir, cache))
	all := cachedIndexes(t, cache)
	if len(all) != 1 {
		t.Fatalf("indexes %q", all)
	}
	dirOf := filepath.Join(cache, "index", all[0])
	old := stat(t, dirOf, "meta.json")

	t.Run("is used again", func(t *testing.T) {
		past := time.Now().Add(-time.Hour)
		if err := os.Chtimes(dirOf, past, past); err != nil {
			t.Fatal(err)
		}
		answersHarbour(t, open(t, dir, cache))
		if !os.SameFile(old, stat(t, dirOf, "meta.json")) {
			t.Error("the index was built again")
		}
		if stat(t, dirOf).ModTime().Before(past.Add(time.Minute)) {
			t.Error("the index does not count as used")
		}
	})
	t.Run("is repaired", func(t *testing.T) {
		segments, err := filepath.Glob(filepath.Join(dirOf, "seg-*"))
		if err != nil || len(segments) == 0 {
			t.Fatalf("segments %q, %v", segments, err)
		}
		if err := os.Truncate(segments[0], 100); err != nil {
			t.Fatal(err)
		}
		answersHarbour(t, open(t, dir, cache))
		if os.SameFile(old, stat(t, dirOf, "meta.json")) {
			t.Error("the spoilt index is still there")
		}
		if got := cachedIndexes(t, cache); !slices.Equal(got, all) {
			t.Errorf("indexes %q, want %q", got, all)
		}
	})
	t.Run("is apart for other text and other headings", func(t *testing.T) {
		for i, text := range []string{strings.ReplaceAll(harbour, "52分贝", "53分贝"), strings.ReplaceAll(harbour, "一、泊位", "一、码头")} {
			answersHarbour(t, open(t, write(t, t.TempDir(), map[string]string{"港口.txt": text}), cache))
			if got := cachedIndexes(t, cache); len(got) != 2+i {
				t.Errorf("indexes %q after change %d", got, i)
			}
		}
	})
}

// TestCachePruned keeps the indexes last used and what is being built.
func TestCachePruned(t *testing.T) {
	cache := t.TempDir()
	for i := range 12 {
		dir := filepath.Join(cache, "index", "old"+strconv.Itoa(i))
		if i >= 10 {
			dir = filepath.Join(cache, "index", ".build-"+strconv.Itoa(i))
		}
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		used := time.Now().Add(-time.Duration(20-i) * 90 * time.Minute)
		if i == 10 {
			used = used.Add(-abandoned)
		}
		if err := os.Chtimes(dir, used, used); err != nil {
			t.Fatal(err)
		}
	}
	open(t, write(t, t.TempDir(), map[string]string{"港口.txt": harbour}), cache)
	got := cachedIndexes(t, cache)
	for i, want := range []bool{false, false, false, true, true, true, true, true, true, true} {
		if slices.Contains(got, "old"+strconv.Itoa(i)) != want {
			t.Errorf("index old%d is kept: %v", i, !want)
		}
	}
	if slices.Contains(got, ".build-10") || !slices.Contains(got, ".build-11") || len(got) != keptIndexes+1 {
		t.Errorf("indexes %q", got)
	}
}

// TestCacheUnwritable answers where the cache cannot be written, from an index
// that goes when the library is closed.
func TestCacheUnwritable(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	file := filepath.Join(write(t, t.TempDir(), map[string]string{"file": ""}), "file")
	dir := write(t, t.TempDir(), map[string]string{"港口.txt": harbour})
	for _, cache := range []string{file, filepath.Join(file, "cache")} {
		l, err := Open(t.Context(), Options{Path: dir, Cache: cache})
		if err != nil {
			t.Errorf("cache %s: %v", cache, err)
			continue
		}
		answersHarbour(t, l)
		if err := l.Close(); err != nil {
			t.Error(err)
		}
		if left, err := os.ReadDir(tmp); err != nil || len(left) > 0 {
			t.Errorf("closed, the library leaves %v, %v", left, err)
		}
	}
	if info := stat(t, file); info.IsDir() || info.Size() > 0 {
		t.Error("the file in the cache's place was changed")
	}
}

// TestCacheShared opens one library several times at once on an empty cache.
func TestCacheShared(t *testing.T) {
	cache := t.TempDir()
	dir := write(t, t.TempDir(), map[string]string{"港口.txt": harbour})
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			l, err := Open(t.Context(), Options{Path: dir, Cache: cache})
			if err != nil {
				t.Error(err)
				return
			}
			defer l.Close()
			answersHarbour(t, l)
		})
	}
	wg.Wait()
	if got := cachedIndexes(t, cache); len(got) != 1 {
		t.Errorf("indexes %q", got)
	}
}

func TestOpenCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	cache := t.TempDir()
	if l, err := Open(ctx, Options{Cache: cache}); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled opening gives %v, %v", l, err)
	}
	if got, err := os.ReadDir(filepath.Join(cache, "index")); err == nil {
		t.Errorf("it leaves %q", got)
	}
}

// TestTokens finds in the index the tokens that passages are cut into, in as
// many passages as hold them, and no others.
func TestTokens(t *testing.T) {
	l := SharedLibrary(t)
	want := map[index.Field]map[string]int{index.Words: {}, index.Bigrams: {}, index.Head: {}}
	for doc := range l.tokens() {
		for field, tokens := range doc {
			seen := map[string]bool{}
			for _, token := range tokens {
				if !seen[token] {
					seen[token] = true
					want[field][token]++
				}
			}
		}
	}
	for field := range want {
		got := maps.Collect(l.index.Vocabulary(field))
		if len(got) < 100 || !maps.Equal(got, want[field]) {
			t.Errorf("%s: the index has %d terms, the passages %d, or in other numbers", field, len(got), len(want[field]))
		}
	}
	// a question is cut as the passages are
	for _, text := range []string{"PM2.5", "120.72平方公里", "１２０．７２平方公里", "5.95%", "長江經濟帶", "1/3", "“十三五”", "Makerspace"} {
		for _, token := range zh.Bigrams(zh.FoldText(text)) {
			if want[index.Bigrams][token.Text] == 0 {
				t.Errorf("the question %q has the bigram %q, no passage does", text, token.Text)
			}
		}
		for _, token := range l.tools.seg.Search(zh.FoldText(text)) {
			if want[index.Words][token.Text] == 0 {
				t.Errorf("the question %q has the word %q, no passage does", text, token.Text)
			}
		}
	}
}
