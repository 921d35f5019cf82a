package render_test

import (
	"fmt"
	"strings"
	"testing"

	"chuchu/bot"
	"chuchu/bot/render"
	"chuchu/bot/telegram/telegramtest"
	"chuchu/bot/words"
	"chuchu/retrieval"
)

// listings are the answers about several markers, and about those there are not.
func listings() map[string]retrieval.Answer {
	first := with(func(h *retrieval.Hit) {
		h.Quote, h.Answer, h.Footnotes = "园区建于2029年,面积12.3平方公里。", "", h.Footnotes[:1]
	})
	second := with(func(h *retrieval.Hit) {
		h.Answer, h.Footnotes = "", []retrieval.Footnote{{Marker: "36", Note: &note}, {Marker: "37"}}
	})
	cite := func(l retrieval.Lookup, hits ...retrieval.Hit) retrieval.Answer {
		return retrieval.Answer{Found: len(hits) > 0, Hits: hits, Kind: retrieval.KindCitation, Lookup: &l}
	}
	section := func(title, heading string, markers ...string) retrieval.Marked {
		return retrieval.Marked{Report: title, Section: heading, Markers: markers}
	}
	return map[string]retrieval.Answer{
		"listed": cite(retrieval.Lookup{What: retrieval.LookupSection, Asked: "第3章", Marked: []retrieval.Marked{
			section("2016年度报告", "三、园区", "35", "36", "37", "38", "39"), section("《乙》", "第三章")}}, first, second),
		"listed-bare":     cite(retrieval.Lookup{What: retrieval.LookupSection, Marked: []retrieval.Marked{section("2016年度报告", "", "35")}}, first),
		"listed-markers":  cite(retrieval.Lookup{Asked: "35、99", Lacking: []string{"99"}, Known: []string{"35", "36", "37"}, Marked: []retrieval.Marked{section("2016年度报告", "", "35")}}, first),
		"listed-none":     cite(retrieval.Lookup{What: retrieval.LookupSection, Asked: "第3章", Marked: []retrieval.Marked{section("2016年度报告", "三、园区")}}),
		"section-unknown": cite(retrieval.Lookup{What: retrieval.LookupSection, Asked: "第9章", Known: []string{"一、总论", "二、园区"}}),
		"section-without": cite(retrieval.Lookup{What: retrieval.LookupSection, Asked: "第9章"}),
		"markers-unknown": cite(retrieval.Lookup{Asked: "98、99", Known: []string{"1", "2", "3"}, Marked: []retrieval.Marked{section("甲", "", "1", "2"), section("乙", "", "3"), section("丙", "")}}),
		"number-unknown":  cite(retrieval.Lookup{What: retrieval.LookupNumber, Asked: "国函99号", Known: []string{"国函〔2016〕43号", "国函〔2016〕68号"}}),
	}
}

func TestListings(t *testing.T) {
	for name, a := range listings() {
		html := render.HTML(bot.Reply{Answer: &a}, "")
		if _, _, err := telegramtest.ParseHTML(html); err != nil {
			t.Errorf("%s: Telegram refuses it: %v", name, err)
		}
		golden(t, name+".html", html)
		golden(t, name+".txt", render.Terminal(a, words.Simplified, render.Plain))
	}
}

// TestLongListingFits lists more than a message holds.
func TestLongListingFits(t *testing.T) {
	var m retrieval.Marked
	var hits []retrieval.Hit
	for i := range 300 {
		label := fmt.Sprint(2*i + 1)
		m.Markers = append(m.Markers, label)
		hits = append(hits, with(func(h *retrieval.Hit) {
			h.Quote, h.Answer, h.Footnotes = strings.Repeat("很长的句子,", 200), "", []retrieval.Footnote{{Marker: label}}
		}))
	}
	a := retrieval.Answer{Found: true, Hits: hits, Lookup: &retrieval.Lookup{What: retrieval.LookupSection, Marked: []retrieval.Marked{m}}}
	text, entities, err := telegramtest.ParseHTML(render.HTML(bot.Reply{Answer: &a}, ""))
	if err != nil || telegramtest.Units(text) > render.MaxUnits || len(entities) > render.MaxEntities || !strings.HasSuffix(text, "（内容太多，后面的没有列出）") {
		t.Errorf("%d units, %d entities, %v", telegramtest.Units(text), len(entities), err)
	}
}

