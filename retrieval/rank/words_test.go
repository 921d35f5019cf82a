package rank

import (
	"slices"
	"strings"
	"testing"

	"chuchu/retrieval/rank/lex"
	"chuchu/retrieval/zh"
)

// TestListedKeysAreFound holds every key of the word list to being found whole
// in a question: a line that no question reaches is dead.
func TestListedKeysAreFound(t *testing.T) {
	seg, err := loadShared()
	if err != nil {
		t.Fatal(err)
	}
	l, err := lex.Load()
	if err != nil {
		t.Fatal(err)
	}
	w := NewWords(l, nil)
	// A neighbour may take a key's first or last character, so several.
	around := []string{"北京的%有所不同", "2015年以来%，政府", "在上海%是这样"}
	asked, found, keys := 0, 0, 0
	for k := range l.Synonyms.Keys() {
		key := zh.FoldText(k)
		if _, topic := readAsked(key, seg.Tag(key)); topic != key {
			asked++ // its words ask, or are small talk: 怎么办
			continue
		}
		keys++
		once := false
		for _, s := range around {
			whole := zh.FoldText(strings.Replace(s, "%", k, 1))
			_, topic := readAsked(whole, seg.Tag(whole))
			if slices.ContainsFunc(w.pieces(seg.Tag(topic), topic), func(p piece) bool { return p.text == key }) {
				found++
				once = true
			}
		}
		if !once && strings.IndexFunc(key, notWord) < 0 {
			t.Errorf("%q is never found whole", k)
		}
	}
	if share := float64(found) / float64(keys*len(around)); share < 0.97 {
		t.Errorf("keys are found %.3f of the time", share)
	}
	if asked > 60 {
		t.Errorf("%d keys are lost to the words that ask", asked)
	}
	t.Logf("%d keys, found %d of %d times, %d asked away", keys, found, keys*len(around), asked)
}

func notWord(r rune) bool { return !letter(r) && r != '.' }

// TestEverydayWordsFind asks in words of which the answer has none, while a
// passage beside it has some of their characters.
func TestEverydayWordsFind(t *testing.T) {
	r := newRanker(t,
		"该市登记的非户籍居民为214万。",
		"该市办理户口的窗口有12个。",
		"内陆增长7.1%。",
		"靠海的三个地方增长2.4%。")
	for _, c := range []struct{ question, want string }{
		{"没有户口的人有多少", "a"},
		{"不靠海的地方增长多少", "c"},
	} {
		if id, _, _ := first(askRanker(t, r, c.question)); id != c.want {
			t.Errorf("%s: %q comes first, want %q", c.question, id, c.want)
		}
	}
}
