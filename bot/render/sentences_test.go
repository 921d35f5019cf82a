package render_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"chuchu/bot"
	"chuchu/bot/render"
	"chuchu/bot/words"
	"chuchu/retrieval"
)

// written is a paragraph of n sentences of at most 200 characters, and where each ends.
func (r source) written(n int) (text string, ends []int) {
	var b strings.Builder
	ends = []int{0}
	for i := range n {
		if r.Intn(5) == 0 {
			b.WriteString("“")
		}
		b.WriteString(strings.Repeat([]string{"字", "😀", "<", "&", "a"}[r.Intn(5)], 1+r.Intn(90)))
		b.WriteString([]string{"。", "！", "？”", "；", fmt.Sprintf("。[%d]", i%90+1)}[r.Intn(5)])
		ends = append(ends, b.Len())
	}
	return b.String(), ends
}

// whole tells that p stands in text from the start of a sentence to the end of one.
func whole(text string, ends []int, p string) bool {
	for _, from := range ends {
		if strings.HasPrefix(text[from:], p) && slices.Contains(ends, from+len(p)) {
			return true
		}
	}
	return false
}

// TestLongNotesAndOwnWordsAreCutAtSentences is for what stands around a quote.
func TestLongNotesAndOwnWordsAreCutAtSentences(t *testing.T) {
	long := strings.Join(sentences(600), "")
	h := with(func(h *retrieval.Hit) {
		h.Footnotes = []retrieval.Footnote{{Marker: "3", Note: &long}}
		h.Text = h.Quote
	})
	r := bot.Reply{Text: long, Answer: ptr(found(h)), Language: words.Simplified}
	for i, shown := range []string{render.HTML(r, ""), render.Rich(r, "")} {
		if n := strings.Count(shown, "之处。（文字较长，已截短）") + strings.Count(shown, "之处。<br>（文字较长，已截短）") + strings.Count(shown, "之处。</p><p>（文字较长，已截短）"); n != 2 {
			t.Errorf("message %d is cut at %d sentences, want 2: %s", i, n, tail(shown))
		}
	}
	r = bot.Reply{Text: long, Photo: []byte{1}, Language: words.Simplified}
	if got := render.HTML(r, ""); !strings.HasSuffix(got, "之处。（文字较长，已截短）") || units(got) > render.MaxCaption || units(got) < render.MaxCaption-60 {
		t.Errorf("the caption of %d units ends in %s", units(got), tail(got))
	}
}

// TestMarkersStandWhereTheyArePrinted takes the links out of a quote again.
func TestMarkersStandWhereTheyArePrinted(t *testing.T) {
	h := with(func(h *retrieval.Hit) {
		h.Quote = "甲[3]乙。〔３〕国发[15]738号,丙[15]。［007］"
		h.Text, h.Answer = "先。"+h.Quote+"[8]后。", "甲[3]乙"
		for _, m := range []string{"3", "15", "7"} {
			h.Footnotes = append(h.Footnotes, retrieval.Footnote{Marker: m, Inside: true})
		}
		h.Footnotes = append(h.Footnotes[1:], retrieval.Footnote{Marker: "8"})
	})
	root, err := strictRich(render.Rich(bot.Reply{Answer: ptr(found(h))}, ""))
	if err != nil {
		t.Fatal(err)
	}
	quote := root.children[0]
	if got := quote.shown(); got != h.Quote+"[8]" {
		t.Errorf("the quote is shown as %s", got)
	}
	var got []string
	for _, a := range quote.all("a") {
		got = append(got, a.attr+a.shown())
	}
	want := []string{`href="#n3"[3]`, `href="#n3"〔３〕`, `href="#n15"[15]`, `href="#n7"［007］`, `href="#n8"[8]`}
	if !slices.Equal(got, want) {
		t.Errorf("the links are %q, want %q", got, want)
	}
	if marks := quote.all("mark"); len(marks) != 2 || marks[0].shown()+marks[1].shown() != "甲乙" {
		t.Errorf("%d parts are marked", len(marks))
	}
}

