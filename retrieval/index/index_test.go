package index

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// harbour are passages whose order by BM25 is plain.
var harbour = []Doc{
	{Words: {"航道", "水深", "三", "米", "航标", "灯塔", "船闸", "泊位", "岸电", "码头"}, Bigrams: {"航道", "水深", "航标"}},
	{Words: {"航道", "水深"}, Bigrams: {"航道", "水深"}},
	{Words: {"航道", "航道", "航道"}, Bigrams: {"航道"}},
	{Words: {"船闸", "扩建"}, Bigrams: {"船闸", "扩建"}, Head: {"水利", "工程"}},
	{Words: {"航道", "船闸"}, Bigrams: {"航道", "船闸", "120.72", "5.95%", "pm2.5", "1/3", "Ⅴ"}},
}

func build(t testing.TB, docs []Doc) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "index")
	if err := Build(t.Context(), dir, slices.Values(docs)); err != nil {
		t.Fatal(err)
	}
	return dir
}

func open(t testing.TB, dir string) *Index {
	t.Helper()
	x, err := Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	})
	return x
}

func ords(hits []Hit) []int {
	out := []int{}
	for _, h := range hits {
		out = append(out, h.Ord)
	}
	return out
}

func TestSearch(t *testing.T) {
	x := open(t, build(t, harbour))
	for _, c := range []struct {
		name  string
		terms []Term
		size  int
		want  []int
	}{
		{"oftener and shorter first", []Term{{Words, "航道", 1}}, 9, []int{2, 1, 4, 0}},
		{"the rarer term weighs more", []Term{{Words, "航道", 1}, {Words, "扩建", 1}}, 2, []int{3, 2}},
		{"both terms before one", []Term{{Words, "航道", 1}, {Words, "船闸", 1}}, 1, []int{4}},
		{"a boost weighs", []Term{{Words, "扩建", 1}, {Words, "岸电", 9}}, 9, []int{0, 3}},
		{"a field apart", []Term{{Head, "工程", 1}}, 9, []int{3}},
		{"no word of another field", []Term{{Bigrams, "岸电", 1}, {Words, "工程", 1}}, 9, []int{}},
		{"at most size", []Term{{Words, "航道", 1}}, 2, []int{2, 1}},
		{"a field never heard of", []Term{{Field("x"), "航道", 1}}, 9, []int{}},
		{"no term", nil, 9, []int{}},
	} {
		hits, err := x.Search(t.Context(), c.terms, c.size)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if got := ords(hits); !slices.Equal(got, c.want) {
			t.Errorf("%s: passages %v, want %v", c.name, got, c.want)
		}
		for i := 1; i < len(hits); i++ {
			if hits[i].Score > hits[i-1].Score {
				t.Errorf("%s: scores rise: %v", c.name, hits)
			}
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := x.Search(ctx, []Term{{Words, "航道", 1}}, 9); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled search gives %v", err)
	}
}

// TestBM25 weighs as bleve's BM25 does, and not as its tf-idf. Bleve takes the
// root of a count, and for the mean length the distinct terms over the passages.
func TestBM25(t *testing.T) {
	x := open(t, build(t, []Doc{
		{Words: {"船闸", "岸电"}, Bigrams: {"船闸"}},
		{Words: {"船闸", "船闸", "船闸", "船闸", "航道", "航标", "灯塔", "泊位", "码头"}, Bigrams: {"船闸"}},
	}))
	hits, err := x.Search(t.Context(), []Term{{Words, "船闸", 1}}, 9)
	if err != nil || !slices.Equal(ords(hits), []int{0, 1}) {
		t.Fatalf("passages %v, %v", ords(hits), err)
	}
	bm25 := func(count, length float64) float64 {
		const mean, k, b = 4, 1.2, 0.75 // seven terms, two passages: 3.5, rounded up
		tf := math.Sqrt(count)
		return tf * k / (tf + k*(1-b+b*length/mean))
	}
	got, want := hits[0].Score/hits[1].Score, bm25(1, 2)/bm25(4, 9)
	if math.Abs(got-want) > 0.01 {
		t.Errorf("the first scores %.3f times the second, want %.3f", got, want)
	}
}

// TestCounts compares the index's frequencies with those counted by hand.
func TestCounts(t *testing.T) {
	var docs []Doc
	for i := range 1200 { // over a batch
		d := Doc{Words: {fmt.Sprint(i % 7), fmt.Sprintf("w%d", i)}, Bigrams: {"航道", string([]rune{'一' + rune(i%50), '二'})}, Head: {"同头"}}
		docs = append(docs, d)
	}
	x := open(t, build(t, docs))
	if x.Docs() != len(docs) {
		t.Errorf("%d passages, want %d", x.Docs(), len(docs))
	}
	chars := map[rune]int{}
	runes := 0
	for _, f := range []Field{Words, Bigrams, Head} {
		want := map[string]int{}
		for _, d := range docs {
			seen := map[string]bool{}
			for _, w := range d[f] {
				if !seen[w] {
					seen[w], want[w] = true, want[w]+1
				}
			}
		}
		got := map[string]int{}
		last := ""
		for term, n := range x.Vocabulary(f) {
			if term <= last {
				t.Errorf("%s: %q follows %q", f, term, last)
			}
			got[term], last = n, term
		}
		if !maps.Equal(got, want) {
			t.Errorf("%s: %d terms, want %d, or other numbers", f, len(got), len(want))
		}
		for term, n := range want {
			if df, err := x.DocFreq(t.Context(), f, term); err != nil || df != n {
				t.Errorf("%s: %q is in %d passages, %v, want %d", f, term, df, err, n)
			}
		}
	}
	for _, d := range docs {
		runes += len(d[Bigrams])
		for r := range maps.Keys(runesOf(d[Bigrams])) {
			chars[r]++
		}
	}
	for r, n := range chars {
		if x.CharFreq(r) != n {
			t.Errorf("%q is in %d passages, want %d", string(r), x.CharFreq(r), n)
		}
	}
	if want := float64(runes) / float64(len(docs)); x.MeanLength() != want {
		t.Errorf("mean length %g, want %g", x.MeanLength(), want)
	}
	if df, err := x.DocFreq(t.Context(), Words, "没有"); df != 0 || err != nil || x.CharFreq('没') != 0 {
		t.Errorf("a term nowhere is in %d passages, %v", df, err)
	}
	for range x.Vocabulary(Words) {
		break // a reader may stop early
	}
}

func runesOf(tokens []string) map[rune]bool {
	out := map[rune]bool{}
	for _, r := range strings.Join(tokens, "") {
		out[r] = true
	}
	return out
}

// TestTokensAsGiven finds every token under exactly the text it was given as.
func TestTokensAsGiven(t *testing.T) {
	tokens := []string{"120.72", "5.95%", "pm2.5", "PM2.5", "1/3", "r&d", "Ⅴ", "𠮷野", "9+2", "a_b", "it's", "don", "的", "the", "-", "《纲要》", strings.Repeat("长", 300)}
	var docs []Doc
	for _, s := range tokens {
		docs = append(docs, Doc{Words: {s}, Bigrams: {s}, Head: {s}})
	}
	x := open(t, build(t, docs))
	for i, s := range tokens {
		for _, f := range []Field{Words, Bigrams, Head} {
			hits, err := x.Search(t.Context(), []Term{{f, s, 1}}, 9)
			if err != nil || !slices.Equal(ords(hits), []int{i}) {
				t.Errorf("%s %.20q finds %v, %v, want %d", f, s, hits, err, i)
			}
		}
	}
}

// left are the names in an index's parent folder.
func left(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(dir))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

// stopAfter cancels a build at its n-th passage.
func stopAfter(n int, cancel func()) iter.Seq[Doc] {
	return func(yield func(Doc) bool) {
		for i := range 5000 {
			if i == n {
				cancel()
			}
			if !yield(harbour[i%len(harbour)]) {
				return
			}
		}
	}
}

func TestBuildCutOff(t *testing.T) {
	for _, n := range []int{0, 1, 2500} {
		dir := filepath.Join(t.TempDir(), "index")
		ctx, cancel := context.WithCancel(t.Context())
		if err := Build(ctx, dir, stopAfter(n, cancel)); !errors.Is(err, context.Canceled) {
			t.Errorf("stopped at passage %d: %v", n, err)
		}
		if got := left(t, dir); got != nil {
			t.Errorf("stopped at passage %d, it leaves %q", n, got)
		}
	}
}

func TestBuildNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	if err := Build(t.Context(), dir, slices.Values([]Doc{})); !errors.Is(err, errNothing) {
		t.Errorf("no passages give %v", err)
	}
	if got := left(t, dir); got != nil {
		t.Errorf("it leaves %q", got)
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := Build(t.Context(), filepath.Join(file, "index"), slices.Values(harbour)); err == nil {
		t.Error("an index was built below a file")
	}
}
