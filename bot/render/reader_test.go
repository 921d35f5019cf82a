package render_test

import (
	"strings"
	"testing"
	"unicode"

	"chuchu/bot"
	"chuchu/bot/render"
	"chuchu/bot/words"
	"chuchu/retrieval"
)

// TestParagraphSaysMore folds in what stands around a quote, and not the quote
// again where that is all but for its marker.
func TestParagraphSaysMore(t *testing.T) {
	for text, want := range map[string]int{"只此一句。[35]": 0, " 只此一句。 〔35〕": 0, "只此一句。": 0, "只此一句。[35]又一句。": 1, "先一句。只此一句。[35]": 1} {
		h := with(func(h *retrieval.Hit) { h.Text, h.Quote, h.Answer = text, "只此一句。", "" })
		r := bot.Reply{Answer: ptr(found(h))}
		if n := strings.Count(render.Rich(r, name), "<blockquote"); n != want {
			t.Errorf("%s is folded in %d times in a rich message, want %d", text, n, want)
		}
		if n := strings.Count(render.HTML(r, name), "<blockquote"); n != want {
			t.Errorf("%s is folded in %d times in a plain message, want %d", text, n, want)
		}
	}
	alone := with(func(h *retrieval.Hit) { h.Text, h.Quote, h.Answer = "只此一句。[35]", "只此一句。", "" })
	r := bot.Reply{Answer: ptr(found(alone)), Context: []retrieval.Hit{near(54, "前面一段。")}}
	if html := render.HTML(r, name); !strings.Contains(html, "<b>只此一句。</b>[35]") {
		t.Errorf("among its neighbours the paragraph is not shown as printed: %s", html)
	}
}

// TestAnswerIsMarkedOnItsOwn marks no part of a longer number or word.
func TestAnswerIsMarkedOnItsOwn(t *testing.T) {
	for _, tt := range []struct{ quote, answer, want string }{
		{"13个省的3个市。", "3个", "13个省的<mark>3个</mark>市。"},
		{"13.5%,其中3.5%是新的。", "3.5%", "13.5%,其中<mark>3.5%</mark>是新的。"},
		{"1,200人,200人。", "200人", "1,200人,<mark>200人</mark>。"},
		{"长2015米,2015", "2015", "长<mark>2015</mark>米,2015"},
		{"到2015,2015年起", "2015", "到<mark>2015</mark>,2015年起"},
		{"3.14和3,约3.1", "3", "3.14和<mark>3</mark>,约3.1"},
		{"category cat", "cat", "category <mark>cat</mark>"},
		{"13个", "3个", "1<mark>3个</mark>"},
	} {
		h := with(func(h *retrieval.Hit) { h.Text, h.Quote, h.Answer, h.Footnotes = tt.quote, tt.quote, tt.answer, nil })
		if got := render.Rich(bot.Reply{Answer: ptr(found(h))}, ""); !strings.HasPrefix(got, "<p>"+tt.want+"</p>") {
			t.Errorf("%s in %s is shown as %.100s", tt.answer, tt.quote, got)
		}
	}
}

// TestLongNotesAreWhole gives the notes of one passage the room that a rich
// message has.
func TestLongNotesAreWhole(t *testing.T) {
	long := strings.Join(sentences(250), "")
	for n, want := range map[int]bool{1: true, 2: true, 6: false} {
		h := with(func(h *retrieval.Hit) {
			h.Footnotes = nil
			for i := range n {
				h.Footnotes = append(h.Footnotes, retrieval.Footnote{Marker: string(rune('1' + i)), Note: &long})
			}
		})
		root, err := strictRich(render.Rich(bot.Reply{Answer: ptr(found(h)), Language: words.Simplified}, name))
		if err != nil || len(root.all("tg-reference")) != n || len(root.all("blockquote")) != 1 {
			t.Fatalf("%d notes: %d references, %v", n, len(root.all("tg-reference")), err)
		}
		for _, ref := range root.all("tg-reference") {
			if whole := strings.Contains(ref.shown(), long); whole != want {
				t.Errorf("one of %d notes of %d units is shown as one of %d", n, units(long), units(ref.shown()))
			}
		}
	}
}

