package render_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"chuchu/bot"
	"chuchu/bot/render"
	"chuchu/bot/telegram/telegramtest"
	"chuchu/bot/words"
	"chuchu/retrieval"
)

// TestFrames compares every kind of reply as a whole, in the languages that
// TestGolden leaves out.
func TestFrames(t *testing.T) {
	for name, l := range map[string]words.Language{"traditional.txtar": words.Traditional, "english.txtar": words.English} {
		var all txtar.Archive
		replies := cases()
		for kind, a := range listings() {
			replies[kind] = bot.Reply{Answer: &a}
		}
		for _, kind := range slices.Sorted(maps.Keys(replies)) {
			r := replies[kind]
			r.Language = l
			switch w := words.In(l); {
			case len(r.Reports) > 0:
				r.Text = w.Reports
			case r.Text != "":
				r.Text = w.TooLong(310, "面积多大？")
			}
			html := render.HTML(r, "")
			if _, _, err := telegramtest.ParseHTML(html); err != nil {
				t.Errorf("%s: Telegram refuses %s: %v", name, kind, err)
			}
			all.Files = append(all.Files, txtar.File{Name: kind + ".html", Data: []byte(html + "\n")},
				txtar.File{Name: kind + ".txt", Data: []byte(render.Reply(r, render.Plain))})
		}
		golden(t, name, string(txtar.Format(&all)))
	}
}

// TestQuotedStaysAsPrinted takes what is printed out of the messages in any
// two languages: it is the same in both, to the byte.
func TestQuotedStaysAsPrinted(t *testing.T) {
	for kind, r := range cases() {
		if r.Answer == nil || !r.Answer.Found {
			continue
		}
		for l := words.Simplified; l <= words.English; l++ {
			r.Language = l
			text, _, err := telegramtest.ParseHTML(render.HTML(r, ""))
			if err != nil {
				t.Fatal(err)
			}
			h := r.Answer.Hits[0]
			printed := append([]string{h.Quote, h.Text, h.Title}, h.Section...)
			for _, f := range h.Footnotes {
				printed = append(printed, f.Works...)
				if f.Note != nil {
					printed = append(printed, *f.Note)
				}
			}
			for _, p := range printed {
				if len(r.Answer.Hits) == 1 && !strings.Contains(text, p) {
					t.Errorf("%s in language %d has no %q", kind, l, p)
				}
			}
		}
	}
}

// TestQuotationsAreTheSameInEveryLanguage takes all that is quoted out of every
// kind of reply, rich and plain: no language of the frame changes a character.
func TestQuotationsAreTheSameInEveryLanguage(t *testing.T) {
	replies, quoted := cases(), 0
	maps.Copy(replies, taps())
	for kind, a := range listings() {
		replies[kind] = bot.Reply{Answer: &a}
	}
	for kind, r := range replies {
		for form, draw := range map[string]func(bot.Reply, string) bot.Drawn{"rich": render.DrawRich, "plain": render.DrawHTML} {
			var first []string
			for l := words.Simplified; l <= words.English; l++ {
				r.Language = l
				d := draw(r, name)
				var got []string
				for _, q := range d.Quotes {
					got = append(got, shownOf(t, d, q))
				}
				if quoted += len(got); l == words.Simplified {
					first = got
				} else if !slices.Equal(got, first) {
					t.Errorf("%s, %s, language %d: quoted is %q, want %q", kind, form, l, got, first)
				}
			}
		}
	}
	if quoted < 300 {
		t.Errorf("only %d quotations", quoted)
	}
}

