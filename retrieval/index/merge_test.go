package index

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// someDocs are n passages of words that are rare and common.
func someDocs(seed uint64, n int) []Doc {
	rng := rand.New(rand.NewPCG(seed, 1))
	words := func(most int) (out []string) {
		for range 1 + rng.IntN(most) {
			v := rng.ExpFloat64() * 20
			out = append(out, string([]rune{'一' + rune(v), '丁' + rune(v/3)}))
		}
		return out
	}
	out := make([]Doc, n)
	for i := range out {
		out[i] = Doc{Words: words(60), Bigrams: words(90), Head: words(6)}
	}
	return out
}

// segment writes the reports given, by slot, as one segment.
func segment(t *testing.T, slots []uint32, of map[uint32][]Doc) *Segment {
	t.Helper()
	b := NewBuilder(false)
	for _, slot := range slots {
		for _, d := range of[slot] {
			b.Add(slot, d)
		}
	}
	path := filepath.Join(t.TempDir(), "seg")
	if err := b.Write(path); err != nil {
		t.Fatal(err)
	}
	return reopened(t, path)
}

func reopened(t *testing.T, path string) *Segment {
	t.Helper()
	s, err := OpenSegment(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func slotsBut(gone ...uint32) func(uint32) bool {
	return func(slot uint32) bool { return !slices.Contains(gone, slot) }
}

// TestMergeIsLikeBuilding compares segments that reports came to and went from,
// and what they are merged to, with an index built of what is left.
func TestMergeIsLikeBuilding(t *testing.T) {
	of := map[uint32][]Doc{1: someDocs(1, 300), 2: someDocs(2, 40), 3: someDocs(3, 170), 4: someDocs(4, 1), 5: someDocs(5, 80)}
	segs := []*Segment{segment(t, []uint32{1, 2}, of), segment(t, []uint32{3}, of), segment(t, []uint32{4, 5}, of)}
	live := slotsBut(2, 4)
	path := filepath.Join(t.TempDir(), "merged")
	if err := Merge(t.Context(), path, segs, live); err != nil {
		t.Fatal(err)
	}
	all := func(uint32) bool { return true }
	want := New([]*Segment{segment(t, []uint32{1, 3, 5}, of)}, all)
	parts := New(segs, live)
	merged := New([]*Segment{reopened(t, path)}, all)
	for name, x := range map[string]*Index{"in parts": parts, "merged": merged} {
		if x.Docs() != want.Docs() || name == "merged" && x.MeanLength() != want.MeanLength() {
			t.Errorf("%s: %d passages of length %g, want %d, %g", name, x.Docs(), x.MeanLength(), want.Docs(), want.MeanLength())
		}
		for _, f := range fields {
			got := maps.Collect(x.Vocabulary(f))
			if w := maps.Collect(want.Vocabulary(f)); len(w) < 20 || !maps.Equal(got, w) {
				t.Errorf("%s, %s: %d terms, want %d, or other numbers", name, f, len(got), len(w))
			}
			for term, n := range got {
				if df, err := x.DocFreq(t.Context(), f, term); df != n || err != nil {
					t.Errorf("%s, %s: %q is in %d passages, %v, want %d", name, f, term, df, err, n)
				}
			}
		}
		for r, n := range want.segs[0].about.Chars {
			if got := x.CharFreq(r); got < n || name == "merged" && got != n {
				t.Errorf("%s: %q is in %d passages, want %d", name, r, got, n)
			}
		}
		x.mean = want.mean // lengths are measured by the largest segment
		for seed := range uint64(20) {
			var terms []Term
			for _, d := range someDocs(100+seed, 1) {
				for _, f := range fields {
					for _, w := range d[f] {
						terms = append(terms, Term{f, w, 1})
					}
				}
			}
			a, err := x.Search(t.Context(), terms, 30)
			b, err2 := want.Search(t.Context(), terms, 30)
			if err != nil || err2 != nil || !slices.Equal(a, b) || len(a) != 30 {
				t.Fatalf("%s: hits %v, want %v; %v, %v", name, a, b, err, err2)
			}
			only := func(ord int) bool { slot, _ := SplitOrd(ord); return slot == 5 }
			if a, err = x.SearchOnly(t.Context(), terms, 30, only); err != nil || len(a) != 30 || !only(a[29].Ord) {
				t.Errorf("%s: of one report %v, %v", name, a, err)
			}
		}
	}
}

func TestMergeNothing(t *testing.T) {
	of := map[uint32][]Doc{1: someDocs(1, 3)}
	path := filepath.Join(t.TempDir(), "merged")
	err := Merge(t.Context(), path, []*Segment{segment(t, []uint32{1}, of)}, slotsBut(1))
	if _, e := os.Stat(path); !errors.Is(err, errNothing) || !os.IsNotExist(e) {
		t.Errorf("what has gone is merged: %v, %v", err, e)
	}
}

// TestCostlyQuestion leaves out what tells least where a query would look up
// too much, and finds what the rest tells.
func TestCostlyQuestion(t *testing.T) {
	b := NewBuilder(false)
	var terms []Term
	for i := range 200 {
		terms = append(terms, Term{Words, fmt.Sprint("c", i), 1})
	}
	for i := range 4000 {
		d := Doc{Words: {fmt.Sprint("r", i)}}
		for _, t := range terms {
			d[Words] = append(d[Words], t.Text)
		}
		b.Add(1, d)
	}
	path := filepath.Join(t.TempDir(), "seg")
	if err := b.Write(path); err != nil {
		t.Fatal(err)
	}
	x := New([]*Segment{reopened(t, path)}, func(uint32) bool { return true })
	ws, err := newReader(x, 4000).weigh(t.Context(), append(terms, Term{Words, "r7", 1}))
	if err != nil || len(ws) != (mostPostings-1)/4000+1 || ws[0].Text != "r7" {
		t.Errorf("%d terms are looked up, %v", len(ws), err)
	}
	hits, err := x.Search(t.Context(), append(terms, Term{Words, "r7", 1}), 5)
	if err != nil || len(hits) != 5 || hits[0].Ord != Ord(1, 7) {
		t.Errorf("hits %v, %v", hits, err)
	}
}

// TestLargeBuilder writes passages in more parts than one as if in one.
func TestLargeBuilder(t *testing.T) {
	of := map[uint32][]Doc{1: someDocs(1, partDocs-1), 2: someDocs(2, partDocs), 3: someDocs(3, 2)}
	s := segment(t, []uint32{1, 2, 3}, of)
	x := New([]*Segment{s}, slotsBut(2))
	if s.Docs() != 2*partDocs+1 || x.Docs() != partDocs+1 || s.Gone(slotsBut(2)) != partDocs {
		t.Errorf("%d passages, %d live, %d gone", s.Docs(), x.Docs(), s.Gone(slotsBut(2)))
	}
	want := New([]*Segment{segment(t, []uint32{1, 3}, of)}, slotsBut())
	for _, f := range fields {
		if got, want := maps.Collect(x.Vocabulary(f)), maps.Collect(want.Vocabulary(f)); !maps.Equal(got, want) {
			t.Errorf("%s: %d terms, want %d, or other numbers", f, len(got), len(want))
		}
	}
	x.mean = want.mean
	for i, d := range of[3] {
		var terms []Term
		for _, w := range d[Words] {
			terms = append(terms, Term{Words, w, 1})
		}
		got, err := x.Search(t.Context(), terms, 30)
		hits, err2 := want.Search(t.Context(), terms, 30)
		if err != nil || err2 != nil || !slices.Equal(got, hits) || !slices.Contains(ords(got), Ord(3, i)) {
			t.Errorf("hits %v, want %v; %v, %v", got, hits, err, err2)
		}
	}
}

// TestMergeStopped leaves nothing behind.
func TestMergeStopped(t *testing.T) {
	of := map[uint32][]Doc{1: someDocs(1, 300)}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	path := filepath.Join(t.TempDir(), "merged")
	err := Merge(ctx, path, []*Segment{segment(t, []uint32{1}, of)}, slotsBut())
	if _, e := os.Stat(path); !errors.Is(err, context.Canceled) || !os.IsNotExist(e) {
		t.Errorf("a merge that was stopped: %v, %v", err, e)
	}
}