// TestNumberIsNamedAsAsked repeats a document number in the brackets, and the
// characters, that it was asked in.
func TestNumberIsNamedAsAsked(t *testing.T) {
	for question, want := range map[string]string{
		"國函〔2016〕68號": "國函〔2016〕68號", "国函【2016】６８号在哪里": "国函【2016】６８号", "国函(2016)68号": "国函(2016)68号", "那一份呢": "国函(2016)68号",
	} {
		for _, hits := range [][]retrieval.Hit{nil, {hit()}, {hit(), hit()}} {
			a := retrieval.Answer{Question: question, Found: hits != nil, Hits: hits, Kind: retrieval.KindCitation,
				Lookup: &retrieval.Lookup{What: retrieval.LookupNumber, Asked: "国函(2016)68号"}}
			for _, shown := range []string{render.Rich(reply(a, words.Simplified), name), render.HTML(reply(a, words.English), name), render.Terminal(a, words.Traditional, render.Plain)} {
				if first, _, _ := strings.Cut(strings.TrimPrefix(shown, "<p>"), "\n"); !strings.Contains(first, "“"+want+"”") && !strings.Contains(first, "「"+want+"」") {
					t.Errorf("%s, %d hits: named in %.80s", question, len(hits), first)
				}
			}
		}
	}
}

// TestNoCharacterIsParted cuts long texts of characters that are several runes.
func TestNoCharacterIsParted(t *testing.T) {
	for _, c := range []string{"é̂", "👩‍👩‍👧", "👍🏽", "字\ufe00", "𠮷", "❤️‍🔥"} {
		for pad := 1; pad < 12; pad += 3 {
			h := with(func(h *retrieval.Hit) {
				h.Text = strings.Repeat("长", pad) + strings.Repeat(c, 5000)
				h.Quote, h.Answer, h.Title = h.Text, "", strings.Repeat("题", pad)+strings.Repeat(c, 300)
			})
			r := bot.Reply{Answer: ptr(found(h)), Language: words.English}
			for form, d := range map[string]bot.Drawn{"rich": render.DrawRich(r, ""), "plain": render.DrawHTML(r, "")} {
				shown := strings.TrimLeft(shownOf(t, d, d.Quotes[0]), "长")
				if shown == "" || len(shown) == 5000*len(c) || strings.Trim(shown, c) != "" || len(shown)%len(c) != 0 {
					t.Errorf("%s: of %q behind %d characters is shown …%+q", form, c, pad, tail(shown))
				}
				title, _, _ := strings.Cut(d.Text, "…")
				if title = title[strings.LastIndex(title, "题")+len("题"):]; len(title)%len(c) != 0 {
					t.Errorf("%s: a title of %q is shown as …%+q", form, c, tail(title))
				}
			}
		}
	}
	zalgo := with(func(h *retrieval.Hit) { h.Text = "a" + strings.Repeat("\u0301", 9000); h.Quote, h.Answer = h.Text, "" })
	if d := render.DrawHTML(bot.Reply{Answer: ptr(found(zalgo))}, ""); !strings.ContainsFunc(d.Text, func(r rune) bool { return unicode.Is(unicode.Mn, r) }) {
		t.Errorf("a row of marks is shown as %.100q", d.Text)
	}
}

// TestLongMarkerIsShortenedBehindTheQuote keeps what a broken file has for a
// marker from covering the quote.
func TestLongMarkerIsShortenedBehindTheQuote(t *testing.T) {
	h := with(func(h *retrieval.Hit) { h.Footnotes = []retrieval.Footnote{{Marker: strings.Repeat("号", 100)}} })
	root, err := strictRich(render.Rich(bot.Reply{Answer: ptr(found(h))}, name))
	if err != nil {
		t.Fatal(err)
	}
	if got := root.all("sup")[0].shown(); got != "["+strings.Repeat("号", 15)+"…]" {
		t.Errorf("the marker is shown as %s", got)
	}
}