// TestListingOfManyPlaces leads to each place, as long as the entities last.
func TestListingOfManyPlaces(t *testing.T) {
	for _, n := range []int{50, 51, 99, 130} {
		a := retrieval.Answer{Found: true, Lookup: &retrieval.Lookup{What: retrieval.LookupSection, Marked: []retrieval.Marked{{Report: "报"}}}}
		for i := range n {
			h := retrieval.Hit{PassageID: fmt.Sprint("r#p", i), Title: "报", Paragraph: i, Text: "一句。", Quote: "一句。", Footnotes: []retrieval.Footnote{{Marker: fmt.Sprint(i + 1)}}}
			a.Hits, a.Lookup.Marked[0].Markers = append(a.Hits, h), append(a.Lookup.Marked[0].Markers, h.Footnotes[0].Marker)
		}
		html := render.HTML(bot.Reply{Answer: &a, Language: words.Simplified}, name)
		root, err := strictPlain(html, render.MaxUnits)
		if err != nil {
			t.Fatalf("%d places: %v", n, err)
		}
		links, places, last := len(root.all("a")), len(root.all("i")), strings.Contains(html, fmt.Sprintf("[%d] 一句。", n))
		if want := min(n, render.MaxEntities); places != want || last != (n <= render.MaxEntities) || links != n && n <= 50 || links > 0 && n > 50 {
			t.Errorf("of %d places %d are shown, %d are links, the last is there: %v", n, places, links, last)
		}
		root, err = strictRich(render.Rich(bot.Reply{Answer: &a, Language: words.Simplified}, name))
		if err != nil || len(root.all("footer")) != n || len(root.all("sup")) != n || len(root.all("a")) != 2*n || len(root.all("tg-reference")) != 1 {
			t.Errorf("%d places, rich: %d links, %d references, %v", n, len(root.all("a")), len(root.all("tg-reference")), err)
		}
	}
}

// TestListingOfASectionIsWhole holds 24 markers of one section in a message,
// their sentences cut no more than that takes.
func TestListingOfASectionIsWhole(t *testing.T) {
	m := retrieval.Marked{Report: "年报", Section: "二、园区"}
	var hits []retrieval.Hit
	for i := range 24 {
		label := fmt.Sprint(i + 11)
		m.Markers = append(m.Markers, label)
		hits = append(hits, with(func(h *retrieval.Hit) {
			h.PassageID = fmt.Sprint("r#p", i/2)
			h.Quote, h.Answer, h.Footnotes = strings.Repeat("很长的句子,", 100), "", []retrieval.Footnote{{Marker: label}}
		}))
	}
	a := retrieval.Answer{Found: true, Hits: hits, Lookup: &retrieval.Lookup{What: retrieval.LookupSection, Marked: []retrieval.Marked{m}}}
	for l := words.Simplified; l <= words.English; l++ {
		text, _, err := telegramtest.ParseHTML(render.HTML(bot.Reply{Answer: &a, Language: l}, ""))
		if n := telegramtest.Units(text); err != nil || n > render.MaxUnits || n < render.MaxUnits*3/4 || !strings.Contains(text, "\n[34] 很长的句子,很") || !strings.HasSuffix(text, words.In(l).OnlyMarked) {
			t.Errorf("%d units in language %d, %v, …%s", n, l, err, tail(text))
		}
	}
}

// TestNoNumberIsCut cuts sentences at a clause, or before a number.
func TestNoNumberIsCut(t *testing.T) {
	for end, want := range map[string]string{
		"共2000个":   strings.Repeat("长", 396) + "共", // the number would be cut
		",共2000个":  strings.Repeat("长", 396) + ",",
		"1,2000个":  strings.Repeat("长", 396),
		"共:1,200":  strings.Repeat("长", 396) + "共:",
		"在12,000个": strings.Repeat("长", 396) + "在",
	} {
		h := with(func(h *retrieval.Hit) {
			h.Quote, h.Answer = strings.Repeat("长", 396)+end+strings.Repeat("短", 400), ""
			h.Text = h.Quote
		})
		a := retrieval.Answer{Found: true, Hits: []retrieval.Hit{h, hit()}, Lookup: &retrieval.Lookup{What: retrieval.LookupSection, Marked: []retrieval.Marked{{Report: "年报", Markers: []string{"35"}}}}}
		if html := render.HTML(bot.Reply{Answer: &a}, ""); !strings.Contains(html, "[35] "+want+"（文字较长，已截短）\n") {
			t.Errorf("…%s is cut as %s", end, strings.TrimLeft(html, "长"))
		}
	}
}
