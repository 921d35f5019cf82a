package retrieval

import (
	"context"
	"fmt"
	"iter"
	"os"
	"strings"
	"sync"
	"testing"

	"chuchu/retrieval/index"
	"chuchu/retrieval/rank"
)

// shared is one library of the shipped report for all tests that only ask.
var shared struct {
	once  sync.Once
	lib   *Library
	cache string
	err   error
}

func TestMain(m *testing.M) {
	code := m.Run()
	if shared.lib != nil {
		shared.lib.Close()
	}
	os.RemoveAll(shared.cache)
	os.Exit(code)
}

// SharedLibrary is the shipped report, opened once.
func SharedLibrary(t testing.TB) *Library {
	t.Helper()
	shared.once.Do(func() {
		if shared.cache, shared.err = os.MkdirTemp("", "chuchu-test-"); shared.err == nil {
			shared.lib, shared.err = Open(context.Background(), Options{Cache: shared.cache})
		}
	})
	if shared.err != nil {
		t.Fatal(shared.err)
	}
	return shared.lib
}

// SharedCache is the cache of the shared library, with dictionaries unpacked.
func SharedCache(t testing.TB) string {
	SharedLibrary(t)
	return shared.cache
}

func ask(t testing.TB, l *Library, text string, turns ...string) Answer {
	t.Helper()
	a, err := l.Ask(t.Context(), Question{Text: text, Turns: turns})
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	if err := CheckSubstrings(a); err != nil {
		t.Errorf("%s: %v", text, err)
	}
	return a
}

// CheckSubstrings fails where an answer shows a word that is not printed.
func CheckSubstrings(a Answer) error {
	if a.Hits == nil {
		return fmt.Errorf("the hits are null")
	}
	for i, h := range a.Hits {
		switch {
		case h.Quote == "" || !strings.Contains(h.Text, h.Quote):
			return fmt.Errorf("hit %d: the quote %q is not in the passage %q", i, h.Quote, h.Text)
		case !strings.Contains(h.Quote, h.Answer):
			return fmt.Errorf("hit %d: the answer %q is not in the quote %q", i, h.Answer, h.Quote)
		case h.Section == nil || h.Footnotes == nil:
			return fmt.Errorf("hit %d has a null array", i)
		}
		for _, f := range h.Footnotes {
			if f.Works == nil {
				return fmt.Errorf("hit %d: the works of %s are null", i, f.Marker)
			}
			if f.Inside != strings.Contains(h.Quote, "["+f.Marker+"]") {
				return fmt.Errorf("hit %d: inside of %s is %v in %q", i, f.Marker, f.Inside, h.Quote)
			}
			for _, w := range f.Works {
				if !strings.Contains(h.Text, w) {
					return fmt.Errorf("hit %d: the work %q is not in the passage", i, w)
				}
			}
		}
	}
	return nil
}

// labels are the footnotes of an answer's first hit.
func labels(a Answer) string {
	if len(a.Hits) == 0 {
		return ""
	}
	var out []string
	for _, f := range a.Hits[0].Footnotes {
		out = append(out, f.Marker)
	}
	return strings.Join(out, " ")
}

// places are an answer's passages, as paragraph numbers.
func places(a Answer) []int {
	out := []int{}
	for _, h := range a.Hits {
		out = append(out, h.Paragraph)
	}
	return out
}

// BuildIndex cuts a library's passages and writes an index of them to dir.
func BuildIndex(ctx context.Context, l *Library, dir string) error {
	return index.Build(ctx, dir, l.tokens())
}

// tokens cuts all passages anew.
func (l *Library) tokens() iter.Seq[index.Doc] {
	return func(yield func(index.Doc) bool) {
		for _, d := range l.everyDoc() {
			if !yield(cutDoc(d, l.tools.seg.Search(d.Fold.Text))) {
				return
			}
		}
	}
}

// everyDoc reads all passages.
func (l *Library) everyDoc() (docs []*rank.Doc) {
	for i, r := range l.reports {
		for n := range r.Place.Passages {
			docs = append(docs, l.doc(l.ord(i, n)))
		}
	}
	return docs
}