// TestMissingIsAsAsked shows what is lacking in the characters it was asked in.
func TestMissingIsAsAsked(t *testing.T) {
	a := retrieval.Answer{Question: "成都地鐵和ＧＤＰ？", Missing: []string{"成都", "地铁", "gdp", "别的"}}
	for l, want := range map[words.Language]string{
		words.Traditional: "報告裡沒有提到：成都、地鐵、ＧＤＰ、别的",
		words.Simplified:  "报告里没有提到：成都、地铁、gdp、别的",
		words.English:     "The reports do not mention: 成都, 地铁, gdp, 别的",
	} {
		if got := render.Terminal(a, l, render.Plain); !strings.HasSuffix(got, "\n"+want+"\n") {
			t.Errorf("the refusal in language %d is %q, want %q", l, got, want)
		}
	}
	a = retrieval.Answer{Question: "國函9999號", Lookup: &retrieval.Lookup{What: retrieval.LookupNumber, Asked: "国函9999号"}}
	if got := render.Terminal(a, words.Traditional, render.Plain); got != "報告裡沒有提到「國函9999號」。\n" {
		t.Errorf("a look-up in vain is told as %q", got)
	}
}

func reply(a retrieval.Answer, l words.Language) bot.Reply {
	return bot.Reply{Answer: &a, Language: l}
}

// TestParagraphIsNamed names the paragraph of a listing in each language.
func TestParagraphIsNamed(t *testing.T) {
	n := 7
	a := retrieval.Answer{Lookup: &retrieval.Lookup{What: retrieval.LookupSection, Marked: []retrieval.Marked{{Report: "年报", Paragraph: &n}}}}
	for l, want := range map[words.Language]string{
		words.Simplified: "《年报》第7段一条注也没有标。\n", words.Traditional: "《年报》第7段一條註也沒有標。\n", words.English: "《年报》, ¶7 has no notes.\n",
	} {
		if got := render.Terminal(a, l, render.Plain); got != want {
			t.Errorf("a paragraph in language %d is %q, want %q", l, got, want)
		}
	}
}

// TestMissingSectionIsAsAsked names a section in the characters it was asked in.
func TestMissingSectionIsAsAsked(t *testing.T) {
	a := retrieval.Answer{Question: "第九節有哪些註", Lookup: &retrieval.Lookup{What: retrieval.LookupSection, Asked: "第9节"}}
	for l, want := range map[words.Language]string{
		words.Traditional: "沒有「第九節」這一章節。\n", words.Simplified: "没有“第9节”这一章节。\n", words.English: "There is no section “第9节”.\n",
	} {
		if got := render.Terminal(a, l, render.Plain); got != want {
			t.Errorf("a section in language %d is %q, want %q", l, got, want)
		}
	}
}

// tail is the end of a long text.
func tail(s string) string {
	r := []rune(s)
	return string(r[max(0, len(r)-30):])
}

func TestShortenedInEveryLanguage(t *testing.T) {
	a := found(with(func(h *retrieval.Hit) { h.Text = strings.Join(sentences(400), ""); h.Quote, h.Answer = h.Text, "" }))
	for l, want := range map[words.Language]string{words.Simplified: "（文字较长，已截短）", words.Traditional: "（文字較長，已截短）", words.English: " (shortened)"} {
		first, _, _ := strings.Cut(render.HTML(reply(a, l), ""), "\n")
		if !strings.HasSuffix(first, "。"+want) {
			t.Errorf("a long quote in language %d is shown as …%s", l, tail(first))
		}
	}
	many := found()
	for range 20 {
		many.Hits = append(many.Hits, a.Hits[0])
	}
	many.Lookup = &retrieval.Lookup{Asked: "35"}
	for l, want := range map[words.Language]string{words.Simplified: "（内容太多，后面的没有列出）", words.Traditional: "（內容太多，後面的沒有列出）", words.English: "(too long: the rest is left out)"} {
		text, _, err := telegramtest.ParseHTML(render.HTML(reply(many, l), ""))
		if err != nil || telegramtest.Units(text) > render.MaxUnits || !strings.HasSuffix(text, want) {
			t.Errorf("a long list in language %d has %d units and ends in …%s, %v", l, telegramtest.Units(text), tail(text), err)
		}
	}
}
