package retrieval

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestSameNames serves files of one name from several folders.
func TestSameNames(t *testing.T) {
	cache := t.TempDir()
	dir := write(t, t.TempDir(), map[string]string{"甲/年报.txt": orchard, "年报.txt": harbour, "乙/丙/年报.jsonl": jsonl, "乙_丙_年报.txt": teaHill})
	l := open(t, dir, cache)
	var got []string
	for _, r := range l.Reports() {
		got = append(got, r.ID)
	}
	if want := "乙_丙_年报_jsonl 乙_丙_年报 年报 甲_年报"; strings.Join(got, " ") != want {
		t.Errorf("reports %q, want %s", got, want)
	}
	if got := firstHit(t, l, "梨园一年收多少吨梨"); got != "甲_年报#p2" {
		t.Errorf("it is %s", got)
	}
	if h, ok := l.PassageOf("甲_年报#p4"); !ok || h.Report != "甲_年报" || h.Title != "果园志" {
		t.Errorf("the passage is %+v", h)
	}
	if c, _ := l.Card("甲_年报"); c.File != "甲/年报.txt" {
		t.Errorf("the card is %+v", c)
	}
	if err := os.Remove(filepath.Join(dir, "年报.txt")); err != nil {
		t.Fatal(err)
	}
	l = reopen(t, dir, cache, 1) // the name is free
	if got := firstHit(t, l, "梨园一年收多少吨梨"); got != "年报#p2" {
		t.Errorf("it is %s", got)
	}
}

// TestDuplicates indexes a text once, however many files hold it.
func TestDuplicates(t *testing.T) {
	cache := t.TempDir()
	long := "堤防志\n"
	for i := range 20 {
		long += fmt.Sprintf("第%d段堤防长%d米,由河务局看守。\n", i, 300+i)
	}
	wide := strings.NewReplacer("3", "３", ",", "，").Replace(long) + "刊误一处。\n"
	dir := write(t, t.TempDir(), map[string]string{"甲.txt": long, "乙.txt": wide, "丙.txt": strings.ReplaceAll(long, "河务局", "水利站")})
	l := open(t, dir, cache)
	a := ask(t, l, "河务局看守的第7段堤防长多少米")
	if a.Hits[0].PassageID != "乙#p8" || slices.ContainsFunc(a.Hits, func(h Hit) bool { return h.Report == "甲" }) {
		t.Errorf("hits %+v", a.Hits)
	}
	if len(l.Reports()) != 2 || l.index.Docs() != 41 {
		t.Errorf("reports %+v, %d passages", l.Reports(), l.index.Docs())
	}
	one, _ := l.Card("乙")
	twin, ok := l.Card("甲")
	if !ok || twin.DuplicateOf != "乙" || twin.Passages != 20 || !slices.Equal(one.Also, []string{"甲.txt"}) || len(l.Cards()) != 3 {
		t.Errorf("cards %+v and %+v", one, twin)
	}
	if err := os.Remove(filepath.Join(dir, "乙.txt")); err != nil {
		t.Fatal(err)
	}
	l = reopen(t, dir, cache, 1)
	if got := firstHit(t, l, "河务局看守的第7段堤防长多少米"); got != "甲#p8" {
		t.Errorf("with the one gone the other answers %s", got)
	}
	if c, _ := l.Card("甲"); c.DuplicateOf != "" {
		t.Errorf("the card is %+v", c)
	}
	m := manage(t, dir)
	if _, err := m.Add(t.Context(), "丁.txt", sent(long)); !errors.Is(err, ErrDuplicate) || strings.Contains(names(t, dir), "丁") {
		t.Errorf("what is there is added: %v", err)
	}
}

// TestBetterDuplicate has that file of a text answer of which the most notes are
// found, then the one with the most sections, in whatever order they come.
func TestBetterDuplicate(t *testing.T) {
	body, marked := "", ""
	for i := range 12 {
		body += fmt.Sprintf("第%d号水井深%d米,井台由族人轮修。\n\n", i, 10+i)
		marked += fmt.Sprintf("第%d号水井深%d米,井台由族人轮修。[^%d]\n\n", i, 10+i, i+1)
	}
	for i := range 12 {
		marked += fmt.Sprintf("[^%d]: 《井台账》第%d页。\n", i+1, i+2)
	}
	plain := strings.NewReplacer("[^", "[").Replace(strings.Split(marked, "[^1]:")[0])
	files := map[string]string{
		"a平.txt": "水井记\n" + plain,                                              // markers without notes
		"b注.md":  "# 水井记\n\n" + marked,                                         // with them
		"c节.md":  "# 水井记\n\n" + strings.Replace(marked, "第6", "## 下\n\n第6", 1), // and in sections
	}
	kept := func(l *Library, want string, others ...string) {
		t.Helper()
		if got := firstHit(t, l, "第7号水井深多少米"); got != want+"#p8" && got != want+"#p9" {
			t.Errorf("%s answers, want %s", got, want)
		}
		c, ok := l.Card(want)
		if !ok || c.DuplicateOf != "" || len(l.Reports()) != 1 || l.index.Docs() != 12 {
			t.Errorf("reports %+v of %d passages, the card %+v", l.Reports(), l.index.Docs(), c)
		}
		var also []string
		for _, o := range others {
			also = append(also, filepath.Base(o))
			c, _ := l.Card(strings.TrimSuffix(o, filepath.Ext(o)))
			told := slices.ContainsFunc(l.Warnings(), func(w string) bool {
				return strings.Contains(w, o+": left out: it holds the same text as "+want)
			})
			if c.DuplicateOf != want || !told || len(c.Warnings) > 0 {
				t.Errorf("the card of %s is %+v, with %q", o, c, l.Warnings())
			}
		}
		if !slices.Equal(c.Also, also) {
			t.Errorf("the same text is in %q, want %q", c.Also, also)
		}
	}
	kept(open(t, write(t, t.TempDir(), files), t.TempDir()), "c节", "a平.txt", "b注.md")
	cache := t.TempDir()
	dir := write(t, t.TempDir(), map[string]string{"a平.txt": files["a平.txt"]})
	kept(open(t, dir, cache), "a平")
	write(t, dir, map[string]string{"b注.md": files["b注.md"]})
	kept(reopen(t, dir, cache, 1), "b注", "a平.txt")
	write(t, dir, map[string]string{"c节.md": files["c节.md"]})
	kept(reopen(t, dir, cache, 1), "c节", "a平.txt", "b注.md")
	if err := os.Remove(filepath.Join(dir, "c节.md")); err != nil {
		t.Fatal(err)
	}
	kept(reopen(t, dir, cache, 2), "b注", "a平.txt")
}