// TestHundredFootnotes are all shown, each under its own name.
func TestHundredFootnotes(t *testing.T) {
	h := hit()
	h.Footnotes = nil
	for i := range 100 {
		h.Footnotes = append(h.Footnotes, retrieval.Footnote{Marker: fmt.Sprint(i + 1), Note: new(string)})
	}
	root, err := strictRich(render.Rich(bot.Reply{Answer: ptr(found(h))}, ""))
	if err != nil || len(root.all("tg-reference")) != 100 || len(root.all("a")) != 100 || len(root.all("blockquote")) != 1 {
		t.Errorf("%d notes, %d links, %v", len(root.all("tg-reference")), len(root.all("a")), err)
	}
	long := strings.Join(sentences(30), "")
	for i := range h.Footnotes {
		h.Footnotes[i].Note = &long
	}
	root, err = strictRich(render.Rich(bot.Reply{Answer: ptr(found(h))}, ""))
	if err != nil {
		t.Fatal(err)
	}
	notes, links, sups := len(root.all("tg-reference")), len(root.all("a")), len(root.all("sup"))
	if notes < 20 || notes != links || sups != 100 || len(root.all("footer")) != 1 || !strings.HasSuffix(root.shown(), "（内容太多，后面的没有列出）") {
		t.Errorf("of 100 long notes %d are shown, with %d links on %d markers", notes, links, sups)
	}
}

// TestParagraphIsNoBlockTooMany folds the paragraph in where its blocks fit.
func TestParagraphIsNoBlockTooMany(t *testing.T) {
	folds := 0
	for n := render.MaxRichBlocks - 12; n <= render.MaxRichBlocks; n++ {
		r := bot.Reply{Text: strings.Repeat("a\n\n", n), Answer: ptr(found(hit()))}
		root, err := strictRich(render.Rich(r, name))
		if err != nil {
			t.Fatalf("%d paragraphs above: %v", n, err)
		}
		folds += len(root.all("blockquote"))
	}
	if folds < 3 || folds > 10 {
		t.Errorf("the paragraph is folded in %d times", folds)
	}
}

// TestMoreFootnotesThanAHitMayHave are left out, and the message says so.
func TestMoreFootnotesThanAHitMayHave(t *testing.T) {
	h := hit()
	h.Footnotes = make([]retrieval.Footnote, 101)
	root, err := strictRich(render.Rich(bot.Reply{Answer: ptr(found(h))}, ""))
	if err != nil || len(root.all("tg-reference")) != 100 || !strings.HasSuffix(root.shown(), "（内容太多，后面的没有列出）") {
		t.Errorf("of 101 footnotes %d are shown, %v: %s", len(root.all("tg-reference")), err, tail(root.shown()))
	}
}

// TestContextIsCutTowardsTheHit shows the end of what stands before it, and the
// start of what stands behind.
func TestContextIsCutTowardsTheHit(t *testing.T) {
	long := strings.Join(sentences(1500), "")
	r := bot.Reply{Answer: ptr(found(hit())), Context: []retrieval.Hit{near(54, long), near(56, long)}, Language: words.Simplified}
	for i, shown := range []string{render.HTML(r, ""), render.Rich(r, "")} {
		_, before, _ := strings.Cut(shown, "第54段")
		before, after, _ := strings.Cut(before, "▸ 第55段")
		_, after, _ = strings.Cut(after, "第56段")
		if !strings.Contains(before, "这是第1499句") || strings.Contains(before, "这是第1句") || !strings.Contains(after, "这是第0句") || !strings.Contains(shown, quote[:12]) {
			t.Errorf("message %d shows before the hit %.60s… and behind it %.60s…", i, before, after)
		}
	}
}

// TestSentenceTooLong is cut so that the answer is seen.
func TestSentenceTooLong(t *testing.T) {
	h := hit()
	h.Text = strings.Repeat("长", 9000) + h.Answer + strings.Repeat("句", 9000) + "。"
	h.Quote = h.Text
	r := bot.Reply{Answer: ptr(found(h)), Language: words.Simplified}
	for tag, shown := range map[string]string{"b": render.HTML(r, ""), "mark": render.Rich(r, "")} {
		if !strings.Contains(shown, "<"+tag+">"+h.Answer+"</"+tag+">") || !strings.Contains(shown, "（文字较长，已截短）") {
			t.Errorf("a sentence of %d characters is shown as %.100s…", len([]rune(h.Quote)), shown)
		}
	}
}
